import type { Plan } from '../plan';

/** The plans, with what several of them have in common as one object: what was played of it in one need not be played in the next. */
export function sharing(plans: readonly Plan[]): Plan[] {
  const parts = new Map<string, unknown>();
  const shared = <T>(part: T): T => {
    const key = JSON.stringify(part);
    if (!parts.has(key)) parts.set(key, part);
    return parts.get(key) as T;
  };
  return plans.map((plan) => ({ ...plan, calendar: shared(plan.calendar), roles: shared(plan.roles), phases: plan.phases.map(shared) }));
}
