/** Where the content of files is kept: by its SHA-256, on disk or in an S3-compatible store. */
import { createHash } from 'node:crypto';
import { Transform, type Readable, type TransformCallback } from 'node:stream';

/** The store does not answer, or has no room. */
export class FilesAway extends Error {
  override readonly name = 'FilesAway';
}

/** What the store has under a digest is something else, or nothing: it does not come right by itself. */
export class FileDamaged extends FilesAway {
  constructor(sha256: string, found: string) {
    super(`under ${sha256} the store has ${found}`);
  }
}

/** Content as it was kept. */
export interface Content {
  readonly size: number;
  /** Ends with `FileDamaged`, one chunk short, when it is not what its digest says. */
  readonly stream: Readable;
}

/** Contents by SHA-256 (lower-case hex). Every method throws `FilesAway` when the store can't be reached. */
export interface FileStore {
  /** A folder of this machine for what is under way: on the file system of the contents where these are on disk. */
  readonly incoming: string;
  /** Keeps the file at `path`, which was judged and is on disk for certain, as the content of a digest, wholly or not at all. It may be moved. */
  put(sha256: string, path: string): Promise<void>;
  /** Null when there is no such content. */
  open(sha256: string): Promise<Content | null>;
  /** Removes a content; one that is not there is no error. */
  remove(sha256: string): Promise<void>;
  /** Throws when the store would not take or give a file now. */
  check(): Promise<void>;
}

/** Passes content on, but its last chunk only once the whole has the digest: nobody takes altered content for the whole one. */
export class Verified extends Transform {
  private readonly hash = createHash('sha256');
  private held: Buffer | undefined;

  constructor(private readonly sha256: string) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    if (this.held) this.push(this.held);
    this.held = chunk;
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.hash.digest('hex') !== this.sha256) {
      done(new FileDamaged(this.sha256, 'another content'));
      return;
    }
    if (this.held) this.push(this.held);
    done();
  }
}

/** Runs an access; whatever goes wrong becomes `FilesAway`. */
export async function reach<T>(what: string, access: () => Promise<T>): Promise<T> {
  try {
    return await access();
  } catch (error) {
    throw error instanceof FilesAway ? error : new FilesAway(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
