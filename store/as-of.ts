/** A project as it was known at a moment: the log, folded until then. */
import type { Pool } from 'pg';
import type { Standing } from '../domain/play/play';
import type { Instant, Row } from '../domain/process';
import { foldStreams, openProcess, type StreamHead } from './fold';

/**
 * All rows of a project as they stood after the last event until `at`, of every round, in the shape in which the workflows give theirs.
 * Empty when the project had not started, or is not known.
 */
export async function readRowsAsOf(pool: Pool, project: string, at: Instant): Promise<Row[]> {
  const { heads, states } = await foldProject(pool, project, at);
  return heads.flatMap(({ stream, process }) => (states.has(stream) ? [...openProcess(process).rows(states.get(stream))] : []));
}

/** The processes of a project as they stood at a moment, those that had ended as well. Empty when it had not started. */
export async function readStandingsAsOf(pool: Pool, project: string, at: Instant): Promise<Standing[]> {
  const { heads, states } = await foldProject(pool, project, at);
  return heads.filter(({ stream }) => states.has(stream)).map(({ stream, process }) => ({ process, stream, state: states.get(stream) }));
}

async function foldProject(pool: Pool, project: string, at: Instant) {
  const { rows: heads } = await pool.query<StreamHead>('SELECT stream, process, input FROM streams WHERE project = $1 ORDER BY stream', [project]);
  return { heads, states: await foldStreams(pool, heads, at) };
}
