/** Removes files that nobody uses. */
import type { Pool } from 'pg';
import { inTransaction } from '../transaction';
import { holdContent } from './rows';
import type { FileStore } from './store';

const AT_MOST = 1_000;
const NAMED = 'EXISTS (SELECT FROM events e WHERE e.project = f.project AND position(f.sha256 IN e.event::text) > 0)';
const OLD = 'f.seen_at < now() - make_interval(days => $1) AND NOT f.named';

/**
 * Removes files that no event of their project names, so many days after they were last uploaded or about to be named; and contents that
 * no project has any more. A file that was named once stays for good.
 * @returns how many files were removed.
 * @throws FilesAway: what is not removed yet is found again.
 */
export async function tidyFiles(pool: Pool, store: FileStore, days: number): Promise<number> {
  await pool.query(`UPDATE files f SET named = true WHERE ${OLD} AND ${NAMED}`, [days]);
  const { rows } = await pool.query<Unused>(`SELECT project, sha256 FROM files f WHERE ${OLD} AND NOT ${NAMED} LIMIT ${AT_MOST}`, [days]);
  let removed = 0;
  for (const file of rows) if (await remove(pool, store, file, days)) removed += 1;
  return removed;
}

interface Unused {
  readonly project: string;
  readonly sha256: string;
}

/** A file goes together with its content, so that none is left that nobody knows of. @returns false when somebody has come to use it. */
function remove(pool: Pool, store: FileStore, { project, sha256 }: Unused, days: number): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    await holdContent(client, sha256);
    const { rowCount } = await client.query(`DELETE FROM files f WHERE f.project = $2 AND f.sha256 = $3 AND ${OLD} AND NOT ${NAMED}`, [days, project, sha256]);
    if (rowCount !== 1) return false;
    const { rows: others } = await client.query('SELECT FROM files WHERE sha256 = $1 LIMIT 1', [sha256]);
    if (others.length === 0) await store.remove(sha256);
    return true;
  });
}
