import type { Evidence, TextRef } from '../evidence-types';
import type { WorkingCalendar } from '../calendar';
import type { PlanPhase, PlanRole, Reached, TaskRung } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import type { AdoptedTask, GateElsewhere, StageAdoption } from '../project/adoption';
import type { GateOutcome, PassedOutcome, Replaced, RoleHolders } from '../project/types';
import type { RevisionKind, RevisionReply } from '../revision';
import type { AwaitedStands } from '../backlog/types';
import type { Absences } from '../directory/types';
import type { Facts } from '../facts';
import type { ConditionAsked } from '../approval/types';
import type { FieldProblem, Rejection, RejectionCode } from '../errors';

/** How far another phase is: `stopped` has opened but its gate stopped it, `skipped` never opens. */
export type PhaseReach = 'open' | 'passed' | 'stopped' | 'skipped';

/** What a stage is given of the project's plan. */
export interface StageSlice {
  readonly phase: PlanPhase;
  readonly planRoles: readonly PlanRole[];
  readonly managerRole: Key;
  readonly calendar: WorkingCalendar;
  /** How far the other phases are. */
  readonly phases: Readonly<Record<Key, PhaseReach>>;
  /** What the phase imports of those before it. */
  readonly facts?: Facts;
  /** Of the phases of whose services its gate asks, how far these have come. */
  readonly handovers?: Readonly<Record<Key, Reached>>;
  /** Of the phases on whose conditions its gate insists, those where some are open. */
  readonly openConditions?: readonly Key[];
  /** How far backlogs are with what its tasks wait for. */
  readonly stands?: AwaitedStands;
}

export interface StageInput extends StageSlice {
  readonly project: string;
  readonly parent: StreamId;
  readonly id: StreamId;
  readonly round: number;
  readonly roles: RoleHolders;
  /** Who is absent, and who stands in. */
  readonly absences?: Absences;
  /** Who started the project. */
  readonly requester?: PersonId;
  /** What was done of it elsewhere, before the project came here. */
  readonly adopted?: StageAdoption;
}

/** How a stage moves to another plan. */
export interface StageMove {
  /** None: the phase is not in that plan any more, and what is open in it is dropped. */
  readonly slice?: StageSlice;
  /** Done tasks that are to be done again. */
  readonly reopen: readonly Key[];
}

/** `to-check`: one person delivered it, another has to look at it. */
export type TaskStatus = 'waiting' | 'ready' | 'claimed' | 'to-check' | 'done' | 'dropped';
/** `reworked`: the gate sent the project back to earlier phases. */
export type StageStatus = 'opening' | 'open' | 'passed' | 'stopped' | 'reworked' | 'cancelled' | 'ended';

/** Commands of people (`claim` … `assign-many`) and messages of the project and of the approval (the others). */
export type StageCommand =
  | { readonly type: 'open' }
  | { readonly type: 'claim'; readonly task: Key }
  | { readonly type: 'release'; readonly task: Key }
  | { readonly type: 'complete'; readonly task: Key; readonly evidence: Evidence }
  | { readonly type: 'complete-many'; readonly tasks: readonly { readonly task: Key; readonly evidence: Evidence }[] }
  | { readonly type: 'confirm'; readonly task: Key }
  | { readonly type: 'send-back'; readonly task: Key; readonly reason: TextRef }
  | { readonly type: 'reopen'; readonly task: Key; readonly reason: TextRef }
  | { readonly type: 'withdraw'; readonly task: Key }
  | { readonly type: 'assign'; readonly task: Key; readonly person: PersonId }
  | { readonly type: 'block'; readonly task: Key; readonly reason: TextRef }
  | { readonly type: 'unblock'; readonly task: Key }
  | { readonly type: 'comment'; readonly task: Key; readonly text: TextRef; readonly mentions: readonly PersonId[] }
  | { readonly type: 'change-checklist'; readonly task: Key; readonly add?: readonly TextRef[]; readonly tick?: readonly Key[]; readonly untick?: readonly Key[];
      readonly remove?: readonly Key[] }
  | { readonly type: 'change-attachments'; readonly task: Key; readonly add?: readonly AttachedFile[]; readonly remove?: readonly string[] }
  | { readonly type: 'log-effort'; readonly task: Key; readonly hours?: number; readonly remaining?: number }
  | { readonly type: 'confirm-many'; readonly tasks: readonly Key[] }
  | { readonly type: 'assign-many'; readonly tasks: readonly Key[]; readonly person: PersonId }
  | { readonly type: 'approval-decided'; readonly round: number; readonly digest: string; readonly outcome: GateOutcome;
      readonly conditions: readonly ConditionAsked[]; readonly rework: readonly Key[]; readonly reworkPhases?: readonly Key[]; readonly reason?: TextRef; readonly byPolicy?: true }
  | { readonly type: 'approval-withdrawn'; readonly round: number }
  /** `replaced`: this person left, and the other takes their place. */
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'phase-reached'; readonly phase: Key; readonly reach: PhaseReach }
  | { readonly type: 'conditions-met'; readonly phase: Key }
  | { readonly type: 'items-stand'; readonly stands: AwaitedStands }
  /** Which criteria of the gate the backlog of the phase meets. */
  | { readonly type: 'backlog-stands'; readonly met: Readonly<Record<Key, boolean>> }
  /** How far the services of a phase have come. */
  | { readonly type: 'handover-stands'; readonly phase: Key; readonly reached: Reached }
  | { readonly type: 'prepare'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'commit'; readonly revision: number; readonly kind: RevisionKind; readonly move?: StageMove }
  | { readonly type: 'abort'; readonly revision: number; readonly kind: RevisionKind }
  | ({ readonly type: 'prepared' } & RevisionReply)
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | { readonly type: 'supersede' }
  | { readonly type: 'remind' }
  | { readonly type: 'look' }
  | { readonly type: 'child-lost'; readonly child: StreamId };

export type StageEvent =
  | { readonly type: 'stage-opened' }
  /** Done or dropped elsewhere; `person` started the project here with what `source` says. */
  | { readonly type: 'tasks-adopted'; readonly source: TextRef; readonly person: PersonId; readonly tasks: readonly AdoptedTask[] }
  /** Passed elsewhere. */
  | ({ readonly type: 'gate-adopted'; readonly source: TextRef; readonly person: PersonId } & GateElsewhere)
  | { readonly type: 'task-ready'; readonly task: Key; readonly dueAt?: Instant }
  | { readonly type: 'task-claimed'; readonly task: Key; readonly person: PersonId }
  | { readonly type: 'task-released'; readonly task: Key }
  /** `manager`: the line manager of who delivered it, where the gate keeps them from deciding. */
  | { readonly type: 'task-completed'; readonly task: Key; readonly person: PersonId; readonly evidence: Evidence; readonly manager?: PersonId }
  /** Of many that were to be completed, confirmed or assigned at once, those that could not be. */
  | { readonly type: 'tasks-refused'; readonly tasks: readonly RefusedTask[] }
  | { readonly type: 'task-delivered'; readonly task: Key; readonly person: PersonId; readonly evidence: Evidence; readonly manager?: PersonId }
  | { readonly type: 'task-confirmed'; readonly task: Key; readonly person: PersonId }
  | { readonly type: 'task-sent-back'; readonly task: Key; readonly person: PersonId; readonly reason: TextRef; readonly dueAt?: Instant }
  | { readonly type: 'task-reopened'; readonly task: Key; readonly reason?: TextRef; readonly dueAt?: Instant }
  /** Who completed it took that back, before anybody built on it. */
  | { readonly type: 'completion-withdrawn'; readonly task: Key; readonly person: PersonId }
  | { readonly type: 'task-assigned'; readonly task: Key; readonly person: PersonId; readonly before?: PersonId }
  | { readonly type: 'task-blocked'; readonly task: Key; readonly person: PersonId; readonly reason: TextRef }
  | { readonly type: 'task-unblocked'; readonly task: Key; readonly person: PersonId }
  /** `comment` counts those of the task in this stage, from 1. */
  | { readonly type: 'task-commented'; readonly task: Key; readonly comment: number; readonly person: PersonId; readonly text: TextRef; readonly mentions: readonly PersonId[] }
  | { readonly type: 'checklist-changed'; readonly task: Key; readonly person: PersonId; readonly added?: readonly { readonly key: Key; readonly text: TextRef }[];
      readonly ticked?: readonly Key[]; readonly unticked?: readonly Key[]; readonly removed?: readonly Key[] }
  | { readonly type: 'attachments-changed'; readonly task: Key; readonly person: PersonId; readonly added?: readonly AttachedFile[]; readonly removed?: readonly string[] }
  /** `hours` were worked, fewer than none to correct what was said before; so many `remaining` are expected now. */
  | { readonly type: 'effort-logged'; readonly task: Key; readonly person: PersonId; readonly hours: number; readonly remaining?: number }
  | { readonly type: 'task-waiting'; readonly task: Key }
  | { readonly type: 'task-dropped'; readonly task: Key }
  /** Another plan, or what became known of the calendar, gives the task another due date, or none. */
  | { readonly type: 'task-redated'; readonly task: Key; readonly dueAt?: Instant }
  | { readonly type: 'task-due-soon'; readonly task: Key }
  | { readonly type: 'task-overdue'; readonly task: Key }
  /** A rung of its ladder was reached. */
  | { readonly type: 'task-rung-reached'; readonly task: Key; readonly rung: number; readonly do: TaskRung['do']; readonly to?: Key }
  | { readonly type: 'condition-set'; readonly task: Key; readonly condition: ConditionAsked; readonly dueAt: Instant }
  | { readonly type: 'gate-opened'; readonly round: number; readonly digest: string }
  | { readonly type: 'gate-withdrawn'; readonly round: number }
  | { readonly type: 'gate-decided'; readonly round: number; readonly digest: string; readonly outcome: GateOutcome;
      readonly rework: readonly Key[]; readonly reworkPhases?: readonly Key[]; readonly reason?: TextRef; readonly byPolicy?: true }
  | { readonly type: 'gate-outcome-refused'; readonly round: number; readonly digest: string; readonly current: string }
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'phase-reached'; readonly phase: Key; readonly reach: PhaseReach }
  /** Followed by the new due dates that it gives. */
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  /** All conditions under which the gate of an earlier phase was approved. */
  | { readonly type: 'conditions-met'; readonly phase: Key }
  /** `anew`: what approvers are shown is digested anew; absent in runs of older rules. */
  | { readonly type: 'backlog-stood'; readonly met: Readonly<Record<Key, boolean>>; readonly anew?: true }
  | { readonly type: 'handover-stood'; readonly phase: Key; readonly reached: Reached }
  /** How far backlogs of other phases are with what its tasks wait for. */
  | { readonly type: 'items-stood'; readonly stands: AwaitedStands }
  /** Which of its deliverables are there, of those for which items of backlogs wait. */
  | { readonly type: 'deliverables-stood'; readonly delivered: readonly Key[] }
  | { readonly type: 'revision-prepared'; readonly revision: number; readonly kind: RevisionKind; readonly digest: string; readonly waitingFor?: StreamId }
  | { readonly type: 'revision-answered'; readonly revision: number; readonly reply: RevisionReply }
  | { readonly type: 'revision-committed'; readonly revision: number; readonly kind: RevisionKind; readonly slice?: StageSlice;
      /** Of a project that goes on: since when it was on hold; in older events how long it was, in milliseconds. */
      readonly heldSince?: Instant; readonly pausedMs?: number }
  | { readonly type: 'revision-aborted'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'children-looked-at' }
  | { readonly type: 'child-lost'; readonly child: StreamId }
  | { readonly type: 'stage-passed'; readonly outcome: PassedOutcome }
  | { readonly type: 'stage-ended'; readonly status: 'ended' | 'stopped' | 'reworked' | 'cancelled' };

/** A task that could not be completed with the others, and why. */
export interface RefusedTask {
  readonly task: Key;
  /** Its place in the list. */
  readonly place: number;
  readonly code: RejectionCode;
  readonly facts?: NonNullable<Rejection['facts']>;
  readonly fields?: readonly FieldProblem[];
}

/** A rung of the ladder of a task that was reached. */
export interface ClimbedTaskRung {
  /** Its place in the ladder. */
  readonly rung: number;
  readonly do: TaskRung['do'];
  readonly to?: Key;
  readonly at: Instant;
}

export interface TaskState {
  readonly status: TaskStatus;
  readonly readyAt?: Instant;
  readonly dueAt?: Instant;
  readonly assignee?: PersonId;
  readonly doneBy?: PersonId;
  /** Their line manager at that time, where the gate keeps them from deciding. */
  readonly doneUnder?: PersonId;
  readonly doneAt?: Instant;
  /** Who looked at it, where two pairs of eyes are asked for. */
  readonly checkedBy?: PersonId;
  /** The delegates who completed and checked it in their names. */
  readonly doneThrough?: PersonId;
  readonly checkedThrough?: PersonId;
  /** Somebody said that it can't be gone on with. */
  readonly blocked?: { readonly person: PersonId; readonly since: Instant; readonly reason: TextRef };
  readonly evidence?: Evidence;
  /** How often it was completed and reopened. */
  readonly reopened: number;
  /** What was said about the due date already. */
  readonly reminded?: 'due-soon' | 'overdue';
  /** Rungs of its ladder that were reached for this due date. */
  readonly climbed?: readonly ClimbedTaskRung[];
  /** A task that a gate set as a condition carries it. */
  readonly condition?: ConditionAsked;
  /** It was done or dropped elsewhere. */
  readonly adopted?: AdoptedTaskMark;
}

/** What belongs to the work on a task, and decides on nothing: it is not what a gate looks at, and a plan that was proved for a stage holds whatever it is. */
export interface TaskWork {
  /** How many comments were made. */
  readonly comments?: number;
  /** Items of the template's checklist that are ticked, and all of one's own. */
  readonly checklist?: Readonly<Record<Key, ChecklistItem>>;
  /** How many items of one's own there were: keys are not used twice. */
  readonly ownItems?: number;
  /** Files of the project, by digest. */
  readonly attachments?: Readonly<Record<string, Attachment>>;
  /** Hours worked on it. */
  readonly spent?: number;
  /** Hours that it still takes, as somebody said last. */
  readonly remaining?: number;
}

/** A file that was uploaded to the project. */
export interface AttachedFile {
  readonly name: TextRef;
  readonly sha256: string;
}

/** Who attached it, and when. */
export interface Attachment extends AttachedFile {
  readonly person: PersonId;
  readonly at: Instant;
}

export interface ChecklistItem {
  /** Of an item of one's own: what it says. */
  readonly text?: TextRef;
  /** Who ticked it, and when. */
  readonly by?: PersonId;
  readonly at?: Instant;
}

/** Of a task that was done or dropped elsewhere: where that is known from, and who did it, as it was told. */
export interface AdoptedTaskMark {
  readonly source: TextRef;
  readonly by?: TextRef;
}

/** Of a gate that was passed elsewhere. */
export interface AdoptedGateMark extends AdoptedTaskMark {
  readonly at?: Instant;
  readonly note?: TextRef;
}

export type GateStatus = 'none' | 'waiting' | 'open' | 'approved' | 'approved-with-conditions' | 'stopped' | 'sent-back' | 'adopted';

export interface GateState {
  readonly status: GateStatus;
  /** Rounds of asking so far. */
  readonly round: number;
  readonly digest?: string;
  readonly openedAt?: Instant;
  readonly decidedAt?: Instant;
  readonly outcome?: GateOutcome | 'adopted';
  readonly adopted?: AdoptedGateMark;
  /** The policy answered for a step of the approval at least. */
  readonly byPolicy?: true;
  /** The phases that it sent the project back to. */
  readonly reworkPhases?: readonly Key[];
}

export interface StageRevision {
  readonly revision: number;
  readonly kind: RevisionKind;
  readonly digest: string;
  /** The approval whose answer is awaited before this stage answers. */
  readonly waitingFor?: StreamId;
}

export interface StageState {
  readonly input: StageInput;
  readonly status: StageStatus;
  readonly openedAt?: Instant;
  readonly endedAt?: Instant;
  readonly roles: RoleHolders;
  readonly absences?: Absences;
  readonly phases: Readonly<Record<Key, PhaseReach>>;
  readonly openConditions?: readonly Key[];
  /** Which criteria of the gate the backlog of the phase meets, as it told last. */
  readonly backlog?: Readonly<Record<Key, boolean>>;
  /** Of phases of whose services the gate asks, how far these have come. */
  readonly handovers?: Readonly<Record<Key, Reached>>;
  readonly stands?: AwaitedStands;
  /** What the project was told last of its deliverables. */
  readonly delivered?: readonly Key[];
  readonly tasks: Readonly<Record<Key, TaskState>>;
  /** By task; only those of which something is to be kept. */
  readonly work?: Readonly<Record<Key, TaskWork>>;
  readonly gate: GateState;
  readonly heldAt?: Instant;
  /** Number of the last revision that was settled here. */
  readonly settled: number;
  readonly revision?: StageRevision;
  readonly lookedAt: Instant;
}
