// Runs one jest project and counts its tests. What did not run is not passed: a skipped test, a file that can't be loaded and a
// project without tests count as failed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runProgram } from './run-step.mjs';

/**
 * @param {string} project name of a project of jest.config.js
 * @param {{ root: string, minutes: number, workers: number, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ passed: number, failed: number, notes: string[] }>}
 */
export async function runJest(project, { root, minutes, workers, env }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-jest-'));
  const file = path.join(folder, 'result.json');
  const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const command = [
    process.execPath, jest, '--selectProjects', project, '--json', `--outputFile=${file}`,
    ...(workers === 1 ? ['--runInBand'] : [`--maxWorkers=${workers}`]),
  ];
  try {
    // jest prints its report to stderr; the JSON goes to the file.
    const ended = await runProgram(command, { root, minutes, env });
    return count(fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined, ended);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
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
