import { copyFileSync, openSync, readSync, closeSync, statSync, truncateSync } from 'node:fs';
import { basename } from 'node:path';

const MOST_BYTES = 20_000_000;
const LAST_BYTES = 4_000;

/** Where one part writes its output. Parts get the file itself, so that their output survives the supervisor. */
export class LogFile {
  constructor(readonly path: string) {}

  /** A descriptor to append to, for a child's output; the caller closes it once the child has it. */
  open(): number {
    this.rotate();
    return openSync(this.path, 'a', 0o600);
  }

  /**
   * Moves a large log's content to `NAME.1`. Parts append, so a file cut short under them goes on from its new end; lines
   * written in between the two calls are lost, which a log can bear.
   */
  rotate(): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size < MOST_BYTES) return;
    copyFileSync(this.path, `${this.path}.1`);
    truncateSync(this.path);
  }

  /** The end of the log, to explain a failure: begins with a line break and the file's name, empty when there is nothing. */
  tail(lines = 12): string {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) return '';
    const buffer = Buffer.alloc(Math.min(size, LAST_BYTES));
    const descriptor = openSync(this.path, 'r');
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    closeSync(descriptor);
    const end = buffer.toString('utf8').trimEnd().split('\n').slice(-lines);
    return `\nThe end of its log (${basename(this.path)}):\n${end.map((line) => `  ${line}`).join('\n')}`;
  }
}
