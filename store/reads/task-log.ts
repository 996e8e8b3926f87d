/** What the log has on one task, where no row of its own stands for it: comments, hours. */
import type { Instant, Key, PersonId, StreamId } from '../../domain/process';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { type Place, millis } from './columns';

/** An event on a task; `position` is its place in the log, as text. */
export interface TaskEvent {
  readonly position: string;
  readonly stream: StreamId;
  readonly at: Instant;
  readonly event: Readonly<Record<string, unknown>>;
}

/**
 * Events of one type on a task, the latest first.
 * @param streams the rounds of its phase.
 * @param place.after position of the last one shown.
 */
export async function listTaskEvents(
  db: Database, streams: readonly StreamId[], type: 'task-commented' | 'effort-logged', task: Key, place: Place<string>,
): Promise<TaskEvent[]> {
  // Read whole first: the planner would go through the log backwards in search of a few.
  return queryHot<TaskEvent>(db.pool,
    `WITH found AS MATERIALIZED (
       SELECT position, stream, at, event FROM events WHERE stream = ANY ($1::text[]) AND type = $2 AND event->>'task' = $3)
     SELECT position::text AS position, stream, ${millis('at', 'at')}, event FROM found
     WHERE $4::bigint IS NULL OR position < $4::bigint ORDER BY found.position DESC LIMIT $5`, [streams, type, task, place.after ?? null, place.limit]);
}

/** One comment on a task, by the number that it has in its stage. */
export async function findComment(db: Database, stream: StreamId, task: Key, comment: number): Promise<{ readonly person: PersonId; readonly text: string } | null> {
  const { rows } = await db.pool.query<{ person: PersonId; text: string }>(
    `SELECT event->>'person' AS person, event->'text'->>'text' AS text FROM events
     WHERE stream = $1 AND type = 'task-commented' AND event->>'task' = $2 AND (event->>'comment')::int = $3`, [stream, task, comment]);
  return rows[0] ?? null;
}
