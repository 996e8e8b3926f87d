import fs from 'node:fs';
import path from 'node:path';
import { recordProcess } from '../../embedded/processes';
import { makeTree, removeTrees, ROOT, run } from './support';

afterAll(removeTrees);

/** The command beside an old build, with sources that are newer. */
function makeProduct(): string {
  const root = makeTree({
    'package.json': '{"name":"x"}',
    'scripts/build.mjs': `import fs from 'node:fs';
      export const isFresh = () => false;
      if (process.argv[1].endsWith('build.mjs')) fs.writeFileSync('dist/cli/main.js', 'console.log("new build")');`,
    'dist/config/traces.js': '', 'dist/cli/main.js': 'console.log("old build")',
  });
  fs.cpSync(path.join(ROOT, 'bin'), path.join(root, 'bin'), { recursive: true });
  fs.cpSync(path.join(ROOT, 'dist', 'embedded'), path.join(root, 'dist', 'embedded'), { recursive: true });
  return root;
}

const start = (root: string) => run(process.execPath, ['bin/sluis.mjs', 'backup'], root);
function lock(root: string, record: object | undefined): void {
  fs.mkdirSync(path.join(root, '.sluis'), { recursive: true });
  fs.writeFileSync(path.join(root, '.sluis', 'lock.json'), JSON.stringify(record));
}

test('newer sources are built first', () => {
  expect(start(makeProduct()).lines).toContain('new build');
});

test('not while the product runs from the build that is there', () => {
  const root = makeProduct();
  lock(root, recordProcess(process.pid));
  expect(start(root).lines).toEqual(expect.arrayContaining(['old build', expect.stringContaining('built once it has ended')]));
});

test('a lock that nobody holds any more does not keep the build back', () => {
  const root = makeProduct();
  lock(root, { pid: process.pid, began: 'long ago' });
  expect(start(root).lines).toContain('new build');
});
