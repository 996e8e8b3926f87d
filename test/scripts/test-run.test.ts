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

test('refuses a step that does not exist', () => {
  expect(runTests(ROOT, 'units')).toMatchObject({ code: 2, lines: [expect.stringContaining('no such step: units')] });
});
