/** Seals: each covers the heads that changed since the one before, and its predecessor, so that a cut tail of the log shows. */
import type { Pool } from 'pg';
import { digestOf, sha256Hex } from '../domain/digest';
import { inTransaction } from './transaction';

/** Digest before the first seal. */
export const FIRST_SEAL = sha256Hex('sluis:seals');

export interface SealedHead {
  readonly stream: string;
  readonly seq: number;
  readonly hash: string;
}

/** The digest of a seal. @param heads in the order of their streams' names (by code units). */
export function sealDigest(prevDigest: string, at: number, heads: readonly SealedHead[]): string {
  return digestOf({ prevDigest, at, heads: heads.map(({ stream, seq, hash }) => [stream, seq, hash]) });
}

/** Sorts by name the same way everywhere, whatever the database's collation. */
export function byStream(a: { stream: string }, b: { stream: string }): number {
  return a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0;
}

/**
 * Seals the heads of all streams that changed since the last seal. Concurrent calls take turns; a call within `minGapMs` of the
 * last seal does nothing.
 * @param now milliseconds since 1970.
 * @returns how many heads were sealed, or null when it was too soon.
 */
export async function sealHeads(pool: Pool, now: number, minGapMs = 0): Promise<number | null> {
  return inTransaction(pool, async (client) => {
    await client.query('LOCK TABLE checkpoints IN SHARE ROW EXCLUSIVE MODE');
    const { rows: [last] } = await client.query<{ at: Date; digest: string }>('SELECT at, digest FROM checkpoints ORDER BY id DESC LIMIT 1');
    if (last && now - last.at.getTime() < minGapMs) return null;
    // Without a lock: an append that commits meanwhile moves its head on, and the next seal covers it.
    const { rows: heads } = await client.query<SealedHead>('SELECT stream, seq, head AS hash FROM streams WHERE seq > sealed');
    heads.sort(byStream);
    const prevDigest = last?.digest ?? FIRST_SEAL;
    const { rows: [seal] } = await client.query<{ id: number }>(
      'INSERT INTO checkpoints (at, streams, prev_digest, digest) VALUES ($1, $2, $3, $4) RETURNING id',
      [new Date(now), heads.length, prevDigest, sealDigest(prevDigest, now, heads)]);
    const columns = [heads.map((head) => head.stream), heads.map((head) => head.seq), heads.map((head) => head.hash)];
    await client.query(
      `INSERT INTO checkpoint_heads (checkpoint_id, stream, seq, hash)
       SELECT $4, * FROM unnest($1::text[], $2::int[], $3::text[])`, [...columns, seal?.id]);
    await client.query(
      `UPDATE streams s SET sealed = u.seq FROM unnest($1::text[], $2::int[]) u(stream, seq) WHERE s.stream = u.stream`, columns.slice(0, 2));
    return heads.length;
  });
}
