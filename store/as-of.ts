/** A project as it was known at a moment: the log, folded until then. */
import type { Pool } from 'pg';
import type { Instant, Row } from '../domain/process';
import { foldStreams, openProcess, type StreamHead } from './fold';

/**
 * All rows of a project as they stood after the last event until `at`, of every round, in the shape in which the workflows give theirs.
 * Empty when the project had not started, or is not known.
 */
export async function readRowsAsOf(pool: Pool, project: string, at: Instant): Promise<Row[]> {
  const { rows: heads } = await pool.query<StreamHead>('SELECT stream, process, input FROM streams WHERE project = $1 ORDER BY stream', [project]);
  const states = await foldStreams(pool, heads, at);
  return heads.flatMap(({ stream, process }) => (states.has(stream) ? [...openProcess(process).rows(states.get(stream))] : []));
}
