import type { Instant, Key, PersonId, Row } from '../../domain/process';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { type Place, millis } from './columns';
import { hasPart } from './visible';

export interface ProjectListItem {
  readonly id: string;
  readonly nameRef: string;
  readonly status: string;
  readonly template: Key;
  readonly templateVersion: string;
  readonly program: Key | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
}

export interface ProjectFilter {
  readonly id?: string;
  readonly status?: string;
  readonly template?: Key;
  readonly program?: Key;
  /** Those that have not ended. */
  readonly open?: true;
  /** Part of the name, in any case. */
  readonly q?: string;
}

/**
 * Projects, the latest first.
 * @param viewer sees the projects in which they hold a role; all with `seesAll`.
 * @param place.after start and id of the last one shown.
 */
export async function listProjects(
  db: Database, viewer: { readonly person: PersonId; readonly seesAll: boolean }, filter: ProjectFilter,
  place: Place<{ readonly startedAt: Instant; readonly id: string }>,
): Promise<ProjectListItem[]> {
  const values: unknown[] = [place.limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  if (!viewer.seesAll) conditions.push(hasPart(bind(viewer.person), 'p.id'));
  if (filter.id !== undefined) conditions.push(`p.id = ${bind(filter.id)}`);
  if (filter.status !== undefined) conditions.push(`p.status = ${bind(filter.status)}`);
  if (filter.open) conditions.push("p.status IN ('running', 'held')");
  if (filter.template !== undefined) conditions.push(`p.template = ${bind(filter.template)}`);
  if (filter.program !== undefined) conditions.push(`p.program = ${bind(filter.program)}`);
  if (filter.q !== undefined && filter.q !== '') {
    conditions.push(`EXISTS (SELECT FROM texts x WHERE x.ref = p.name AND x.text ILIKE ${bind(`%${filter.q.replace(/[\\%_]/g, '\\$&')}%`)})`);
  }
  if (place.after) conditions.push(`(p.started_at, p.id) < (${bind(new Date(place.after.startedAt))}, ${bind(place.after.id)})`);
  const { rows } = await db.pool.query<ProjectListItem>(
    `SELECT p.id, p.name AS "nameRef", p.status, p.template, p.template_version AS "templateVersion", p.program,
       ${millis('p.started_at', 'startedAt')}, ${millis('p.ended_at', 'endedAt')}
     FROM projects p ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ORDER BY p.started_at DESC, p.id DESC LIMIT $1`, values);
  return rows;
}

/** How many projects run on each version of a template. */
export async function countRunning(db: Database): Promise<readonly { readonly template: Key; readonly version: string; readonly running: number }[]> {
  const { rows } = await db.pool.query<{ template: Key; version: string; running: number }>(
    "SELECT template, template_version AS version, count(*)::int AS running FROM projects WHERE status IN ('running', 'held') GROUP BY 1, 2");
  return rows;
}

/** What a project is called, and the template that names its parts. */
export interface ProjectTitle {
  readonly id: string;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
}

/** The titles of these projects; one that is not known is left out. */
export async function listTitles(db: Database, projects: readonly string[]): Promise<ProjectTitle[]> {
  if (projects.length === 0) return [];
  return queryHot<ProjectTitle>(db.pool, `SELECT id, name AS "nameRef", template, template_version AS "templateVersion" FROM projects WHERE id = ANY ($1::text[])`, [[...new Set(projects)]]);
}

/**
 * All rows of a project, of every round: project, phases, stages, tasks, approvals and roles, in the shape in which the workflows
 * give theirs. Empty when there is no such project.
 */
export async function listProjectRows(db: Database, project: string): Promise<Row[]> {
  const rows = await queryHot<Row>(db.pool,
    `SELECT 'project' AS "table", id, data FROM projects WHERE id = $1
     UNION ALL SELECT 'phase', id, data FROM phases WHERE project = $1
     UNION ALL SELECT 'stage', id, data FROM stages WHERE project = $1
     UNION ALL SELECT 'task', id, data FROM tasks WHERE project = $1
     UNION ALL SELECT 'approval', id, data FROM approvals WHERE project = $1
     UNION ALL SELECT 'role', id, data FROM project_roles WHERE project = $1`, [project]);
  return rows;
}

/** All rows of what runs beside the stages of a project: backlogs, sprints, handovers. */
export async function listRowsBeside(db: Database, project: string): Promise<Row[]> {
  return queryHot<Row>(db.pool,
    `SELECT 'backlog' AS "table", id, data FROM backlogs WHERE project = $1
     UNION ALL SELECT 'item', id, data FROM backlog_items WHERE project = $1
     UNION ALL SELECT 'sprint', id, data FROM sprints WHERE project = $1
     UNION ALL SELECT 'card', id, data FROM sprint_cards WHERE project = $1
     UNION ALL SELECT 'handover', id, data FROM handovers WHERE project = $1
     UNION ALL SELECT 'service', id, data FROM services WHERE project = $1
     UNION ALL SELECT 'article', id, data FROM knowledge_articles WHERE project = $1
     UNION ALL SELECT 'day', id, data FROM service_days WHERE project = $1`, [project]);
}

/** As {@link listProjectRows}, of many projects: what lists tell of them. Of tasks only those that are open, of approvals too, of stages the present ones. */
export async function listOverviewRows(db: Database, projects: readonly string[]): Promise<ReadonlyMap<string, readonly Row[]>> {
  const rows = await queryHot<Row & { readonly project: string }>(db.pool,
    `SELECT id AS project, 'project' AS "table", id, data FROM projects WHERE id = ANY ($1::text[])
     UNION ALL SELECT project, 'phase', id, data FROM phases WHERE project = ANY ($1::text[])
     UNION ALL SELECT s.project, 'stage', s.id, s.data FROM stages s JOIN phases p ON p.id = 'project/' || s.project || '/phase/' || (s.data->>'phase') AND p.data->>'stream' = s.id WHERE s.project = ANY ($1::text[])
     UNION ALL SELECT project, 'task', id, data - 'evidence' FROM tasks WHERE project = ANY ($1::text[]) AND status NOT IN ('done', 'dropped')
     UNION ALL SELECT project, 'approval', id, data FROM approvals WHERE project = ANY ($1::text[]) AND status = 'open'
     UNION ALL SELECT project, 'role', id, data FROM project_roles WHERE project = ANY ($1::text[])`, [projects]);
  const found = new Map<string, Row[]>();
  for (const { project, ...row } of rows) {
    const of = found.get(project) ?? [];
    of.push(row);
    found.set(project, of);
  }
  return found;
}
