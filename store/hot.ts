/** The statements of every request: prepared once per session, so that the server parses and plans them no more. */
import { createHash } from 'node:crypto';
import { DatabaseError, type Pool, type PoolClient, type QueryResult, type QueryResultRow } from 'pg';

/** The name is taken: connections share their session, as those of the embedded database do, and another one has prepared the statement in it. */
const PREPARED_ALREADY = '42P05';
/**
 * What a server answers when a connection does not keep to itself what it prepares and does not share it for good either, as behind a pooler: nobody knows the
 * name, or the plan is out of date. It has carried out nothing then.
 */
const NOT_PREPARED: ReadonlySet<string | undefined> = new Set(['26000', '0A000']);

const names = new Map<string, string>();
const unprepared = new WeakSet<Pool>();

/** By its text: where connections do share what they prepare, the same name means the same statement. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `sluis_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

const codeOf = (error: unknown): string | undefined => (error instanceof DatabaseError ? error.code : undefined);

/** Where the driver keeps what a connection has prepared, by name: what stands there it does not prepare again. */
type Prepared = PoolClient & { readonly connection: { readonly parsedStatements: Record<string, string> } };

async function queryPrepared<R extends QueryResultRow>(pool: Pool, text: string, values: unknown[]): Promise<QueryResult<R>> {
  const name = nameOf(text);
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    try {
      return await client.query<R>({ name, text, values });
    } catch (error) {
      if (codeOf(error) !== PREPARED_ALREADY) throw error;
      (client as Prepared).connection.parsedStatements[name] = text;
      return await client.query<R>({ name, text, values });
    }
  } catch (error) {
    failed = error as Error;
    throw error;
  } finally {
    // As the pool itself does it: after an error the connection is closed.
    client.release(failed);
  }
}

/**
 * The rows of a statement of which there are few texts. It is prepared, until the database shows that its connections can't prepare:
 * then it is repeated as it is, and so is every later one.
 */
export async function queryHot<R extends QueryResultRow>(pool: Pool, text: string, values: unknown[]): Promise<R[]> {
  if (!unprepared.has(pool)) {
    try {
      return (await queryPrepared<R>(pool, text, values)).rows;
    } catch (error) {
      if (!NOT_PREPARED.has(codeOf(error))) throw error;
      unprepared.add(pool);
    }
  }
  return (await pool.query<R>(text, values)).rows;
}
