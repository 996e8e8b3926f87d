/**
 * The contract that every process of Sluis follows: a few pure functions over plain data.
 *
 * Nothing here or in what implements it reads a clock, a random source, `Intl` or the network: all such facts arrive in the
 * {@link Context}. The shell in `workflows/` makes a process durable; tests drive it directly.
 */
import type { Rejection } from './errors';
import type { TextRef } from './evidence-types';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** Key of something authored in a template (a role, phase, task, gate, deliverable, field). Lower-case kebab. */
export type Key = string;
/** Identifies a person; never a name. */
export type PersonId = string;
/** Id of the workflow that runs a process; also the name of its stream in the event log. */
export type StreamId = string;

/**
 * In whose name a command comes, resolved by the API from people, role assignments and delegations.
 * `roles` are all roles the person holds in the project, bodies included, and the person's global roles; `manager` is their line manager.
 */
export type Authority =
  | { readonly kind: 'person'; readonly person: PersonId; readonly onBehalfOf?: PersonId; readonly roles: readonly Key[]; readonly manager?: PersonId }
  | { readonly kind: 'system'; readonly source: StreamId | 'timer' | 'upkeep' };

/** What the record keeps of an authority: ids, and the one role that entitled the person. */
export type RecordedAuthority =
  | { readonly kind: 'person'; readonly person: PersonId; readonly onBehalfOf?: PersonId; readonly role?: Key }
  | { readonly kind: 'system'; readonly source: string };

/** Facts around a command that `decide` may use. */
export interface Context {
  readonly now: Instant;
  readonly authority: Authority;
  /** The rules that the run follows (see `RULES`); absent: the newest. */
  readonly rules?: number;
}

/** An event as it stands in the log. `seq` starts at 1 and has no gaps within a stream. */
export interface Recorded<E> {
  readonly seq: number;
  readonly at: Instant;
  readonly by: RecordedAuthority;
  readonly commandId: string;
  readonly event: E;
}

/** The answer of `decide`. `role` names the role that entitled the person, for the record. */
export type Decision<E> =
  | { readonly ok: true; readonly events: readonly E[]; readonly role?: Key }
  | { readonly ok: false; readonly rejection: Rejection };

/** The next moment at which time itself issues a command. */
export interface Due<C> {
  readonly at: Instant;
  readonly command: C;
}

/** Kinds of processes that can run as workflows; each is a workflow type of that name. */
export type ProcessName = 'project' | 'stage' | 'approval' | 'directory' | 'backlog' | 'sprint' | 'handover';

/** A message between workflows becomes a command of the receiver with the sender as system authority. */
export interface Message {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Who receives a notice: persons directly, or whoever holds a role of the project when it is delivered. */
export interface Audience {
  readonly persons?: readonly PersonId[];
  readonly roles?: readonly Key[];
}

/** What has to happen outside the process because an event happened. */
export type Effect =
  | { readonly kind: 'start-child'; readonly process: ProcessName; readonly id: StreamId; readonly input: unknown }
  | { readonly kind: 'message'; readonly to: StreamId; readonly message: Message }
  | { readonly kind: 'inspect'; readonly children: readonly StreamId[] }
  /** Finds the open projects that these people or groups have a part in, or that belong to these programs; they come back as the command `concerned`. */
  | { readonly kind: 'find-projects'; readonly persons: readonly PersonId[]; readonly groups: readonly Key[]; readonly programs?: readonly Key[] }
  | { readonly kind: 'notify'; readonly to: Audience; readonly notice: NoticeKind; readonly about: NoticeSubject };

/** What a notice in someone's inbox is about; the pages and mails turn the kind into a sentence. */
export type NoticeKind =
  | 'task-ready' | 'task-to-check' | 'task-due-soon' | 'task-overdue' | 'task-reminder' | 'task-raised' | 'task-reopened'
  | 'task-assigned' | 'task-unassigned' | 'task-blocked' | 'task-unblocked' | 'task-commented' | 'task-mentioned'
  | 'approval-open' | 'approval-reminder' | 'approval-escalated' | 'approval-asked-anew' | 'approval-decided'
  | 'approval-stand-in' | 'approval-raised' | 'approval-by-policy' | 'approval-held-back'
  | 'condition-set' | 'project-held' | 'project-migrated' | 'project-resumed' | 'project-cancelled' | 'project-completed' | 'child-lost'
  | 'plan-changed' | 'change-decided' | 'change-failed' | 'exception-raised'
  | 'sprint-started' | 'sprint-over' | 'impediment-raised' | 'recognition-given' | 'item-owned'
  | 'handover-overdue' | 'handover-missing' | 'waiver-proposed' | 'waiver-answered' | 'session-held' | 'session-wanted' | 'service-signed' | 'service-refused' | 'sign-off-fell' | 'acceptance-condition' | 'acceptance-expired'
  | 'owner-lost' | 'service-handed-back' | 'service-transferred' | 'early-life-started' | 'early-life-extended' | 'early-life-met' | 'early-life-unmet' | 'figures-missing'
  | 'calendar-changed' | 'phase-reopened' | 'role-assigned'
  | 'approval-unreachable' | 'delegation-planned' | 'delegation-started' | 'delegation-ended';

export interface NoticeSubject {
  /** Missing: it is about no project in particular. */
  readonly project?: string;
  readonly phase?: Key;
  readonly task?: Key;
  readonly gate?: Key;
  readonly approval?: StreamId;
  /** A service that is handed over, and its name. */
  readonly service?: Key;
  readonly title?: TextRef;
  /** `TEAM/NUMBER` */
  readonly sprint?: string;
  /** A change of the plan. */
  readonly change?: Key;
  readonly outcome?: string;
  readonly delegation?: string;
  readonly absent?: PersonId;
  readonly delegate?: PersonId;
  /** Who set the delegation up. */
  readonly by?: PersonId;
  readonly from?: Instant;
  readonly until?: Instant;
  readonly role?: Key;
  readonly program?: Key;
}

/**
 * One row of the read model that belongs to a stream. The projector upserts it by `id`; `data` is typed per table in
 * `domain/rows.ts`.
 */
export interface Row {
  readonly table: 'project' | 'phase' | 'stage' | 'task' | 'approval' | 'role' | 'delegation' | 'group' | 'program' | 'person' | 'backlog' | 'item' | 'sprint' | 'card' | 'handover' | 'service' | 'article' | 'day';
  readonly id: string;
  readonly data: unknown;
}

/** A process: pure, total functions over plain JSON. */
export interface Process<Input, State, Command extends { readonly type: string }, Event extends { readonly type: string }> {
  readonly name: ProcessName;
  /** The state before anything happened. */
  initial(input: Input): State;
  /** Judges a command: the events it causes (none means: accepted, nothing to do) or why it is refused. */
  decide(state: State, command: Command, context: Context): Decision<Event>;
  /** The state after an event. */
  evolve(state: State, recorded: Recorded<Event>): State;
  /** The next moment at which time itself issues a command, or null. */
  due(state: State): Due<Command> | null;
  /** What must happen outside because of an event; `state` is the one after it. @param rules The rules that the run follows; absent: the newest. */
  react(state: State, recorded: Recorded<Event>, rules?: number): readonly Effect[];
  /** Rows of the read model that an event may have changed; with no event: all rows. `state` is the one after it. */
  rows(state: State, recorded?: Recorded<Event>): readonly Row[];
  /** Whether nothing can happen any more. */
  isFinal(state: State): boolean;
  /** The command that the shell issues once, before any other, when the workflow starts; null if a person's command starts it. */
  readonly opening: Command | null;
}
