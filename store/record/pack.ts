/** Packs a record that lies in a folder into one archive, as it is read. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Header } from 'tar';
import { FileDamaged, type FileStore, FilesAway } from '../files/store';
import { MANIFEST } from './layout';
import type { StagedRecord } from './stage';

/** What TAR counts in. */
const BLOCK = 512;

function headerOf(path: string, size: number, mtime: Date): Buffer {
  const block = Buffer.alloc(BLOCK);
  new Header({ path, size, mtime, mode: 0o644, type: 'File' }).encode(block);
  return block;
}

async function* entry(path: string, size: number, mtime: Date, content: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield headerOf(path, size, mtime);
  let sent = 0;
  for await (const chunk of content) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent !== size) throw new FilesAway(`${path} has ${sent} bytes in place of ${size}`);
  if (size % BLOCK > 0) yield Buffer.alloc(BLOCK - (size % BLOCK));
}

async function contentOf(store: Pick<FileStore, 'open'>, sha256: string): Promise<Readable> {
  const content = await store.open(sha256);
  if (!content) throw new FileDamaged(sha256, 'nothing');
  return content.stream;
}

async function* tarOf({ folder, manifest }: StagedRecord, store: Pick<FileStore, 'open'>): AsyncGenerator<Buffer> {
  const at = new Date(manifest.exportedAt);
  const first = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  yield* entry(MANIFEST, first.length, at, [first]);
  for (const { path, bytes, sha256 } of manifest.parts) {
    const content = path.startsWith('files/') ? await contentOf(store, sha256) : createReadStream(join(folder, path));
    yield* entry(path, bytes, at, content as AsyncIterable<Buffer>);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** The archive (tar.gz), the manifest first. It breaks off before its end with `FilesAway` or `FileDamaged` when the store does not have a file as it was uploaded. */
export function packRecord(record: StagedRecord, store: Pick<FileStore, 'open'>): Readable {
  return pipeline(Readable.from(tarOf(record, store), { objectMode: false }), createGzip(), () => undefined);
}
