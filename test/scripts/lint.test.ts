import fs from 'node:fs';
import path from 'node:path';
import { makeTree, removeTrees, ROOT, run } from './support';

afterAll(removeTrees);

const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

/** The rules that fired on a file of a tree with our settings. */
function lint(files: Record<string, string>): { code: number | null; said: string } {
  const root = makeTree({ '.oxlintrc.json': read('.oxlintrc.json'), 'tsconfig.json': read('tsconfig.json'), ...files }, { link: true });
  const { code, lines } = run(path.join(ROOT, 'node_modules', '.bin', 'oxlint'), ['--type-aware', '--deny-warnings', '--format=unix'], root);
  return { code, said: lines.join('\n') };
}

test('passes what is in order', () => {
  expect(lint({ 'api/a.ts': 'export async function f(): Promise<void> {\n  await Promise.resolve();\n}\n' }).code).toBe(0);
}, 20_000);

test('finds each of the mistakes that it is there for', () => {
  const { code, said } = lint({
    'api/floating.ts': 'export function f(): void {\n  Promise.resolve();\n}\n',
    'api/misused.ts': 'export function f(list: number[]): void {\n  list.forEach(async () => { await Promise.resolve(); });\n'
      + '  if (Promise.resolve(false)) f([]);\n}\n',
    'api/any.ts': 'export const a: any = 1;\n',
    'api/unused.ts': "import fs from 'node:fs';\nexport {};\n",
    'api/switch.ts': "export function f(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x': return 1;\n  }\n  return 2;\n}\n",
    'api/console.ts': "export const f = (): void => console.log('x');\n",
  });
  expect(code).toBe(1);
  for (const [file, rule] of [
    ['floating', 'no-floating-promises'], ['misused', 'no-misused-promises'], ['any', 'no-explicit-any'], ['unused', 'no-unused-vars'],
    ['switch', 'switch-exhaustiveness-check'], ['console', 'no-console'],
  ]) expect(said).toMatch(new RegExp(`api/${file}\\.ts:\\d+.*${rule}`));
}, 20_000);
