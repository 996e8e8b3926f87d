/** Removes files that nobody uses. */
import type { Pool } from 'pg';
import { inTransaction } from '../transaction';
import { holdContent } from './rows';
import type { FileStore } from './store';

const AT_MOST = 1_000;
const NAMED = 'EXISTS (SELECT FROM events e WHERE e.project = f.project AND position(f.sha256 IN e.event::text) > 0)';

/**
 * Removes files that no event of their project names, so many days after they were last uploaded or about to be named; and contents that
 * no project has any more. A file that was named once stays for good.
 * @returns how many files were removed.
 */
export async function tidyFiles(pool: Pool, store: FileStore, days: number): Promise<number> {
  const old = `f.seen_at < now() - make_interval(days => $1) AND NOT f.named`;
  await pool.query(`UPDATE files f SET named = true WHERE ${old} AND ${NAMED}`, [days]);
  const { rows } = await pool.query<{ sha256: string }>(
    `DELETE FROM files WHERE (project, sha256) IN (SELECT project, sha256 FROM files f WHERE ${old} AND NOT ${NAMED} LIMIT ${AT_MOST}) RETURNING sha256`, [days]);
  for (const { sha256 } of rows) await removeUnused(pool, store, sha256);
  return rows.length;
}

async function removeUnused(pool: Pool, store: FileStore, sha256: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    await holdContent(client, sha256);
    const { rows } = await client.query('SELECT FROM files WHERE sha256 = $1 LIMIT 1', [sha256]);
    if (rows.length === 0) await store.remove(sha256);
  });
}
