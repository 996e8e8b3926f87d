/** The statements of every request: prepared once per connection, so that the server parses and plans them no more. */
import { createHash } from 'node:crypto';
import { DatabaseError, type Pool, type QueryResultRow } from 'pg';

/**
 * What a server answers when a connection does not keep to itself what it prepares, as behind a pooler or with the embedded database:
 * the name is taken, or nobody knows it, or the plan is out of date. It has carried out nothing then.
 */
const NOT_PREPARED: ReadonlySet<string | undefined> = new Set(['42P05', '26000', '0A000']);

const names = new Map<string, string>();
const unprepared = new WeakSet<Pool>();

/** By its text: where connections do share what they prepare, the same name means the same statement. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `sluis_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

/**
 * The rows of a statement of which there are few texts. It is prepared, until the database shows that its connections can't prepare:
 * then it is repeated as it is, and so is every later one.
 */
export async function queryHot<R extends QueryResultRow>(pool: Pool, text: string, values: unknown[]): Promise<R[]> {
  if (!unprepared.has(pool)) {
    try {
      return (await pool.query<R>({ name: nameOf(text), text, values })).rows;
    } catch (error) {
      if (!(error instanceof DatabaseError && NOT_PREPARED.has(error.code))) throw error;
      unprepared.add(pool);
    }
  }
  return (await pool.query<R>(text, values)).rows;
}
