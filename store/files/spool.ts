/** Takes in a file from outside: onto this machine's disk first, within its bound, with its digest. */
import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { FilesAway } from './store';

/** More came than may. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** A file that came in whole. */
export interface Spooled {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Writes what comes to a file of its own in `folder`, hands it to `work` once it is whole and on disk for certain, and removes what is
 * still there after that, whatever happened. The rest of what a sender goes on sending is left in the source.
 * @param limit bytes at most.
 * @throws TooLarge; FilesAway when this machine's disk does not take it; the source's own error when it broke off.
 */
export async function spool<T>(source: Readable, folder: string, limit: number, work: (spooled: Spooled) => Promise<T>): Promise<T> {
  const path = join(folder, `${randomUUID()}.part`);
  try {
    return await work({ path, ...await write(source, path, limit) });
  } finally {
    await rm(path, { force: true });
  }
}

async function write(source: Readable, path: string, limit: number): Promise<Omit<Spooled, 'path'>> {
  const onDisk = <R>(work: Promise<R>): Promise<R> => work.catch((error: unknown) => { throw new FilesAway('a file can not be written', { cause: error }); });
  const hash = createHash('sha256');
  let size = 0;
  const handle = await onDisk(open(path, 'wx', 0o600));
  try {
    // Its sender is to be answered: the connection must outlive a refusal.
    for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new TooLarge(`more than ${limit} bytes`);
      hash.update(chunk);
      await onDisk(handle.appendFile(chunk));
    }
    await onDisk(handle.sync());
  } finally {
    await handle.close();
  }
  return { size, sha256: hash.digest('hex') };
}
