/** The times of ladders: what the engine does by itself, rung by rung, while people let something wait. */
import { addWorkingDays, addWorkingTime, workingDaysBetween, workingMsBetween, type WorkingCalendar } from './calendar';
import type { RungTime } from './plan';
import type { Instant } from './process';

const HOUR_MS = 3_600_000;

/** A rung that is still to come. `rung` is its place in the ladder. */
export interface PendingRung {
  readonly rung: number;
  readonly at: Instant;
}

/** The moment of a rung, counted from `from`: working hours on, or the end of a working day. */
function momentOf({ days, hours }: RungTime, calendar: WorkingCalendar, from: Instant): Instant {
  return hours === undefined ? addWorkingDays(calendar, from, days ?? 0) : addWorkingTime(calendar, from, hours * HOUR_MS);
}

/**
 * The moments of a ladder, the first first; of rungs at the same moment the first in the ladder.
 * @param dueAt from what rungs that ask for it are counted; when there is no due date, they never come.
 */
export function rungTimes(ladder: readonly RungTime[], calendar: WorkingCalendar, openedAt: Instant, dueAt?: Instant): readonly PendingRung[] {
  return inOrder(ladder.flatMap((rung, place): PendingRung[] => {
    const from = rung.from === 'due' ? dueAt : openedAt;
    // One that lies before the opening, as the due date is near, comes with it.
    return from === undefined ? [] : [{ rung: place, at: Math.max(openedAt, momentOf(rung, calendar, from)) }];
  }));
}

const inOrder = (rungs: readonly PendingRung[]): readonly PendingRung[] => [...rungs].sort((one, other) => one.at - other.at || one.rung - other.rung);

/** What is left until a moment, counted from `since`, counted on from `since2` under another calendar. What is past already stays. */
export interface Shift {
  readonly since: Instant;
  readonly onFrom: Instant;
  readonly before: WorkingCalendar;
  readonly after: WorkingCalendar;
}

/** What a hold does: what was left when it began is left when it ends. */
export const shiftOfHold = (calendar: WorkingCalendar, since: Instant, until: Instant): Shift => ({ since, onFrom: until, before: calendar, after: calendar });

/** A moment at the end of a working day, with as many working days left as before. */
export function shiftedDays({ since, onFrom, before, after }: Shift, at: Instant): Instant {
  return at <= since ? at : addWorkingDays(after, onFrom, workingDaysBetween(before, since, at));
}

/** A moment with as much working time left as before. */
function shiftedTime({ since, onFrom, before, after }: Shift, at: Instant): Instant {
  return at <= since ? at : addWorkingTime(after, onFrom, workingMsBetween(before, since, at));
}

/** The rungs to come after a pause, or under another calendar: each has left what it had. */
export function shiftedRungs(ladder: readonly RungTime[], pending: readonly PendingRung[], shift: Shift): readonly PendingRung[] {
  return inOrder(pending.map(({ rung, at }) => ({ rung, at: ladder[rung]?.hours === undefined ? shiftedDays(shift, at) : shiftedTime(shift, at) })));
}
