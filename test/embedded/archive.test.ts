import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, extract, list } from 'tar';
import { loadConfig } from '../../config';
import { backup } from '../../embedded/backup';
import { dataFolder } from '../../embedded/data-folder';
import { takeLock } from '../../embedded/lock';
import { pulseKey } from '../../embedded/pulse-key';
import { restore } from '../../embedded/restore';

const root = mkdtempSync(join(tmpdir(), 'sluis-archive-'));
const say = (): void => undefined;
let count = 0;
let data = '';
let file = '';

afterAll(() => rmSync(root, { recursive: true }));

test('the secret of pulses is made once, is its owner’s alone, and is in no backup', async () => {
  const path = dataFolder(data).pulseKey;
  const made = pulseKey(path);
  expect(made).toMatch(/^[0-9a-f]{64}$/);
  expect(pulseKey(path)).toBe(made);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const archive = join(root, 'with-a-secret.tar.gz');
  await backup(config(), archive, say);
  const paths: string[] = [];
  await list({ file: archive, onReadEntry: (entry) => { paths.push(entry.path); } });
  expect(paths).toContain('demo-tokens.json');
  expect(paths.filter((each) => each.includes('pulse'))).toEqual([]);
});

beforeEach(async () => {
  count += 1;
  data = join(root, `data-${count}`);
  file = join(root, `backup-${count}.tar.gz`);
  for (const [path, content] of Object.entries({
    'postgres/base/1/1259': 'rows', 'temporal/temporal.db': 'histories', 'temporal/temporal.db-wal': 'tail',
    'keys/seal.pem': 'secret', 'demo-tokens.json': '[]', 'logs/api.log': 'noise', 'run.json': '{}',
  })) {
    mkdirSync(join(data, path, '..'), { recursive: true });
    writeFileSync(join(data, path), content);
  }
  mkdirSync(join(data, 'postgres', 'pg_notify'));
  await backup(config(), file, say);
});

const config = (env: Record<string, string> = {}) => loadConfig({ SLUIS_DATA: data, ...env });
const other = (name: string) => loadConfig({ SLUIS_DATA: join(root, `${name}-${count}`) });

/** Unpacks the backup, lets the test change it, and packs it again. */
async function tamper(change: (folder: string) => void): Promise<string> {
  const folder = join(root, `tampered-${count}`);
  mkdirSync(folder);
  await extract({ file, cwd: folder });
  change(folder);
  const altered = join(root, `tampered-${count}.tar.gz`);
  await create({ file: altered, cwd: folder, gzip: true }, readdirSync(folder));
  return altered;
}

describe('a backup', () => {
  test('holds the parts, their sizes and digests, and can be read by its owner alone', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { manifest } = await restore(other('copy'), file, { force: false, say });
    expect(manifest.parts.map(({ name, files, bytes }) => [name, files, bytes]))
      .toEqual([['postgres', 1, 4], ['temporal', 2, 13], ['keys', 1, 6], ['demo-tokens.json', 1, 2]]);
    expect(manifest.notCovered).toEqual([]);
  });

  test('is not written over a file that is there', async () => {
    await expect(backup(config(), file, say)).rejects.toThrow('exists already');
  });

  test('is refused at once where there is no folder for it', async () => {
    await expect(backup(config(), join(root, 'nowhere', 'backup.tar.gz'), say)).rejects.toThrow('nowhere is no folder to write to (ENOENT)');
  });

  test('leaves nothing behind in the data folder', () => {
    expect(readdirSync(data).sort()).toEqual(['demo-tokens.json', 'keys', 'logs', 'postgres', 'run.json', 'temporal']);
  });

  test('says what lives elsewhere and is not covered', async () => {
    const env = { DATABASE_URL: 'postgres://db/sluis', TEMPORAL_ADDRESS: 'temporal:7233' };
    const manifest = await backup(config(env), join(root, `elsewhere-${count}.tar.gz`), say);
    expect(manifest.parts.map((part) => part.name)).toEqual(['keys', 'demo-tokens.json']);
    expect(manifest.notCovered.map((line) => line.split(':')[0])).toEqual(['postgres (DATABASE_URL)', 'temporal (TEMPORAL_ADDRESS)']);
  });
});

test('uploaded files are in it, but those on their way; in a bucket they are not covered', async () => {
  mkdirSync(join(data, 'files', 'ab'), { recursive: true });
  mkdirSync(join(data, 'incoming'));
  writeFileSync(join(data, 'files', 'ab', 'abc'), 'content');
  writeFileSync(join(data, 'incoming', 'x.part'), 'half');
  const archive = join(root, `files-${count}.tar.gz`);
  expect((await backup(config(), archive, say)).parts).toContainEqual(expect.objectContaining({ name: 'files', files: 1, bytes: 7 }));
  const target = other('files');
  await restore(target, archive, { force: false, say });
  expect(readFileSync(join(target.dataFolder, 'files', 'ab', 'abc'), 'utf8')).toBe('content');
  expect(existsSync(join(target.dataFolder, 'incoming'))).toBe(false);
  const away = await backup(config({ SLUIS_S3_BUCKET: 'evidence' }), join(root, `bucket-${count}.tar.gz`), say);
  expect(away.parts.map(({ name }) => name)).not.toContain('files');
  expect(away.notCovered).toEqual(['files (SLUIS_S3_BUCKET): use the backup of that store']);
});

describe('restoring', () => {
  test('brings back every file and every empty folder', async () => {
    const target = other('target');
    await restore(target, file, { force: false, say });
    expect(readFileSync(join(target.dataFolder, 'temporal', 'temporal.db-wal'), 'utf8')).toBe('tail');
    expect(existsSync(join(target.dataFolder, 'postgres', 'pg_notify'))).toBe(true);
    expect(readdirSync(target.dataFolder).sort()).toEqual(['demo-tokens.json', 'keys', 'postgres', 'temporal']);
    expect(statSync(target.dataFolder).mode & 0o777).toBe(0o700);
  });

  test('refuses a folder that is not empty; with force keeps it under another name', async () => {
    writeFileSync(join(data, 'keys', 'seal.pem'), 'newer');
    await expect(restore(config(), file, { force: false, say })).rejects.toThrow('is not empty');
    expect(readFileSync(join(data, 'keys', 'seal.pem'), 'utf8')).toBe('newer');
    const { keptAs = '' } = await restore(config(), file, { force: true, say });
    expect(readFileSync(join(data, 'keys', 'seal.pem'), 'utf8')).toBe('secret');
    expect(readFileSync(join(keptAs, 'keys', 'seal.pem'), 'utf8')).toBe('newer');
  });

  test('is refused while the product runs', async () => {
    const release = takeLock(join(data, 'lock.json'));
    await expect(restore(config(), file, { force: true, say })).rejects.toThrow('already runs');
    release();
  });

  const alterations: [string, (folder: string) => void, RegExp][] = [
    ['a changed byte', (folder) => writeFileSync(join(folder, 'postgres/base/1/1259'), 'r0ws'), /postgres does not match/],
    ['a removed file', (folder) => rmSync(join(folder, 'temporal/temporal.db-wal')), /temporal does not match/],
    ['an added file', (folder) => writeFileSync(join(folder, 'keys/mine.pem'), ''), /keys does not match/],
    ['a removed empty folder', (folder) => rmSync(join(folder, 'postgres/pg_notify'), { recursive: true }), /postgres does not match/],
    ['a removed part', (folder) => rmSync(join(folder, 'keys'), { recursive: true }), /lacks a part .* keys/],
    ['an added part', (folder) => writeFileSync(join(folder, 'lock.json'), '{}'), /does not name: lock.json/],
    ['an altered manifest', (folder) => writeFileSync(join(folder, 'manifest.json'), '{"format":2}'), /manifest .* can't be used/],
    ['no manifest', (folder) => rmSync(join(folder, 'manifest.json')), /no backup of Sluis/],
  ];
  test.each(alterations)('refuses an archive with %s and leaves the data folder as it was', async (_what, change, message) => {
    const altered = await tamper(change);
    await expect(restore(config(), altered, { force: true, say })).rejects.toThrow(message);
    expect(readFileSync(join(data, 'postgres/base/1/1259'), 'utf8')).toBe('rows');
    expect(readdirSync(root).filter((name) => name.includes('.restore-'))).toEqual([]);
  });

  test('refuses an archive that is cut off, and leaves nothing of it', async () => {
    writeFileSync(join(data, 'postgres', 'much'), randomBytes(3_000_000));
    const whole = join(root, `whole-${count}.tar.gz`);
    await backup(config(), whole, say);
    const cut = join(root, `cut-${count}.tar.gz`);
    for (const share of [0.1, 0.5, 0.99]) {
      writeFileSync(cut, readFileSync(whole).subarray(0, Math.round(statSync(whole).size * share)));
      await expect(restore(other('cut'), cut, { force: false, say })).rejects.toThrow(`${cut} can't be unpacked: `);
      expect(readdirSync(root).filter((name) => name.includes('.restore-'))).toEqual([]);
    }
  });

  test('refuses what is no archive at all', async () => {
    const text = join(root, `plain-${count}`);
    writeFileSync(text, 'hello');
    await expect(restore(other('text'), text, { force: false, say })).rejects.toThrow(/can't be unpacked|no backup of Sluis/);
  });
});
