/** Looks at the read model itself, in one cheap query however many projects there are: waiting must not disturb what is measured. */
import { Pool } from 'pg';
import { until } from './measure';

export interface ReadModel {
  /** Waits until each project has this many tasks that are ready. @returns milliseconds it took. */
  untilReady(projects: readonly string[], tasks: number): Promise<number>;
  /** Waits until each project has a gate that asks its approvers. */
  untilAsked(projects: readonly string[]): Promise<number>;
  untilEnded(projects: readonly string[]): Promise<number>;
  /** Projects that ended, and tasks that were done, of these projects. */
  finished(projects: readonly string[]): Promise<{ projects: number; tasks: number; gates: number }>;
  /** Streams whose workflows run. */
  openStreams(projects: readonly string[]): Promise<string[]>;
  bytes(): Promise<number>;
  run(sql: string): Promise<void>;
  close(): Promise<void>;
}

export function openReadModel(url: string): ReadModel {
  const pool = new Pool({ connectionString: url, max: 1 });
  const count = async (sql: string, projects: readonly string[]): Promise<number> => {
    const { rows } = await pool.query<{ n: number }>(sql, [projects]);
    return rows[0]?.n ?? 0;
  };
  const ended = `SELECT count(*)::int n FROM projects WHERE id = ANY ($1) AND status = 'completed'`;
  return {
    untilReady: (projects, tasks) => until(async () =>
      await count(`SELECT count(*)::int n FROM tasks WHERE project = ANY ($1) AND status = 'ready'`, projects) === projects.length * tasks, 'tasks'),
    untilAsked: (projects) => until(async () =>
      await count(`SELECT count(DISTINCT project)::int n FROM approvals WHERE project = ANY ($1) AND status = 'open'`, projects) === projects.length, 'gates'),
    untilEnded: (projects) => until(async () => await count(ended, projects) === projects.length, 'the end of projects'),
    finished: async (projects) => ({
      projects: await count(ended, projects),
      tasks: await count(`SELECT count(*)::int n FROM events WHERE project = ANY ($1) AND type = 'task-completed'`, projects),
      gates: await count(`SELECT count(*)::int n FROM events WHERE project = ANY ($1) AND type = 'approval-decided' AND event->>'outcome' = 'approve'
        AND stream LIKE '%/approval/%'`, projects),
    }),
    openStreams: async (projects) => (await pool.query<{ stream: string }>(
      'SELECT stream FROM streams WHERE project = ANY ($1) AND NOT final', [projects])).rows.map(({ stream }) => stream),
    bytes: async () => Number((await pool.query<{ n: string }>('SELECT pg_database_size(current_database()) n')).rows[0]?.n),
    run: async (sql) => { await pool.query(sql); },
    close: () => pool.end(),
  };
}
