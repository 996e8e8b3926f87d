/** Whether the record is whole: nothing in it altered, cut out or cut off. */
import type { Pool } from 'pg';
import { FIRST_SEAL, type SealedHead, byStream, sealDigest } from './seal';
import { type Database, usingDatabase } from './client';
import type { Processes } from './fold';
import { verifyColumns, verifyRows } from './verify-rows';
import { verifyStream } from './verify-stream';
import { textRef } from './texts';

/** What is wrong, and where first: of a stream at most one problem per kind. */
export interface VerifyProblem {
  readonly kind:
    | 'missing' | 'link' | 'content' | 'column' | 'head' | 'beyond-head' | 'unknown-stream' | 'command'
    | 'cut-tail' | 'sealed-otherwise' | 'seal' | 'text' | 'rows';
  readonly stream?: string;
  readonly seq?: number;
  readonly detail: string;
}

export interface VerifyReport {
  /** Nothing is wrong with the record; streams may be stale, stopped or disagree with their run all the same. */
  readonly ok: boolean;
  readonly streams: number;
  readonly events: number;
  readonly seals: number;
  /** When the last seal was made, milliseconds since 1970; null before the first. What came later, no seal covers yet. */
  readonly sealedAt: number | null;
  readonly problems: readonly VerifyProblem[];
  /**
   * Events that a workflow task had left in the log which was repeated or lost, and that were taken out of it before anyone was told of
   * them. A forger could pass cut events off as such: that is why they are listed.
   */
  readonly discarded: readonly Discarded[];
  /** Streams whose read model waits for repair, that were stopped, and whose open run disagrees with the log; with the reason. */
  readonly stale: readonly StreamReason[];
  readonly broken: readonly StreamReason[];
  readonly gaps: readonly StreamReason[];
}

export interface Discarded {
  readonly stream: string;
  readonly events: number;
  /** So many of them the repetition made again: the log has one of the same type, of the same command or message. */
  readonly madeAgain: number;
}

export interface StreamReason {
  readonly stream: string;
  readonly reason: string;
}

export interface VerifyOptions {
  /** Given: also compares the read model with what the log folds to. */
  readonly deep?: Processes;
  /** Hears how many streams were looked at. */
  readonly onProgress?: (streams: number) => void;
}

const PAGE = 500;

/**
 * Recomputes the hash chain of every stream and every seal, and compares all that follows from them. Reads only; may run beside the
 * product, whose later events it leaves out.
 */
export function verifyLog(databaseUrl: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  return usingDatabase(databaseUrl, { max: 2 }, (db) => verify(db, options));
}

async function verify(db: Database, options: VerifyOptions): Promise<VerifyReport> {
  const { pool } = db;
  const problems: VerifyProblem[] = [];
  let [streams, events] = [0, 0];
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ stream: string }>('SELECT stream FROM streams WHERE stream > $1 ORDER BY stream LIMIT $2', [after, PAGE]);
    const names = rows.map((row) => row.stream);
    // Seals before heads: a head that was read later is never behind its seal.
    const sealed = await readSealedHeads(pool, names);
    for (const stream of names) {
      const found = await verifyStream(db, stream, sealed.get(stream) ?? []);
      events += found.events;
      problems.push(...found.problems);
    }
    streams += names.length;
    options.onProgress?.(streams);
    if (names.length < PAGE) break;
    after = names.at(-1) ?? after;
  }
  const seals = await verifySeals(pool);
  problems.push(...seals.problems, ...await findUnknownStreams(pool), ...await verifyTexts(pool), ...await verifyColumns(pool));
  if (options.deep) problems.push(...await verifyRows(db, options.deep));
  const reasons = async (column: 'stale' | 'broken' | 'gap', more = ''): Promise<StreamReason[]> =>
    (await pool.query<StreamReason>(`SELECT stream, ${column} AS reason FROM streams WHERE ${column} IS NOT NULL ${more} ORDER BY stream`)).rows;
  return {
    ok: problems.length === 0, streams, events, seals: seals.count, sealedAt: seals.at, problems,
    discarded: (await pool.query<Discarded>(
      `SELECT d.stream, count(*)::int AS events,
         count(*) FILTER (WHERE EXISTS (SELECT FROM events e WHERE e.stream = d.stream AND e.command_id = d.command_id AND e.type = d.type))::int AS "madeAgain"
       FROM discarded_events d GROUP BY d.stream ORDER BY d.stream`)).rows,
    stale: await reasons('stale'), broken: await reasons('broken'), gaps: await reasons('gap', 'AND NOT final'),
  };
}

async function readSealedHeads(pool: Pool, streams: readonly string[]): Promise<Map<string, SealedHead[]>> {
  const { rows } = await pool.query<SealedHead>(
    'SELECT stream, seq, hash FROM checkpoint_heads WHERE stream = ANY ($1::text[]) ORDER BY stream, seq', [streams]);
  const byName = new Map<string, SealedHead[]>();
  for (const row of rows) byName.set(row.stream, [...(byName.get(row.stream) ?? []), row]);
  return byName;
}

/** Each seal follows from the one before and from its heads. */
async function verifySeals(pool: Pool): Promise<{ count: number; at: number | null; problems: VerifyProblem[] }> {
  const problems: VerifyProblem[] = [];
  const { rows: seals } = await pool.query<{ id: number; at: Date; streams: number; prev_digest: string; digest: string }>(
    'SELECT id, at, streams, prev_digest, digest FROM checkpoints ORDER BY id');
  let prev = FIRST_SEAL;
  for (const seal of seals) {
    const { rows: heads } = await pool.query<SealedHead>('SELECT stream, seq, hash FROM checkpoint_heads WHERE checkpoint_id = $1', [seal.id]);
    const digest = sealDigest(seal.prev_digest, seal.at.getTime(), heads.sort(byStream));
    if (seal.prev_digest !== prev || seal.digest !== digest || seal.streams !== heads.length) {
      problems.push({ kind: 'seal', detail: `the seal ${seal.id} of ${seal.at.toISOString()} does not follow from what it covers and the seal before` });
      break;
    }
    prev = seal.digest;
  }
  return { count: seals.length, at: seals.at(-1)?.at.getTime() ?? null, problems };
}

/** Streams that the log or a seal has, and the list of streams has not. */
async function findUnknownStreams(pool: Pool): Promise<VerifyProblem[]> {
  const { rows } = await pool.query<{ stream: string }>(
    `SELECT DISTINCT stream FROM (
       SELECT stream FROM events UNION SELECT stream FROM checkpoint_heads UNION SELECT stream FROM commands WHERE from_seq <= to_seq
     ) x WHERE NOT EXISTS (SELECT FROM streams s WHERE s.stream = x.stream) ORDER BY stream`);
  return rows.map(({ stream }) => ({ kind: 'unknown-stream' as const, stream, detail: 'the list of streams does not have it' }));
}

/** Each text that was not erased is the one that was kept. */
async function verifyTexts(pool: Pool): Promise<VerifyProblem[]> {
  const problems: VerifyProblem[] = [];
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ ref: string; salt: string; text: string | null }>(
      'SELECT ref, salt, text FROM texts WHERE ref > $1 ORDER BY ref LIMIT 1000', [after]);
    for (const { ref, salt, text } of rows) {
      if (text !== null && textRef(salt, text) !== ref) problems.push({ kind: 'text', detail: `the text ${ref} is not the one that was kept` });
    }
    if (rows.length < 1000) return problems;
    after = rows.at(-1)?.ref ?? after;
  }
}
