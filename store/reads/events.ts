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

export interface EventFilter {
  readonly stream?: StreamId;
  /** Only these types. */
  readonly types?: readonly string[];
  /** Only what had happened at this moment. */
  readonly until?: Instant;
}

/**
 * Events of a project in the order of the log, or the latest first; texts as references.
 *
 * Over several streams the order is that of the feed, by transaction and position, and the list stops at the oldest transaction that
 * still runs: one that commits late would otherwise be skipped by who goes on after the last position. Within one stream appends come one
 * after another, so position orders it, and it runs to the end.
 * @param place.after position of the last one shown; where none stands there any more, it goes on from the one before.
 */
export async function listEvents(
  db: Database, project: string, filter: EventFilter, place: { readonly limit: number; readonly after?: string; readonly latestFirst?: boolean },
): Promise<LoggedEventRow[]> {
  const values: unknown[] = [project, place.limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [filter.stream === undefined ? 'tx < pg_snapshot_xmin(pg_current_snapshot())' : `stream = ${bind(filter.stream)}`];
  const isOneStream = filter.stream !== undefined;
  if (place.after !== undefined) {
    const [after, beyond] = [`${bind(place.after)}::bigint`, place.latestFirst ? '<' : '>'];
    conditions.push(isOneStream ? `position ${beyond} ${after}`
      : `(tx, position) ${beyond} (coalesce((SELECT b.tx FROM events b WHERE b.position <= ${after} ORDER BY b.position DESC LIMIT 1), '0'), ${after})`);
  }
  if (filter.types) conditions.push(`type = ANY (${bind(filter.types)}::text[])`);
  if (filter.until !== undefined) conditions.push(`at <= ${bind(new Date(filter.until))}`);
  const direction = place.latestFirst ? 'DESC' : 'ASC';
  const { rows } = await db.pool.query<LoggedEventRow>(
    `SELECT position::text AS position, stream, seq, type, ${millis('at', 'at')}, by, command_id AS "commandId", event, hash
     FROM events WHERE project = $1 AND ${conditions.join(' AND ')}
     ORDER BY ${isOneStream ? '' : `events.tx ${direction}, `}events.position ${direction} LIMIT $2`, values);
  return rows;
}
