import type { Instant, StreamId } from '../../domain/process';
import type { Database } from '../client';
import { millis } from './columns';

/** An event of the log. `position` orders the whole log; it is a 64-bit number, as text. */
export interface LoggedEventRow {
  readonly position: string;
  readonly stream: StreamId;
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
  readonly by: Readonly<Record<string, unknown>>;
  readonly commandId: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

/**
 * Events of a project in the order of the log, texts as references.
 *
 * Over several streams the list stops at the oldest transaction that still runs: one that commits late would otherwise be skipped by
 * who goes on after the last position. Within one stream appends come one after another, so it runs to the end.
 * @param place.after position of the last one shown.
 */
export async function listEvents(
  db: Database, project: string, filter: { readonly stream?: StreamId }, place: { readonly limit: number; readonly after?: string },
): Promise<LoggedEventRow[]> {
  const values: unknown[] = [project, place.after ?? '0', place.limit];
  if (filter.stream !== undefined) values.push(filter.stream);
  const { rows } = await db.pool.query<LoggedEventRow>(
    `SELECT position::text AS position, stream, seq, type, ${millis('at', 'at')}, by, command_id AS "commandId", event, hash
     FROM events WHERE project = $1 AND position > $2
       AND ${filter.stream === undefined ? 'tx < pg_snapshot_xmin(pg_current_snapshot())' : 'stream = $4'}
     ORDER BY events.position LIMIT $3`, values);
  return rows;
}
