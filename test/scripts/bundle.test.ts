import fs from 'node:fs';
import path from 'node:path';
import { makeTree, removeTrees, run, runCheck } from './support';

afterAll(removeTrees);

const BUNDLER = `
const { bundleWorkflowCode, DefaultLogger } = require('@temporalio/worker');
const fs = require('node:fs');
bundleWorkflowCode({ workflowsPath: process.argv[1], logger: new DefaultLogger('ERROR'), ignoreModules: process.argv.slice(2) }).then(({ code }) => {
  fs.mkdirSync('dist');
  fs.writeFileSync('dist/workflow-bundle.js', code);
}, () => process.exit(3));
`;

/** Bundles the workflows of a tree as the build does; `ignored` are modules that the bundler is told to let pass. */
function bundle(root: string, ignored: readonly string[] = []): number | null {
  return run(process.execPath, ['-e', BUNDLER, path.join(root, 'workflows', 'index.ts'), ...ignored], root).code;
}

const PLAIN = "import { sleep } from '@temporalio/workflow';\nimport { one } from '../domain/one';\nexport const flow = async () => sleep(one);\n";
const DOMAIN = { 'domain/one.ts': 'export const one = 1;\n' };

test('passes a bundle of workflows and domain', () => {
  const root = makeTree({ ...DOMAIN, 'workflows/index.ts': PLAIN }, { link: true });
  expect(bundle(root)).toBe(0);
  expect(runCheck('bundle', root)).toEqual({ code: 0, lines: [] });
}, 30_000);

test('fails on zod, on a module of Node that was let pass, on other layers and on the edge of the domain', () => {
  const root = makeTree({
    ...DOMAIN,
    'domain/template/schema.ts': "import { z } from 'zod';\nexport const schema = z.string();\n",
    'store/secret.ts': "import { createHash } from 'crypto';\nexport const hash = () => createHash('sha1');\n",
    'workflows/index.ts': `${PLAIN}export { schema } from '../domain/template/schema';\nexport { hash } from '../store/secret';\n`,
  }, { link: true });
  expect(bundle(root, ['crypto'])).toBe(0);
  const { code, lines } = runCheck('bundle', root);
  expect(code).toBe(1);
  const said = lines.join('\n');
  expect(said).toContain('crypto is imported, though the bundler was told to ignore it');
  expect(said).toContain('package zod is in the bundle');
  expect(said).toContain('store/secret.ts is in the bundle');
  expect(said).toContain('domain/template/schema.ts is in the bundle');
}, 30_000);

test('the bundler itself refuses a module of Node', () => {
  const root = makeTree({ 'workflows/index.ts': "import fs from 'fs';\nexport const flow = async () => fs;\n" }, { link: true });
  expect(bundle(root)).toBe(3);
}, 30_000);

test('fails when there is no bundle, and when it can\'t be read', () => {
  const root = makeTree({});
  expect(runCheck('bundle', root)).toMatchObject({ code: 1, lines: [expect.stringContaining('not built')] });
  fs.mkdirSync(path.join(root, 'dist'));
  fs.writeFileSync(path.join(root, 'dist', 'workflow-bundle.js'), 'minified();');
  expect(runCheck('bundle', root)).toMatchObject({ code: 1, lines: [expect.stringContaining('can\'t be listed')] });
});
