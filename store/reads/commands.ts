import type { Instant, StreamId } from '../../domain/process';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { millis } from './columns';

/** A command that was carried out; `fromSeq` > `toSeq` when it caused no event. */
export interface CarriedOut {
  readonly stream: StreamId;
  /** Digest of the request. */
  readonly hash: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  /**
   * Whether the run itself has it for certain. One that is not settled may stem from a workflow task that was lost: ask the workflow,
   * under the same id, before telling anybody that it was carried out.
   */
  readonly settled: boolean;
}

export interface HappenedEvent {
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
}

export interface StreamHead {
  readonly seq: number;
  readonly final: boolean;
  /** Why the stream was stopped; null: it goes on. */
  readonly broken: string | null;
  readonly stale: boolean;
}

/** The command of this id in the first of the streams that knows it; null when none does. */
export async function findCommand(db: Database, streams: readonly StreamId[], id: string): Promise<CarriedOut | null> {
  const rows = await queryHot<CarriedOut>(db.pool,
    `SELECT c.stream, c.hash, c.from_seq AS "fromSeq", c.to_seq AS "toSeq", c.to_seq <= s.settled AS settled
     FROM commands c JOIN streams s ON s.stream = c.stream
     WHERE c.stream = ANY ($1::text[]) AND c.id = $2 ORDER BY array_position($1::text[], c.stream) LIMIT 1`, [streams, id]);
  return rows[0] ?? null;
}

/** The commands of these ids that a stream knows, by id. */
export async function findCommands(db: Database, stream: StreamId, ids: readonly string[]): Promise<ReadonlyMap<string, CarriedOut>> {
  const rows = await queryHot<CarriedOut & { readonly id: string }>(db.pool,
    `SELECT c.id, c.stream, c.hash, c.from_seq AS "fromSeq", c.to_seq AS "toSeq", c.to_seq <= s.settled AS settled
     FROM commands c JOIN streams s ON s.stream = c.stream WHERE c.stream = $1 AND c.id = ANY ($2::text[])`, [stream, ids]);
  return new Map(rows.map(({ id, ...command }) => [id, command]));
}

/** What happened in a stream from one seq to another, both included. */
export async function listHappened(db: Database, stream: StreamId, from: number, to: number): Promise<HappenedEvent[]> {
  const rows = await queryHot<HappenedEvent>(db.pool,
    `SELECT seq, type, ${millis('at', 'at')} FROM events WHERE stream = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq`, [stream, from, to]);
  return rows;
}

/** How far the log has got with a stream; null when it knows nothing of it. */
export async function findStreamHead(db: Database, stream: StreamId): Promise<StreamHead | null> {
  const { rows } = await db.pool.query<StreamHead>(
    'SELECT seq, final, broken, stale IS NOT NULL AS stale FROM streams WHERE stream = $1', [stream]);
  return rows[0] ?? null;
}
