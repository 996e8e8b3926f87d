import type { Pool, PoolClient } from 'pg';

/** Runs `work` in a transaction of its own: committed when it answers, rolled back when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // A connection that can't even roll back is of no further use.
    await client.query('ROLLBACK').then(() => client.release(), (lost: Error) => client.release(lost));
    throw error;
  }
}
