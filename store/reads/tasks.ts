import type { Operation } from '../../domain/change/types';
import type { Instant, Key, PersonId } from '../../domain/process';
import type { ApprovalRow, TaskRow } from '../../domain/rows';
import type { Database } from '../client';
import { queryHot } from '../hot';
import { ACTIVE_PROJECT, type Place } from './columns';
import { delegatedTo, delegationThatHolds } from './visible';

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
  /** The text of `nameRef`, where it was read along; null: it was erased. */
  readonly projectName?: string | null;
}

interface Found<T> {
  readonly id: string;
  readonly data: T;
  readonly nameRef: string;
  readonly template: Key;
  readonly templateVersion: string;
  readonly added: readonly Operation[] | null;
  readonly projectName?: string | null;
}

const PROJECT_COLUMNS = `p.name AS "nameRef", p.template, p.template_version AS "templateVersion", p.data->'added' AS added`;

/** Field by field: lists are long, and copying what is left of an object costs more than all else that is done with it. */
function toItem<T extends object>({ id, data, nameRef, template, templateVersion, added, projectName }: Found<T>): InProject<T> {
  const item = { row: Object.assign(data, { id }), nameRef, template, templateVersion, added };
  return projectName === undefined ? item : Object.assign(item, { projectName });
}

/** Which tasks are wanted: `blocked` are those that somebody said can't be gone on with, whatever their status is else. */
export interface TaskFilter {
  readonly status?: string;
  readonly assignee?: PersonId;
}

/** Whether a task is wanted; `status` and `assignee` are places of values. */
const WANTED = (status: string, assignee: string): string =>
  `(${status}::text IS NULL OR t.status = ${status} OR (${status} = 'blocked' AND t.data ? 'blocked')) AND (${assignee}::text IS NULL OR t.assignee = ${assignee})`;

/** A task that somebody can work on or check. */
export interface MyTask extends InProject<TaskRow> {
  /** In whose name, where it is not their own. */
  readonly onBehalfOf: readonly PersonId[];
}

/** Values of a statement, by what they are for: their places, or other SQL. */
type Places<K extends string> = Readonly<Record<K, string>>;

const OPEN = `t.status IN ('ready', 'claimed', 'to-check')`;
/** By which of a person's roles a task is theirs: they do it, or answer for it and can check it. */
const BY_ROLE = ['t.role = h.role', `t.status = 'to-check' AND t.data->>'accountable' = h.role`];
const MINE = `t.id COLLATE "C" AS id, t.stage, coalesce(t.due_at, 'infinity') AS due`;

/**
 * Whether a stage goes on is asked only of the first tasks, in their order, until there are enough: hence the OFFSET, over which no condition is
 * moved. For those whom a person stands in for, tasks are looked up role by role (hence its other one, within a LATERAL): by its figures a planner takes a list
 * of delegations that is mostly empty for one to look into last, and went through all tasks of all projects for it. Ids are compared byte by byte:
 * by the rules of a language it takes longer than all else that is done to sort them.
 */
const myTasksQuery = ({ person, limit, status, assignee }: Places<'person' | 'limit' | 'status' | 'assignee'>, after = ''): string => `WITH page AS (
   SELECT m.id, m.due, CASE WHEN bool_or(m.voice IS NULL) THEN '{}' ELSE array_agg(DISTINCT m.voice) END AS voices FROM (SELECT * FROM (
     ${BY_ROLE.map((role) => `SELECT ${MINE}, NULL AS voice
     FROM role_holders h JOIN projects p ON p.id = h.project AND p.status IN ${ACTIVE_PROJECT} JOIN tasks t ON t.project = h.project AND ${role}
     WHERE h.person = ${person} AND ${WANTED(status, assignee)} AND ${OPEN}
       AND CASE WHEN t.status = 'to-check' THEN ${person} NOT IN (t.data->>'doneBy', coalesce(t.data->>'doneThrough', ''))
         ELSE coalesce(t.assignee, ${person}) = ${person}
           OR NOT EXISTS (SELECT FROM role_holders a WHERE a.person = t.assignee AND a.project = t.project AND a.role = t.role) END
     UNION ALL
     SELECT s.id, s.stage, s.due, e.absent FROM delegations e CROSS JOIN LATERAL (
       SELECT ${MINE} FROM role_holders h JOIN projects p ON p.id = h.project AND p.status IN ${ACTIVE_PROJECT} JOIN tasks t ON t.project = h.project AND ${role}
       WHERE h.person = e.absent AND e.id = ${delegationThatHolds('h.person', 'h.project', 'h.role')} AND ${WANTED(status, assignee)} AND ${OPEN}
         AND CASE WHEN t.status = 'to-check' THEN NOT ARRAY[t.data->>'doneBy', t.data->>'doneThrough'] && ARRAY[${person}, h.person]
           ELSE coalesce(t.assignee, h.person) = h.person END OFFSET 0) s
     WHERE ${delegatedTo(person, 'e')}
     UNION ALL
     `).join('')}     SELECT ${MINE}, NULL FROM tasks t
     WHERE t.assignee = ${person} AND t.status IN ('ready', 'claimed') AND (SELECT p.status FROM projects p WHERE p.id = t.project) IN ${ACTIVE_PROJECT} AND ${WANTED(status, assignee)}
       AND NOT EXISTS (SELECT FROM role_holders h WHERE h.person = ${person} AND h.project = t.project AND h.role = t.role)
   ) mine ORDER BY due, id OFFSET 0) m
   WHERE (SELECT s.status FROM stages s WHERE s.id = m.stage) NOT IN ('stopped', 'cancelled', 'ended') ${after}
   GROUP BY m.due, m.id ORDER BY m.due, m.id LIMIT ${limit}
 )
 SELECT t.id, t.data, ${PROJECT_COLUMNS}, (SELECT x.text FROM texts x WHERE x.ref = p.name) AS "projectName", m.voices AS "onBehalfOf"
 FROM page m JOIN tasks t ON t.id = m.id COLLATE "default" JOIN projects p ON p.id = t.project ORDER BY m.due, m.id`;

type FoundMine = Found<TaskRow> & { readonly onBehalfOf: readonly PersonId[] };

const toMine = (rows: readonly FoundMine[]): MyTask[] => rows.map((found) => Object.assign(toItem(found), { onBehalfOf: found.onBehalfOf }));

/**
 * Tasks that are ready, claimed or (delivered by someone else) to be checked, and that are the person's or, being nobody's who still holds
 * their role, for a role that the person holds, or to be checked by such a role as answers for them; or such tasks of those whom the person stands in for; of projects that are neither held nor ended.
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
  return toMine(await queryHot<FoundMine>(db.pool, myTasksQuery({ person: '$1', limit: '$2', status: '$3', assignee: '$4' }, after), values));
}

type FilterInProject = TaskFilter & { readonly phase?: Key; readonly task?: Key };

const tasksQuery = ({ project, phase, task, status, assignee }: Places<'project' | 'phase' | 'task' | 'status' | 'assignee'>): string => `SELECT t.id, t.data FROM (
   SELECT DISTINCT ON (s.phase) s.id, h.position FROM stages s LEFT JOIN phases h ON h.project = s.project AND h.phase = s.phase
   WHERE s.project = ${project} AND (${phase}::text IS NULL OR s.phase = ${phase}) ORDER BY s.phase, (s.data->>'round')::int DESC
 ) latest JOIN tasks t ON t.stage = latest.id
 WHERE t.project = ${project} AND (${task}::text IS NULL OR t.task = ${task}) AND ${WANTED(status, assignee)}
 ORDER BY latest.position, t.phase, t.position, t.task`;

interface FoundTask {
  readonly id: string;
  readonly data: TaskRow;
}

const toTasks = (rows: readonly FoundTask[]): WithId<TaskRow>[] => rows.map(({ id, data }) => Object.assign(data, { id }));

/**
 * Tasks of a project, of the latest round of each phase, by phase and place in the plan.
 * @param filter.task one task of the phase.
 */
export async function listTasks(db: Database, project: string, filter: FilterInProject = {}): Promise<WithId<TaskRow>[]> {
  return toTasks(await queryHot<FoundTask>(db.pool, tasksQuery({ project: '$1', phase: '$2', task: '$3', status: '$4', assignee: '$5' }),
    [project, filter.phase ?? null, filter.task ?? null, filter.status ?? null, filter.assignee ?? null]));
}

/** A list of tasks that is read together with who asks for it. */
export type TaskList =
  | { readonly of: 'project'; readonly filter: Omit<FilterInProject, 'task'> }
  | { readonly of: 'person'; readonly filter: Pick<TaskFilter, 'status'>; readonly limit: number };

/** What it gave. */
export type TasksFound = { readonly of: 'project'; readonly tasks: WithId<TaskRow>[] } | { readonly of: 'person'; readonly tasks: MyTask[] };

const asJson = (query: string, columns: readonly string[]): string =>
  `(SELECT coalesce(json_agg(json_build_object(${columns.map((column) => `'${column}', q."${column}"`).join(', ')})), '[]') FROM (${query}) q) AS tasks`;

/** The lists as a column `tasks` of a query in which `me` is the person. */
export const TASKS_COLUMN = {
  project: (at: Places<'project' | 'phase' | 'status' | 'assignee'>): string => asJson(tasksQuery({ ...at, task: 'NULL' }), ['id', 'data']),
  person: (at: Places<'limit' | 'status'>): string => asJson(myTasksQuery({ ...at, person: 'me.id', assignee: 'NULL' }),
    ['id', 'data', 'nameRef', 'template', 'templateVersion', 'added', 'projectName', 'onBehalfOf']),
} as const;

/** The lists of that column. */
export const tasksFound = (list: TaskList, found: readonly unknown[]): TasksFound => (list.of === 'project'
  ? { of: 'project', tasks: toTasks(found as readonly FoundTask[]) } : { of: 'person', tasks: toMine(found as readonly FoundMine[]) });

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
