import type { TextRef } from '../evidence-types';
import type { WorkingCalendar } from '../calendar';
import type { PendingRung } from '../ladder';
import type { DefaultOutcome, PlanPolicy, PlanRung } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import type { GateOutcome } from '../project/types';
import type { RevisionKind } from '../revision';

/** A condition under which something is approved: the defect or open point, the plan to mend it, who owns it, until when. */
export interface ConditionAsked {
  readonly defect: TextRef;
  readonly plan: TextRef;
  readonly owner: Key;
  /** Working days after the decision. */
  readonly dueDays: number;
}

export interface ApprovalInput {
  readonly project: string;
  readonly phase: Key;
  readonly gate: Key;
  /** The change of the plan that is asked about; then there is no phase and no gate. */
  readonly change?: Key;
  /** The service that is signed off; then there is no gate. */
  readonly service?: Key;
  readonly title?: TextRef;
  /** Of change control: who decides. */
  readonly level?: Key;
  /** The workflow that asked and learns the outcome. */
  readonly parent: StreamId;
  readonly id: StreamId;
  readonly round: number;
  /** What the approvers are shown, as a digest; the content stands in the read model of the stage. */
  readonly digest: string;
  /** Only the steps that apply to this evidence. */
  readonly policy: PlanPolicy;
  readonly calendar: WorkingCalendar;
  /** Persons per step key, fixed when the approval opens. */
  readonly electorate: Readonly<Record<Key, readonly PersonId[]>>;
  /** Role keys a condition may be given to, and tasks a rework may name. */
  readonly roles: readonly Key[];
  readonly tasks: readonly Key[];
  /** Earlier phases that a rework may name. */
  readonly reworkPhases?: readonly Key[];
  /** Per step: who chairs it, and whose vote against decides by itself. */
  readonly chairs?: Readonly<Record<Key, readonly PersonId[]>>;
  readonly vetoes?: Readonly<Record<Key, readonly PersonId[]>>;
  /** Who may not vote, not for another either. */
  readonly barred?: readonly PersonId[];
  /** Who holds the roles of the project that the ladder names, without those who may not vote. */
  readonly standIns?: Readonly<Record<Key, readonly PersonId[]>>;
  /** Who is absent, and who may vote in their name. */
  readonly deputies?: Readonly<Record<PersonId, Deputy>>;
  /** Who is told when a step can't be decided by those who may vote. */
  readonly managerRole?: Key;
  /** The project is on hold while it opens. */
  readonly held?: true;
}

/** Who stands in for somebody, and the first moment at which they do not any more. */
export interface Deputy {
  readonly person: PersonId;
  readonly until: Instant;
}

/** Who may vote, by step. */
export type Electorate = Pick<ApprovalInput, 'electorate' | 'chairs' | 'vetoes' | 'barred' | 'standIns' | 'deputies'>;

export type ApprovalStatus = 'opening' | 'open' | 'decided' | 'withdrawn' | 'cancelled';

/** What can be voted for: an outcome, or nothing. */
export type VoteOutcome = GateOutcome | 'abstain';

export interface Vote {
  /** Whose vote it is. */
  readonly person: PersonId;
  /** The delegate who gave it. */
  readonly castBy?: PersonId;
  readonly step: Key;
  readonly outcome: VoteOutcome;
  readonly at: Instant;
  readonly reason?: TextRef;
  readonly conditions: readonly ConditionAsked[];
  readonly rework: readonly Key[];
  readonly reworkPhases?: readonly Key[];
  /** The role to which the step was raised: this vote decides on it alone. */
  readonly raisedTo?: Key;
}

/** A rung that was reached: what came of it. */
export interface ClimbedRung {
  /** Its place in the ladder of the policy. */
  readonly rung: number;
  readonly do: PlanRung['do'];
  /** The steps that were open, of those it concerns. */
  readonly steps: readonly Key[];
  readonly to?: Key;
  readonly outcome?: DefaultOutcome;
  /** Of `add-approver`: those who are added only help to reach a majority. */
  readonly helps?: true;
  /** Why the policy did not answer: votes against stand, or nobody but who did the work may have looked at it. */
  readonly heldBack?: 'votes-against' | 'separation-of-duties';
  readonly at: Instant;
}

/** `decide` comes from people; the others from the stage and from time. */
export type ApprovalCommand =
  | { readonly type: 'open' }
  | { readonly type: 'decide'; readonly outcome: VoteOutcome; readonly digest: string; readonly reason?: TextRef;
      readonly conditions?: readonly ConditionAsked[]; readonly rework?: readonly Key[]; readonly reworkPhases?: readonly Key[] }
  | { readonly type: 'withdraw' }
  | ({ readonly type: 'electorate-changed' } & Electorate)
  | { readonly type: 'prepare'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'commit'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'abort'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | { readonly type: 'remind' };

export type ApprovalEvent =
  | { readonly type: 'approval-opened'; readonly digest: string }
  | { readonly type: 'vote-cast'; readonly vote: Omit<Vote, 'at'> }
  /** `conditions`: those of the vote that stand without it, as its step is through. */
  | { readonly type: 'vote-withdrawn'; readonly person: PersonId; readonly step: Key; readonly conditions?: readonly ConditionAsked[] }
  | { readonly type: 'step-opened'; readonly step: Key }
  /** `asked`: who may vote now and could not before, for themselves or in the name of another. */
  | ({ readonly type: 'electorate-changed'; readonly asked?: readonly PersonId[] } & Electorate)
  /** The steps that those who may vote can't bring to an end, as they are; none: they can again. */
  | { readonly type: 'approval-unreachable'; readonly steps: readonly Key[] }
  | { readonly type: 'approval-reminded' }
  | { readonly type: 'approval-escalated' }
  /** Moments to come have as much working time left as before, by the new calendar. */
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | ({ readonly type: 'rung-reached' } & Omit<ClimbedRung, 'at'>)
  | { readonly type: 'revision-prepared'; readonly revision: number; readonly kind: RevisionKind; readonly digest: string }
  | { readonly type: 'revision-committed'; readonly revision: number; readonly kind: RevisionKind; readonly pausedMs?: number }
  | { readonly type: 'revision-aborted'; readonly revision: number; readonly kind: RevisionKind }
  | { readonly type: 'approval-decided'; readonly outcome: GateOutcome; readonly conditions: readonly ConditionAsked[];
      readonly rework: readonly Key[]; readonly reworkPhases?: readonly Key[]; readonly reason?: TextRef;
      /** The policy answered for a step at least; no person did. */
      readonly byPolicy?: true }
  | { readonly type: 'approval-withdrawn' }
  | { readonly type: 'approval-cancelled' };

export interface ApprovalState {
  readonly input: ApprovalInput;
  readonly status: ApprovalStatus;
  readonly electorate: Readonly<Record<Key, readonly PersonId[]>>;
  readonly chairs?: ApprovalInput['chairs'];
  readonly vetoes?: ApprovalInput['vetoes'];
  readonly barred?: ApprovalInput['barred'];
  readonly standIns?: ApprovalInput['standIns'];
  readonly deputies?: ApprovalInput['deputies'];
  readonly unreachable?: readonly Key[];
  /** Index into the policy's steps. */
  readonly step: number;
  readonly votes: readonly Vote[];
  readonly openedAt: Instant;
  readonly stepOpenedAt: Instant;
  readonly remindAt?: Instant;
  readonly escalateAt?: Instant;
  /** Until when the open step is to be decided. */
  readonly dueAt?: Instant;
  /** Rungs to come, the first first. */
  readonly rungs?: readonly PendingRung[];
  /** Rungs that were reached, of all steps. */
  /** Conditions of votes that fell when their step was through. */
  readonly owed?: readonly ConditionAsked[];
  readonly climbed?: readonly ClimbedRung[];
  readonly byPolicy?: true;
  readonly outcome?: GateOutcome;
  readonly endedAt?: Instant;
  readonly heldAt?: Instant;
  readonly settled: number;
  readonly revision?: { readonly revision: number; readonly kind: RevisionKind };
}
