/** A change of a running plan: what it does, what it was said to cost, and who decides on it. */
import type { TextRef } from '../evidence-types';
import type { FieldProblem } from '../errors';
import type { PlanPolicy, Quorum, SimpleField } from '../plan';
import type { Instant, Key, PersonId } from '../process';

/** A field of evidence of a task that a change adds. */
export type NewField = SimpleField & { readonly title: TextRef };

/** A task that a change adds. Durations are in working days. */
export interface NewTask {
  readonly key: Key;
  readonly title: TextRef;
  /** The role that does it, and the one that answers for it; the latter is the project manager's when not given. */
  readonly responsible: Key;
  readonly accountable?: Key;
  /** Tasks of the phase that come before it. */
  readonly after?: readonly Key[];
  readonly dueDays?: number;
  /** `YYYY-MM-DD`; in place of `dueDays`. */
  readonly dueDate?: string;
  readonly estimate?: readonly [number, number, number];
  readonly budget?: number;
  readonly fourEyes?: true;
  readonly evidence?: readonly NewField[];
}

/** An item of the backlog of a phase, by its number. */
export interface AwaitedItem {
  readonly backlog: Key;
  readonly item: string;
}

/** What changes of a task; what is not given stays, null takes away. */
export interface TaskSettings {
  readonly responsible?: Key;
  readonly accountable?: Key;
  readonly after?: readonly Key[];
  /** Items of backlogs of other phases that it waits for, in place of all that it waited for there. */
  readonly items?: readonly AwaitedItem[];
  readonly dueDays?: number | null;
  readonly dueDate?: string | null;
  readonly estimate?: readonly [number, number, number] | null;
  readonly budget?: number | null;
}

/** A gate that a change puts behind a phase; its criteria are judged by its approvers. */
export interface NewGate {
  readonly key: Key;
  readonly title: TextRef;
  readonly criteria?: readonly { readonly key: Key; readonly title: TextRef }[];
  readonly steps: readonly { readonly key: Key; readonly roles: readonly Key[]; readonly quorum: Quorum }[];
  readonly separationOfDuties?: true;
}

export interface NewPhase {
  readonly key: Key;
  readonly title: TextRef;
  /** Phases that come before it, and those that wait for it from then on. */
  readonly after?: readonly Key[];
  readonly before?: readonly Key[];
  readonly budget?: number;
  readonly tasks: readonly NewTask[];
  readonly gate?: NewGate;
}

/** What changes of the baseline of a backlog. */
export interface ScopeSettings {
  /** Estimates by which it may grow beyond its tolerance, on top of what changes before allowed. */
  readonly add?: number;
  readonly goal?: TextRef;
  /** Items that may be dropped. */
  readonly release?: readonly string[];
}

/** One step of a change. They are carried out in their order. */
export type Operation =
  | { readonly op: 'add-task'; readonly phase: Key; readonly task: NewTask }
  | { readonly op: 'remove-task'; readonly phase: Key; readonly task: Key }
  | { readonly op: 'set-task'; readonly phase: Key; readonly task: Key; readonly set: TaskSettings }
  | { readonly op: 'add-phase'; readonly phase: NewPhase }
  | { readonly op: 'remove-phase'; readonly phase: Key }
  | { readonly op: 'set-phase'; readonly phase: Key; readonly set: { readonly after?: readonly Key[]; readonly budget?: number | null } }
  | { readonly op: 'set-gate'; readonly phase: Key; readonly gate: NewGate }
  | { readonly op: 'remove-gate'; readonly phase: Key }
  /** What was promised of the backlog of a phase: it may grow by more, has another Product Goal, items are taken out of it. */
  | { readonly op: 'set-scope'; readonly phase: Key; readonly set: ScopeSettings }
  /** A phase that is over is done again in another round, as are those after it that have begun. */
  | { readonly op: 'redo-phase'; readonly phase: Key };

/** What a change did to a plan, so that another plan can be changed in the same way. */
export interface Amendment {
  readonly change: Key;
  readonly operations: readonly Operation[];
}

/** How much a plan changes: working days on its longest way, money in the currency of the template, tasks that come or go. */
export interface ChangeSize {
  readonly days: number;
  readonly cost: number;
  readonly tasks: number;
}

/** So far is the plan the project manager's, counted from the baseline; what is left out: not at all. */
export type Tolerance = Partial<ChangeSize>;

/** Who decides on changes up to a size; without `upTo`: on all that are larger. */
export interface ChangeLevel {
  readonly key: Key;
  readonly upTo?: Partial<Pick<ChangeSize, 'days' | 'cost'>>;
  readonly policy: PlanPolicy;
}

export interface ChangeControl {
  readonly tolerance?: Tolerance;
  /** The role that is told of exceptions, beside those who steer the project. */
  readonly exceptionsTo?: Key;
  /** The smallest first. */
  readonly levels: readonly ChangeLevel[];
}

/** What somebody says a change would do, beside what can be computed. Days are working days, cost is in the currency of the template. */
export interface StatedImpact {
  readonly scope?: TextRef;
  readonly quality?: TextRef;
  readonly days?: number;
  readonly cost?: number;
}

/** A change as it was asked for. */
export interface ChangeAsked {
  readonly id: Key;
  readonly title: TextRef;
  readonly reason: TextRef;
  readonly impact: StatedImpact;
  readonly operations: readonly Operation[];
}

/** `approved`: it waits for its turn; `returned`: to be asked for anew; `failed`: it does not fit the plan any more. */
export type ChangeStatus = 'open' | 'approved' | 'applied' | 'rejected' | 'returned' | 'withdrawn' | 'failed';

/** One difference between two plans. `before` and `after` are null where there is nothing. */
export interface PlanDifference {
  readonly kind: 'phase' | 'task' | 'gate';
  readonly phase: Key;
  /** The task or gate. */
  readonly key?: Key;
  /** `again`: a phase is done again. */
  readonly change: 'added' | 'removed' | 'changed' | 'again';
  /** What of it changed. */
  readonly fields?: readonly { readonly field: string; readonly before: string | number | null; readonly after: string | number | null }[];
}

/** A change and what became of it. */
export interface ChangeState extends Omit<ChangeAsked, 'operations'> {
  /** Not kept of a change that is over: the log has them. */
  readonly operations?: readonly Operation[];
  readonly status: ChangeStatus;
  readonly requestedBy: PersonId;
  readonly requestedAt: Instant;
  readonly size: ChangeSize;
  /** Who decides; none: it was within the tolerance. */
  readonly level?: Key;
  /** Rounds of asking so far, and the digest of what is asked. */
  readonly round: number;
  readonly digest?: string;
  readonly difference: readonly PlanDifference[];
  readonly decidedAt?: Instant;
  readonly endedAt?: Instant;
  readonly decision?: TextRef;
  /** The policy answered for a step at least. */
  readonly byPolicy?: true;
  readonly problems?: readonly FieldProblem[];
}
