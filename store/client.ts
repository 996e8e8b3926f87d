/** The one way to the database: a small pool of connections, and Prisma's client on top of the same pool. */
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { type Prisma, PrismaClient } from '../prisma/generated/client';

export type { PrismaClient } from '../prisma/generated/client';

/** An open database. `pool` is for the few statements that are hot enough to go past Prisma. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Enough of a database for what goes through Prisma: also a transaction in it. */
export interface PrismaAccess {
  readonly prisma: Prisma.TransactionClient;
}

export interface DatabaseOptions {
  /** Connections at most; 4 by default, as the embedded database serves one statement at a time anyway. */
  readonly max?: number;
  /** Hears of connections that broke while idle; the next query opens a new one. */
  readonly onError?: (error: Error) => void;
}

/**
 * A connection has the hot statements prepared and their plans kept: whoever comes after a quiet moment would else wait until another one has. (The
 * driver's default is ten seconds.)
 */
const IDLE_MS = 10 * 60_000;

/**
 * Opens a database; connects at the first query, and anew after the database was away.
 * @param url `postgresql://…`, of a PostgreSQL server or of the embedded database's socket.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 4,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'sluis',
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', (error) => options.onError?.(error));
  // The same for one that is taken and waits, between two queries of a transaction.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  let closing: Promise<void> | undefined;
  return {
    prisma,
    pool,
    close: () => (closing ??= prisma.$disconnect().then(() => pool.end())),
  };
}
