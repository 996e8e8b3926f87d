/** Which files were uploaded to which project. What their content is stands in the file store. */
import type { Pool, PoolClient } from 'pg';
import type { Instant, PersonId } from '../../domain/process';
import type { Database } from '../client';
import { millis, type Place } from '../reads/columns';
import { inTransaction } from '../transaction';

export interface NewFile {
  readonly project: string;
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly by: PersonId;
}

/** A file of a project, as it was uploaded first. */
export interface FileRow extends NewFile {
  readonly at: Instant;
}

const COLUMNS = `project, sha256, name, type, size::float8 AS size, by, ${millis('at', 'at')}`;

/**
 * Holds a content until the transaction ends: whether somebody has it and whether it is there does not change meanwhile. Never held while
 * content is on its way.
 */
export const holdContent = (client: PoolClient, sha256: string): Promise<unknown> =>
  client.query(`SELECT pg_advisory_xact_lock(hashtextextended('file ' || $1, 0))`, [sha256]);

/** Says that a project is about to have a file, so that nobody takes the content away; nobody sees it before `markStored`. */
export async function announceFile(pool: Pool, { project, sha256, name, type, size, by }: NewFile): Promise<void> {
  await inTransaction(pool, async (client) => {
    await holdContent(client, sha256);
    const first = (column: string): string => `${column} = CASE WHEN f.stored_at IS NULL THEN excluded.${column} ELSE f.${column} END`;
    await client.query(
      `INSERT INTO files AS f (project, sha256, name, type, size, by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (project, sha256) DO UPDATE SET seen_at = now(), ${['name', 'type', 'by'].map(first).join(', ')}`,
      [project, sha256, name, type, size, by]);
  });
}

/** Says that the content of an announced file is kept. @returns whether this made it a file of the project: of many at once, one does. */
export async function markStored(pool: Pool, project: string, sha256: string): Promise<boolean> {
  const { rowCount } = await pool.query('UPDATE files SET stored_at = now() WHERE project = $1 AND sha256 = $2 AND stored_at IS NULL', [project, sha256]);
  return rowCount === 1;
}

/** A file of a project; null when it has none of this digest. */
export async function findFile(db: Database, project: string, sha256: string): Promise<FileRow | null> {
  const { rows } = await db.pool.query<FileRow>(
    `SELECT ${COLUMNS} FROM files WHERE project = $1 AND sha256 = $2 AND stored_at IS NOT NULL`, [project, sha256]);
  return rows[0] ?? null;
}

/** The files of a project, the latest first. @param place.after moment and digest of the last one shown. */
export async function listFiles(db: Database, project: string, place: Place<{ readonly at: Instant; readonly sha256: string }>): Promise<FileRow[]> {
  const values: unknown[] = [project, place.limit];
  if (place.after) values.push(new Date(place.after.at), place.after.sha256);
  const { rows } = await db.pool.query<FileRow>(
    `SELECT ${COLUMNS} FROM files f WHERE project = $1 AND stored_at IS NOT NULL ${place.after ? 'AND (f.at, sha256) < ($3, $4)' : ''}
     ORDER BY f.at DESC, sha256 DESC LIMIT $2`, values);
  return rows;
}

/** Type and size of a file, as views of evidence show them. */
export type FileFacts = Pick<FileRow, 'project' | 'sha256' | 'type' | 'size'>;

/** Files of these digests, of whichever project. */
export async function readFileFacts(db: Database, digests: readonly string[]): Promise<FileFacts[]> {
  if (digests.length === 0) return [];
  const { rows } = await db.pool.query<FileFacts>(
    'SELECT project, sha256, type, size::float8 AS size FROM files WHERE sha256 = ANY ($1::text[]) AND stored_at IS NOT NULL', [digests]);
  return rows;
}

/** Of these digests, those that are files of the project. They are about to be named in its record, so they are not tidied away meanwhile. */
export async function claimFiles(db: Database, project: string, digests: readonly string[]): Promise<Set<string>> {
  if (digests.length === 0) return new Set();
  const { rows } = await db.pool.query<{ sha256: string }>(
    'UPDATE files SET seen_at = now() WHERE project = $1 AND sha256 = ANY ($2::text[]) AND stored_at IS NOT NULL RETURNING sha256', [project, digests]);
  return new Set(rows.map(({ sha256 }) => sha256));
}
