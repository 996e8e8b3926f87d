/** What the API reads and keeps in the database. Each access has a time limit, and throws `DatabaseAway` when there is no answer. */
import type { WorkingCalendar } from '../domain/calendar';
import type { KeptText } from '../domain/evidence-types';
import type { InventoryItem } from '../domain/inventory';
import type { Plan } from '../domain/plan';
import type { Instant, Key, PersonId, StreamId } from '../domain/process';
import { PROCESSES } from '../domain/processes';
import { SEES_ALL } from '../domain/permissions';
import type { Standing } from '../domain/play/play';
import type { Announcement } from '../store/announcements';
import { readRowsAsOf, readStandingsAsOf } from '../store/as-of';
import { announce, listCalendars } from '../store/calendar-office';
import type { Database } from '../store/client';
import { announceFile, claimFiles, findFile, listFiles, markStored, readFileFacts, type NewFile } from '../store/files/rows';
import { listPeople, readNames, readPresent, whoMaySee, type NamedPerson } from '../store/people';
import { keepInventory, listInventory, readItemNames } from '../store/inventory';
import { readShownContent, readShownService } from '../store/gate-content';
import { findCalendar, keepPlan } from '../store/plans';
import { projectBatch } from '../store/project';
import { findProjectAccess, listProjectRoles, REQUEST_KINDS, kindOfRequest, resolveRequests, type Asked, type KnownPerson, type ProjectAccess, type RequestKind, type Resolved, type Wanted } from '../store/reads/authority';
import { findBacklog, findBacklogStream, findItem, findSprint, listAddedItems, listDeliveries, listItems, listOwnItems, listSprints, readHistory } from '../store/reads/agile';
import { listDays, listFigures, listFiguresOutcome, listServices } from '../store/reads/services';
import { findHandover, findHandoverStream, findService, listAddedServices, listHolders, listUnsealedServices } from '../store/reads/handover';
import { findCommand, findCommands, findStreamHead, listHappened } from '../store/reads/commands';
import { findAbsentPeople, listDelegations, listDirectory, listGroups, listPrograms, listReports, readDirectoryPeople, readWhatIsLeft } from '../store/reads/directory';
import { type EventFilter, listEvents } from '../store/reads/events';
import { isFeedPlace, readFeed, readFeedEnd, type FeedPlace } from '../store/reads/feed';
import { countUnread, listInbox, markAllRead, markRead } from '../store/reads/inbox';
import { countRunning, listOverviewRows, listProjectRows, listProjects, listTitles, type ProjectFilter } from '../store/reads/projects';
import { findNamedTasks, findTextPlaces, searchFiles, searchTexts, type Viewer } from '../store/reads/search';
import { findComment, findEarlierWork, listTaskEvents } from '../store/reads/task-log';
import { findApproval, findTask, listMyApprovals, listMyTasks, listTasks, type TaskFilter, type TasksFound } from '../store/reads/tasks';
import { listAssignedWork, listLoadedPeople } from '../store/reads/workload';
import type { RefusedTask } from '../domain/stage/types';
import type { Template } from '../domain/template/schema';
import { deprecateTemplate, findTemplate, findTemplateText, listTemplates, publishTemplate } from '../store/templates';
import { stageRecord } from '../store/record/stage';
import { answerPulse, closePulse, findPulse, listPulses } from '../store/pulse';
import { readClaimed, readDelivered, readProjectSeqs, readProjectStates, readStandings } from '../store/standings';
import { eraseText, keepTexts, readTexts } from '../store/texts';
import { claimForecast, keepForecast, type KeptForecast, readProgress } from '../store/forecasts';
import { createWebhook, findWebhook, listWebhooks, noteWebhookUse, revokeWebhook, rotateWebhook } from '../store/webhooks';
import type { Batch } from '../workflows/contract';
import type { Person } from './auth/person';
import type { CommandLog } from './commands/gateway';
import { findTogether } from './commands/together';
import { DatabaseGate } from './database';
import { inBatches } from './batches';
import { collectRows, type ProjectRows } from './projects/rows';

export type { ProjectAccess, TasksFound, Wanted };
export { PULSE_NEEDS, PULSE_VALUES, type PulseCounts } from '../store/pulse';

/** What is known of a request from its first query on. */
export interface Glance extends Pick<Resolved, 'phaseStream' | 'backlog' | 'command' | 'tasks'> {
  readonly person: Person;
  readonly access: ProjectAccess | null;
}

/** A project runs on the first version of its plan until it is revised. */
const FIRST_PLAN = 1;

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer R] ? R : never;

/** The record of a project is read at one moment, however long it is. */
const RECORD_LIMIT_MS = 120_000;

type Place<F extends (...args: never[]) => unknown> = Parameters<F> extends [...unknown[], infer P] ? P : never;

/** Whether a person sees every project. */
export function seesAll(person: Person): boolean {
  return person.globalRoles.some((role) => SEES_ALL.includes(role));
}

const viewerOf = (person: Person): Viewer => ({ person: person.id, seesAll: seesAll(person) });

const toPerson = ({ id, name, language, globalRoles, manager }: KnownPerson): Person =>
  ({ id, name, globalRoles, ...(manager && { manager }), language: language === 'nl' || language === 'fr' ? language : 'en' });

/** The reads of a database behind its gate. */
export function createReads(db: Database) {
  const ping = (): Promise<unknown> => db.pool.query('SELECT 1');
  // Where all connections of one kind hang, those of the other may work.
  const sign = (): Promise<unknown> => Promise.any([ping(), db.first.query('SELECT 1')]);
  const [gate, patient] = [new DatabaseGate(sign), new DatabaseGate(sign, RECORD_LIMIT_MS)];
  const ask = <T>(access: () => Promise<T>): Promise<T> => gate.ask(access);
  /** Nothing is asked about nothing: most lists name no person, no item of the inventory and no file. */
  const askAbout = <I, T>(these: Iterable<I>, read: (these: readonly I[]) => Promise<T>): Promise<T> => {
    const wanted = [...these];
    return wanted.length === 0 ? read(wanted) : ask(() => read(wanted));
  };
  const findInOne = findTogether((stream, ids) => ask(() => findCommands(db, stream, ids)));
  const resolveOf = (kind: RequestKind) => inBatches((asked: readonly Asked[]) => ask(() => resolveRequests(db, kind, asked)));
  const resolveTogether = Object.fromEntries(REQUEST_KINDS.map((kind) => [kind, resolveOf(kind)])) as Readonly<Record<RequestKind, ReturnType<typeof resolveOf>>>;
  const log: CommandLog = {
    find: ([stream, ...others], id) => (stream !== undefined && others.length === 0 ? findInOne(stream, id) : ask(() => findCommand(db, stream === undefined ? [] : [stream, ...others], id))),
    events: (stream, from, to) => ask(() => listHappened(db, stream, from, to)),
    isFinal: async (stream) => (await ask(() => findStreamHead(db, stream)))?.final ?? null,
    hashAt: async (stream, seq) => {
      const { rows } = await ask(() => db.pool.query<{ hash: string }>('SELECT hash FROM events WHERE stream = $1 AND seq = $2', [stream, seq]));
      return rows[0]?.hash;
    },
  };
  return {
    log,
    /** Projects what the answers to commands handed out, which may come before its turn. */
    project: (batch: Batch, told: Parameters<typeof projectBatch>[0]['log']) => ask(() => projectBatch({ pool: db.pool, processes: PROCESSES, log: told }, batch, true)),
    ping: () => Promise.all([ask(ping), ask(() => db.first.query('SELECT 1'))]),
    /** The person of a token, and what their request needs to know at first, in one query. */
    resolve: async (hash: string, wanted: Wanted): Promise<Glance | null> => {
      const found = await resolveTogether[kindOfRequest(wanted)]({ hash, wanted });
      if (!found) return null;
      const { person, project, ...more } = found;
      return { ...more, person: toPerson(person), access: project };
    },
    access: (project: string, person: PersonId): Promise<ProjectAccess | null> => ask(() => findProjectAccess(db, person, project)),
    rolesOf: (person: PersonId) => ask(() => listProjectRoles(db, person)),
    /** The stream of the present round of a phase; null for one that has not opened; undefined when there is none. */
    phaseStream: async (project: string, phase: Key): Promise<StreamId | null | undefined> => {
      const { rows } = await ask(() => db.pool.query<{ stream: StreamId | null }>(
        `SELECT data->>'stream' AS stream FROM phases WHERE id = $1`, [`project/${project}/phase/${phase}`]));
      return rows[0]?.stream;
    },

    /** How a phase was passed; null for one that was not. */
    phaseOutcome: async (project: string, phase: Key): Promise<string | null> => {
      const { rows } = await ask(() => db.pool.query<{ outcome: string | null }>(`SELECT data->>'outcome' AS outcome FROM phases WHERE id = $1`, [`project/${project}/phase/${phase}`]));
      return rows[0]?.outcome ?? null;
    },

    templates: () => ask(() => listTemplates(db)),
    countRunning: () => ask(() => countRunning(db)),
    publishTemplate: (template: Template, source: string, more: { readonly by: PersonId; readonly text: string }) => ask(() => publishTemplate(db, template, source, more)),
    templateText: (key: Key, version: string) => ask(() => findTemplateText(db, key, version)),
    deprecateTemplate: (key: Key, version: string) => ask(() => deprecateTemplate(db, key, version)),
    template: (key: Key, version: string) => ask(() => findTemplate(db, key, version)),
    calendar: (key: Key): Promise<WorkingCalendar | null> => ask(() => findCalendar(db, key)),
    /** The shipped calendars with what was announced of them. */
    calendars: () => ask(() => listCalendars(db)),
    announce: (key: Key, announcement: Omit<Announcement, 'announcedAt'>) => ask(() => announce(db, key, announcement)),
    keepInventory: (project: string, items: readonly InventoryItem[]) => ask(() => keepInventory(db, project, items)),
    inventory: (project: string): Promise<InventoryItem[]> => ask(() => listInventory(db, project)),
    itemNames: (items: readonly { readonly project: string; readonly item: string }[]) => askAbout(items, (these) => readItemNames(db, these)),
    plan: async (project: string): Promise<Plan | null> => {
      const where = { project_version: { project, version: FIRST_PLAN } };
      return ((await ask(() => db.prisma.plan.findUnique({ where })))?.plan ?? null) as Plan | null;
    },
    /** Keeps the first plan of a project unless one is kept; gives the one that is kept. */
    keepPlan: (project: string, plan: Plan): Promise<Plan> => ask(() => keepPlan(db, project, FIRST_PLAN, plan)),

    /** Of many tasks that were to be completed at once, those that could not be: told by one of these events. */
    refusedAmong: async (stream: StreamId, seqs: readonly number[]): Promise<readonly RefusedTask[]> => {
      const { rows } = await ask(() => db.pool.query<{ tasks: readonly RefusedTask[] }>(
        `SELECT event->'tasks' AS tasks FROM events WHERE stream = $1 AND seq = ANY ($2::int[]) AND type = 'tasks-refused'`, [stream, seqs]));
      return rows[0]?.tasks ?? [];
    },
    /** The number of the revision that a command began; undefined when it began none. */
    revisionBegun: async (stream: StreamId, from: number, to: number): Promise<number | undefined> => {
      const { rows } = await ask(() => db.pool.query<{ revision: number }>(
        `SELECT (event->>'revision')::int AS revision FROM events WHERE stream = $1 AND seq BETWEEN $2 AND $3 AND type = 'revision-prepared'`, [stream, from, to]));
      return rows[0]?.revision;
    },
    /** The project whose forecast is wanted most; it is this process's to make. */
    claimForecast: () => ask(() => claimForecast(db)),
    /** How far the log of a project is. */
    progress: (project: string) => ask(() => readProgress(db, project)),
    keepForecast: (project: string, seqs: number, forecast: KeptForecast | null, at: Instant) => ask(() => keepForecast(db, project, seqs, forecast, at)),
    /** Where running projects stand, by project; one that has ended is missing. */
    standings: (projects: readonly string[], more?: Parameters<typeof readStandings>[2]) => ask(() => readStandings(db.pool, projects, more)),
    /** A project and its processes as they stood at a moment; empty when it had not started. */
    standingsAsOf: (project: string, at: Instant): Promise<Standing[]> => ask(() => readStandingsAsOf(db.pool, project, at)),
    /** Since when somebody is at tasks, by project, then by `STREAM/TASK`. */
    claimed: (projects: readonly string[]) => ask(() => readClaimed(db.pool, projects)),
    /** What was delivered in phases that are behind, by project, then by `PHASE/TASK`. */
    delivered: (projects: readonly string[]) => ask(() => readDelivered(db.pool, projects)),
    projectRows: async (project: string): Promise<ProjectRows | undefined> => collectRows(await ask(() => listProjectRows(db, project))),
    /** The rows of a project as they were known at a moment; undefined when it had not started. */
    projectRowsAsOf: async (project: string, at: Instant): Promise<ProjectRows | undefined> => collectRows(await ask(() => readRowsAsOf(db.pool, project, at))),
    /** The rows of projects that lists tell of, by project. */
    overviewRows: (projects: readonly string[]) => ask(() => listOverviewRows(db, projects)),
    projectSeqs: (projects: readonly string[]) => ask(() => readProjectSeqs(db.pool, projects)),
    projectStates: (projects: readonly string[]) => ask(() => readProjectStates(db.pool, projects)),
    projects: (viewer: Person, filter: ProjectFilter, place: Place<typeof listProjects>) =>
      ask(() => listProjects(db, { person: viewer.id, seesAll: seesAll(viewer) }, filter, place)),
    events: (project: string, filter: EventFilter, place: Place<typeof listEvents>) =>
      ask(() => listEvents(db, project, filter, place)),
    feed: (place: FeedPlace, limit: number) => ask(() => readFeed(db, place, limit)),
    feedEnd: () => ask(() => readFeedEnd(db)),
    isFeedPlace: (place: FeedPlace) => ask(() => isFeedPlace(db, place)),
    searchTexts: (viewer: Person, words: string, language: Person['language'], limit: number) => ask(() => searchTexts(db, viewerOf(viewer), words, language, limit)),
    findTextPlaces: (refs: readonly string[], projects: readonly string[]) => (refs.length === 0 ? Promise.resolve([]) : ask(() => findTextPlaces(db, refs, projects))),
    searchFiles: (viewer: Person, words: string, limit: number) => ask(() => searchFiles(db, viewerOf(viewer), words, limit)),
    findNamedTasks: (viewer: Person, named: Parameters<typeof findNamedTasks>[2], limit: number) => ask(() => findNamedTasks(db, viewerOf(viewer), named, limit)),
    tasks: (project: string, filter: TaskFilter & { readonly phase?: Key }) => ask(() => listTasks(db, project, filter)),
    task: (project: string, phase: Key, task: Key) => ask(() => findTask(db, project, phase, task)),
    myTasks: (person: PersonId, filter: TaskFilter, place: Place<typeof listMyTasks>) => ask(() => listMyTasks(db, person, filter, place)),
    /** What came of a task before, in this round of its phase. */
    earlierWork: (stage: StreamId, task: Key) => ask(() => findEarlierWork(db, stage, task)),
    /** What the log has on one task: comments or hours, the latest first. */
    taskEvents: (...of: Tail<Parameters<typeof listTaskEvents>>) => ask(() => listTaskEvents(db, ...of)),
    comment: (stream: StreamId, task: Key, comment: number) => ask(() => findComment(db, stream, task, comment)),
    /** Of these people, those who may see a project. */
    whoMaySee: (project: string, ids: readonly PersonId[]) => askAbout(ids, (these) => whoMaySee(db, project, these, SEES_ALL)),
    myApprovals: (person: PersonId, place: Place<typeof listMyApprovals>) => ask(() => listMyApprovals(db, person, place)),
    /** What the approvers of a stage were shown under a digest, and what there is now. */
    shownContent: (stage: StreamId, digest: string) => ask(() => readShownContent(db.pool, stage, digest)),
    /** Likewise those who sign a service off. */
    shownService: (handover: StreamId, service: Key, digest: string) => ask(() => readShownService(db.pool, handover, service, digest)),
    approval: (id: StreamId) => ask(() => findApproval(db, id)),

    /** The stream of the backlog of a phase: null when it has none, undefined when there is no such phase. */
    backlogStream: (project: string, phase: Key) => ask(() => findBacklogStream(db, project, phase)),
    backlog: (...of: Tail<Parameters<typeof findBacklog>>) => ask(() => findBacklog(db, ...of)),
    /** The stream of the handover of a phase: null when it has none, undefined when there is no such phase. */
    handoverStream: (project: string, phase: Key) => ask(() => findHandoverStream(db, project, phase)),
    handover: (handover: StreamId) => ask(() => findHandover(db, handover)),
    unsealedServices: () => ask(() => listUnsealedServices(db)),
    holders: (project: string) => ask(() => listHolders(db, project)),
    service: (handover: StreamId, service: Key) => ask(() => findService(db, handover, service)),
    /** Other systems that tell figures. */
    webhooks: (project: string, phase: Key) => ask(() => listWebhooks(db, project, phase)),
    webhook: (id: string) => ask(() => findWebhook(db, id)),
    createWebhook: (of: Parameters<typeof createWebhook>[1]) => ask(() => createWebhook(db, of)),
    revokeWebhook: (project: string, phase: Key, id: string) => ask(() => revokeWebhook(db, project, phase, id)),
    rotateWebhook: (project: string, phase: Key, id: string, by: string) => ask(() => rotateWebhook(db, project, phase, id, by)),
    noteWebhookUse: (id: string) => ask(() => noteWebhookUse(db, id)),
    /** What was told of days of services, by service (`HANDOVER/service/KEY`) and date. */
    serviceDays: (services: readonly string[], last?: number) => ask(() => listDays(db, services, last)),
    /** The figures of days of services alone. */
    serviceFigures: (services: readonly string[]) => ask(() => listFigures(db, services)),
    /** What became of the figures that a command brought. */
    figuresOutcome: (stream: StreamId, seqs: readonly number[]) => ask(() => listFiguresOutcome(db, stream, seqs)),
    /** Services that a person sees, those first that are expected to be taken over first. */
    services: (viewer: Person, filter: Parameters<typeof listServices>[2], place: Place<typeof listServices>) => ask(() => listServices(db, viewerOf(viewer), filter, place)),
    addedServices: (...of: Tail<Parameters<typeof listAddedServices>>) => ask(() => listAddedServices(db, ...of)),
    items: (...of: Tail<Parameters<typeof listItems>>) => ask(() => listItems(db, ...of)),
    item: (...of: Tail<Parameters<typeof findItem>>) => ask(() => findItem(db, ...of)),
    addedItems: (...of: Tail<Parameters<typeof listAddedItems>>) => ask(() => listAddedItems(db, ...of)),
    ownItems: (person: PersonId, limit: number) => ask(() => listOwnItems(db, person, limit)),
    deliveries: (backlog: StreamId) => ask(() => listDeliveries(db, backlog)),
    sprints: (...of: Tail<Parameters<typeof listSprints>>) => ask(() => listSprints(db, ...of)),
    sprint: (...of: Tail<Parameters<typeof findSprint>>) => ask(() => findSprint(db, ...of)),
    pulse: (...of: Tail<Parameters<typeof findPulse>>) => ask(() => findPulse(db, ...of)),
    /** The results of a team that may be shown. */
    pulses: (backlog: StreamId, team: Key) => ask(() => listPulses(db, backlog.replace(/backlog$/, 'sprint/'), team)),
    answerPulse: (...of: Tail<Parameters<typeof answerPulse>>) => ask(() => answerPulse(db, ...of)),
    closePulse: (sprint: StreamId) => ask(() => closePulse(db, sprint)),
    /** What a process was started with, and all that happened in it. */
    history: (...of: Tail<Parameters<typeof readHistory>>) => ask(() => readHistory(db, ...of)),

    loadedPeople: (...of: Tail<Parameters<typeof listLoadedPeople>>) => ask(() => listLoadedPeople(db, ...of)),
    /** What these people have to do; a viewer is told of which of it they see the project. */
    assignedWork: (viewer: Person, people: readonly PersonId[]) => ask(() => listAssignedWork(db, viewerOf(viewer), people)),

    inbox: (person: PersonId, filter: { readonly unread?: boolean }, place: Place<typeof listInbox>) => ask(() => listInbox(db, person, filter, place)),
    /** What projects are called, and which template names their parts. */
    titles: (projects: readonly string[]) => ask(() => listTitles(db, projects)),
    countUnread: (person: PersonId) => ask(() => countUnread(db, person)),
    markAllRead: (person: PersonId, until: Instant) => ask(() => markAllRead(db, person, until)),
    markRead: (person: PersonId, id: string) => ask(() => markRead(db, person, id)),
    colleagues: (viewer: Person): Promise<NamedPerson[]> => ask(() => listPeople(db, { person: viewer.id, seesAll: seesAll(viewer) })),
    /** All who have not left. */
    everybody: (): Promise<NamedPerson[]> => ask(() => listPeople(db, { person: '', seesAll: true })),
    names: (ids: Iterable<PersonId>) => askAbout(ids, (these) => readNames(db, these)),
    /** The names of those of these people who have not left. */
    presentPeople: (ids: Iterable<PersonId>) => ask(() => readPresent(db, ids)),

    delegations: (person: PersonId, filter: { readonly ended?: boolean }) => ask(() => listDelegations(db, person, filter)),
    absentPeople: (persons: readonly PersonId[], by: Instant) => ask(() => findAbsentPeople(db, persons, by)),
    groups: (keys?: readonly Key[]) => ask(() => listGroups(db, keys)),
    programs: (keys?: readonly Key[]) => ask(() => listPrograms(db, keys)),
    whatIsLeft: (person: PersonId) => ask(() => readWhatIsLeft(db, person)),
    directory: (...of: Tail<Parameters<typeof listDirectory>>) => ask(() => listDirectory(db, ...of)),
    reportsOf: (person: PersonId) => ask(() => listReports(db, person)),
    directoryPeople: (persons: readonly PersonId[]) => ask(() => readDirectoryPeople(db, persons)),

    /** Says that a project is about to have a file. */
    announceFile: (file: NewFile) => ask(() => announceFile(db.pool, file)),
    /** Says that the content of an announced file is kept; answers whether this made it a file of the project. */
    markStored: (project: string, sha256: string) => ask(() => markStored(db.pool, project, sha256)),
    file: (project: string, sha256: string) => ask(() => findFile(db, project, sha256)),
    files: (project: string, place: Place<typeof listFiles>) => ask(() => listFiles(db, project, place)),
    fileFacts: (digests: readonly string[]) => askAbout(digests, (these) => readFileFacts(db, these)),
    /** Of these digests, those that are files of the project, which is about to name them. */
    claimFiles: (project: string, digests: readonly string[]) => ask(() => claimFiles(db, project, digests)),

    /** Lays the full record of a project into an empty folder; null when there is no such project. */
    stageRecord: (project: string, folder: string, now: Instant) => patient.ask(() => stageRecord(db.pool, project, folder, now)),

    /** Kept texts by reference; null for an erased one. */
    texts: (refs: Iterable<string>) => askAbout(refs, (these) => readTexts(db, these)),
    /** Erases a kept text: what refers to it stays. */
    eraseText: (project: string, ref: string) => ask(() => eraseText(db, project, ref)),
    /** Keeps texts. Repeating it is harmless. */
    keepTexts: (project: string, texts: readonly KeptText[]): Promise<void> => ask(() => keepTexts(db, project, texts)),
  };
}

export type Reads = ReturnType<typeof createReads>;
