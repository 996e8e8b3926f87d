/** Handovers and their services as people read them. */
import type { Key, PersonId, StreamId } from '../../domain/process';
import type { ArticleRow, HandoverRow, ServiceRow } from '../../domain/rows';
import type { Database } from '../client';
import { queryHot } from '../hot';

/** The handover of a phase: null when there is none (yet), undefined when there is no such phase. */
export async function findHandoverStream(db: Database, project: string, phase: Key): Promise<StreamId | null | undefined> {
  const rows = await queryHot<{ handover: StreamId | null }>(db.pool, `SELECT data->>'handover' AS handover FROM phases WHERE id = $1`, [`project/${project}/phase/${phase}`]);
  return rows[0]?.handover;
}

/** A handover with its services, in the order in which they came. */
export async function findHandover(db: Database, handover: StreamId): Promise<{ readonly handover: HandoverRow; readonly services: readonly ServiceRow[] } | null> {
  const rows = await queryHot<{ data: HandoverRow; services: ServiceRow[] }>(db.pool,
    `SELECT h.data, coalesce((SELECT json_agg(s.data ORDER BY split_part(s.service, '-', 2)::int) FROM services s WHERE s.handover = h.id), '[]') AS services FROM handovers h WHERE h.id = $1`, [handover]);
  return rows[0] ? { handover: rows[0].data, services: rows[0].services } : null;
}

/** Who holds which roles of a project, and has not left: nobody takes a leaver's place in a project that is over. */
export async function listHolders(db: Database, project: string): Promise<ReadonlyMap<Key, readonly PersonId[]>> {
  const rows = await queryHot<{ role: Key; persons: PersonId[] }>(db.pool, 
    'SELECT role, array_agg(person) AS persons FROM role_holders h WHERE project = $1 AND NOT EXISTS (SELECT FROM directory_people l WHERE l.id = h.person AND l.left_at IS NOT NULL) GROUP BY role', [project]);
  return new Map(rows.map(({ role, persons }) => [role, persons]));
}

/** One service, with its articles. */
export async function findService(
  db: Database, handover: StreamId, service: Key,
): Promise<{ readonly handover: HandoverRow; readonly service: ServiceRow; readonly articles: readonly ArticleRow[] } | null> {
  const rows = await queryHot<{ handover: HandoverRow; service: ServiceRow; articles: ArticleRow[] }>(db.pool,
    `SELECT h.data AS handover, s.data AS service, coalesce((SELECT json_agg(a.data ORDER BY split_part(a.data->>'article', '-', 2)::int) FROM knowledge_articles a
       WHERE a.handover = h.id AND a.service = s.service AND NOT a.data ? 'dropped'), '[]') AS articles
     FROM services s JOIN handovers h ON h.id = s.handover WHERE s.id = $1`, [`${handover}/service/${service}`]);
  return rows[0] ?? null;
}

/**
 * Services that were transferred and whose document is not in the log, of handovers that go on, with who signed last: it has been made since their signature.
 * Some of them, others each time: none that can't be made keeps the rest from it.
 */
export async function listUnsealedServices(db: Database): Promise<{ readonly project: string; readonly handover: StreamId; readonly service: Key; readonly by: PersonId }[]> {
  const { rows } = await db.pool.query<{ project: string; handover: StreamId; service: Key; by: PersonId }>(
    `SELECT s.project, s.handover, s.service, coalesce(a.data->'votes'->-1->>'person', 'upkeep') AS by
     FROM services s JOIN handovers h ON h.id = s.handover AND h.data->>'status' <> 'ended'
       LEFT JOIN approvals a ON a.id = s.handover || '/approval/' || s.service || '/' || (s.data->'signOff'->>'round')
     WHERE s.status = 'transferred' AND NOT s.data ? 'documents' ORDER BY random() LIMIT 20`);
  return rows;
}

/** The services that a command added. */
export async function listAddedServices(db: Database, stream: StreamId, seqs: readonly number[]): Promise<Key[]> {
  const { rows } = await db.pool.query<{ service: Key }>(
    `SELECT s.value->>'service' AS service FROM events e, json_array_elements(e.event->'services') WITH ORDINALITY s(value, place)
     WHERE e.stream = $1 AND e.seq = ANY ($2::int[]) AND e.type = 'services-added' ORDER BY e.seq, s.place`, [stream, seqs]);
  return rows.map(({ service }) => service);
}
