import type { Operation } from '../../domain/change/types';
import type { Instant, Key, PersonId } from '../../domain/process';
import type { ApprovalRow, TaskRow } from '../../domain/rows';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { ACTIVE_PROJECT, type Place } from './columns';
import { delegationThatHolds } from './visible';

/** A row with the id under which it stands. */
export type WithId<T> = T & { readonly id: string };

/** An item of a list over projects: with what names it. */
export interface InProject<T> {
  readonly row: WithId<T>;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
  /** What changes added to the plan of its project. */
  readonly added: readonly Operation[] | null;
}

interface Found<T> {
  readonly id: string;
  readonly data: T;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
  readonly added: readonly Operation[] | null;
}

const PROJECT_COLUMNS = `p.name AS "nameRef", p.template, p.template_version AS "templateVersion", p.data->'added' AS added`;

function toItem<T>({ id, data, ...of }: Found<T>): InProject<T> {
  return { row: { ...data, id }, ...of };
}

/** Which tasks are wanted: `blocked` are those that somebody said can't be gone on with, whatever their status is else. */
export interface TaskFilter {
  readonly status?: string;
  readonly assignee?: PersonId;
}

/** Whether a task is wanted; `status` and `assignee` are places of values. */
const WANTED = (status: string, assignee: string): string =>
  `(${status}::text IS NULL OR t.status = ${status} OR (${status} = 'blocked' AND t.data ? 'blocked')) AND (${assignee}::text IS NULL OR t.assignee = ${assignee})`;

const IS_ACTIVE = (project: string): string => `(SELECT p.status FROM projects p WHERE p.id = ${project}) IN ${ACTIVE_PROJECT}`;

/** Roles in which a person stands in for somebody who is absent now. @param person SQL */
const STANDS_IN = (person: string): string =>
  `SELECT h.project, h.role, h.person AS voice FROM delegations e JOIN role_holders h ON h.person = e.absent
   WHERE e.delegate = ${person} AND e.status = 'active' AND e.until_at > now() AND e.id = ${delegationThatHolds('h.person', 'h.project', 'h.role')}`;

/** A task that somebody can work on or check. */
export interface MyTask extends InProject<TaskRow> {
  /** In whose name, where it is not their own. */
  readonly onBehalfOf: readonly PersonId[];
}

/**
 * Tasks that are ready, claimed or (delivered by someone else) to be checked, and that are the person's or, being nobody's who still holds
 * their role, for a role that the person holds; or such tasks of those whom the person stands in for; of projects that are neither held nor ended.
 * The one due first comes first, those without a due date last.
 * @param place.after due moment and id of the last one shown.
 */
export async function listMyTasks(
  db: Database, person: PersonId, filter: TaskFilter, place: Place<{ readonly dueAt: Instant | null; readonly id: string }>,
): Promise<MyTask[]> {
  const values: unknown[] = [person, place.limit, filter.status ?? null, filter.assignee ?? null];
  let after = '';
  if (place.after) {
    const { dueAt, id } = place.after;
    values.push(dueAt === null ? 'infinity' : new Date(dueAt), id);
    after = 'AND (m.due, m.id) > ($5::timestamptz, $6)';
  }
  const rows = await queryHot<Found<TaskRow> & { onBehalfOf: PersonId[] }>(db.pool,
    // What is asked of a project is asked once for each, before its tasks are read. Whether a stage goes on is asked only of the first
    // tasks, in their order, until there are enough: hence the OFFSET, over which no condition is moved. Both as subqueries, so that they are looked up by key.
    `WITH page AS (
       SELECT m.id, m.due, CASE WHEN bool_or(m.voice IS NULL) THEN '{}' ELSE array_agg(DISTINCT m.voice) END AS voices FROM (SELECT * FROM (
         SELECT t.id, t.stage, coalesce(t.due_at, 'infinity') AS due, NULL AS voice
         FROM role_holders h JOIN tasks t ON t.project = h.project AND t.role = h.role
         WHERE h.person = $1 AND ${IS_ACTIVE('h.project')} AND ${WANTED('$3', '$4')} AND t.status IN ('ready', 'claimed', 'to-check')
           AND CASE WHEN t.status = 'to-check' THEN $1 NOT IN (t.data->>'doneBy', coalesce(t.data->>'doneThrough', ''))
             ELSE coalesce(t.assignee, $1) = $1
               OR NOT EXISTS (SELECT FROM role_holders a WHERE a.person = t.assignee AND a.project = t.project AND a.role = t.role) END
         UNION ALL
         SELECT t.id, t.stage, coalesce(t.due_at, 'infinity'), v.voice
         FROM (${STANDS_IN('$1')}) v JOIN tasks t ON t.project = v.project AND t.role = v.role
         WHERE ${IS_ACTIVE('v.project')} AND ${WANTED('$3', '$4')} AND t.status IN ('ready', 'claimed', 'to-check')
           AND CASE WHEN t.status = 'to-check' THEN NOT ARRAY[t.data->>'doneBy', t.data->>'doneThrough'] && ARRAY[$1, v.voice]
             ELSE coalesce(t.assignee, v.voice) = v.voice END
         UNION ALL
         SELECT t.id, t.stage, coalesce(t.due_at, 'infinity'), NULL FROM tasks t
         WHERE t.assignee = $1 AND t.status IN ('ready', 'claimed') AND ${IS_ACTIVE('t.project')} AND ${WANTED('$3', '$4')} AND NOT EXISTS (
           SELECT FROM role_holders h WHERE h.person = $1 AND h.project = t.project AND h.role = t.role)
       ) mine ORDER BY due, id OFFSET 0) m
       WHERE (SELECT s.status FROM stages s WHERE s.id = m.stage) NOT IN ('stopped', 'cancelled', 'ended') ${after}
       GROUP BY m.due, m.id ORDER BY m.due, m.id LIMIT $2
     )
     SELECT t.id, t.data, ${PROJECT_COLUMNS}, m.voices AS "onBehalfOf" FROM page m JOIN tasks t ON t.id = m.id JOIN projects p ON p.id = t.project
     ORDER BY m.due, m.id`, values);
  return rows.map(({ onBehalfOf, ...found }) => ({ ...toItem(found), onBehalfOf }));
}

/**
 * Tasks of a project, of the latest round of each phase, by phase and place in the plan.
 * @param filter.task one task of the phase.
 */
export async function listTasks(
  db: Database, project: string, filter: TaskFilter & { readonly phase?: Key; readonly task?: Key } = {},
): Promise<WithId<TaskRow>[]> {
  const rows = await queryHot<{ id: string; data: TaskRow }>(db.pool,
    `WITH latest AS (
       SELECT DISTINCT ON (phase) id, phase FROM stages WHERE project = $1 AND ($2::text IS NULL OR phase = $2)
       ORDER BY phase, (data->>'round')::int DESC
     )
     SELECT t.id, t.data FROM tasks t JOIN latest l ON l.id = t.stage
     LEFT JOIN phases h ON h.project = t.project AND h.phase = t.phase
     WHERE t.project = $1 AND ($3::text IS NULL OR t.task = $3) AND ${WANTED('$4', '$5')}
     ORDER BY h.position, t.phase, t.position, t.task`,
    [project, filter.phase ?? null, filter.task ?? null, filter.status ?? null, filter.assignee ?? null]);
  return rows.map(({ id, data }) => ({ ...data, id }));
}

/** A task of a project in the latest round of its phase; null when there is none. */
export async function findTask(db: Database, project: string, phase: Key, task: Key): Promise<WithId<TaskRow> | null> {
  return (await listTasks(db, project, { phase, task }))[0] ?? null;
}

/**
 * Open approvals that the person can decide on now, of projects that are neither held nor ended; the oldest first. Those that were raised to a role
 * beyond projects are found by that role.
 */
export async function listMyApprovals(
  db: Database, person: PersonId, place: Place<{ readonly openedAt: Instant; readonly id: string }>,
): Promise<InProject<ApprovalRow>[]> {
  const values: unknown[] = [person, place.limit];
  if (place.after) values.push(new Date(place.after.openedAt), place.after.id);
  const rows = await queryHot<Found<ApprovalRow>>(db.pool,
    `SELECT a.id, a.data, ${PROJECT_COLUMNS} FROM (
       SELECT approval FROM approval_waiting WHERE person = $1
       UNION
       SELECT r.id FROM people h CROSS JOIN approvals r
       WHERE h.id = $1 AND cardinality(h.global_roles) > 0 AND r.status = 'open' AND r.data->'raisedTo' ?| sluis_roles_beyond(r.project, h.global_roles)
         AND NOT EXISTS (SELECT FROM jsonb_array_elements(r.data->'votes') v WHERE v->>'person' = h.id)
     ) w JOIN approvals a ON a.id = w.approval
     JOIN projects p ON p.id = a.project AND p.status IN ${ACTIVE_PROJECT}
     WHERE a.status = 'open' ${place.after ? 'AND (a.opened_at, a.id) > ($3, $4)' : ''}
     ORDER BY a.opened_at, a.id LIMIT $2`, values);
  return rows.map(toItem);
}

/** An approval by its stream; null when there is none. */
export async function findApproval(db: Database, id: string): Promise<InProject<ApprovalRow> | null> {
  const rows = await queryHot<Found<ApprovalRow>>(db.pool,
    `SELECT a.id, a.data, ${PROJECT_COLUMNS} FROM approvals a JOIN projects p ON p.id = a.project WHERE a.id = $1`, [id]);
  return rows[0] ? toItem(rows[0]) : null;
}
