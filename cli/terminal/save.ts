import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from './usage-error';

/** @throws UsageError when there is something under this name already. */
export function refuseToReplace(file: string): void {
  if (existsSync(file)) throw new UsageError(`${file} exists already. Choose another name or move it away.`);
}

/**
 * Saves what comes under a name, wholly or not at all.
 * @returns its SHA-256 and its size in bytes.
 * @throws Error when it breaks off, or is not of the digest that it should be.
 */
export async function save(content: ReadableStream<Uint8Array>, file: string, expected?: string): Promise<{ sha256: string; bytes: number }> {
  const incomplete = `${file}.incomplete-${process.pid}`;
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(content, count, createWriteStream(incomplete, { flags: 'wx', mode: 0o600 })).catch((error: unknown) => {
      throw new Error(`It broke off before its end (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
    });
    const sha256 = hash.digest('hex');
    if (expected !== undefined && sha256 !== expected) throw new Error('What came is not the file that was asked for.');
    renameSync(incomplete, file);
    return { sha256, bytes };
  } finally {
    rmSync(incomplete, { force: true });
  }
}
