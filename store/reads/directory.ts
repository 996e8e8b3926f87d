/** What the directory says: who stands in for whom, groups, line managers, who left. */
import type { Instant, Key, PersonId, Row } from '../../domain/process';
import type { DelegationRow, GroupRow, PersonRow, ProgramRow } from '../../domain/rows';
import { groupRole } from '../../domain/directory/people';
import type { Database } from '../client';
import type { Queryable } from '../fold';
import { millis, type Place } from './columns';
import type { WithId } from './tasks';

/** The open projects in which one of these people holds a role or is at a task, which name one of these groups, or which belong to one of these programs. */
export async function findConcernedProjects(db: Database, persons: readonly PersonId[], groups: readonly Key[], programs: readonly Key[] = []): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    `SELECT p.id FROM projects p WHERE p.status IN ('running', 'held') AND (
       EXISTS (SELECT FROM role_holders h WHERE h.project = p.id AND h.person = ANY ($1::text[]))
       OR EXISTS (SELECT FROM tasks t WHERE t.project = p.id AND t.status = 'claimed' AND t.assignee = ANY ($1::text[]))
       OR EXISTS (SELECT FROM project_roles r WHERE r.project = p.id AND r.role = ANY ($2::text[]))
       OR p.program = ANY ($3::text[]))
     ORDER BY p.id`, [persons, groups.map(groupRole), programs]);
  return rows.map(({ id }) => id);
}

/** All rows of the directory, in the shape in which its workflow gives them. */
export async function listDirectoryRows(db: Queryable): Promise<Row[]> {
  const { rows } = await db.query(
    `SELECT 'delegation' AS "table", id, data FROM delegations
     UNION ALL SELECT 'group', id, data FROM groups
     UNION ALL SELECT 'program', id, data FROM programs
     UNION ALL SELECT 'person', id, data FROM directory_people`);
  return rows as Row[];
}

/** Delegations of a person and to them, the latest first; those that ended only with `ended`. */
export async function listDelegations(db: Database, person: PersonId, { ended = false } = {}): Promise<WithId<DelegationRow>[]> {
  const { rows } = await db.pool.query<{ id: string; data: DelegationRow }>(
    `SELECT id, data FROM delegations WHERE (absent = $1 OR delegate = $1) AND ($2 OR status <> 'ended') ORDER BY from_at DESC, id LIMIT 200`, [person, ended]);
  return rows.map(({ id, data }) => ({ ...data, id }));
}

/** A delegation; null when there is none. */
export async function findDelegation(db: Database, id: string): Promise<WithId<DelegationRow> | null> {
  const { rows: [found] } = await db.pool.query<{ data: DelegationRow }>('SELECT data FROM delegations WHERE id = $1', [id]);
  return found ? { ...found.data, id } : null;
}

/** Of these people, those of whose absences a project may still have to hear: delegations whose time is not over yet, revoked ones too. */
export async function findAbsentPeople(db: Database, persons: readonly PersonId[], by: Instant): Promise<PersonId[]> {
  const { rows } = await db.pool.query<{ absent: PersonId }>(
    'SELECT DISTINCT absent FROM delegations WHERE absent = ANY ($1::text[]) AND until_at > now() AND from_at <= $2 ORDER BY absent', [persons, new Date(by)]);
  return rows.map(({ absent }) => absent);
}

/** What the directory knows of people; those of whom it knows nothing are missing. */
export async function readDirectoryPeople(db: Database, persons: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonRow>> {
  const { rows } = await db.pool.query<{ id: PersonId; data: PersonRow }>('SELECT id, data FROM directory_people WHERE id = ANY ($1::text[])', [persons]);
  return new Map(rows.map(({ id, data }) => [id, data]));
}

/** Somebody as the project office sees them. */
export interface DirectoryEntry {
  readonly id: PersonId;
  readonly name: string;
  readonly globalRoles: readonly Key[];
  readonly manager: PersonId | null;
  readonly leftAt: Instant | null;
  readonly successor: PersonId | null;
  readonly groups: readonly Key[];
  /** Open projects in which they hold a role. */
  readonly projects: number;
  /** Until when they are absent now, by the delegation that lasts longest; null: they are there. */
  readonly absentUntil: Instant | null;
}

/**
 * Everybody, by name.
 * @param filter.q part of a name, in any case. @param filter.person this one alone.
 * @param place.after name and id of the last one shown.
 */
export async function listDirectory(
  db: Database, filter: { readonly q?: string; readonly person?: PersonId; readonly left: boolean }, place: Place<{ readonly name: string; readonly id: PersonId }>,
): Promise<DirectoryEntry[]> {
  const { q, person, left } = filter;
  const values = [place.limit, q === undefined ? null : `%${q.replace(/[\\%_]/g, '\\$&')}%`, person ?? null, left, place.after?.name ?? null, place.after?.id ?? null];
  const { rows } = await db.pool.query<DirectoryEntry>(
    `SELECT p.id, p.name, p.global_roles AS "globalRoles", d.manager, ${millis('d.left_at', 'leftAt')}, d.data->>'successor' AS successor,
       ARRAY(SELECT g.id FROM groups g WHERE g.data->'members' ? p.id ORDER BY g.id) AS groups,
       (SELECT count(DISTINCT o.id)::int FROM role_holders h JOIN projects o ON o.id = h.project AND o.status IN ('running', 'held') WHERE h.person = p.id) AS projects,
       (SELECT (extract(epoch FROM max(a.until_at)) * 1000)::float8 FROM delegations a WHERE a.absent = p.id AND a.status = 'active' AND a.until_at > now()) AS "absentUntil"
     FROM people p LEFT JOIN directory_people d ON d.id = p.id
     WHERE ($2::text IS NULL OR p.name ILIKE $2) AND ($3::text IS NULL OR p.id = $3) AND ($4 OR d.left_at IS NULL) AND ($5::text IS NULL OR (p.name, p.id) > ($5, $6))
     ORDER BY p.name, p.id LIMIT $1`, values);
  return rows;
}

/** Those of whom a person is the line manager, and who have not left. */
export async function listReports(db: Database, manager: PersonId): Promise<PersonId[]> {
  const { rows } = await db.pool.query<{ id: PersonId }>('SELECT id FROM directory_people WHERE manager = $1 AND left_at IS NULL ORDER BY id', [manager]);
  return rows.map(({ id }) => id);
}

/** The groups of these keys, all without any; by key. */
export async function listGroups(db: Database, keys?: readonly Key[]): Promise<GroupRow[]> {
  const { rows } = await db.pool.query<{ data: GroupRow }>('SELECT data FROM groups WHERE $1::text[] IS NULL OR id = ANY ($1::text[]) ORDER BY id', [keys ?? null]);
  return rows.map(({ data }) => data);
}

/** The programs of these keys, all without any; by key. */
export async function listPrograms(db: Database, keys?: readonly Key[]): Promise<ProgramRow[]> {
  const { rows } = await db.pool.query<{ data: ProgramRow }>('SELECT data FROM programs WHERE $1::text[] IS NULL OR id = ANY ($1::text[]) ORDER BY id', [keys ?? null]);
  return rows.map(({ data }) => data);
}

/** What somebody still has in an open project. */
export interface LeftInProject {
  readonly project: string;
  readonly nameRef: string;
  /** Of assigned roles; bodies follow from them. */
  readonly roles: readonly Key[];
  /** Tasks that they are at. */
  readonly tasks: number;
  /** Open approvals that wait for them. */
  readonly approvals: number;
}

/** Conditions of services that outlive their project, to which somebody is the last to see. */
export interface LeftBehind {
  readonly project: string;
  readonly nameRef: string;
  readonly conditions: number;
}

/** What somebody still has: in each open project, groups, programs, people whom they manage, and delegations that hold or will hold. */
export interface WhatIsLeft {
  readonly projects: readonly LeftInProject[];
  /** In projects that are over, where nobody takes their place. */
  readonly outliving: readonly LeftBehind[];
  readonly groups: readonly Key[];
  /** That they manage. */
  readonly programs: readonly Key[];
  readonly manages: number;
  readonly delegations: number;
}

/** What would change if a person left; after they did, what did not change yet. */
export async function readWhatIsLeft(db: Database, person: PersonId): Promise<WhatIsLeft> {
  const { rows } = await db.pool.query<LeftInProject>(
    `SELECT * FROM (
       SELECT p.id AS project, p.name AS "nameRef",
         ARRAY(SELECT e.key FROM jsonb_each(p.data->'roles') e WHERE e.value ? $1 ORDER BY e.key) AS roles,
         (SELECT count(*)::int FROM tasks t WHERE t.project = p.id AND t.status = 'claimed' AND t.assignee = $1) AS tasks,
         (SELECT count(*)::int FROM approvals a JOIN approval_waiting w ON w.approval = a.id WHERE a.project = p.id AND a.status = 'open' AND w.person = $1) AS approvals
       FROM projects p WHERE p.status IN ('running', 'held')
     ) x WHERE cardinality(roles) + tasks + approvals > 0 ORDER BY project`, [person]);
  const { rows: outliving } = await db.pool.query<LeftBehind>(
    `SELECT p.id AS project, p.name AS "nameRef", count(*)::int AS conditions
     FROM handovers h JOIN projects p ON p.id = h.project JOIN services s ON s.handover = h.id, jsonb_each(s.data->'conditions') c
     WHERE h.data->>'status' = 'outliving' AND c.value->>'status' <> 'met' AND s.status <> 'withdrawn'
       AND EXISTS (SELECT FROM role_holders r WHERE r.project = p.id AND r.role = c.value->>'owner' AND r.person = $1)
       AND NOT EXISTS (SELECT FROM role_holders r WHERE r.project = p.id AND r.role = c.value->>'owner' AND r.person <> $1
         AND NOT EXISTS (SELECT FROM directory_people l WHERE l.id = r.person AND l.left_at IS NOT NULL))
     GROUP BY p.id, p.name ORDER BY p.id`, [person]);
  const { rows: [rest] } = await db.pool.query<Omit<WhatIsLeft, 'projects' | 'outliving'>>(
    `SELECT ARRAY(SELECT id FROM groups WHERE data->'members' ? $1 ORDER BY id) AS groups,
       ARRAY(SELECT id FROM programs WHERE data->'managers' ? $1 ORDER BY id) AS programs,
       (SELECT count(*)::int FROM directory_people WHERE manager = $1) AS manages,
       (SELECT count(*)::int FROM delegations WHERE status <> 'ended' AND (absent = $1 OR delegate = $1)) AS delegations`, [person]);
  return { projects: rows, outliving, groups: rest?.groups ?? [], programs: rest?.programs ?? [], manages: rest?.manages ?? 0, delegations: rest?.delegations ?? 0 };
}
