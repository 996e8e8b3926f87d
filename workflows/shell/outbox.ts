/** The outbox: what happened and is not yet known to be in the log. Drained in order, many commands in one batch. */
import type { Instant } from '../../domain/process';
import type { Entry, LogHead } from '../contract';

/** Most events in one batch: keeps its transaction short and its payload far below 2 MiB. */
const BATCH_EVENTS = 200;

/**
 * Entries in their order. Those at its front may be handed out: whoever sent their commands has them to project, and says with a later
 * command that the log holds them. All others are the workflow's own to project.
 */
export class Outbox {
  private readonly entries: Entry[];
  private handedOut = 0;
  /** How many entries of the batch under way leave with it. */
  private taken = 0;
  /** How many entries ever came, and how many have left: the log holds those. */
  added: number;
  gone = 0;

  constructor(entries: readonly Entry[] = []) {
    this.entries = [...entries];
    this.added = entries.length;
  }

  get length(): number {
    return this.entries.length;
  }

  /** The first event of all entries; undefined without any. */
  get firstSeq(): number | undefined {
    return this.entries.find(({ events }) => events.length > 0)?.events[0]?.seq;
  }

  /** Whether there is something that only the workflow itself will project. */
  get hasOwn(): boolean {
    return this.entries.length > this.handedOut;
  }

  /** Since when the oldest of what is handed out waits to be confirmed; undefined when nothing does. */
  get handedOutAt(): Instant | undefined {
    return this.handedOut > 0 ? this.entries[0]?.events[0]?.at : undefined;
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.added += 1;
  }

  /** Hands out the last entry, if all before it are handed out too and it is none of the batch under way; undefined otherwise. */
  handOut(mayLeave: (entry: Entry) => boolean): Entry | undefined {
    const last = this.entries.at(-1);
    if (!last || this.taken > 0 || this.handedOut !== this.entries.length - 1 || !mayLeave(last)) return undefined;
    this.handedOut += 1;
    return last;
  }

  /** Takes back what was handed out: the workflow projects it itself. */
  callBack(): void {
    this.handedOut = 0;
  }

  /** The log was seen to end with this event: what was handed out up to it leaves. Anything else is left to be called back. */
  confirm({ seq, hash }: LogHead): void {
    // The batch under way brings the same to the log.
    if (this.taken > 0) return;
    const place = this.entries.slice(0, this.handedOut).findIndex((entry) => {
      const last = entry.events.at(-1);
      return last?.seq === seq && last.hash === hash;
    });
    this.leave(place + 1);
  }

  /** The first entries, as many as one batch takes, at least one; they leave with `drain`. Empty when there is nothing. */
  next(): readonly Entry[] {
    let events = 0;
    const tooMany = this.entries.findIndex((entry) => {
      events += entry.events.length;
      return events > BATCH_EVENTS;
    });
    this.taken = tooMany < 0 ? this.entries.length : Math.max(1, tooMany);
    return this.entries.slice(0, this.taken);
  }

  /** The batch under way has ended. @param logged Whether the log holds it. */
  drain(logged: boolean): void {
    if (logged) this.leave(this.taken);
    this.taken = 0;
  }

  /** All entries, for the next run: there they are the workflow's own. */
  carry(): readonly Entry[] {
    return [...this.entries];
  }

  private leave(count: number): void {
    this.entries.splice(0, count);
    this.gone += count;
    this.handedOut = Math.max(0, this.handedOut - count);
  }
}
