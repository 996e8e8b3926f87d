/** Heads of streams, as upkeep looks after them. */
import type { Pool } from 'pg';
import type { StreamId } from '../domain/process';

/** The head of a stream in the log; `gap` is what the last comparison with its run found. */
export interface Head {
  readonly stream: StreamId;
  readonly seq: number;
  readonly head: string;
  /** Up to here the run has the events for certain. */
  readonly settled: number;
  readonly rules: number;
  readonly final: boolean;
  readonly broken: string | null;
  readonly gap: string | null;
}

const COLUMNS = 'stream, seq, head, settled, rules, final, broken, gap';

/** Heads of the streams that can still have events, by name, after `after`; at most `limit`. */
export async function listOpenHeads(pool: Pool, after: StreamId, limit: number): Promise<Head[]> {
  const { rows } = await pool.query<Head>(
    `SELECT ${COLUMNS} FROM streams WHERE NOT final AND stream > $1 ORDER BY stream LIMIT $2`, [after, limit]);
  return rows;
}

/** The head of a stream; undefined when the log knows nothing of it. */
export async function findHead(pool: Pool, stream: StreamId): Promise<Head | undefined> {
  const { rows } = await pool.query<Head>(`SELECT ${COLUMNS} FROM streams WHERE stream = $1`, [stream]);
  return rows[0];
}

/** Notes in what the open run and the log disagree; null: in nothing. */
export async function noteGap(pool: Pool, stream: StreamId, gap: string | null): Promise<void> {
  await pool.query('UPDATE streams SET gap = $2 WHERE stream = $1', [stream, gap]);
}

/** Notes that the run has all that the log had, when both stood at this head; nothing when the log has gone on. */
export async function settleLog(pool: Pool, { stream, head }: Pick<Head, 'stream' | 'head'>): Promise<void> {
  await pool.query('UPDATE streams SET settled = seq WHERE stream = $1 AND head = $2 AND settled < seq', [stream, head]);
}

/** The hash of an event; undefined when the log has none of this seq. */
export async function findHash(pool: Pool, stream: StreamId, seq: number): Promise<string | undefined> {
  const { rows } = await pool.query<{ hash: string }>('SELECT hash FROM events WHERE stream = $1 AND seq = $2', [stream, seq]);
  return rows[0]?.hash;
}
