/** Backlogs and sprints as people read them. */
import type { ItemKind, SprintRef } from '../../domain/backlog/types';
import type { Operation } from '../../domain/change/types';
import type { TextRef } from '../../domain/evidence-types';
import type { Instant, Key, PersonId, ProcessName, Recorded, StreamId } from '../../domain/process';
import type { BacklogRow, CardRow, ItemRow, SprintRow } from '../../domain/rows';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { ACTIVE_PROJECT, type Place, millis } from './columns';
import { hasPart } from './visible';

/** A backlog with its items by status, and the estimates of all that are done or to be done. */
export interface BacklogOf extends BacklogRow {
  readonly counts: Readonly<Record<string, number>>;
  readonly scope: number;
}

export interface ItemFilter {
  readonly statuses?: readonly string[];
  readonly kind?: string;
  readonly label?: Key;
  readonly epic?: string;
}

const dataOf = <T>(rows: readonly { readonly data: T }[]): T[] => rows.map(({ data }) => data);

/** The backlog of a phase: null when there is none (yet), undefined when there is no such phase. */
export async function findBacklogStream(db: Database, project: string, phase: Key): Promise<StreamId | null | undefined> {
  const rows = await queryHot<{ backlog: StreamId | null }>(db.pool, `SELECT data->>'backlog' AS backlog FROM phases WHERE id = $1`, [`project/${project}/phase/${phase}`]);
  return rows[0]?.backlog;
}

export async function findBacklog(db: Database, backlog: StreamId): Promise<BacklogOf | null> {
  const rows = await queryHot<{ data: BacklogRow; counts: Record<string, number> | null; scope: number }>(db.pool,
    `SELECT b.data, (SELECT json_object_agg(status, number) FROM (SELECT status, count(*)::int AS number FROM backlog_items WHERE backlog = b.id GROUP BY status) c) AS counts,
       (SELECT coalesce(sum((data->>'estimate')::numeric), 0)::float8 FROM backlog_items WHERE backlog = b.id AND status <> 'dropped' AND data->>'kind' <> 'epic') AS scope
     FROM backlogs b WHERE b.id = $1`, [backlog]);
  return rows[0] ? { ...rows[0].data, counts: rows[0].counts ?? {}, scope: rows[0].scope } : null;
}

/** Items in their order. @param place.after place and number of the last one shown. */
export async function listItems(db: Database, backlog: StreamId, filter: ItemFilter, place: Place<{ readonly order: string; readonly item: string }>): Promise<ItemRow[]> {
  const rows = await queryHot<{ data: ItemRow }>(db.pool,
    `SELECT data FROM backlog_items WHERE backlog = $1 AND ($2::text[] IS NULL OR status = ANY ($2::text[])) AND ($3::text IS NULL OR data->>'kind' = $3)
       AND ($4::text IS NULL OR data->'labels' ? $4) AND ($5::text IS NULL OR data->>'epic' = $5)
       AND ($6::text IS NULL OR (place COLLATE "C", data->>'item') > ($6, $7))
     ORDER BY place COLLATE "C", data->>'item' LIMIT $8`,
    [backlog, filter.statuses ?? null, filter.kind ?? null, filter.label ?? null, filter.epic ?? null, place.after?.order ?? null, place.after?.item ?? null, place.limit]);
  return dataOf(rows);
}

/** Work in backlogs that is somebody's: what they see to, and what they are at in a sprint that runs. */
export interface OwnItem {
  readonly project: string;
  readonly phase: Key;
  readonly item: string;
  readonly kind: ItemKind;
  readonly title: TextRef;
  /** By its owner, until a day; or until the end of the sprint. */
  readonly due: string | null;
  readonly endsAt: Instant | null;
  readonly sprint: SprintRef | null;
  readonly column: Key | null;
  /** It is theirs to see to; a retrospective gave it to them. */
  readonly owned: boolean;
  readonly action: boolean;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
  readonly added: readonly Operation[] | null;
}

/** Of somebody, in projects that run: what is due first comes first. */
export function listOwnItems(db: Database, person: PersonId, limit: number): Promise<OwnItem[]> {
  return queryHot<OwnItem & { [column: string]: unknown }>(db.pool,
    `WITH cards AS (
       SELECT c.project, c.data AS card, (s.data->>'endsAt')::float8 AS ends FROM sprints s JOIN sprint_cards c ON c.sprint = s.id
       WHERE s.status = 'running' AND c.data->>'person' = $1 AND NOT c.data ?| ARRAY['left', 'acceptedAt', 'deliveredAt']
     ), owned AS (
       SELECT i.project, i.data AS item FROM backlog_items i
       WHERE i.data ? 'owner' AND i.data->>'owner' = $1 AND i.status IN ('open', 'planned')
     ), work AS (
       SELECT coalesce(c.project, o.project) AS project, coalesce(c.card, o.item) AS data, o.item->>'due' AS due, c.ends, c.card, o.item IS NOT NULL AS owned, coalesce((o.item->>'action')::boolean, false) AS action,
         o.item->'sprint' AS planned
       FROM cards c FULL JOIN owned o ON o.project = c.project AND o.item->>'phase' = c.card->>'phase' AND o.item->>'item' = c.card->>'item'
     )
     SELECT w.project, w.data->>'phase' AS phase, w.data->>'item' AS item, w.data->>'kind' AS kind, w.data->'title' AS title, w.due, w.ends AS "endsAt",
       CASE WHEN w.card IS NULL THEN w.planned ELSE jsonb_build_object('team', w.card->'team', 'number', w.card->'number') END AS sprint, w.card->>'column' AS "column",
       w.owned, w.action, p.name AS "nameRef", p.template, p.template_version AS "templateVersion", p.data->'added' AS added
     FROM work w JOIN projects p ON p.id = w.project AND p.status IN ${ACTIVE_PROJECT}
     WHERE ${hasPart('$1', 'p.id')}
     ORDER BY coalesce(w.due, to_char(to_timestamp(w.ends / 1000), 'YYYY-MM-DD')) NULLS LAST, w.project, (w.data->>'item')::int LIMIT $2`, [person, limit]);
}

/** An item with its way through sprints, the first first. */
export async function findItem(db: Database, backlog: StreamId, item: string): Promise<{ readonly item: ItemRow; readonly cards: readonly CardRow[] } | null> {
  const rows = await queryHot<{ data: ItemRow; cards: CardRow[] }>(db.pool,
    `SELECT i.data, coalesce((SELECT json_agg(c.data ORDER BY (c.data->>'addedAt')::bigint) FROM sprint_cards c
       WHERE c.project = i.project AND c.data->>'item' = $2 AND starts_with(c.sprint, $3)), '[]') AS cards
     FROM backlog_items i WHERE i.id = $1`, [`${backlog}/item/${item}`, item, backlog.replace(/backlog$/, 'sprint/')]);
  return rows[0] ? { item: rows[0].data, cards: rows[0].cards } : null;
}

/** The sprints of a backlog, the latest first. */
export async function listSprints(db: Database, backlog: StreamId, team: Key | undefined, limit: number): Promise<SprintRow[]> {
  const rows = await queryHot<{ data: SprintRow }>(db.pool,
    `SELECT data FROM sprints WHERE starts_with(id, $1) AND ($2::text IS NULL OR team = $2) ORDER BY number DESC, team LIMIT $3`, [backlog.replace(/backlog$/, 'sprint/'), team ?? null, limit]);
  return dataOf(rows);
}

/** A sprint with what is, and was, on its board. */
export async function findSprint(db: Database, sprint: StreamId): Promise<{ readonly sprint: SprintRow; readonly cards: readonly CardRow[] } | null> {
  const rows = await queryHot<{ data: SprintRow; cards: CardRow[] }>(db.pool,
    `SELECT data, coalesce((SELECT json_agg(c.data ORDER BY (c.data->>'item')::int) FROM sprint_cards c WHERE c.sprint = s.id), '[]') AS cards FROM sprints s WHERE s.id = $1`, [sprint]);
  return rows[0] ? { sprint: rows[0].data, cards: rows[0].cards } : null;
}

/** What was delivered and not given back in the sprints of a backlog, by team, when, and how large. */
export async function listDeliveries(db: Database, backlog: StreamId): Promise<{ readonly team: Key; readonly at: Instant; readonly estimate: number | null }[]> {
  return queryHot(db.pool,
    `SELECT data->>'team' AS team, (data->>'deliveredAt')::float8 AS at, (data->>'estimate')::float8 AS estimate FROM sprint_cards
     WHERE starts_with(sprint, $1) AND data ? 'deliveredAt' AND NOT data ? 'left'`, [backlog.replace(/backlog$/, 'sprint/')]);
}

/** What a process was started with, and all that happened in it; null when there is no such stream. */
export async function readHistory(db: Database, stream: StreamId, process: ProcessName): Promise<{ readonly input: unknown; readonly events: readonly Recorded<{ readonly type: string }>[] } | null> {
  const { rows: [head] } = await db.pool.query<{ input: unknown }>('SELECT input FROM streams WHERE stream = $1 AND process = $2', [stream, process]);
  if (!head) return null;
  const { rows } = await db.pool.query<Recorded<{ readonly type: string }>>(
    `SELECT seq, ${millis('at', 'at')}, by, command_id AS "commandId", event FROM events WHERE stream = $1 ORDER BY seq`, [stream]);
  return { input: head.input, events: rows };
}

/** The numbers of the items that a command added. */
export async function listAddedItems(db: Database, stream: StreamId, seqs: readonly number[]): Promise<string[]> {
  const { rows } = await db.pool.query<{ item: string }>(
    `SELECT i->>'item' AS item FROM events e, json_array_elements(e.event->'items') i WHERE e.stream = $1 AND e.seq = ANY ($2::int[]) AND e.type = 'items-added' ORDER BY e.seq, (i->>'item')::int`, [stream, seqs]);
  return rows.map(({ item }) => item);
}
