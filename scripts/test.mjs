// npm test [-- --only STEP,STEP…]: every check and every test, in order; goes on after a failure. Steps that wait for servers are one,
// so that they wait at the same time. The last line is `N passed, N failed`, the exit code 1 if any failed.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runJest } from './check/jest-step.mjs';
import { findParts } from './check/parts.mjs';
import { runProgram } from './check/run-step.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = (name) => path.join(ROOT, 'node_modules', '.bin', name);
const script = (name, ...rest) => [process.execPath, path.join(ROOT, 'scripts', name), ...rest];

/** Found by the step `parts`; the steps after it use them. */
const env = {};

/** A step that passes or fails as a whole: a program, by its exit code. */
const check = (title, command, minutes = 3) => ({
  title,
  run: async () => {
    const { ok, reason } = await runProgram(command, { root: ROOT, minutes });
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, notes: ok ? [] : [reason] };
  },
});
const jest = (title, project, minutes, workers) => ({ title, run: () => runJest([project], { root: ROOT, minutes, workers, env }) });
/** Looked for from the end of the build on: where a Temporal server has to be compiled, the checks take their turn meanwhile. */
const parts = {
  said: [],
  begin() {
    this.found ??= findParts(ROOT, env, (line) => (this.said ? this.said.push(line) : console.log(line)));
    this.found.catch(() => undefined);
  },
  run() {
    this.begin();
    for (const line of this.said) console.log(line);
    this.said = undefined;
    return this.found;
  },
};
/** Both views of a project after random commands: a difference that is seen once is a fault. */
const SELDOM = /\/test\/api\/live[^/]*\.test\.ts$/;

/** Tests with servers and clocks: they wait for a third of their time. `once`: what fails has failed, however seldom it does. */
const real = (title, minutes, { once = false } = {}) => ({ title, minutes, real: true, once });
/** One more than the processors that are to be had everywhere: it works while the others wait. */
const REAL_WORKERS = 3;

const STEPS = {
  build: check('build', script('build.mjs')),
  types: check('types', [bin('tsc'), '--noEmit']),
  pages: check('types of the pages', [bin('tsc'), '--noEmit', '--project', 'web']),
  pageTests: check('types of the browser tests', [bin('tsc'), '--noEmit', '--project', 'test/web']),
  lint: check('lint, with types', [bin('oxlint'), '--type-aware', '--deny-warnings']),
  layers: check('layers: imports go down only', script('check/layers.mjs')),
  purity: check('purity of domain and workflows', script('check/purity.mjs')),
  bundle: check('what workflows load', script('check/bundle.mjs')),
  firstLoad: check('what a browser loads first', script('check/pages.mjs')),
  repository: check('repository and licences', script('check/repository.mjs')),
  openapi: check('drift: OpenAPI', script('openapi.mjs', '--check')),
  language: check('drift: JSON Schema of the lifecycle language', script('template-schema.mjs', '--check')),
  migrations: check('drift: migrations', script('migration.mjs', 'check')),
  unit: jest('unit tests', 'unit', 6, 2),
  scripts: jest('tests of the checks', 'scripts', 4, 2),
  parts: { title: 'real parts: PostgreSQL, Temporal', run: () => parts.run() },
  integration: real('integration tests', 18),
  browser: real('browser tests', 14),
  replay: jest('replay of recorded histories', 'replay', 3, 1),
  durability: real('durability', 9, { once: true }),
};

/** What must have run for a step to mean anything; added when steps are chosen with `--only`. */
const NEEDS = {
  types: ['build'],
  pages: ['build'],
  pageTests: ['build'],
  lint: ['build'],
  bundle: ['build'],
  openapi: ['build'],
  firstLoad: ['build'],
  parts: ['build'],
  integration: ['build', 'parts'],
  browser: ['build', 'parts'],
  replay: ['build'],
  durability: ['build', 'parts'],
};

function chooseSteps() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const asked = values.only?.flatMap((each) => each.split(',')).filter(Boolean) ?? Object.keys(STEPS);
  const unknown = asked.filter((name) => !STEPS[name]);
  if (unknown.length > 0) {
    console.error(`no such step: ${unknown.join(', ')}; there are: ${Object.keys(STEPS).join(', ')}`);
    process.exit(2);
  }
  const wanted = new Set(asked.flatMap((name) => [...(NEEDS[name] ?? []), name]));
  return Object.keys(STEPS).filter((name) => wanted.has(name));
}

/** The steps to take: those that wait for servers as one, in place of the first of them. */
function listSteps(names) {
  const together = names.filter((name) => STEPS[name].real);
  const projects = together.map((project) => ({ project, ...STEPS[project] }));
  const minutes = projects.reduce((sum, each) => sum + each.minutes, 0);
  return names.filter((name) => !together.includes(name) || name === together[0]).map((name) => (STEPS[name].real ? {
    name: together.join('+'), title: projects.map(({ title }) => title).join(', '),
    run: () => runJest(together, { root: ROOT, minutes, workers: REAL_WORKERS, env, again: projects.filter(({ once }) => !once).map(({ project }) => project), once: SELDOM }),
  } : { name, ...STEPS[name] }));
}

const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(1)} s`;
const steps = listSteps(chooseSteps());
const total = { passed: 0, failed: 0 };
const failures = [];
let interrupted = false;
process.on('SIGINT', () => { interrupted = true; }).on('SIGTERM', () => { interrupted = true; });
const began = Date.now();

for (const [index, { name, title, run }] of steps.entries()) {
  if (interrupted) break;
  console.log(`\n── ${index + 1}/${steps.length} ${title}`);
  const from = Date.now();
  let result;
  try {
    result = await run();
  } catch (error) {
    result = { passed: 0, failed: 1, notes: [error instanceof Error ? error.message : String(error)] };
  }
  if (name === 'build' && result.failed === 0 && steps.some((step) => step.name === 'parts')) parts.begin();
  total.passed += result.passed;
  total.failed += result.failed;
  for (const note of result.notes) console.log(`   ${note}`);
  if (result.failed > 0) failures.push(`${name}: ${result.failed} failed${result.notes.length > 0 ? ` (${result.notes[0]})` : ''}`);
  console.log(`   ${result.failed > 0 ? '✗' : '✓'} ${name}: ${result.passed} passed, ${result.failed} failed, ${seconds(from)}`);
}

if (interrupted) {
  total.failed += 1;
  failures.push('interrupted before the end');
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${steps.length} steps in ${seconds(began)}`);
fs.writeSync(1, `${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
