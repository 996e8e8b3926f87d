import { randomBytes } from 'node:crypto';
import { makeTree, removeTrees, runCheck } from './support';

afterAll(removeTrees);

const manifest = JSON.stringify({
  'index.html': { file: 'assets/index.js', imports: ['_shared.js'] }, '_shared.js': { file: 'assets/shared.js' },
  'rooms/my-work/index.tsx': { file: 'assets/my-work.js', imports: ['_shared.js'] },
  'texts/nl/app.ts': { file: 'assets/nl.js' }, 'texts/nl/my-work.ts': { file: 'assets/nl-work.js' },
  'texts/nl/help.ts': { file: 'assets/nl-help.js' }, 'texts/nl/task.ts': { file: 'assets/nl-task.js' },
  'rooms/office/index.tsx': { file: 'assets/office.js' },
});
/** Script that can't be made smaller. */
const dense = (bytes: number): string => randomBytes(bytes).toString('latin1').replace(/[^ -~]/g, (c) => String.fromCharCode(32 + (c.charCodeAt(0) % 95)));

function judge(more: Record<string, string>) {
  const files = ['index', 'shared', 'my-work', 'nl', 'nl-work', 'nl-help', 'nl-task', 'office'].map((name) => [`dist/web/assets/${name}.js`, 'x'] as const);
  return runCheck('pages', makeTree({
    'dist/web/index.html': '<script type="module" src="/assets/index.js"></script>', 'dist/web/.vite/manifest.json': manifest, ...Object.fromEntries(files), ...more,
  }));
}

test('passes a small first load, however large a room is that is entered later', () => {
  expect(judge({ 'dist/web/assets/office.js': dense(900_000) })).toEqual({ code: 0, lines: [] });
});

test('fails when what a first room needs has grown too large, also through what it imports', () => {
  const { code, lines } = judge({ 'dist/web/assets/shared.js': dense(400_000) });
  expect(code).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^pages: the first load is \d{6} bytes of gzipped script; at most 256000$/)]);
});

test('fails on a script within the page', () => {
  expect(judge({ 'dist/web/index.html': '<script>alert(1)</script>' }).lines).toEqual([expect.stringContaining('index.html holds a script')]);
});

test('fails when nothing is built, and when a room is no chunk of its own', () => {
  expect(runCheck('pages', makeTree({ 'a.ts': '' })).lines).toEqual([expect.stringContaining('is not built')]);
  expect(judge({ 'dist/web/.vite/manifest.json': JSON.stringify({ 'index.html': { file: 'assets/index.js' } }) }).lines).toEqual([expect.stringContaining('rooms/my-work/index.tsx')]);
});
