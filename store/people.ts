/** People: the only place where names stand. */
import type { Key, PersonId } from '../domain/process';
import type { Database, PrismaAccess } from './client';
import { queryHot } from './hot';

/** Languages that every text exists in. */
export type PersonLanguage = 'nl' | 'fr' | 'en';

export interface NewPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly language: PersonLanguage;
  /** Roles that hold beyond projects. */
  readonly globalRoles: readonly Key[];
}

export interface NamedPerson {
  readonly id: PersonId;
  readonly name: string;
}

/** Adds the people who are not known yet; those who are stay as they are. @returns the ids that were added. */
export async function addPeople(db: PrismaAccess, people: readonly NewPerson[]): Promise<PersonId[]> {
  const added = await db.prisma.person.createManyAndReturn({
    data: people.map((person) => ({ ...person, globalRoles: [...person.globalRoles] })), skipDuplicates: true, select: { id: true },
  });
  return added.map(({ id }) => id);
}

/** The names of people by id; ids that nobody has are left out. */
export async function readNames(db: Database, ids: Iterable<PersonId>): Promise<Map<PersonId, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await queryHot<NamedPerson>(db.pool, 'SELECT id, name FROM people WHERE id = ANY ($1::text[])', [wanted]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Of these people, those who may see a project: they hold a role in it, or one that sees all. */
export async function whoMaySee(db: Database, project: string, ids: readonly PersonId[], seesAll: readonly Key[]): Promise<Set<PersonId>> {
  if (ids.length === 0) return new Set();
  const { rows } = await db.pool.query<{ id: PersonId }>(
    `SELECT id FROM people p WHERE id = ANY ($2::text[])
       AND (global_roles && $3::text[] OR EXISTS (SELECT FROM role_holders h WHERE h.person = p.id AND h.project = $1))`, [project, ids, seesAll]);
  return new Set(rows.map(({ id }) => id));
}

const PRESENT = 'NOT EXISTS (SELECT FROM directory_people l WHERE l.id = p.id AND l.left_at IS NOT NULL)';

/** The names of those of these people who have not left, by id. */
export async function readPresent(db: Database, ids: Iterable<PersonId>): Promise<Map<PersonId, string>> {
  const { rows } = await db.pool.query<NamedPerson>(
    `SELECT p.id, p.name FROM people p WHERE p.id = ANY ($1::text[]) AND ${PRESENT}`, [[...new Set(ids)]]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Of these ids, those that nobody has. */
export async function findUnknownPeople(db: Database, ids: Iterable<PersonId>): Promise<PersonId[]> {
  const wanted = new Set(ids);
  const known = await readNames(db, wanted);
  return [...wanted].filter((id) => !known.has(id));
}

/**
 * The people someone may see, by name, without those who left: those with a global role, and those who share a project with them; all, for someone who has
 * a global role themselves.
 */
export async function listPeople(db: Database, viewer: { readonly person: PersonId; readonly seesAll: boolean }): Promise<NamedPerson[]> {
  const { rows } = await db.pool.query<NamedPerson>(
    `SELECT id, name FROM people p WHERE ($2 OR id = $1 OR cardinality(global_roles) > 0 OR id IN (
       SELECT other.person FROM role_holders mine JOIN role_holders other ON other.project = mine.project WHERE mine.person = $1)) AND ${PRESENT}
     ORDER BY name, id`, [viewer.person, viewer.seesAll]);
  return rows;
}
