/** What the form of a decision has of it while it is being written. */
import type { Written } from '../../parts/written';

export const OUTCOMES = ['approve', 'approve-with-conditions', 'rework', 'stop', 'abstain'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Condition { readonly defect: string; readonly plan: string; readonly owner: string; readonly dueDays: Written }
export const NO_CONDITION: Condition = { defect: '', plan: '', owner: '', dueDays: 10 };

export interface Deciding { readonly outcome?: Outcome; readonly reason: string; readonly conditions: readonly Condition[]; readonly rework: readonly string[] }
export const UNDECIDED: Deciding = { reason: '', conditions: [NO_CONDITION], rework: [] };

/** Under which name it is kept. */
export const draftOf = (approval: string): string => `decision ${approval}`;
