/** The append to the event log with its projection: one statement, so one round trip and one transaction. */
import type { Pool } from 'pg';
import { genesisHash } from '../domain/chain';
import type { Batch } from '../workflows/contract';
import { queryHot } from './hot';
import { toRowSet } from './row-set';

/**
 * What became of a batch.
 * - `appended`: the log and the read model have it.
 * - `repeated`: the log had every event of it already.
 * - `superseded`: the log has it in place of events of a workflow task that was lost; the read model is to be repaired.
 * - `outdated`: nothing was appended, the batch comes from a workflow task that was lost, and its repetition is in the log.
 * - `stale`: the log has it, the read model could not follow; the stream waits for repair.
 * - `early`: nothing was appended, what it follows is not in the log for certain; told only of what may be early.
 * - `broken`: nothing was appended, the batch does not continue the log; the stream is stopped.
 */
export type Appended =
  | { readonly outcome: 'appended' | 'repeated' | 'superseded' }
  | { readonly outcome: 'stale' | 'outdated' | 'early' | 'broken'; readonly reason: string };

const STATEMENT = `SELECT sluis_project($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) AS answer`;

/**
 * Appends a batch and projects it. Repeating a batch, or one that overlaps what the log has, is harmless.
 * @param mayBeEarly Whether batches before it may be on another way; else a gap stops the stream.
 * @throws the driver's error when the database is away or out of resources: nothing was done, or all of it.
 */
export async function appendBatch(pool: Pool, batch: Batch, mayBeEarly = false): Promise<Appended> {
  const { events } = batch;
  const rows = await queryHot<{ answer: string }>(pool, STATEMENT, [
    batch.stream, batch.project, batch.process, batch.rules, toJson(batch.input), batch.final, batch.settled ?? null,
    genesisHash(batch.stream), batch.prevHash,
    events.map((event) => event.seq),
    events.map((event) => new Date(event.at).toISOString()),
    events.map((event) => JSON.stringify(event.by)),
    events.map((event) => event.commandId),
    events.map((event) => event.event.type),
    events.map((event) => JSON.stringify(event.event)),
    events.map((event) => event.hash),
    batch.commands.length > 0 ? JSON.stringify(batch.commands) : null,
    batch.rows.length > 0 ? JSON.stringify(toRowSet(batch.rows)) : null,
    batch.notices.length > 0 ? JSON.stringify(batch.notices) : null, mayBeEarly,
  ]);
  const answer = rows[0]?.answer ?? '';
  if (answer === 'ok') return { outcome: 'appended' };
  if (answer === 'repeated' || answer === 'superseded') return { outcome: answer };
  const [outcome, reason] = split(answer);
  if (outcome === 'stale' || outcome === 'outdated' || outcome === 'early' || outcome === 'broken') return { outcome, reason };
  throw new Error(`unknown answer of sluis_project: ${answer}`);
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function split(answer: string): [string, string] {
  const at = answer.indexOf(': ');
  return at < 0 ? [answer, ''] : [answer.slice(0, at), answer.slice(at + 2)];
}
