/** What clients of the workflows know: ids, queue, messages, shapes of answers. The API imports this and nothing else of here. */
import type { Authority, Effect, Instant, Key, NoticeKind, PersonId, ProcessName, Recorded, Row, StreamId } from '../domain/process';
import type { KeptText } from '../domain/evidence-types';
import { LEAVES_ACTORS_OUT, RULES } from '../domain/rules';

/** The workflow types by process. */
export const WORKFLOW_TYPE: Readonly<Record<ProcessName, string>> = {
  project: 'projectLifecycle',
  stage: 'stage',
  approval: 'approval',
  directory: 'directory',
  backlog: 'backlog',
  sprint: 'sprint',
  handover: 'handover',
};

export const UPDATE_COMMAND = 'command';
export const SIGNAL_MESSAGE = 'message';
export const SIGNAL_ROLLOVER = 'rollover';
export const SIGNAL_CALL_BACK = 'call-back';
export const QUERY_STATE = 'state';
export const QUERY_ROWS = 'rows';
export const QUERY_PENDING = 'pending';
/** Answers some of the queries as well, by refusing: its argument is the name of the query. */
export const UPDATE_ASK = 'ask';
/** `ApplicationFailure.type` of such an answer, which is `details[0]`. */
export const ANSWERED = 'answered';

/** The workflow that brings what was announced of a calendar to running projects. */
export const WORKFLOW_CALENDARS = 'calendars';

/** The workflow that keeps texts for the database that was away when they came. */
export const WORKFLOW_TEXTS = 'texts';

/** Ids of workflows, and so of streams. The round `R` makes each unique: ids are never reused. */
export const projectStream = (project: string): StreamId => `project/${project}`;

/** Argument of the update `command`. `id` is the caller's idempotency key; `hash` the digest of the request body. */
export interface CommandEnvelope {
  readonly id: string;
  readonly hash: string;
  readonly authority: Authority;
  readonly command: { readonly type: string; readonly [field: string]: unknown };
  /** Who sends it projects what its answer hands out, and will say so with a later command, or have it called back. */
  readonly projects?: true;
  /** Where the log of the stream was seen to end. */
  readonly logged?: LogHead;
}

/** The end of a stream's log. */
export interface LogHead {
  readonly seq: number;
  readonly hash: string;
}

/** Answer of the update: the last seq after the command, and what happened. An empty `events` changed nothing. */
export interface CommandAnswer {
  readonly seq: number;
  readonly events: readonly ChainedEvent[];
  /** Hash of the request that was carried out under this id. */
  readonly hash: string;
  /** What people read shows it already; missing where the workflow can't say, or did not wait for it. */
  readonly projected?: true;
  /** What is left to project: the rest of the batch, whose events are those of the answer. */
  readonly handedOut?: HandedOut;
}

/** What an answer hands out beside its events, its command and its stream. */
export type HandedOut = Pick<Batch, 'project' | 'process' | 'rules' | 'prevHash' | 'rows' | 'notices'>;

/** `ApplicationFailure.type` when a batch does not continue the log: non-retryable, the stream is stopped. */
export const CHAIN_BROKEN = 'chain-broken';

/** `ApplicationFailure.type` of a refused command; `details[0]` is a `Rejection`. */
export const REFUSED = 'refused';

/** Answer of the query `pending`: what is accepted but not projected, and what is not sent. */
export interface Pending {
  readonly seq: number;
  readonly head: string;
  readonly rules: number;
  readonly unprojected: number;
  /** The last seq that the run knows to be in the log; missing from workers that did not tell. */
  readonly logged?: number;
  readonly effects: number;
}

/** Answer of the query `rows`. */
export interface LiveRows {
  readonly seq: number;
  readonly rows: readonly Row[];
}

/** What a run answers, by question. */
export interface Answers {
  readonly [QUERY_ROWS]: LiveRows;
  readonly [QUERY_PENDING]: Pending;
}

/** A batch of one stream for the projection; `prevHash` is the head before its first event. */
export interface Batch {
  readonly stream: StreamId;
  readonly project: string;
  readonly process: ProcessName;
  readonly rules: number;
  /** What the process was started with; kept with the first batch of a stream, so that the log can be folded anew. */
  readonly input?: unknown;
  readonly prevHash: string;
  readonly events: readonly ChainedEvent[];
  readonly commands: readonly CommandRecord[];
  readonly rows: readonly Row[];
  readonly notices: readonly Notice[];
  /** The stream can have no further events. */
  readonly final: boolean;
  /**
   * The last seq that an earlier, confirmed workflow task made (0: none). What the log has beyond it may stem from a task that was lost
   * after its projection and is repeated now: then the repetition takes its place. Left out: the log is never changed.
   */
  readonly settled?: number;
}

/** An event with its link of the chain: `hash` = SHA-256 of the previous hash and the canonical event (`domain/chain.ts`). */
export interface ChainedEvent extends Recorded<{ readonly type: string }> {
  readonly hash: string;
}

/** A carried-out command: `from` > `to` when it caused no event. */
export interface CommandRecord {
  readonly id: string;
  readonly hash: string;
  readonly from: number;
  readonly to: number;
  readonly at: Instant;
}

/** A notice to deliver in the projection's transaction. `key` makes it unique: stream, seq and place. */
export interface Notice {
  readonly key: string;
  readonly at: Instant;
  readonly persons: readonly string[];
  readonly roles: readonly string[];
  /** Who is not told, whatever their roles. */
  readonly except?: readonly string[];
  readonly kind: string;
  readonly about: Readonly<Record<string, unknown>>;
}

/** What says no more than that somebody did something: whoever did it knows. */
const DEEDS: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'task-to-check', 'task-reopened', 'task-blocked', 'task-unblocked', 'role-assigned', 'phase-reopened', 'waiver-answered', 'session-held', 'session-wanted', 'service-handed-back', 'service-transferred',
]);

/** Who did it. In whose name it was done is told as others are, but of what they can't check either. */
const actorsOf = ({ person, onBehalfOf }: Extract<Recorded<unknown>['by'], { kind: 'person' }>, notice: NoticeKind): string[] =>
  [person, ...(notice === 'task-to-check' && onBehalfOf !== undefined ? [onBehalfOf] : [])];

/** The notices among the effects of an event. @param rules The rules that the run follows; absent: the newest. */
export function noticesOf(stream: string, effects: readonly Effect[], { seq, at, by }: Pick<Recorded<unknown>, 'seq' | 'at' | 'by'>, rules = RULES): Notice[] {
  return effects.flatMap((effect, place) => {
    if (effect.kind !== 'notify') return [];
    const { persons = [], roles = [] } = effect.to;
    const except = rules >= LEAVES_ACTORS_OUT && by.kind === 'person' && DEEDS.has(effect.notice) ? { except: actorsOf(by, effect.notice) } : {};
    return persons.length + roles.length === 0 ? [] : [{ key: `${stream}/${seq}/${place}`, at, persons, roles, ...except, kind: effect.notice, about: { ...effect.about } }];
  });
}

/** What one command left to be projected. */
export interface Entry {
  readonly prevHash: string;
  readonly events: readonly ChainedEvent[];
  readonly command?: CommandRecord;
  readonly rows: readonly Row[];
  readonly notices: readonly Notice[];
}

/** One batch of entries that follow each other. Of rows that several entries changed, the last counts. */
export function batchOf(entries: readonly Entry[], frame: Omit<Batch, 'prevHash' | 'events' | 'commands' | 'rows' | 'notices'>): Batch {
  const rows = new Map<string, Row>();
  for (const entry of entries) for (const row of entry.rows) rows.set(row.id, row);
  return {
    ...frame,
    prevHash: entries[0]?.prevHash ?? '',
    events: entries.flatMap((entry) => entry.events),
    commands: entries.flatMap((entry) => (entry.command ? [entry.command] : [])),
    rows: [...rows.values()],
    notices: entries.flatMap((entry) => entry.notices),
  };
}

/** The activities that workflows call; implemented in `activities/`. */
export interface SluisActivities {
  /** Appends and projects in one transaction; repeating it is harmless. Throws `chain-broken` (non-retryable) on other content. */
  project(batch: Batch): Promise<void>;
  /** Which of these workflows are gone without having told: not found, terminated, failed, timed out. */
  findLost(ids: readonly StreamId[]): Promise<StreamId[]>;
  /** The open projects in which one of these people or groups has a part, or that belong to one of these programs. */
  findProjects(persons: readonly PersonId[], groups: readonly Key[], programs?: readonly Key[]): Promise<string[]>;
  /** Seals the heads of all streams. */
  sealHeads(): Promise<void>;
  /** Writes a new version of each calendar whose resolved data changed, and tells running projects. */
  resolveCalendars(): Promise<void>;
  /** Keeps texts of a project beside the log. */
  keepTexts(project: string, texts: readonly KeptText[]): Promise<void>;
  /** Asks runs with older rules to roll over; compares each open run's seq with the log. */
  tendRuns(): Promise<void>;
}
