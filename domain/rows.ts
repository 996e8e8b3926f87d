/** The rows of the read model, as processes give them: the same for the projection and for `?live=true`. */
import type { AwaitedStand, BacklogBaseline, BacklogState, ItemState, TeamSprints } from './backlog/types';
import type { ClimbedRung, ConditionAsked, Deputy, Vote } from './approval/types';
import type { DelegationEnd, DelegationScope, DelegationStatus } from './directory/types';
import type { Evidence, TextRef } from './evidence-types';
import type { ChangeState, Operation } from './change/types';
import type { EarlyLife, RecordedDay } from './handover/early-life-types';
import type { ArticleState, HandoverState, ServiceState } from './handover/types';
import type { PendingRung } from './ladder';
import type { BacklogDependency, DefaultOutcome, EstimateUnit, PhaseKind, PlanHandover, PlanIterations, PlanRung, Reached, SprintEventKind } from './plan';
import type { Instant, Key, PersonId, StreamId } from './process';
import type { PhaseCosts, ProjectException } from './project/baseline';
import type { GateOutcome, MigrationRecord, PhaseStatus, ProjectStatus, RoleHolders } from './project/types';
import type { CardState, Impediment, MemberCapacity, Note, OverBecause, PlannedEvent, Recognition, SprintResult, SprintStatus } from './sprint/types';
import type { AdoptedGateMark, AdoptedTaskMark, Attachment, ChecklistItem, ClimbedTaskRung, GateStatus, StageStatus, TaskState, TaskStatus } from './stage/types';

/** id: project id */
export interface ProjectRow {
  readonly project: string;
  readonly name: TextRef;
  readonly template: Key;
  readonly templateVersion: string;
  readonly status: ProjectStatus;
  /** The program that it belongs to. */
  readonly program?: Key;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly heldAt: Instant | null;
  readonly reason: TextRef | null;
  /** When it was cancelled, where a phase closes it: until that has passed it runs. */
  readonly cancelledAt?: Instant;
  readonly roles: RoleHolders;
  /** A change of the whole project that is not settled yet: until then, who has not answered. */
  readonly changing: { readonly kind: string; readonly since: Instant; readonly waitingFor: readonly StreamId[] } | null;
  readonly lostChildren: readonly StreamId[];
  /** The last moves to another plan, the latest last. */
  readonly migrations?: readonly MigrationRecord[];
  /** Changes of the plan that are under way, and the last that were. */
  readonly changes?: readonly ChangeState[];
  /** What changes added to the plan: operations that name something, in their order. */
  readonly added?: readonly Operation[];
  /** Where it is beyond what it may deviate by. */
  readonly exceptions?: readonly ProjectException[];
  /** It ran elsewhere before: where the facts come from, and who started it here with them. */
  readonly adoption?: { readonly source: TextRef; readonly person: PersonId };
}

/** id: `project/P/phase/K`; `position` is the place in the plan. */
export interface PhaseRow {
  readonly project: string;
  readonly phase: Key;
  readonly position: number;
  readonly kind: PhaseKind;
  readonly status: PhaseStatus;
  readonly round: number;
  readonly stream: StreamId | null;
  readonly openedAt: Instant | null;
  readonly passedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  /** It belongs to a plan that the project moved on from. */
  readonly former?: true;
  /** As planned, in the currency of the template. */
  readonly budget?: number;
  readonly costs?: PhaseCosts;
  /** Of a phase with iterations, once it has opened. */
  readonly backlog?: StreamId;
  /** Of a phase in which services are handed over, once it has opened. */
  readonly handover?: StreamId;
}

/** id: stream of the stage. The gate and what it still waits for. */
export interface StageRow {
  readonly project: string;
  readonly phase: Key;
  readonly round: number;
  readonly status: StageStatus;
  readonly gate: Key | null;
  readonly gateStatus: GateStatus;
  readonly gateRound: number;
  readonly gateDigest: string | null;
  readonly gateOutcome: GateOutcome | 'adopted' | null;
  /** The policy answered for a step of it at least. */
  readonly gateByPolicy?: true;
  /** It was passed elsewhere; nobody decided on it here. */
  readonly gateAdopted?: AdoptedGateMark;
  readonly approval: StreamId | null;
  readonly criteria: readonly { readonly key: Key; readonly kind: string; readonly mandatory: boolean; readonly met: boolean | null }[];
  readonly openTasks: number;
  readonly doneTasks: number;
  /** Hours worked on its tasks, and that those not done still take, as far as somebody said so. */
  readonly spent?: number;
  readonly remaining?: number;
  /** Phases whose conditions keep its gate from opening, as it insists on them. */
  readonly openConditions?: readonly Key[];
}

/** id: `STREAM_OF_STAGE/task/KEY` */
export interface TaskRow {
  readonly project: string;
  readonly phase: Key;
  readonly stage: StreamId;
  readonly task: Key;
  readonly position: number;
  readonly status: TaskStatus;
  /** The responsible role. */
  readonly role: Key;
  readonly assignee: PersonId | null;
  readonly readyAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly doneBy: PersonId | null;
  readonly doneAt: Instant | null;
  readonly evidence: Evidence | null;
  readonly reopened: number;
  readonly condition: ConditionAsked | null;
  /** What a waiting task waits for: task keys, or `phase:KEY`. */
  readonly waitingFor: readonly string[];
  /** What of backlogs it waits for, with the items that are left to do. */
  readonly waitingForItems?: readonly (BacklogDependency & Pick<AwaitedStand, 'left'>)[];
  /** The inventory item that it is done for. */
  readonly item?: string;
  /** It was done or dropped elsewhere. */
  readonly adopted?: AdoptedTaskMark;
  /** As planned, in the currency of the template; of a task that is done per item, for each. */
  readonly budget?: number;
  /** Of a task that is to be checked: the accountable role, which may do that beside the responsible one. */
  readonly accountable?: Key;
  /** Who looked at what another delivered. */
  readonly checkedBy?: PersonId;
  /** The delegates who completed and checked it in their names. */
  readonly doneThrough?: PersonId;
  readonly checkedThrough?: PersonId;
  readonly blocked?: NonNullable<TaskState['blocked']>;
  /** The template's items in their order, then one's own. */
  readonly checklist?: readonly (ChecklistItem & { readonly key: Key; readonly required: boolean })[];
  readonly comments?: number;
  readonly attachments?: readonly Attachment[];
  /** Hours worked on it, and that it still takes. */
  readonly spent?: number;
  readonly remaining?: number;
  /** It belongs to a plan that the project moved on from. */
  readonly former?: true;
  /** The due date falls in a year whose replacement days are not announced yet. */
  readonly dueIsProvisional?: true;
  /** Rungs of its ladder that were reached for this due date. */
  readonly climbed?: readonly ClimbedTaskRung[];
}

/** id: stream of the approval. `waitingFor` are the persons whose vote can still be given now. */
export interface ApprovalRow {
  readonly project: string;
  /** The change of the plan that it asks about; then there is no phase and no gate. */
  readonly change?: Key;
  /** The service that it signs off; then there is no gate. */
  readonly service?: Key;
  readonly title?: TextRef;
  /** Of change control: who decides. */
  readonly level?: Key;
  readonly phase: Key;
  readonly gate: Key;
  readonly round: number;
  readonly status: string;
  readonly digest: string;
  readonly step: Key | null;
  readonly electorate: Readonly<Record<Key, readonly PersonId[]>>;
  readonly waitingFor: readonly PersonId[];
  readonly votes: readonly Vote[];
  readonly openedAt: Instant;
  readonly endedAt: Instant | null;
  readonly outcome: GateOutcome | null;
  /** Until when the open step is to be decided. */
  readonly dueAt?: Instant;
  /** It falls in a year whose replacement days are not announced yet. */
  readonly dueIsProvisional?: true;
  /** The rungs that were reached; left out where the policy has no ladder. */
  readonly climbed?: readonly ClimbedRung[];
  readonly nextRung?: NextRung | null;
  /** Roles of which whoever holds one may decide on an open step alone. */
  readonly raisedTo?: readonly Key[];
  /** The policy answered for a step at least. */
  readonly byPolicy?: true;
  /** Who is absent, and who may decide in their name. */
  readonly deputies?: Readonly<Record<PersonId, Deputy>>;
  /** Those of the latter whose vote is waited for. */
  readonly delegates?: readonly PersonId[];
  /** Steps that the people who may vote can't bring to an end. */
  readonly unreachable?: readonly Key[];
}

/** The rung that comes next unless somebody decides. */
export interface NextRung extends PendingRung {
  readonly do: PlanRung['do'];
  readonly to?: Key;
  readonly outcome?: DefaultOutcome;
  readonly isProvisional?: true;
}

/** id: `project/P/role/KEY`; persons include those who belong to a body through a member role. */
export interface RoleRow {
  readonly project: string;
  readonly role: Key;
  readonly persons: readonly PersonId[];
  /** It belongs to a plan that the project moved on from, and somebody still holds it. */
  readonly former?: true;
}

/** id: that of the delegation. */
export interface DelegationRow extends DelegationScope {
  readonly absent: PersonId;
  readonly delegate: PersonId;
  readonly from: Instant;
  readonly until: Instant;
  readonly by: PersonId;
  readonly status: DelegationStatus;
  readonly endedAt: Instant | null;
  readonly because: DelegationEnd | null;
}

/** id: key of the group. */
export interface GroupRow {
  readonly group: Key;
  readonly name: TextRef;
  readonly members: readonly PersonId[];
}

/** id: key of the program. */
export interface ProgramRow {
  readonly program: Key;
  readonly name: TextRef;
  readonly managers: readonly PersonId[];
}

/** id: that of the person; only of people of whom the directory knows something. */
export interface PersonRow {
  readonly person: PersonId;
  readonly manager: PersonId | null;
  readonly leftAt: Instant | null;
  readonly successor: PersonId | null;
}

/** id: stream of the backlog. */
export interface BacklogRow {
  readonly project: string;
  readonly phase: Key;
  readonly status: BacklogState['status'];
  /** Sprints run only while the phase is open. */
  readonly phaseOpen: boolean;
  readonly goal: TextRef | null;
  readonly iterations: PlanIterations;
  readonly teams: Readonly<Record<Key, TeamSprints>>;
  /** Deliverables for which items wait that are not there yet; left out where items wait for none. */
  readonly openNeeds?: readonly string[];
  /** What was promised when the first sprint started, where a change decides on more. */
  readonly baseline?: BacklogBaseline;
  readonly heldAt: Instant | null;
}

/** id: `STREAM_OF_BACKLOG/item/NUMBER` */
export interface ItemRow extends ItemState {
  readonly project: string;
  readonly phase: Key;
  readonly backlog: StreamId;
  readonly item: string;
}

/** id: stream of the sprint. */
export interface SprintRow {
  readonly project: string;
  readonly phase: Key;
  readonly team: Key;
  readonly number: number;
  readonly status: SprintStatus;
  readonly unit: EstimateUnit;
  /** It may be started. */
  readonly free: boolean;
  /** Working days of the timebox; null: the team works in flow. */
  readonly days: number | null;
  readonly goal: TextRef | null;
  readonly startedAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly overAt: Instant | null;
  readonly over: OverBecause | null;
  readonly closedAt: Instant | null;
  readonly heldAt: Instant | null;
  readonly reason: TextRef | null;
  /** As it was when it started. */
  readonly capacity: readonly MemberCapacity[] | null;
  readonly availability: Readonly<Record<PersonId, number>>;
  readonly events?: Readonly<Partial<Record<SprintEventKind, PlannedEvent>>>;
  /** null: it has not started. */
  readonly result: SprintResult | null;
  readonly impediments: readonly Impediment[];
  readonly notes: readonly Note[];
  readonly recognitions?: readonly Recognition[];
}

/** id: `STREAM_OF_SPRINT/card/NUMBER` */
export interface CardRow extends CardState {
  readonly project: string;
  readonly phase: Key;
  readonly sprint: StreamId;
  readonly team: Key;
  readonly number: number;
  readonly item: string;
}

/** id: stream of the handover. */
export interface HandoverRow {
  readonly project: string;
  readonly phase: Key;
  readonly status: HandoverState['status'];
  readonly handover: PlanHandover;
  readonly reached: Reached;
  readonly heldAt: Instant | null;
}

/** id: `STREAM_OF_HANDOVER/service/KEY` */
export interface ServiceRow extends Omit<ServiceState, 'articles' | 'lastArticle' | 'earlyLife'> {
  readonly project: string;
  readonly phase: Key;
  readonly handover: StreamId;
  readonly service: Key;
  /** All that receive it. */
  readonly teams: readonly Key[];
  /** What keeps it from being signed off: keys of entries and sessions. */
  readonly missing: readonly Key[];
  /** The approval that is open. */
  readonly approval: StreamId | null;
  /** Its early-life support; figures of days are rows of their own. */
  readonly earlyLife?: Omit<EarlyLife, 'days'> & {
    /** From its first day on: `1` for a day of which figures are expected, else `0`. */
    readonly expected: string;
    readonly timeZone: string;
    /** The last day of the period, extensions included. */
    readonly until: string;
    /** The last day of which figures are there. */
    readonly told: string | null;
  };
  /** By the plan: when it can be signed off, and when it is taken over for good; null: nothing has a date. */
  readonly acceptBy: Instant | null;
  readonly transferBy: Instant | null;
}

/** id: `STREAM_OF_HANDOVER/article/SERVICE/KEY` */
export interface ArticleRow extends Partial<ArticleState> {
  readonly project: string;
  readonly phase: Key;
  readonly handover: StreamId;
  readonly service: Key;
  readonly article: Key;
  readonly dropped?: true;
}

/** id: `STREAM_OF_HANDOVER/service/KEY/day/DATE`. What was told of a day of a service in early-life support. */
export interface DayRow extends RecordedDay {
  readonly project: string;
  readonly handover: StreamId;
  /** The id of the service's row. */
  readonly of: string;
  readonly date: string;
}
