import type { Instant, PersonId } from '../../domain/process';
import type { Database } from '../client';
import { type Place, millis } from './columns';

export interface NotificationRow {
  readonly id: string;
  readonly project: string;
  readonly at: Instant;
  readonly kind: string;
  readonly about: Readonly<Record<string, unknown>>;
  readonly readAt: Instant | null;
}

const COLUMNS = `id, project, ${millis('at', 'at')}, kind, about, ${millis('read_at', 'readAt')}`;

/** A person's notifications, the latest first. @param place.after moment and id of the last one shown. */
export async function listInbox(
  db: Database, person: PersonId, filter: { readonly unread?: boolean }, place: Place<{ readonly at: Instant; readonly id: string }>,
): Promise<NotificationRow[]> {
  const values: unknown[] = [person, place.limit];
  if (place.after) values.push(new Date(place.after.at), place.after.id);
  const { rows } = await db.pool.query<NotificationRow>(
    `SELECT ${COLUMNS} FROM notifications
     WHERE person = $1 ${filter.unread ? 'AND read_at IS NULL' : ''} ${place.after ? 'AND (at, id) < ($3, $4)' : ''}
     ORDER BY at DESC, id DESC LIMIT $2`, values);
  return rows;
}

/** Marks a notification as read; the first time stays. @returns it, or null when the person has none of this id. */
export async function markRead(db: Database, person: PersonId, id: string): Promise<NotificationRow | null> {
  const { rows } = await db.pool.query<NotificationRow>(
    `UPDATE notifications SET read_at = coalesce(read_at, now()) WHERE id = $1 AND person = $2 RETURNING ${COLUMNS}`, [id, person]);
  return rows[0] ?? null;
}

/** How many notifications a person has not read. */
export async function countUnread(db: Database, person: PersonId): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM notifications WHERE person = $1 AND read_at IS NULL', [person]);
  return rows[0]?.count ?? 0;
}

/** Marks all of a person's notifications until a moment as read, that one included; those that are read stay as they are. */
export async function markAllRead(db: Database, person: PersonId, until: Instant): Promise<void> {
  await db.pool.query('UPDATE notifications SET read_at = now() WHERE person = $1 AND read_at IS NULL AND at <= $2', [person, new Date(until)]);
}
