/** What a proof can find, and how it is said. */
import type { Scalar } from '../expression';
import type { Outcome } from '../plan';
import type { Key } from '../process';
import type { PhaseStatus } from '../project/types';
import type { GateStatus } from '../stage/types';

export type FindingCode =
  /** From here nobody can do anything any more. */
  | 'stuck'
  | 'phase-never' | 'task-never' | 'gate-never' | 'gate-never-passes'
  /** Every way from here leads back to the same gates. */
  | 'endless-rework'
  | 'quorum-unreachable'
  /** Nobody can hold the role without breaking the separation of duties. */
  | 'role-impossible'
  | 'due-before-dependency';

export interface Subject {
  readonly phase?: Key;
  readonly task?: Key;
  readonly gate?: Key;
  readonly step?: Key;
  readonly role?: Key;
}

/** One move of a way through a plan; `ladder`: nobody decides in time, so the ladder of the approval is climbed; `cancel`: the project is cancelled. Between two moves everything that can be done is done. */
export interface Move {
  readonly kind: 'start' | 'decide' | 'ladder' | 'cancel';
  readonly gate?: Key;
  readonly outcome?: Outcome;
  /** Tasks or phases that a rework names. */
  readonly rework?: readonly Key[];
  /** Evidence that was chosen after it: `TASK/FIELD` of a phase. */
  readonly delivered?: readonly { readonly phase: Key; readonly field: string; readonly value: Scalar }[];
}

/** How a phase stands, as far as a drawing goes. */
export interface PhaseStanding {
  readonly phase: Key;
  readonly status: PhaseStatus;
  readonly gate: GateStatus;
  /** How many of its tasks are done, and how many are not. */
  readonly done: number;
  readonly open: number;
}

export interface Finding {
  readonly code: FindingCode;
  readonly subject: Subject;
  /** The shortest way there. */
  readonly trace: readonly Move[];
  /** How the phases stood at the start and after each move; where there is a way. One longer than the way where that begins with a decision. */
  readonly standings?: readonly (readonly PhaseStanding[])[];
  /** The real processes went that way; else it is only possible, as not all was explored. */
  readonly confirmed: boolean;
  /** Tasks that wait for ever, or the criteria that keep the gate shut. */
  readonly tasks?: readonly Key[];
  readonly criteria?: readonly Key[];
  /** What a task waits for that is due later. */
  readonly other?: Key;
}
