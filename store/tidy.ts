import type { Pool } from 'pg';

/** Tables that only grow, and that the planner should know the size of. In all others rows change or go. */
const GROWING = ['events', 'commands', 'texts'];

/** The others that there are. */
const CHANGING = `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname = current_schema() AND c.relname <> ALL ($1::text[]) ORDER BY c.relname`;

/**
 * Removes dead rows and refreshes the planner's statistics where nothing else does: the embedded database has no process of its own
 * for it. @returns whether there was anything to do.
 */
export async function tidy(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query("SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum launcher'");
  if (rows.length > 0) return false;
  // One at a time, so that others get their turn in between.
  for (const { name } of (await pool.query<{ name: string }>(CHANGING, [GROWING])).rows) await pool.query(`VACUUM (ANALYZE) ${name}`);
  for (const table of GROWING) await pool.query(`ANALYZE ${table}`);
  return true;
}
