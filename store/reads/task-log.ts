/** What the log has on one task, where no row of its own stands for it: comments, hours, what came of it before. */
import type { Evidence, TextRef } from '../../domain/evidence-types';
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

/** That a task was to be done again. */
export interface SentBack {
  readonly at: Instant;
  /** Who did that by themselves; null for a gate, or a change of the plan. */
  readonly person: PersonId | null;
  /** The delegate who did it in that name. */
  readonly through: PersonId | null;
  /** What did it where nobody did: the approval of a gate, or the project itself. */
  readonly source: StreamId | null;
  readonly reason: TextRef | null;
}

/** What came of a task before, in one round of its phase. */
export interface EarlierWork {
  /** The last time that it was sent back or reopened. */
  readonly sentBack?: SentBack;
  /** What was delivered last, here or before the project came here. */
  readonly delivered?: Evidence;
}

/** What the log of a stage has of what came of a task before. */
export async function findEarlierWork(db: Database, stage: StreamId, task: Key): Promise<EarlierWork> {
  const rows = await queryHot<SentBack & { readonly again: boolean; readonly evidence: Evidence | null }>(db.pool,
    `SELECT DISTINCT ON (again) again, ${millis('at', 'at')}, coalesce(by->>'onBehalfOf', by->>'person') AS person, CASE WHEN by->>'onBehalfOf' IS NOT NULL THEN by->>'person' END AS through,
       by->>'source' AS source, reason, evidence
     FROM (
       SELECT type IN ('task-sent-back', 'task-reopened') AS again, seq, at, by, event->'reason' AS reason, event->'evidence' AS evidence FROM events
       WHERE stream = $1 AND type IN ('task-completed', 'task-delivered', 'task-sent-back', 'task-reopened') AND event->>'task' = $2
       UNION ALL
       SELECT false, seq, at, by, NULL, adopted->'evidence' FROM events, json_array_elements(event->'tasks') adopted
       WHERE stream = $1 AND type = 'tasks-adopted' AND adopted->>'task' = $2
     ) found ORDER BY again, seq DESC`, [stage, task]);
  const found = new Map(rows.map((row) => [row.again, row]));
  const [back, delivered] = [found.get(true), found.get(false)?.evidence];
  return {
    ...(back && { sentBack: { at: back.at, person: back.person, through: back.through, source: back.source, reason: back.reason } }),
    ...(delivered && { delivered }),
  };
}

/** One comment on a task, by the number that it has in its stage. */
export async function findComment(db: Database, stream: StreamId, task: Key, comment: number): Promise<{ readonly person: PersonId; readonly text: string } | null> {
  const { rows } = await db.pool.query<{ person: PersonId; text: string }>(
    `SELECT event->>'person' AS person, event->'text'->>'text' AS text FROM events
     WHERE stream = $1 AND type = 'task-commented' AND event->>'task' = $2 AND (event->>'comment')::int = $3`, [stream, task, comment]);
  return rows[0] ?? null;
}
