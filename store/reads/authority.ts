import type { Operation } from '../../domain/change/types';
import type { MigrationRecord } from '../../domain/project/types';
import type { Key, PersonId, StreamId } from '../../domain/process';
import type { Database } from '../client';
import { queryHot } from '../hot';
import type { CarriedOut } from './commands';
import { TASKS_COLUMN, tasksFound, type TaskList, type TasksFound } from './tasks';
import { concernsProject, delegatedTo, delegationThatHolds } from './visible';

/** More rounds than any phase has: where an earlier command is looked for must stay bounded. */
export const EARLIER_ROUNDS = 100;

/** A person as a token names them. */
export interface KnownPerson {
  readonly id: PersonId;
  readonly name: string;
  readonly language: string;
  /** Roles that hold beyond projects. */
  readonly globalRoles: readonly Key[];
  /** Their line manager. */
  readonly manager?: PersonId | null;
}

/** What decides on access to a project, and which template names its parts. */
export interface ProjectAccess {
  readonly template: Key;
  readonly templateVersion: string;
  /** Roles that the person holds in it, bodies included. */
  readonly roles: readonly Key[];
  /** Who is absent, and whom the person stands in for here; with what they delegated. */
  readonly standsInFor?: readonly StandIn[];
  /** Versions of the template that it moved on from, if any. */
  readonly migrations?: readonly MigrationRecord[];
  /** What changes added to its plan, if anything. */
  readonly added?: readonly Operation[];
}

/** Somebody absent for whom a person decides in a project. */
export interface StandIn {
  readonly absent: PersonId;
  /** Roles that the absent person holds there. */
  readonly roles: readonly Key[];
  /** Of these, the ones in which it is the person, and nobody else, who stands in. */
  readonly delegated: readonly Key[];
}

/** A project in which a person holds roles. */
export interface ProjectRoles {
  readonly project: string;
  readonly nameRef: string;
  readonly status: string;
  readonly template: Key;
  readonly templateVersion: string;
  readonly program: Key | null;
  readonly roles: readonly Key[];
}

/** All that a command's request needs to know at first, in one answer. */
export interface Resolved {
  readonly person: KnownPerson;
  /** Null when no project was asked for, or the read model has none of that id. */
  readonly project: ProjectAccess | null;
  /** The stream of the phase's present round; null for one that has not opened, undefined when there is none or none was asked for. */
  readonly phaseStream: StreamId | null | undefined;
  /** The backlog of the phase, where a part of it was asked for; null for none (yet), undefined when there is no such phase. */
  readonly backlog: StreamId | null | undefined;
  /** The command of the id asked for, when it was carried out before. */
  readonly command: CarriedOut | null;
  /** The list of tasks that was asked for. */
  readonly tasks?: TasksFound;
}

/** What a request is about. `phase` is one of the `project`, and said only for a command; so is `stream`. */
export interface Wanted {
  readonly project?: string;
  readonly phase?: Key;
  /** What of the phase's backlog it concerns: `backlog`, or `sprint/TEAM/NUMBER`; then that is where the command may have been carried out. */
  readonly part?: string;
  /** Where the command may have been carried out; with a phase it is its present round and those before. */
  readonly stream?: StreamId;
  readonly commandId?: string;
  /** A list of tasks to read along: the project's, or those that the person can work on. */
  readonly tasks?: TaskList;
}

/** Who a token belongs to; null when it is unknown or has expired. @param tokenHash see `hashToken`. */
export async function findPersonByToken(db: Database, tokenHash: string): Promise<KnownPerson | null> {
  const { rows } = await db.pool.query<KnownPerson>(
    `SELECT p.id, p.name, p.language, p.global_roles AS "globalRoles" FROM tokens t JOIN people p ON p.id = t.person_id
     WHERE t.hash = $1 AND (t.expires_at IS NULL OR t.expires_at > now()) AND NOT EXISTS (SELECT FROM directory_people l WHERE l.id = p.id AND l.left_at IS NOT NULL)`, [tokenHash]);
  return rows[0] ?? null;
}

/** A person's access to a project; null when the read model has no such project. Without roles the project is not theirs to see. */
export async function findProjectAccess(db: Database, person: PersonId, project: string): Promise<ProjectAccess | null> {
  const rows = await queryHot<FoundAccess>(db.pool,
    `SELECT p.template, p.template_version AS "templateVersion",
       ARRAY(SELECT role FROM role_holders h WHERE h.project = p.id AND h.person = $2 ORDER BY role) AS roles, p.data->'migrations' AS migrations, p.data->'added' AS added,
       ${standsInFor('$2', 'p.id')} AS "standsInFor"
     FROM projects p WHERE p.id = $1`, [project, person]);
  return toAccess(rows[0]);
}

interface FoundAccess extends Omit<ProjectAccess, 'migrations' | 'added' | 'standsInFor'> {
  readonly migrations: readonly MigrationRecord[] | null;
  readonly added: readonly Operation[] | null;
  readonly standsInFor?: readonly StandIn[] | null;
}

/** Access with whether the person stands in for anybody anywhere. For whom and where is another question: few do, and what it takes to plan it would cost everybody else. */
interface FoundInRequest extends FoundAccess {
  readonly standsIn: boolean;
}

/** Whom a person stands in for in a project now; null: nobody. */
const standsInFor = (person: string, project: string): string =>
  `(SELECT json_agg(json_build_object('absent', d.absent, 'roles', ARRAY(SELECT h.role FROM role_holders h WHERE h.project = ${project} AND h.person = d.absent ORDER BY h.role),
      'delegated', ARRAY(SELECT h.role FROM role_holders h WHERE h.project = ${project} AND h.person = d.absent AND d.id = ${delegationThatHolds('h.person', project, 'h.role')} ORDER BY h.role)))
    FROM delegations d WHERE ${delegatedTo(person)} AND ${concernsProject(project)}
      AND EXISTS (SELECT FROM role_holders h WHERE h.project = ${project} AND h.person = d.absent AND h.role = coalesce(d.role, h.role)))`;

function toAccess(found: FoundAccess | null | undefined): ProjectAccess | null {
  if (!found) return null;
  const { migrations, added, standsInFor: absent, ...access } = found;
  return { ...access, ...(migrations && { migrations }), ...(added && { added }), ...(absent && { standsInFor: absent }) };
}

interface FoundRequest extends Pick<Partial<Resolved>, 'command'> {
  readonly tasks?: readonly unknown[];
  readonly person: KnownPerson;
  readonly project?: FoundInRequest | null;
  readonly hasPhase?: boolean;
  readonly phaseStream?: StreamId | null;
  readonly backlog?: StreamId | null;
}

const PERSON = `json_build_object('id', me.id, 'name', me.name, 'language', me.language, 'globalRoles', me.global_roles, 'manager', l.manager) AS person`;
const access = (project: string): string => `(SELECT json_build_object('template', j.template, 'templateVersion', j.template_version, 'roles',
    ARRAY(SELECT role FROM role_holders h WHERE h.project = j.id AND h.person = me.id ORDER BY role),
    'migrations', j.data->'migrations', 'added', j.data->'added', 'standsIn', EXISTS (SELECT FROM delegations d WHERE ${delegatedTo('me.id')}))
  FROM projects j WHERE j.id = ${project}) AS project`;
const command = (id: string): string => `(SELECT json_build_object('stream', c.stream, 'hash', c.hash, 'fromSeq', c.from_seq, 'toSeq', c.to_seq, 'settled', c.to_seq <= s.settled)
  FROM commands c JOIN streams s ON s.stream = c.stream WHERE c.stream = ANY (w.streams) AND c.id = ${id}
  ORDER BY array_position(w.streams, c.stream) LIMIT 1) AS command`;
const streamsOfPhase = (phase: string): string => `LEFT JOIN LATERAL (SELECT id, data->>'stream' AS stream, (data->>'round')::int AS round FROM phases WHERE id = ${phase}) f ON true
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT left(f.stream, -length(f.round::text)) || r
    FROM generate_series(f.round, greatest(f.round - ${EARLIER_ROUNDS}, 1), -1) r)) w(streams)`;
/** A phase without a backlog has none of its parts either. */
const partOfBacklog = (phase: string, part: string): string => `LEFT JOIN LATERAL (SELECT id, data->>'stream' AS stream, data->>'backlog' AS backlog FROM phases WHERE id = ${phase}) f ON true
  CROSS JOIN LATERAL (SELECT ARRAY[left(f.backlog, -length('backlog')) || ${part}::text]) w(streams)`;
const OF_PHASE = ['f.id IS NOT NULL AS "hasPhase"', 'f.stream AS "phaseStream"'];

/** What a request is looked up by. */
type By = 'hash' | 'project' | 'command' | 'stream' | 'phase' | 'part' | 'inPhase' | 'status' | 'assignee' | 'most';
/** Where the statement has it: SQL. */
type At = Readonly<Record<By, string>>;

/** What is read beside the person. */
interface Beside {
  readonly by: readonly By[];
  readonly columns: (at: At) => readonly string[];
  readonly joins?: (at: At) => string;
}

/**
 * The kinds of requests: what they are looked up by, in this order, and what is read beside the person. Each has a text of its own, as short as it can
 * be: were parts of one text switched off by values that are missing, the server would find it worth its while to plan it anew each time, which takes six times
 * as long as carrying it out.
 */
const KINDS = {
  person: { by: ['hash'], columns: () => [] },
  project: { by: ['hash', 'project'], columns: ({ project }) => [access(project)] },
  tasksOfPerson: { by: ['hash', 'most', 'status'], columns: ({ most, status }) => [TASKS_COLUMN.person({ limit: most, status })] },
  tasksOfProject: {
    by: ['hash', 'project', 'inPhase', 'status', 'assignee'], columns: (at) => [access(at.project), TASKS_COLUMN.project({ ...at, phase: at.inPhase })],
  },
  commandOfStream: {
    by: ['hash', 'project', 'command', 'stream'], columns: (at) => [access(at.project), command(at.command)],
    joins: ({ stream }) => `CROSS JOIN LATERAL (SELECT ARRAY[${stream}::text]) w(streams)`,
  },
  commandOfPhase: {
    by: ['hash', 'project', 'command', 'phase'], columns: (at) => [access(at.project), ...OF_PHASE, command(at.command)], joins: ({ phase }) => streamsOfPhase(phase),
  },
  commandOfPart: {
    by: ['hash', 'project', 'command', 'phase', 'part'], columns: (at) => [access(at.project), ...OF_PHASE, 'f.backlog', command(at.command)],
    joins: ({ phase, part }) => partOfBacklog(phase, part),
  },
} as const satisfies Readonly<Record<string, Beside>>;

export type RequestKind = keyof typeof KINDS;
export const REQUEST_KINDS = Object.keys(KINDS) as readonly RequestKind[];

function queryOf(kind: RequestKind, place: (by: By, index: number) => string): string {
  const { by, columns, joins }: Beside = KINDS[kind];
  const at = Object.fromEntries(by.map((each, index) => [each, place(each, index)])) as At;
  return `SELECT ${[PERSON, ...columns(at)].join(', ')} FROM tokens t JOIN people me ON me.id = t.person_id LEFT JOIN directory_people l ON l.id = me.id ${joins?.(at) ?? ''}
   WHERE t.hash = ${at.hash} AND (t.expires_at IS NULL OR t.expires_at > now()) AND l.left_at IS NULL`;
}

/**
 * Many of a kind, by a list for each of what they are looked up by; each of them is carried out as if it were alone. The lists are subqueries so that a plan for
 * any lists looks to the server as good as one for these: else it would plan anew each time here, too.
 */
function queryOfMany(kind: RequestKind): string {
  const { by } = KINDS[kind];
  const lists = by.map((each, index) => `(SELECT $${index + 1}::${each === 'most' ? 'int' : 'text'}[])`);
  return `SELECT asked.n::int AS n, found.* FROM unnest(${lists.join(', ')}) WITH ORDINALITY AS asked(${by.join(', ')}, n)
    CROSS JOIN LATERAL (${queryOf(kind, (each) => `asked.${each}`)} OFFSET 0) found`;
}

const textsOfKinds = (text: (kind: RequestKind) => string) => Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, text(kind)])) as Readonly<Record<RequestKind, string>>;
const OF_ONE = textsOfKinds((kind) => queryOf(kind, (_, index) => `$${index + 1}`));
const OF_MANY = textsOfKinds(queryOfMany);

/** The kind of a request. */
export function kindOfRequest({ project, phase, part, commandId, tasks }: Wanted): RequestKind {
  if (tasks) return tasks.of === 'person' ? 'tasksOfPerson' : 'tasksOfProject';
  if (project === undefined) return 'person';
  if (commandId === undefined) return 'project';
  if (phase === undefined) return 'commandOfStream';
  return part === undefined ? 'commandOfPhase' : 'commandOfPart';
}

function valueOf(by: By, { hash, wanted: { project, phase, part, stream, commandId, tasks } }: Asked): string | number | undefined {
  const filter = tasks?.of === 'project' ? tasks.filter : undefined;
  switch (by) {
    case 'hash': return hash;
    case 'project': return project;
    case 'command': return commandId;
    case 'stream': return stream;
    case 'phase': return `project/${project}/phase/${phase}`;
    case 'part': return part;
    case 'inPhase': return filter?.phase;
    case 'status': return tasks?.filter.status;
    case 'assignee': return filter?.assignee;
    case 'most': return tasks?.of === 'person' ? tasks.limit : undefined;
  }
}

/** The stream of a part of a phase's backlog: of itself, or of a sprint. */
export const partOf = (backlog: StreamId, part: string): StreamId => backlog.replace(/backlog$/, part);

async function accessOf(db: Database, person: PersonId, found: FoundInRequest, project: string): Promise<ProjectAccess | null> {
  const { standsIn, ...access } = found;
  return standsIn ? findProjectAccess(db, person, project) : toAccess(access);
}

async function toResolved(db: Database, found: FoundRequest, wanted: Wanted): Promise<Resolved> {
  const { person, project, command = null, hasPhase = false, phaseStream, backlog, tasks } = found;
  return {
    person, project: project && wanted.project !== undefined ? await accessOf(db, person.id, project, wanted.project) : null, command,
    phaseStream: hasPhase ? phaseStream : undefined, backlog: hasPhase && wanted.part !== undefined ? backlog : undefined,
    ...(wanted.tasks && tasks && { tasks: tasksFound(wanted.tasks, tasks) }),
  };
}

/** Person, access to a project, the stream of a phase, an earlier command of the same id or a list of tasks, in one query; null when the token is not good. */
export async function resolveRequest(db: Database, tokenHash: string, wanted: Wanted = {}): Promise<Resolved | null> {
  const kind = kindOfRequest(wanted);
  const [found] = await queryHot<FoundRequest>(db.first, OF_ONE[kind], KINDS[kind].by.map((by) => valueOf(by, { hash: tokenHash, wanted })));
  return found ? toResolved(db, found, wanted) : null;
}

/** A request by the hash of its token and what it is about. */
export interface Asked {
  readonly hash: string;
  readonly wanted: Wanted;
}

/** As `resolveRequest`, for many requests of a kind in one query; in their order. */
export async function resolveRequests(db: Database, kind: RequestKind, asked: readonly Asked[]): Promise<(Resolved | null)[]> {
  const [first] = asked;
  if (first && asked.length === 1) return [await resolveRequest(db, first.hash, first.wanted)];
  const rows = await queryHot<FoundRequest & { readonly n: number }>(db.first, OF_MANY[kind], KINDS[kind].by.map((by) => asked.map((each) => valueOf(by, each))));
  const found = new Map(rows.map((row) => [row.n, row]));
  return Promise.all(asked.map(async ({ wanted }, index) => {
    const row = found.get(index + 1);
    return row ? toResolved(db, row, wanted) : null;
  }));
}

/** The projects in which a person holds roles, the latest first. */
export async function listProjectRoles(db: Database, person: PersonId): Promise<ProjectRoles[]> {
  const { rows } = await db.pool.query<ProjectRoles>(
    `SELECT p.id AS project, p.name AS "nameRef", p.status, p.template, p.template_version AS "templateVersion", p.program, array_agg(h.role ORDER BY h.role) AS roles
     FROM role_holders h JOIN projects p ON p.id = h.project WHERE h.person = $1
     GROUP BY p.id ORDER BY p.started_at DESC, p.id DESC`, [person]);
  return rows;
}
