/** The one way to the database: a small pool of connections, and Prisma's client on top of the same pool. */
import { PrismaPg } from '@prisma/adapter-pg';
import { type ClientBase, DatabaseError, Pool } from 'pg';
import { type Prisma, PrismaClient } from '../prisma/generated/client';

export type { PrismaClient } from '../prisma/generated/client';

/** An open database. `pool` is for the few statements that are hot enough to go past Prisma. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  /**
   * For what requests ask first. Where these have connections of their own, the plans of their few statements stay hot: on all connections in turn each would be planned
   * anew whenever the server has looked at a table again (a third of what it takes to list tasks), and nothing that takes long is before them.
   */
  readonly first: Pool;
  close(): Promise<void>;
}

/** Enough of a database for what goes through Prisma: also a transaction in it. */
export interface PrismaAccess {
  readonly prisma: Prisma.TransactionClient;
}

export interface DatabaseOptions {
  /** Connections at most; 4 by default, as the embedded database serves one statement at a time anyway. */
  readonly max?: number;
  /** So many of them are for what requests ask first, and for nothing else; 0 by default: these share the others. */
  readonly first?: number;
  /** Hears of connections that broke while idle; the next query opens a new one. */
  readonly onError?: (error: Error) => void;
}

/**
 * A connection has the hot statements prepared and their plans kept: whoever comes after a quiet moment would else wait until another one has. (The
 * driver's default is ten seconds.)
 */
const IDLE_MS = 10 * 60_000;

/**
 * Statements are planned once, without regard to what is asked for. By itself the server plans those anew each time that seem to cost less so: by what it remembers of
 * when its tables were small, and planning is two thirds of what they cost. Not in the embedded database, whose connections all have one session.
 */
const KEEP_PLANS = `SELECT set_config('plan_cache_mode', 'force_generic_plan', false) WHERE version() NOT LIKE '%PGlite%'`;

/** A server that does not know what it is told at the beginning serves all the same. */
function ifBroken(error: unknown): void {
  if (!(error instanceof DatabaseError) || /^(08|57P)/.test(error.code ?? '')) throw error;
}

/**
 * Opens a database; connects at the first query, and anew after the database was away.
 * @param url `postgresql://…`, of a PostgreSQL server or of the embedded database's socket.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const { max = 4, first: apart = 0 } = options;
  const connections = (most: number, begin?: string): Pool => {
    const pool = new Pool({
      connectionString: url,
      max: most,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: IDLE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      application_name: 'sluis',
      // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, which its types do not say
      ...(begin !== undefined && { onConnect: (client: ClientBase) => client.query(begin).catch(ifBroken) }),
    });
    // Without a listener an idle connection that breaks would end the process.
    pool.on('error', (error) => options.onError?.(error));
    // The same for one that is taken and waits, between two queries of a transaction.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  };
  const pool = connections(max - apart);
  const first = apart > 0 ? connections(apart, KEEP_PLANS) : pool;
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  let closing: Promise<void> | undefined;
  return {
    prisma,
    pool,
    first,
    close: () => (closing ??= prisma.$disconnect().then(() => Promise.all([...new Set([pool, first])].map((each) => each.end()))).then(() => undefined)),
  };
}

/** Opens a database for some work and closes it after that, however it ended. */
export async function usingDatabase<T>(url: string, options: DatabaseOptions, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(url, options);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
