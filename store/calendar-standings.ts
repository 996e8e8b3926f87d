/** Which version of its calendar each running project has. */
import type { Pool } from 'pg';

/** A version of a calendar. */
export interface CalendarVersion {
  readonly key: string;
  readonly version: number;
}

export interface CalendarStanding {
  readonly project: string;
  /** The template that it runs on, and its version. */
  readonly template: string;
  readonly version: string;
  /** What it was told last, or started with. */
  readonly known: CalendarVersion;
  /** Whether it was told, or noted before. */
  readonly isNoted: boolean;
}

/** Projects that have not ended, by id. @param after id of the last one of the page before. */
export async function listCalendarStandings(pool: Pool, after: string, limit: number): Promise<CalendarStanding[]> {
  const { rows } = await pool.query<CalendarStanding>(
    `SELECT p.id AS project, p.template, p.template_version AS version, t.project IS NOT NULL AS "isNoted",
       CASE WHEN t.project IS NULL
         THEN (SELECT jsonb_build_object('key', l.plan->'calendar'->'key', 'version', l.plan->'calendar'->'version') FROM plans l WHERE l.project = p.id ORDER BY l.version DESC LIMIT 1)
         ELSE jsonb_build_object('key', t.key, 'version', t.version) END AS known
     FROM projects p LEFT JOIN calendar_told t ON t.project = p.id
     WHERE p.status IN ('running', 'held') AND p.id > $1 ORDER BY p.id LIMIT $2`, [after, limit]);
  return rows.map((row) => ({ ...row, known: row.known ?? { key: '', version: 0 } }));
}

/** Notes which version a project has. */
export async function noteTold(pool: Pool, project: string, { key, version }: CalendarVersion): Promise<void> {
  await pool.query(
    `INSERT INTO calendar_told (project, key, version) VALUES ($1, $2, $3)
     ON CONFLICT (project) DO UPDATE SET key = excluded.key, version = excluded.version`, [project, key, version]);
}
