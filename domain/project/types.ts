import type { WorkingCalendar } from '../calendar';
import type { TextRef } from '../evidence-types';
import type { AwaitedStands } from '../backlog/types';
import type { Absences, DirectoryNews } from '../directory/types';
import type { Facts } from '../facts';
import type { Outcome, Plan, Reached } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import type { RevisionKind, RevisionReply } from '../revision';
import type { ChangeAsked, ChangeSize, ChangeState, PlanDifference } from '../change/types';
import type { FieldProblem } from '../errors';
import type { Baseline, PhaseCosts, ProjectException } from './baseline';
import type { AdoptedPhases, Adoption, PendingAdoption } from './adoption';

/** Somebody who left, and who takes their place. */
export interface Replaced {
  readonly person: PersonId;
  readonly by: PersonId;
}

export interface ProjectInput {
  readonly project: string;
  readonly plan: Plan;
}

/** A program with those who manage it, as the directory knows them. */
export interface ProgramOf {
  readonly key: Key;
  readonly managers: readonly PersonId[];
}

/** Who holds which role: role key → persons. Bodies are not listed; they follow from their members. */
export type RoleHolders = Readonly<Record<Key, readonly PersonId[]>>;

export type PhaseStatus = 'waiting' | 'open' | 'passed' | 'ended' | 'skipped';
export type ProjectStatus = 'starting' | 'running' | 'held' | 'completed' | 'stopped' | 'cancelled';
export type GateOutcome = Outcome;
/** How a phase was passed. `adopted`: elsewhere, before the project came here. */
export type PassedOutcome = GateOutcome | 'no-gate' | 'adopted';

/** Commands of people (`start` … `record-cost`) and messages of the project's children and of time (the others). */
export type ProjectCommand =
  | { readonly type: 'start'; readonly name: TextRef; readonly roles: RoleHolders; readonly adoption?: Adoption; readonly program?: ProgramOf }
  | { readonly type: 'hold'; readonly reason: TextRef }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel'; readonly reason: TextRef }
  | { readonly type: 'assign-roles'; readonly roles: RoleHolders }
  /** `null`: it belongs to none. */
  | { readonly type: 'set-program'; readonly program: ProgramOf | null }
  | ({ readonly type: 'migrate' } & Migration)
  | { readonly type: 'reopen-phase'; readonly phase: Key; readonly reason: TextRef }
  | { readonly type: 'request-change'; readonly change: ChangeAsked }
  | { readonly type: 'withdraw-change'; readonly change: Key }
  | { readonly type: 'record-cost'; readonly phase: Key; readonly task?: Key; readonly committed?: number; readonly actual?: number; readonly toComplete?: number; readonly note?: TextRef }
  | { readonly type: 'phase-passed'; readonly phase: Key; readonly round: number; readonly outcome: PassedOutcome; readonly facts?: Facts; readonly adoptedAt?: Instant }
  | { readonly type: 'phase-stopped'; readonly phase: Key; readonly round: number; readonly next?: Key; readonly facts?: Facts }
  | { readonly type: 'phase-reworked'; readonly phase: Key; readonly round: number; readonly phases: readonly Key[] }
  | { readonly type: 'phase-ended'; readonly phase: Key; readonly round: number }
  | { readonly type: 'handover-stands'; readonly phase: Key; readonly reached: Reached }
  /** How far the backlog of a phase is with what tasks of other phases wait for. */
  | { readonly type: 'items-stand'; readonly phase: Key; readonly stands: AwaitedStands }
  /** Which of its deliverables a phase has delivered, of those for which items wait. */
  | { readonly type: 'deliverables-stand'; readonly phase: Key; readonly round: number; readonly delivered: readonly Key[] }
  | ({ readonly type: 'prepared' } & RevisionReply)
  | { readonly type: 'approval-decided'; readonly round: number; readonly digest: string; readonly outcome: GateOutcome; readonly reason?: TextRef; readonly byPolicy?: true }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | ({ readonly type: 'directory-told' } & DirectoryNews)
  | { readonly type: 'look' }
  | { readonly type: 'check-time' }
  | { readonly type: 'child-lost'; readonly child: StreamId };

export type ProjectEvent =
  | { readonly type: 'project-started'; readonly name: TextRef; readonly template: Plan['template'] }
  | { readonly type: 'roles-assigned'; readonly roles: RoleHolders }
  | { readonly type: 'program-set'; readonly program: Key | null }
  /** What the directory told while a change of the whole project was being settled: it waits for that. */
  | { readonly type: 'directory-heard'; readonly news: DirectoryNews }
  | { readonly type: 'directory-settled' }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'person-replaced'; readonly replaced: Replaced; readonly roles: RoleHolders }
  /** It ran elsewhere before: what its phases take over when they open. */
  | { readonly type: 'project-adopted'; readonly source: TextRef; readonly adopted: AdoptedPhases }
  | { readonly type: 'phase-opened'; readonly phase: Key; readonly round: number }
  /** Teams can work on the backlog of a phase; it goes on when the phase is done again. */
  | { readonly type: 'backlog-opened'; readonly phase: Key; readonly round: number }
  | { readonly type: 'backlog-ended'; readonly phase: Key }
  /** Services of a phase are handed over; it goes on when the phase has passed, or is done again. */
  | { readonly type: 'handover-opened'; readonly phase: Key; readonly round: number }
  | { readonly type: 'handover-stood'; readonly phase: Key; readonly reached: Reached }
  | { readonly type: 'handover-ended'; readonly phase: Key }
  | { readonly type: 'phase-passed'; readonly phase: Key; readonly round: number; readonly outcome: PassedOutcome; readonly next?: Key; readonly facts?: Facts;
      readonly adoptedAt?: Instant }
  /** The gate of a phase sent the project back, or, with a reason, somebody reopened the phase, or a change did (`by` is the change): these are to be done again. */
  | { readonly type: 'phases-reset'; readonly by: Key; readonly phases: readonly Key[]; readonly reason?: TextRef }
  | { readonly type: 'phase-ended'; readonly phase: Key; readonly round: number }
  | { readonly type: 'items-stood'; readonly phase: Key; readonly stands: AwaitedStands }
  | { readonly type: 'deliverables-stood'; readonly phase: Key; readonly delivered: readonly Key[] }
  /** `condition`: its own condition did not hold; what comes after it goes on. */
  | { readonly type: 'phase-skipped'; readonly phase: Key; readonly by?: 'condition' }
  | { readonly type: 'revision-prepared'; readonly revision: number; readonly kind: RevisionKind; readonly children: readonly StreamId[]; readonly reason?: TextRef;
      readonly migration?: Migration }
  | { readonly type: 'revision-answered'; readonly revision: number; readonly reply: RevisionReply }
  | { readonly type: 'revision-committed'; readonly revision: number; readonly kind: RevisionKind; readonly reason?: TextRef; readonly change?: Key; readonly closing?: Key;
      readonly reopen?: Readonly<Record<Key, readonly Key[]>> }
  | { readonly type: 'revision-aborted'; readonly revision: number; readonly kind: RevisionKind; readonly because?: 'moved-on' }
  | { readonly type: 'change-requested'; readonly change: ChangeAsked; readonly size: ChangeSize; readonly difference: readonly PlanDifference[]; readonly level?: Key }
  /** Its approvers are asked about what it would do to the plan as it stands. */
  | { readonly type: 'change-asked'; readonly change: Key; readonly round: number; readonly level: Key; readonly digest: string; readonly size: ChangeSize;
      readonly difference: readonly PlanDifference[] }
  /** `within`: nobody had to be asked. */
  | { readonly type: 'change-decided'; readonly change: Key; readonly outcome: GateOutcome; readonly within?: true; readonly reason?: TextRef; readonly byPolicy?: true }
  | { readonly type: 'change-withdrawn'; readonly change: Key }
  /** It does not fit the plan any more. */
  | { readonly type: 'change-failed'; readonly change: Key; readonly problems: readonly FieldProblem[] }
  | { readonly type: 'cost-recorded'; readonly phase: Key; readonly task?: Key; readonly committed?: number; readonly actual?: number; readonly toComplete?: number; readonly note?: TextRef }
  | { readonly type: 'exception-raised'; readonly kind: ProjectException['kind']; readonly phase?: Key; readonly expected: number; readonly limit: number }
  | { readonly type: 'exception-cleared'; readonly kind: ProjectException['kind']; readonly phase?: Key }
  /** What became known of the calendar that the plan counts with. */
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | { readonly type: 'children-looked-at' }
  | { readonly type: 'child-lost'; readonly child: StreamId }
  | { readonly type: 'project-ended'; readonly status: 'completed' | 'stopped' | 'cancelled' };

/** A move to another plan, as it was asked for. */
export interface Migration {
  readonly plan: Plan;
  /** The change of the plan that takes effect with it; none: the project moves to another version of its template. */
  readonly change?: Key;
  /** Phases that the change has done again. */
  readonly again?: readonly Key[];
  /** Digest per open stage of where it stood when the plan was proved for it: with any other the project stays where it is. */
  readonly basis: Readonly<Record<StreamId, string>>;
  /** Done tasks that are to be done again, per phase. */
  readonly reopen?: Readonly<Record<Key, readonly Key[]>>;
  /** What the new plan wants to know of phases that have passed, and the old one did not. */
  readonly facts?: Facts;
}

/** What became of a move. `moved-on`: something happened in the project since the plan was proved for it. */
export interface MigrationRecord {
  readonly revision: number;
  readonly at: number;
  readonly from: Plan['template'];
  readonly to: Plan['template'];
  readonly outcome: 'migrated' | 'moved-on';
}

export interface PhaseState {
  readonly status: PhaseStatus;
  readonly round: number;
  readonly openedAt?: Instant;
  readonly passedAt?: Instant;
  readonly endedAt?: Instant;
  readonly outcome?: PassedOutcome;
  /** When its gate was passed elsewhere, if that is known. */
  readonly adoptedAt?: Instant;
  /** `migration`: a plan that the project moved to has it before what had begun. */
  readonly skippedBy?: 'condition' | 'migration';
  /** A plan that the project moved to does not have it any more. */
  readonly dropped?: true;
}

export interface BacklogOf {
  readonly round: number;
  readonly ended?: true;
}

export interface HandoverOf extends BacklogOf {
  readonly reached?: Reached;
}

/** A change of the whole project that is being agreed with its open children. */
export interface RevisionState {
  readonly revision: number;
  readonly kind: RevisionKind;
  readonly since: Instant;
  readonly waitingFor: readonly StreamId[];
  readonly replies: Readonly<Record<StreamId, RevisionReply>>;
  readonly reason?: TextRef;
  readonly migration?: Migration;
}

export interface ProjectState {
  readonly project: string;
  readonly plan: Plan;
  readonly status: ProjectStatus;
  readonly name?: TextRef;
  readonly program?: Key;
  readonly startedAt?: Instant;
  readonly startedBy?: PersonId;
  readonly endedAt?: Instant;
  readonly heldAt?: Instant;
  readonly holdReason?: TextRef;
  readonly cancelReason?: TextRef;
  /** It is cancelled, and this phase closes it. */
  readonly closing?: Key;
  /** When it was cancelled, if it is closed by a phase. */
  readonly cancelledAt?: Instant;
  readonly roles: RoleHolders;
  /** Who is absent, of those of whom the directory told. */
  readonly absences?: Absences;
  /** Who left, and who took their place here. */
  readonly replaced?: Readonly<Record<PersonId, PersonId>>;
  /** What the directory told, and waits until a change of the whole project is settled. */
  readonly news?: DirectoryNews;
  readonly phases: Readonly<Record<Key, PhaseState>>;
  /** Number of the last revision begun; 0 before the first. */
  readonly revisions: number;
  readonly revision?: RevisionState;
  readonly lostChildren: readonly StreamId[];
  /** Backlogs of phases, by the round in which each was opened. */
  readonly backlogs?: Readonly<Record<Key, BacklogOf>>;
  /** Likewise handovers, and how far their services have come. */
  readonly handovers?: Readonly<Record<Key, HandoverOf>>;
  /** How far backlogs are with what tasks of other phases wait for, by phase. */
  readonly stands?: Readonly<Record<Key, AwaitedStands>>;
  /** Deliverables for which items wait that are there, by phase. */
  readonly delivered?: Readonly<Record<Key, readonly Key[]>>;
  /** What phases that have passed said of themselves. */
  readonly facts?: Facts;
  readonly lookedAt: Instant;
  /** The phase whose gate stopped the project. */
  readonly stoppedBy?: Key;
  /** The phase that this gate names to come next, whatever it was to wait for. */
  readonly diverted?: Key;
  /** It ran elsewhere before: what its phases have yet to take over. */
  readonly adoption?: PendingAdoption;
  /** The last moves to another plan. */
  readonly migrations?: readonly MigrationRecord[];
  /** Changes of the plan that are under way, and the last that were. */
  readonly changes?: readonly ChangeState[];
  /** What was promised; none as long as it follows from the plan. */
  readonly baseline?: Baseline;
  /** Tasks that came or went since, without a change that was approved. */
  readonly replanned?: number;
  /** Money, by phase and by `PHASE/TASK`. */
  readonly costs?: Readonly<Record<string, PhaseCosts>>;
  readonly exceptions?: readonly ProjectException[];
}
