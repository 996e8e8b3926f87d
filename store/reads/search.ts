/** Full text over what people wrote, in three languages. */
import type { Instant, Key, PersonId } from '../../domain/process';
import type { Database } from '../client';
import { millis } from './columns';
import { hasPart } from './visible';

/** Around words that were found; no text that people keep holds control characters. */
export const HIT = ['\u0002', '\u0003'] as const;
/** In the place of < and >, which would be taken for tags and left out. */
const TAG = ['\u0004', '\u0005'] as const;

/** A headline with its < and > again. */
const restored = (headline: string): string => headline.replaceAll(TAG[0], '<').replaceAll(TAG[1], '>');

const CONFIGS = { nl: 'dutch', fr: 'french', en: 'english' } as const;

export interface Viewer {
  readonly person: PersonId;
  readonly seesAll: boolean;
}

/** A text that was found: where it belongs is still to be looked up. */
export interface FoundText {
  readonly ref: string;
  readonly project: string;
  /** A part of it, with marks around what was found. */
  readonly headline: string;
  readonly rank: number;
  readonly at: Instant;
}

/** Texts hold ids in JSON: a reference is found in the row that names it. */
export interface TextPlace {
  readonly ref: string;
  readonly kind: 'project' | 'task' | 'evidence' | 'comment' | 'decision' | 'change' | 'article' | 'service';
  readonly project: string;
  readonly id: string;
  readonly phase: Key | null;
  readonly task: Key | null;
  /** Of services and their articles: which, and the text that names them. */
  readonly service: Key | null;
  readonly title: string | null;
}

const maySee = (project: string): string => `($2 OR ${hasPart('$1', project)})`;

/** The best texts of projects that the viewer may see. */
export async function searchTexts(db: Database, { person, seesAll }: Viewer, words: string, language: keyof typeof CONFIGS, limit: number): Promise<FoundText[]> {
  const { rows } = await db.pool.query<FoundText>(
    `WITH best AS (
       SELECT x.ref, x.project, x.text, x.kept_at, ts_rank_cd(sluis_search_vector(x.text), q.words) AS rank
       FROM sluis_search_query($3) q(words), texts x
       WHERE x.text IS NOT NULL AND sluis_search_vector(x.text) @@ q.words AND ${maySee('x.project')}
       ORDER BY rank DESC, x.kept_at DESC LIMIT $4)
     SELECT ref, project, rank::float8 AS rank, ${millis('kept_at', 'at')},
       ts_headline('pg_catalog.${CONFIGS[language]}', translate(left(text, 5000), '<>', '${TAG.join('')}'), sluis_search_query($3), 'StartSel=${HIT[0]}, StopSel=${HIT[1]}, MaxWords=24, MinWords=8') AS headline
     FROM best ORDER BY rank DESC, kept_at DESC`, [person, seesAll, words, limit]);
  return rows.map((row) => ({ ...row, headline: restored(row.headline) }));
}

/** Where texts stand. One that stands nowhere people read (of a command that was refused) has no place. */
export async function findTextPlaces(db: Database, refs: readonly string[], projects: readonly string[]): Promise<TextPlace[]> {
  const { rows } = await db.pool.query<TextPlace>(
    `WITH r AS (SELECT unnest($1::text[]) AS ref)
     SELECT r.ref, 'article' AS kind, k.project, k.id, k.data->>'phase' AS phase, NULL AS task, k.service, k.data->'title'->>'text' AS title
     FROM knowledge_articles k JOIN r ON r.ref IN (k.data->'title'->>'text', k.data->'text'->>'text') WHERE k.project = ANY ($2::text[]) AND NOT k.data ? 'dropped'
     UNION ALL SELECT r.ref, 'service', s.project, s.id, s.data->>'phase', NULL, s.service, s.data->'name'->>'text'
     FROM services s JOIN r ON position(r.ref IN s.data::text) > 0 WHERE s.project = ANY ($2::text[])
     UNION ALL SELECT r.ref, CASE WHEN p.name = r.ref THEN 'project' ELSE 'change' END AS kind, p.id AS project,
       CASE WHEN p.name = r.ref THEN p.id ELSE coalesce((SELECT c->>'id' FROM jsonb_array_elements(coalesce(p.data->'changes', '[]'::jsonb)) c WHERE position(r.ref IN c::text) > 0 LIMIT 1), p.id) END AS id,
       NULL AS phase, NULL AS task, NULL AS service, NULL AS title
     FROM projects p JOIN r ON position(r.ref IN p.data::text) > 0 WHERE p.id = ANY ($2::text[])
     UNION ALL SELECT r.ref, CASE WHEN position(r.ref IN (t.data->'evidence')::text) > 0 THEN 'evidence' ELSE 'task' END, t.project, t.id, t.phase, t.task, NULL, NULL
     FROM tasks t JOIN r ON position(r.ref IN t.data::text) > 0 WHERE t.project = ANY ($2::text[])
     UNION ALL SELECT r.ref, 'decision', a.project, a.id, NULL, NULL, NULL, NULL FROM approvals a JOIN r ON position(r.ref IN a.data::text) > 0 WHERE a.project = ANY ($2::text[])
     UNION ALL SELECT r.ref, 'comment', e.project, e.stream, split_part(e.stream, '/', 4), e.event->>'task', NULL, NULL
     FROM events e JOIN r ON e.event->'text'->>'text' = r.ref WHERE e.project = ANY ($2::text[]) AND e.type = 'task-commented'`, [refs, projects]);
  return rows;
}

export interface FoundFile {
  readonly project: string;
  readonly sha256: string;
  readonly name: string;
  readonly at: Instant;
}

/** Files by their names. */
export async function searchFiles(db: Database, { person, seesAll }: Viewer, words: string, limit: number): Promise<FoundFile[]> {
  const { rows } = await db.pool.query<FoundFile>(
    `SELECT f.project, f.sha256, f.name, ${millis('f.at', 'at')} FROM files f
     WHERE f.stored_at IS NOT NULL AND sluis_search_vector(regexp_replace(f.name, '[._-]+', ' ', 'g')) @@ sluis_search_query(regexp_replace($3, '[._-]+', ' ', 'g')) AND ${maySee('f.project')}
     ORDER BY f.at DESC LIMIT $4`, [person, seesAll, words, limit]);
  return rows;
}

export interface FoundTask {
  readonly project: string;
  readonly phase: Key;
  readonly task: Key;
  readonly status: string;
}

/** Tasks by what their template calls them: the latest round of each. @param named `TEMPLATE@VERSION`, phase and key of the tasks whose names fit. */
export async function findNamedTasks(db: Database, { person, seesAll }: Viewer, named: readonly (readonly [string, Key, Key])[], limit: number): Promise<FoundTask[]> {
  if (named.length === 0) return [];
  const { rows } = await db.pool.query<FoundTask>(
    `SELECT t.project, t.phase, t.task, t.status
     FROM unnest($3::text[], $4::text[], $5::text[]) n(template, phase, task)
     JOIN projects p ON p.template || '@' || p.template_version = n.template
     JOIN phases f ON f.id = 'project/' || p.id || '/phase/' || n.phase
     JOIN tasks t ON t.project = p.id AND t.stage = f.data->>'stream' AND (t.task = n.task OR t.task LIKE n.task || '.%')
     WHERE ${maySee('p.id')} ORDER BY (t.status IN ('done', 'dropped')), p.started_at DESC LIMIT $6`,
    [person, seesAll, named.map(([template]) => template), named.map(([, phase]) => phase), named.map(([, , task]) => task), limit]);
  return rows;
}
