/** What time itself brings to a handover: what is overdue, conditions that expire, and the daily look after approvals. */
import type { Due, Instant } from '../process';
import { advanceEarlyLife, earlyLifeTimes } from './early-life-support';
import { isDone, isOutlived } from './entries';
import { openSignOffs } from './sign-off';
import type { EntryState, HandoverCommand, HandoverEvent, HandoverState } from './types';

const DAY_MS = 86_400_000;

/** When the people of an entry are told that it is overdue. */
function overdueAt({ status, dueAt, overdue }: EntryState): Instant | undefined {
  return !overdue && (status === 'open' || status === 'proposed') ? dueAt : undefined;
}

/** Each moment at which something happens by itself, and what. */
function comings({ status: of, services }: HandoverState): { readonly at: Instant; readonly event: HandoverEvent }[] {
  return Object.entries(services).flatMap(([service, each]) => {
    if (of === 'outliving' && !isOutlived(each)) return [];
    const late = isDone(each) || of === 'outliving' ? [] : Object.entries(each.entries).flatMap(([entry, state]) => {
      const at = overdueAt(state);
      return at === undefined ? [] : [{ at, event: { type: 'entry-overdue' as const, service, entry } }];
    });
    const expiring = each.status === 'withdrawn' ? [] : Object.entries(each.conditions).filter(([, { status }]) => status === 'open')
      .map(([condition, { dueAt }]) => ({ at: dueAt, event: { type: 'condition-expired' as const, service, condition } }));
    return [...late, ...expiring];
  });
}

/** Time brings nothing while the project settles, or is on hold. */
export const clocksRun = (state: HandoverState): boolean => state.status === 'open' && !state.revision && state.heldAt === undefined;

/** What is due at `now`. Once the project is over only conditions expire. */
export function dueEvents(state: HandoverState, now: Instant): readonly HandoverEvent[] {
  if (!clocksRun(state) && state.status !== 'outliving') return [];
  const events = comings(state).filter(({ at }) => at <= now).map(({ event }) => event);
  // What the end of a period brings is judged after what expires.
  return events.length > 0 || state.status === 'outliving' ? events : advanceEarlyLife(state, now);
}

export function due(state: HandoverState): Due<HandoverCommand> | null {
  if (state.status === 'outliving') {
    const at = comings(state).reduce((least, each) => Math.min(least, each.at), Infinity);
    return at === Infinity ? null : { at, command: { type: 'remind' } };
  }
  if (state.status !== 'open') return null;
  const first = clocksRun(state) ? [...comings(state).map(({ at }) => at), ...earlyLifeTimes(state)].reduce((least, at) => Math.min(least, at), Infinity) : Infinity;
  const look = openSignOffs(state).reduce((least, [, { signOff }]) => Math.min(least, Math.max(state.lookedAt, signOff.at ?? 0) + DAY_MS), Infinity);
  if (first === Infinity && look === Infinity) return null;
  return first <= look ? { at: first, command: { type: 'remind' } } : { at: look, command: { type: 'look' } };
}
