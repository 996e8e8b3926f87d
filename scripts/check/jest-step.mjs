// Runs projects of jest and counts their tests. What did not run is not passed: a skipped test, a file that can't be loaded and a
// project without tests count as failed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from './run-step.mjs';

/** More failed files than this are no accident: they are not tried again. */
const ACCIDENTS = 3;

const jestOf = (root) => path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');

/** The files of tests of projects. */
function listTests(projects, { root, env = {} }) {
  const found = execFileSync(process.execPath, [jestOf(root), '--selectProjects', ...projects, '--listTests', '--json'], { cwd: root, encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(found);
}

/** A project without tests would not be missed among others. */
function listEmpty(projects, options) {
  return projects.length < 2 ? [] : projects.filter((project) => listTests([project], options).length === 0);
}

/**
 * @param {string[]} projects names of projects of jest.config.js
 * @param {{ root: string, minutes: number, workers: number, env?: NodeJS.ProcessEnv, again?: string[], once?: RegExp }} options `again`: projects of which
 *   the files that failed run once more, alone; for tests with servers and clocks, where a busy machine can fail a sound test. A note names
 *   what failed first: it wants a look, but does not fail the run. `once`: paths of files, as a pattern, that are never tried again: they look for what seldom goes wrong.
 * @returns {Promise<{ passed: number, failed: number, notes: string[] }>}
 */
export async function runJest(projects, { again = [], once, ...options }) {
  const empty = listEmpty(projects, options);
  if (empty.length > 0) return { passed: 0, failed: empty.length, notes: [`no tests were found in ${empty.join(', ')}`] };
  const first = await runOnce(projects, options, []);
  const counted = count(first.result, first.ended);
  const files = failedFiles(first.result);
  if (again.length === 0 || counted.failed === 0 || files.length === 0 || files.length > ACCIDENTS) return counted;
  const mayRunAgain = new Set(listTests(again, options));
  if (files.some((file) => !mayRunAgain.has(file) || once?.test(file))) return counted;
  console.log(`   once more, alone: ${files.map((file) => path.relative(options.root, file)).join(', ')}`);
  const second = await runOnce(projects, { ...options, workers: 1 }, files);
  return merge(first.result, second, files, options.root);
}

async function runOnce(projects, { root, minutes, workers, env }, files) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-jest-'));
  const file = path.join(folder, 'result.json');
  const command = [
    process.execPath, jestOf(root), '--selectProjects', ...projects, '--json', `--outputFile=${file}`,
    ...(workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`]),
    ...(files.length > 0 ? ['--runTestsByPath', ...files] : []),
  ];
  try {
    // jest prints its report to stderr; the JSON goes to the file.
    const ended = await runProgram(command, { root, minutes, env });
    return { ended, result: fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const failedFiles = (result) => (result?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);

/** What passed at the first try in the other files, and at the second in these. */
function merge(firstResult, { result, ended }, files, root) {
  const others = firstResult.testResults.filter(({ name }) => !files.includes(name)).flatMap(({ assertionResults }) => assertionResults);
  const counted = count(result, ended);
  const skipped = others.filter(({ status }) => status !== 'passed').length;
  const accidents = firstResult.testResults.filter(({ name }) => files.includes(name)).map(({ name, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return `failed at the first try: ${path.relative(root, name)}${tests.length > 0 ? `: ${tests.join('; ')}` : ' (could not be run)'}`;
  });
  return {
    passed: counted.passed + others.length - skipped,
    failed: counted.failed + skipped,
    notes: [...counted.notes, ...accidents],
  };
}

/** Counts a jest result; `undefined` when jest wrote none. */
export function count(result, ended) {
  if (!result) return { passed: 0, failed: 1, notes: [ended.reason ?? 'jest gave no result'] };
  const notes = [];
  let failed = result.numFailedTests;
  if (result.numRuntimeErrorTestSuites > 0) {
    failed += result.numRuntimeErrorTestSuites;
    notes.push(`${result.numRuntimeErrorTestSuites} test files could not be run`);
  }
  const skipped = result.numPendingTests + result.numTodoTests;
  if (skipped > 0) {
    failed += skipped;
    notes.push(`${skipped} tests were skipped, which counts as failed`);
  }
  if (result.numTotalTests === 0 && failed === 0) {
    failed = 1;
    notes.push('no tests were found');
  }
  if (failed === 0 && !ended.ok) {
    failed = 1;
    notes.push(`all tests passed, but jest ${ended.reason}`);
  }
  return { passed: result.numPassedTests, failed, notes };
}
