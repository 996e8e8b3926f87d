/** The outbox: what happened and is not yet known to be in the log. Drained in order, many commands in one batch. */
import type { Row } from '../../domain/process';
import type { Batch, ChainedEvent, CommandRecord, Notice } from '../contract';

/** What one command left to be projected. */
export interface Entry {
  readonly prevHash: string;
  readonly events: readonly ChainedEvent[];
  readonly command?: CommandRecord;
  readonly rows: readonly Row[];
  readonly notices: readonly Notice[];
}

/** Most events in one batch: keeps its transaction short and its payload far below 2 MiB. */
const BATCH_EVENTS = 200;

/** How many entries of the outbox the next batch takes; at least one. */
export function batchSize(outbox: readonly Entry[]): number {
  let events = 0;
  for (const [index, entry] of outbox.entries()) {
    events += entry.events.length;
    if (events > BATCH_EVENTS) return Math.max(1, index);
  }
  return outbox.length;
}

/** One batch of the first entries. Of rows that several entries changed, the last counts. */
export function batchOf(entries: readonly Entry[], frame: Omit<Batch, 'prevHash' | 'events' | 'commands' | 'rows' | 'notices'>): Batch {
  const rows = new Map<string, Row>();
  for (const entry of entries) for (const row of entry.rows) rows.set(row.id, row);
  return {
    ...frame,
    prevHash: entries[0]?.prevHash ?? '',
    events: entries.flatMap((entry) => entry.events),
    commands: entries.flatMap((entry) => (entry.command ? [entry.command] : [])),
    rows: [...rows.values()],
    notices: entries.flatMap((entry) => entry.notices),
  };
}
