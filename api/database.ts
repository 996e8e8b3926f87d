/** The database as the API meets it: each access has a time limit, and while it is away nobody waits for it in vain. */
import { TimeLimitError, withLimit } from './http/limit';
import { Problem } from './problem';

/** The database did not answer: refused, broken off, or too slow. */
export class DatabaseAway extends Problem {
  constructor(cause: unknown) {
    super('database-unavailable', { cause });
  }
}

// Prisma's codes: not reachable, timed out, closed, no connection free in the pool.
const PRISMA_AWAY: ReadonlySet<string> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024']);
const NODE_AWAY: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
// PostgreSQL's: connection exceptions (class 08), shutdown and start (57P01–57P03), too many connections (53300).
const POSTGRES_AWAY = /^(08...|57P0[1-3]|53300)$/;
const KINDS_AWAY: ReadonlySet<string> = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections', 'TlsConnectionError']);
const WORDS_AWAY = /connection terminated|connection timeout|timeout exceeded when trying to connect|server closed the connection|cannot use a pool after/i;

/** Whether an error says that the database is away, rather than that we asked it something wrong. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (error instanceof TimeLimitError || error instanceof DatabaseAway) return true;
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, kind, message, cause, originalCode, meta } = error as Record<string, unknown>;
  const codes = [code, originalCode].filter((each): each is string => typeof each === 'string');
  if (codes.some((each) => PRISMA_AWAY.has(each) || NODE_AWAY.has(each) || POSTGRES_AWAY.test(each))) return true;
  if (typeof kind === 'string' && KINDS_AWAY.has(kind)) return true;
  if (typeof message === 'string' && WORDS_AWAY.test(message)) return true;
  const driver = typeof meta === 'object' && meta !== null ? (meta as { driverAdapterError?: unknown }).driverAdapterError : undefined;
  return isDatabaseAway(cause, depth + 1) || isDatabaseAway(driver, depth + 1);
}

const LIMIT_MS = 5_000;
const REST_MS = 500;
/** How long a database that fell silent may take to answer the smallest question. */
const SIGN_MS = 2_000;

export class DatabaseGate {
  private closedUntil = 0;
  private isSilent = false;
  private sign: Promise<unknown> | undefined;

  /** @param ping Asks the smallest question: once the database gave no answer in time, it is asked before anything else is. */
  constructor(private readonly ping: () => Promise<unknown>, private readonly limitMs = LIMIT_MS) {}

  /**
   * The result of an access.
   * @throws DatabaseAway when the database is away; for half a second after that without asking it.
   */
  async ask<T>(access: () => Promise<T>): Promise<T> {
    if (Date.now() < this.closedUntil) throw new DatabaseAway(undefined);
    try {
      if (this.isSilent) await this.awaitSign();
      return await withLimit(this.limitMs, access());
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      this.closedUntil = Date.now() + REST_MS;
      this.isSilent ||= error instanceof TimeLimitError;
      throw error instanceof DatabaseAway ? error : new DatabaseAway(error);
    }
  }

  /** Of a database that hangs each access would else find that out for itself, and take its whole time over it. */
  private async awaitSign(): Promise<void> {
    this.sign ??= withLimit(Math.min(SIGN_MS, this.limitMs), this.ping()).finally(() => { this.sign = undefined; });
    await this.sign;
    this.isSilent = false;
  }
}

/**
 * Remembers what was read last, to go on with while the database is away: people keep their roles and commands are still taken.
 * Each read asks the database first; what it said is used only when it can't be asked, and for a limited time. That there is nothing
 * (null) is not remembered: whoever makes up tokens or ids would else push out what people need.
 */
export class LastKnown<V> {
  private readonly entries = new Map<string, { readonly value: V; readonly at: number }>();

  constructor(private readonly options: { readonly maxAgeMs: number; readonly size: number }) {}

  async read(key: string, load: () => Promise<V>): Promise<V> {
    try {
      const value = await load();
      this.entries.delete(key);
      if (value !== null) this.entries.set(key, { value, at: Date.now() });
      if (this.entries.size > this.options.size) this.entries.delete(this.entries.keys().next().value as string);
      return value;
    } catch (error) {
      const entry = this.entries.get(key);
      if (!(error instanceof DatabaseAway) || !entry || Date.now() - entry.at > this.options.maxAgeMs) throw error;
      return entry.value;
    }
  }
}
