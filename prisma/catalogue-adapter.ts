import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';

/** PostgreSQL's internal type "char", found only in its own catalogue: the adapter does not know it. */
const CATALOGUE_CHAR = 18;
const TEXT = 25;
/** Carries the type past the adapter on the column's name, which nothing in between looks at. */
const MARK = '\u0000char:';

/**
 * The product's adapter, made fit for the schema engine, which reads the catalogue: columns of the type "char" are told
 * apart on their way in and handed on as single characters. `close` ends the connections.
 */
export function makeCatalogueAdapter(databaseUrl: string): { factory: PrismaPg; close(): Promise<void> } {
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<QueryResult>;
  pool.query = (async (...given: unknown[]) => {
    const result = await query(...given);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== CATALOGUE_CHAR) continue;
      field.dataTypeID = TEXT;
      field.name = MARK + field.name;
    }
    return result;
  }) as Pool['query'];

  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    readCharacters(adapter);
    // The adapter cuts a script at every semicolon, those within function bodies too: send it whole, as one transaction.
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    return adapter;
  };
  return { factory, close: () => pool.end() };
}

type QueryResult = { fields?: { name: string; dataTypeID: number }[] };

function readCharacters(adapter: SqlDriverAdapter): void {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    const marked = result.columnNames.map((name) => name.startsWith(MARK));
    if (!marked.includes(true)) return result;
    return {
      ...result,
      columnNames: result.columnNames.map((name, i) => (marked[i] ? name.slice(MARK.length) : name)),
      columnTypes: result.columnTypes.map((type, i) => (marked[i] ? ColumnTypeEnum.Character : type)),
    };
  };
}
