/** Cuts what a client of PostgreSQL sends into turns (protocol 3.0). */

/** What is to be done next for a client. `isComplete`: the answer ends with "ready for query"; else the client goes on first. */
export type Turn =
  | { readonly kind: 'messages'; readonly message: Uint8Array; readonly isComplete: boolean }
  /** It asks whether the connection can be encrypted. */
  | { readonly kind: 'encryption' }
  | { readonly kind: 'end' };

const SSL_REQUEST = 80877103;
const GSSENC_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
/** Query, Sync, FunctionCall, CopyDone and CopyFail: after these the server says that it is ready. */
const COMPLETE: ReadonlySet<number> = new Set(['Q', 'S', 'F', 'c', 'f'].map((type) => type.charCodeAt(0)));
/** Flush: the client waits for an answer and then goes on. */
const FLUSH = 'H'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const HEADER = 5;

export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);
  /** Bytes of `rest` that are whole messages of a turn which is not whole yet. */
  private seen = 0;
  private isStarted = false;

  push(data: Buffer): void {
    this.rest = this.rest.length === 0 ? data : Buffer.concat([this.rest, data]);
  }

  /** The next turn; undefined when its end has not arrived yet. */
  next(): Turn | undefined {
    return this.isStarted ? this.nextMessages() : this.nextStart();
  }

  private take(length: number): Uint8Array {
    const taken = new Uint8Array(this.rest.subarray(0, length));
    this.rest = this.rest.subarray(length);
    this.seen = 0;
    return taken;
  }

  /** What comes before the first typed message has no type, only its length. */
  private nextStart(): Turn | undefined {
    if (this.rest.length < 8) return undefined;
    const length = this.rest.readUInt32BE(0);
    const code = this.rest.readUInt32BE(4);
    if (this.rest.length < length) return undefined;
    const message = this.take(length);
    if (code === SSL_REQUEST || code === GSSENC_REQUEST) return { kind: 'encryption' };
    // There is one session only: nothing could be cancelled without hitting another client.
    if (code === CANCEL_REQUEST) return { kind: 'end' };
    this.isStarted = true;
    return { kind: 'messages', message, isComplete: true };
  }

  private nextMessages(): Turn | undefined {
    while (this.rest.length >= this.seen + HEADER) {
      const type = this.rest.readUInt8(this.seen);
      const end = this.seen + 1 + this.rest.readUInt32BE(this.seen + 1);
      if (this.rest.length < end) return undefined;
      this.seen = end;
      if (type === TERMINATE) return { kind: 'end' };
      if (COMPLETE.has(type) || type === FLUSH) return { kind: 'messages', message: this.take(end), isComplete: type !== FLUSH };
    }
    return undefined;
  }
}
