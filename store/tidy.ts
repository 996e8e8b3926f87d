import type { Pool } from 'pg';

/** Tables whose rows change or go. */
const CHANGING = ['streams', 'projects', 'phases', 'stages', 'tasks', 'approvals', 'approval_waiting', 'role_holders', 'notifications', 'files'];
/** Tables that only grow, and that the planner should know the size of. */
const GROWING = ['events', 'commands', 'texts'];

/**
 * Removes dead rows and refreshes the planner's statistics where nothing else does: the embedded database has no process of its own
 * for it. @returns whether there was anything to do.
 */
export async function tidy(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query("SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum launcher'");
  if (rows.length > 0) return false;
  // One at a time, so that others get their turn in between.
  for (const table of CHANGING) await pool.query(`VACUUM (ANALYZE) ${table}`);
  for (const table of GROWING) await pool.query(`ANALYZE ${table}`);
  return true;
}
