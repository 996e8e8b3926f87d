import { makeTree, removeTrees, runCheck } from './support';

afterAll(removeTrees);

/** A tree in order: every layer imports what lies below it. */
const SOUND = {
  'domain/process.ts': 'export type Instant = number;\nexport const one = 1;\n',
  'domain/template/schema.ts': "import { z } from 'zod';\nexport const schema = z.string();\n",
  'workflows/contract.ts': "import type { Instant } from '../domain/process';\nexport interface Answer { readonly at: Instant }\n",
  'workflows/index.ts': "import type { act } from '../activities/act';\nimport { one } from '../domain/process';\n"
    + 'export const f = (a: typeof act) => [a, one];\n',
  'activities/act.ts': "import fs from 'node:fs';\nimport { one } from '../domain/process';\nexport const act = () => fs.existsSync(String(one));\n",
  'api/app.ts': "import { z } from 'zod';\nimport type { Answer } from '../workflows/contract';\nexport const app = (a: Answer) => z.number().parse(a.at);\n",
  'test/any.test.ts': "import fs from 'node:fs';\nimport { app } from '../api/app';\nexport const x = [fs, app];\n",
};

test('passes what is in order', () => {
  expect(runCheck('layers', makeTree(SOUND))).toEqual({ code: 0, lines: [] });
});

test.each([
  ['the domain imports zod', 'domain/bad.ts', "import { z } from 'zod';\nexport const a = z;", 1, 'imports zod'],
  ['the domain imports a module of Node', 'domain/bad.ts', "\nimport fs from 'fs';\nexport const a = fs;", 2, 'imports fs'],
  ['the domain imports another layer, as a type', 'domain/bad.ts', "export type A = import('../activities/act').A;", 1, 'imports activities/act.ts'],
  ['a domain file re-exports from above', 'domain/bad.ts', "export * from '../workflows/contract';", 1, 'imports workflows/contract.ts'],
  ['a workflow loads an activity', 'workflows/bad.ts', "import { act } from '../activities/act';\nexport const a = act;", 1, 'imports activities/act.ts'],
  ['a workflow imports zod', 'workflows/bad.ts', "export const load = async () => import('zod');", 1, 'imports zod'],
  ['a workflow imports the database client', 'workflows/bad.ts',
    "import { PrismaClient } from '../prisma/generated/client';\nexport const a = PrismaClient;", 1, 'imports prisma/generated/client'],
  ['the contract imports a workflow', 'workflows/contract.ts', "export * from './index';", 1, 'imports workflows/index.ts'],
  ['the API imports a workflow', 'api/bad.ts', "// why\nimport { f } from '../workflows/index';\nexport const a = f;", 2, 'imports workflows/index.ts'],
  ['the API imports an activity', 'api/bad.ts', "const { act } = require('../activities/act');\nexport const a = act;", 1, 'imports activities/act.ts'],
  ['the command line imports the database', 'cli/bad.ts', "import type { A } from '../store/append';\nexport type B = A;", 1, 'imports store/append'],
  ['the pages import anything but pages', 'web/bad.tsx',
    "import { one } from '../domain/process';\nexport const a = <p>{one}</p>;", 1, 'imports domain/process.ts'],
  ['a module with an unusual form of import', 'domain/bad.ts', "import fs = require('node:fs');\nexport const a = fs;", 1, 'imports node:fs'],
])('fails when %s', (_name, file, text, line, said) => {
  const { code, lines } = runCheck('layers', makeTree({ ...SOUND, [file]: text }));
  expect(code).toBe(1);
  expect(lines[0]).toContain(`${file}:${line}: layers: ${file} ${said}`);
});

test('says by which way a workflow comes to load what it must not', () => {
  const { code, lines } = runCheck('layers', makeTree({ ...SOUND, 'workflows/index.ts': "export * from '../domain/template/schema';" }));
  expect(code).toBe(1);
  expect(lines).toEqual([expect.stringContaining('workflow-closure: a workflow loads this file, which imports zod')]);
  expect(lines[0]).toContain('(workflows/index.ts → domain/template/schema.ts)');
});

test('fails when files import each other in a ring', () => {
  const { code, lines } = runCheck('layers', makeTree({
    'domain/a.ts': "export { b } from './b';\nexport const a = 1;", 'domain/b.ts': "export { a } from './a';\nexport const b = 1;",
  }));
  expect(code).toBe(1);
  expect(lines).toEqual([expect.stringContaining('ring: domain/a.ts → domain/b.ts → domain/a.ts')]);
});

describe('purity', () => {
  test.each([
    ['reads the clock', 'export const f = () => Date.now();', 'uses Date.now'],
    ['makes a date of now', 'export const f = () => new Date();', 'reads the clock'],
    ['draws a random number', 'export const f = () => Math.random();', 'uses Math.random'],
    ['uses Intl', "export const f = () => new Intl.DateTimeFormat('nl');", 'uses Intl'],
    ['sorts by locale', "export const f = (a: string, b: string) => a.localeCompare(b);", 'uses localeCompare()'],
    ['looks at the environment', "export const f = () => process.env['HOME'];", 'uses process'],
    ['keeps state', 'export let count = 0;', "'let' at module level"],
  ])('fails when the domain %s', (_name, text, said) => {
    const { code, lines } = runCheck('purity', makeTree({ 'domain/bad.ts': `// é\n${text}\n` }));
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining(`domain/bad.ts:2: purity: ${said}`)]);
  });

  test('takes local names for what they are', () => {
    const text = 'export const f = (process: { now: number }, at: number) => [process.now, new Date(at), Date.UTC(2026, 0, 1)];\n';
    expect(runCheck('purity', makeTree({ 'domain/good.ts': text }))).toEqual({ code: 0, lines: [] });
  });
});
