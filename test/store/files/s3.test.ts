/** Files in a bucket: a real S3-compatible server in a process of its own, and a bad day of it. */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { loadConfig } from '../../../config';
import { prepareIncoming } from '../../../store/files/incoming';
import { openFileStore } from '../../../store/files/open';
import { type FileStore, FilesAway } from '../../../store/files/store';

const BUCKET = 'evidence';
let folder: string;
let server: ChildProcess;
let store: FileStore;
/** One that is given from outside is used in its place: `SLUIS_TEST_S3`, with `SLUIS_S3_…` for what it takes. */
const given = process.env['SLUIS_TEST_S3'];

const openAt = (endpoint: string, more: Record<string, string> = {}) => openFileStore(loadConfig({
  SLUIS_DATA: folder, SLUIS_S3_BUCKET: BUCKET, SLUIS_S3_ENDPOINT: endpoint, SLUIS_S3_ACCESS_KEY_ID: 'S3RVER', SLUIS_S3_SECRET_ACCESS_KEY: 'S3RVER', ...more,
}));

let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluis-s3-'));
  if (given === undefined) {
    server = fork(join(__dirname, '..', '..', 'support', 's3-server.mjs'), [join(folder, 'server'), BUCKET]);
    const [{ port }] = await once(server, 'message') as [{ port: number }];
    url = `http://127.0.0.1:${port}`;
  } else url = given;
  store = await openAt(url);
  await prepareIncoming(store.incoming);
});
afterAll(async () => {
  if (server?.connected) {
    const ended = once(server, 'exit');
    server.disconnect();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function put(content: Buffer, sha256 = createHash('sha256').update(content).digest('hex')): Promise<string> {
  const path = join(store.incoming, 'file');
  writeFileSync(path, content);
  await store.put(sha256, path);
  return sha256;
}

test('a content is kept, given back and removed; a large one goes in parts', async () => {
  await store.check();
  for (const size of [1, 100_000, 12_000_000]) {
    const content = randomBytes(size);
    const sha256 = await put(content);
    expect(await put(content)).toBe(sha256);
    const kept = await store.open(sha256);
    expect(kept?.size).toBe(size);
    expect((await buffer(kept!.stream)).equals(content)).toBe(true);
    await store.remove(sha256);
    await store.remove(sha256);
    expect(await store.open(sha256)).toBeNull();
  }
  expect(existsSync(join(folder, 'files'))).toBe(false);
});

test('the same content by several at once', async () => {
  const content = randomBytes(6_000_000);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const path = join(store.incoming, 'shared');
  writeFileSync(path, content);
  const ended = await Promise.allSettled(Array.from({ length: 4 }, () => store.put(sha256, path)));
  // The server of this test, unlike S3, shows what is half written: who looks in that moment is refused, and comes again.
  for (const each of ended) {
    if (each.status === 'fulfilled') continue;
    expect(each.reason).toBeInstanceOf(FilesAway);
    await store.put(sha256, path);
  }
  expect((await buffer((await store.open(sha256))!.stream)).equals(content)).toBe(true);
});

test('content that was changed in the store is not given whole', async () => {
  const sha256 = await put(Buffer.from('as it is now'), createHash('sha256').update('as it was then').digest('hex'));
  await expect(store.open(sha256).then((kept) => buffer(kept!.stream))).rejects.toThrow(FilesAway);
});

test('a wrong bucket, a wrong key and a server that does not answer are said, and end in time', async () => {
  const others = [openAt(url, { SLUIS_S3_BUCKET: 'nothing-here' }), openAt(url, { SLUIS_S3_ACCESS_KEY_ID: 'wrong' }), openAt(await closedPort())];
  for (const other of await Promise.all(others)) {
    await expect(other.check()).rejects.toThrow(FilesAway);
    writeFileSync(join(other.incoming, 'file'), 'x');
    await expect(other.put('0'.repeat(64), join(other.incoming, 'file'))).rejects.toThrow(FilesAway);
  }
});

async function closedPort(): Promise<string> {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as { port: number };
  closed.close();
  return `http://127.0.0.1:${port}`;
}
