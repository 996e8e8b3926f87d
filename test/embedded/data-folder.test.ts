import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder, makeDataFolder } from '../../embedded/data-folder';

const root = mkdtempSync(join(tmpdir(), 'sluis-folder-'));
afterAll(() => rmSync(root, { recursive: true }));

test('is made with all that leads to it, for its owner alone, and may be there already', () => {
  const folder = dataFolder(join(root, 'a', 'b', 'data'));
  makeDataFolder(folder);
  makeDataFolder(folder);
  for (const path of [folder.root, folder.files, folder.keys]) expect(statSync(path).mode & 0o777).toBe(0o700);
});

test('where there can be none the variable is named', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => makeDataFolder(dataFolder(join(root, 'file')))).toThrow(`SLUIS_DATA: ${join(root, 'file')} can't be a data folder (EEXIST)`);
  expect(() => makeDataFolder(dataFolder(join(root, 'file', 'data')))).toThrow('(ENOTDIR)');
  // Node's own way to make folders never ends there.
  if (existsSync('/proc/self')) expect(() => makeDataFolder(dataFolder('/proc/sluis'))).toThrow('(ENOENT)');
});
