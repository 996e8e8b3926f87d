/** Where running projects stand: the processes that have not ended, folded from the log. */
import type { Pool } from 'pg';
import type { Evidence } from '../domain/evidence-types';
import type { Standing } from '../domain/play/play';
import type { Instant, StreamId } from '../domain/process';
import type { ProjectState } from '../domain/project/types';
import { foldStreams, type StreamHead } from './fold';

/** Streams that have ended, while the one above them has not heard of it yet. */
const UNHEARD = `stream IN (
  SELECT data->>'stream' FROM phases WHERE project = ANY ($1::text[]) AND status IN ('open', 'passed')
  UNION ALL SELECT data->>'approval' FROM stages WHERE project = ANY ($1::text[]) AND data->>'approval' IS NOT NULL)`;

/**
 * Folds the open streams of projects.
 * @param more.unheard also those that have just ended, and of which the stage or the project has still to hear.
 * @returns by project; a project that has ended, or is not known, is missing.
 */
export async function readStandings(pool: Pool, projects: readonly string[], { unheard = false } = {}): Promise<ReadonlyMap<string, readonly Standing[]>> {
  const { rows: heads } = await pool.query<StreamHead & { readonly project: string }>(
    `SELECT stream, project, process, input FROM streams WHERE project = ANY ($1::text[]) AND (NOT final${unheard ? ` OR ${UNHEARD}` : ''}) ORDER BY stream`, [projects]);
  const states = await foldStreams(pool, heads);
  const found = new Map<string, Standing[]>();
  for (const { project, process, stream } of heads) {
    const standing = { process, stream, state: states.get(stream) };
    found.set(project, [...(found.get(project) ?? []), standing]);
  }
  for (const [project, standings] of found) if (!standings.some(({ process }) => process === 'project')) found.delete(project);
  return found;
}

/** What was delivered in the last round of phases that are behind: by project, then by `PHASE/TASK`. */
export async function readDelivered(pool: Pool, projects: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, Evidence>>>> {
  const { rows } = await pool.query<{ project: string; phase: string; task: string; evidence: Evidence }>(
    `SELECT t.project, t.phase, t.task, t.data->'evidence' AS evidence
     FROM tasks t JOIN phases p ON p.id = 'project/' || t.project || '/phase/' || t.phase AND p.data->>'stream' = t.stage
     WHERE t.project = ANY ($1::text[]) AND t.status = 'done' AND p.status IN ('passed', 'ended') AND t.data->'evidence' <> 'null'::jsonb`, [projects]);
  const found = new Map<string, Record<string, Evidence>>();
  for (const { project, phase, task, evidence } of rows) found.set(project, { ...found.get(project), [`${phase}/${task}`]: evidence });
  return found;
}

/** Since when somebody is at a task: by project, then by `STREAM/TASK`, when it was claimed the last time. */
export async function readClaimed(pool: Pool, projects: readonly string[]): Promise<ReadonlyMap<string, Readonly<Record<string, Instant>>>> {
  const { rows } = await pool.query<{ project: string; task: string; at: Instant }>(
    `SELECT s.project, e.stream || '/' || (e.event->>'task') AS task, (extract(epoch FROM max(e.at)) * 1000)::float8 AS at
     FROM streams s JOIN events e ON e.stream = s.stream
     WHERE s.project = ANY ($1::text[]) AND s.process = 'stage' AND NOT s.final AND e.type = 'task-claimed' GROUP BY s.project, e.stream, e.event->>'task'`, [projects]);
  const found = new Map<string, Record<string, Instant>>();
  for (const { project, task, at } of rows) {
    const tasks = found.get(project) ?? {};
    tasks[task] = at;
    found.set(project, tasks);
  }
  return found;
}

/** How far the log is with the processes of projects, by project. */
export async function readProjectSeqs(pool: Pool, projects: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ project: string; seq: number }>(
    `SELECT project, seq FROM streams WHERE project = ANY ($1::text[]) AND process = 'project'`, [projects]);
  return new Map(rows.map(({ project, seq }) => [project, seq]));
}

/** The processes of projects, without their phases, folded from the log; also of those that have ended. By project. */
export async function readProjectStates(pool: Pool, projects: readonly string[]): Promise<ReadonlyMap<string, ProjectState>> {
  const { rows } = await pool.query<StreamHead & { readonly project: string }>(
    `SELECT stream, project, process, input FROM streams WHERE project = ANY ($1::text[]) AND process = 'project'`, [projects]);
  const states = await foldStreams(pool, rows);
  return new Map(rows.flatMap(({ project, stream }: { project: string; stream: StreamId }): [string, ProjectState][] => {
    const state = states.get(stream);
    return state === undefined ? [] : [[project, state as ProjectState]];
  }));
}
