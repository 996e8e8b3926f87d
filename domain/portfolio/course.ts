/**
 * Whether a project is on course: by rules that are stated, each with its reason. Pure; `docs/portfolio.md` tells the rules to people.
 */
import type { Instant, Key } from '../process';

export type Course = 'on-course' | 'at-risk' | 'off-course' | 'on-hold' | 'ended';

/** In the order in which they need attention. */
export const COURSES: readonly Course[] = ['off-course', 'at-risk', 'on-course', 'on-hold', 'ended'];

/** Why a project is not on course. */
export type Reason =
  | { readonly code: 'beyond-tolerance'; readonly kind: 'cost' | 'time' }
  | { readonly code: 'end-later'; readonly days: number }
  | { readonly code: 'gate-undecidable'; readonly gate: Key }
  | { readonly code: 'decision-late'; readonly gate: Key; readonly since: Instant }
  | { readonly code: 'tasks-overdue'; readonly count: number; readonly since: Instant }
  | { readonly code: 'tasks-blocked'; readonly count: number }
  | { readonly code: 'conditions-overdue'; readonly count: number }
  | { readonly code: 'nobody-holds-role'; readonly count: number };

/** What is known of a project. Days are working days of its calendar. */
export interface Facts {
  readonly status: 'starting' | 'running' | 'held' | 'completed' | 'stopped' | 'cancelled';
  readonly now: Instant;
  /** How much later than promised its end is expected; negative: earlier. null: not known. */
  readonly slipDays: number | null;
  readonly exceptions: readonly { readonly kind: 'cost' | 'time' }[];
  /** Due moments of open tasks that can be worked on, conditions apart. */
  readonly tasks: readonly { readonly dueAt: Instant | null; readonly isBlocked: boolean; readonly isCondition: boolean; readonly hasHolder: boolean }[];
  readonly approvals: readonly { readonly gate: Key; readonly dueAt: Instant | null; readonly isUndecidable: boolean }[];
}

/** From so many working days on, an end that is later than promised is off course and no longer a risk. */
export const OFF_COURSE_DAYS = 10;

const GRAVE: ReadonlySet<Reason['code']> = new Set(['beyond-tolerance', 'gate-undecidable']);

const isGrave = (reason: Reason): boolean => GRAVE.has(reason.code) || (reason.code === 'end-later' && reason.days > OFF_COURSE_DAYS);

function reasonsOf({ now, slipDays, exceptions, tasks, approvals }: Facts): Reason[] {
  const late = tasks.filter(({ dueAt }) => dueAt !== null && dueAt < now);
  const overdue = late.filter(({ isCondition }) => !isCondition);
  const conditions = late.length - overdue.length;
  const blocked = tasks.filter(({ isBlocked }) => isBlocked).length;
  const unheld = tasks.filter(({ hasHolder }) => !hasHolder).length;
  return [
    ...[...new Set(exceptions.map(({ kind }) => kind))].map((kind): Reason => ({ code: 'beyond-tolerance', kind })),
    ...approvals.filter(({ isUndecidable }) => isUndecidable).map(({ gate }): Reason => ({ code: 'gate-undecidable', gate })),
    ...(slipDays !== null && slipDays >= 1 ? [{ code: 'end-later' as const, days: Math.floor(slipDays) }] : []),
    ...approvals.flatMap(({ gate, dueAt }): Reason[] => (dueAt !== null && dueAt < now ? [{ code: 'decision-late', gate, since: dueAt }] : [])),
    ...(overdue.length > 0 ? [{ code: 'tasks-overdue' as const, count: overdue.length, since: Math.min(...overdue.map(({ dueAt }) => dueAt ?? now)) }] : []),
    ...(blocked > 0 ? [{ code: 'tasks-blocked' as const, count: blocked }] : []),
    ...(conditions > 0 ? [{ code: 'conditions-overdue' as const, count: conditions }] : []),
    ...(unheld > 0 ? [{ code: 'nobody-holds-role' as const, count: unheld }] : []),
  ];
}

/** The course of a project with its reasons, the gravest first. One that is on hold or has ended has none. */
export function courseOf(facts: Facts): { readonly course: Course; readonly reasons: readonly Reason[] } {
  if (facts.status === 'held') return { course: 'on-hold', reasons: [] };
  if (facts.status !== 'running' && facts.status !== 'starting') return { course: 'ended', reasons: [] };
  const reasons = reasonsOf(facts);
  const grave = reasons.filter(isGrave);
  return {
    course: grave.length > 0 ? 'off-course' : reasons.length > 0 ? 'at-risk' : 'on-course',
    reasons: [...grave, ...reasons.filter((reason) => !grave.includes(reason))],
  };
}
