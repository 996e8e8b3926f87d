import fs from 'node:fs';
import path from 'node:path';
import { makeTree, removeTrees, ROOT, run } from './support';

afterAll(removeTrees);

/** A copy of the test runner beside tests of our choosing. */
function makeProject(tests: Record<string, string>): string {
  const root = makeTree({
    'package.json': '{"name":"x"}',
    'jest.config.js': "module.exports = { projects: [{ displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.js'] }] };\n",
    ...tests,
  }, { link: true });
  fs.cpSync(path.join(ROOT, 'scripts'), path.join(root, 'scripts'), { recursive: true });
  return root;
}

const runTests = (root: string, only: string) => run(process.execPath, ['scripts/test.mjs', '--only', only], root);
function runProjects(root: string, projects: readonly string[], again = projects, once = '$^'): { passed: number; failed: number; notes: string[] } {
  const { lines } = run(process.execPath, ['--input-type=module', '-e',
    `import { runJest } from './scripts/check/jest-step.mjs';
     console.log('\\n' + JSON.stringify(await runJest(${JSON.stringify(projects)}, { root: ${JSON.stringify(root)}, minutes: 1, workers: 1, again: ${JSON.stringify(again)}, once: new RegExp(${JSON.stringify(once)}) })));`], root);
  return JSON.parse(lines.findLast((line) => line.startsWith('{'))!);
}
/** The last line of the standard output, which the run ends with. */
const summary = (lines: readonly string[]) => lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line));

test('counts tests and checks, and ends with exactly one line that sums up', () => {
  const root = makeProject({ 'test/a.test.js': "test('one', () => {});\ntest('two', () => {});\n", 'domain/a.ts': 'export const a = 1;\n' });
  const { code, lines } = runTests(root, 'unit,layers');
  expect(code).toBe(0);
  expect(summary(lines)).toEqual(['3 passed, 0 failed']);
}, 20_000);

test('goes on after a failure; what was skipped or could not be run is not passed', () => {
  const root = makeProject({
    'test/a.test.js': "test('one', () => {});\ntest('two', () => { throw new Error('x'); });\ntest.skip('three', () => {});\n",
    'test/b.test.js': "require('./missing');\n",
    'domain/a.ts': "import 'zod';\n",
  });
  const { code, lines } = runTests(root, 'layers,purity,unit');
  expect(code).toBe(1);
  expect(summary(lines)).toEqual(['2 passed, 4 failed']);
}, 20_000);

test('a project without tests has failed', () => {
  const { code, lines } = runTests(makeProject({}), 'unit');
  expect(code).toBe(1);
  expect(summary(lines)).toEqual(['0 passed, 1 failed']);
}, 20_000);

test('nor is it missed among others', () => {
  const project = (name: string) => `{ displayName: '${name}', testMatch: ['<rootDir>/test/${name}/**/*.test.js'] }`;
  const root = makeProject({ 'jest.config.js': `module.exports = { projects: [${project('one')}, ${project('two')}] };\n`, 'test/one/a.test.js': "test('one', () => {});\n" });
  expect(runProjects(root, ['one', 'two'])).toEqual({ passed: 0, failed: 1, notes: ['no tests were found in two'] });
}, 20_000);

test('refuses a step that does not exist', () => {
  expect(runTests(ROOT, 'units')).toMatchObject({ code: 2, lines: [expect.stringContaining('no such step: units')] });
});

describe('what failed once more, alone', () => {
  const again = (tests: Record<string, string>) => runProjects(makeProject(tests), ['unit']);
  const sound = "test('sound', () => {});\n";

  test('an accident is named, and does not fail the run', () => {
    const shaky = "const fs = require('node:fs');\ntest('shaky', () => { const had = fs.existsSync('had'); fs.writeFileSync('had', ''); expect(had).toBe(true); });\n";
    expect(again({ 'test/a.test.js': shaky + sound, 'test/b.test.js': sound }))
      .toEqual({ passed: 3, failed: 0, notes: ['failed at the first try: test/a.test.js: shaky'] });
  }, 30_000);

  test('what must never fail is not tried again', () => {
    const project = (name: string) => `{ displayName: '${name}', testMatch: ['<rootDir>/test/${name}/**/*.test.js'] }`;
    const root = makeProject({
      'jest.config.js': `module.exports = { projects: [${project('shaky')}, ${project('sure')}] };\n`,
      'test/shaky/a.test.js': sound,
      'test/sure/a.test.js': "const fs = require('node:fs');\ntest('once', () => { const had = fs.existsSync('had'); fs.writeFileSync('had', ''); expect(had).toBe(true); });\n",
    });
    expect(runProjects(root, ['shaky', 'sure'], ['shaky'])).toEqual({ passed: 1, failed: 1, notes: [] });
    fs.rmSync(path.join(root, 'had'));
    expect(runProjects(root, ['shaky', 'sure'], ['shaky', 'sure'], '/sure/[^/]*[.]test[.]js$')).toEqual({ passed: 1, failed: 1, notes: [] });
    fs.rmSync(path.join(root, 'had'));
    expect(runProjects(root, ['shaky', 'sure'], ['shaky', 'sure'], '/shaky/')).toMatchObject({ passed: 2, failed: 0 });
  }, 30_000);

  test('what fails again has failed, as has more than an accident', () => {
    const broken = "test('broken', () => { throw new Error('x'); });\n";
    expect(again({ 'test/a.test.js': broken + sound, 'test/b.test.js': sound })).toMatchObject({ passed: 2, failed: 1 });
    const many = again(Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`test/${name}.test.js`, broken])));
    expect(many).toEqual({ passed: 0, failed: 4, notes: [] });
  }, 30_000);
});
