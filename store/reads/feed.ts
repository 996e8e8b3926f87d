import type { Instant, PersonId, StreamId } from '../../domain/process';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { millis } from './columns';

/**
 * A place in the log as the feed tells it: by transaction, then by position. All that is shown belongs to transactions older than any
 * that still runs, so what commits later always comes after it. By position alone it could come before, and would be skipped.
 */
export interface FeedPlace {
  readonly tx: string;
  readonly position: string;
}

/** That something happened: ids only. */
export interface FeedRow extends FeedPlace {
  readonly project: string;
  readonly stream: StreamId;
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
  readonly by: PersonId | null;
}

/** What happened after a place, in the order of the feed, as far as it is certain that nothing comes before it any more. */
export function readFeed(db: Database, { tx, position }: FeedPlace, limit: number): Promise<FeedRow[]> {
  return queryHot<FeedRow>(db.pool,
    `SELECT tx::text AS tx, position::text AS position, project, stream, seq, type, ${millis('at', 'at')}, by->>'person' AS by FROM events
     WHERE (tx, position) > ($1::xid8, $2::bigint) AND tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY events.tx, events.position LIMIT $3`, [tx, position, limit]);
}

/** The place after all that can be shown now. */
export async function readFeedEnd(db: Database): Promise<FeedPlace> {
  const { rows } = await db.pool.query<FeedPlace>(
    'SELECT tx::text AS tx, position::text AS position FROM events WHERE tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY events.tx DESC, events.position DESC LIMIT 1');
  return rows[0] ?? { tx: '0', position: '0' };
}

/** Whether a place is one of this log: its event stands there, or it is the beginning. */
export async function isFeedPlace(db: Database, { tx, position }: FeedPlace): Promise<boolean> {
  if (tx === '0' && position === '0') return true;
  const { rows } = await db.pool.query('SELECT FROM events WHERE position = $1::bigint AND tx = $2::xid8', [position, tx]);
  return rows.length > 0;
}
