/**
 * Working-day arithmetic over resolved calendar data. All knowledge of holidays, time zones and clock changes is in the data
 * (made by `resolveCalendars` in `store/`), so that a workflow computes the same answer at every replay.
 *
 * Dates are local days, `YYYY-MM-DD`. Beyond the covered range Monday to Friday are assumed to be worked, with the nearest known
 * offset: such an answer is provisional ({@link isCovered}) and becomes definite when a later version of the calendar covers it.
 */
import type { Instant } from './process';

/** A calendar resolved into data: a version of it never changes. */
export interface WorkingCalendar {
  readonly key: string;
  readonly version: number;
  /** First day covered, `YYYY-MM-DD`. */
  readonly from: string;
  /** A character per day from `from` on: `1` working, `0` not. */
  readonly days: string;
  readonly timeZone: string;
  /** Offsets from UTC in minutes, each valid from its instant on; the first covers `from`. */
  readonly offsets: readonly (readonly [since: Instant, minutes: number])[];
  /** Working hours, in minutes after local midnight. */
  readonly startMinute: number;
  readonly endMinute: number;
  /** Years of which the replacement days are not announced yet. */
  readonly unannounced?: readonly number[];
  /** Periods in which nothing may be changed, both days included. */
  readonly freezes?: readonly { readonly key: string; readonly from: string; readonly to: string }[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Days since 1970-01-01 of a date `YYYY-MM-DD`. */
function toDayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY;
}

// The days of a period are asked for over and over, and making a text of one costs more than all arithmetic.
const dates = new Map<number, string>();

function toDate(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY).toISOString().slice(0, 10);
  dates.set(day, date);
  return date;
}

// A calendar never changes, and every date asks for its first day.
const firstDays = new WeakMap<WorkingCalendar, number>();

function firstDay(calendar: WorkingCalendar): number {
  const known = firstDays.get(calendar);
  if (known !== undefined) return known;
  const day = toDayNumber(calendar.from);
  firstDays.set(calendar, day);
  return day;
}

/** Minutes from UTC at an instant; before the first known change, the first offset. */
function offsetAt(calendar: WorkingCalendar, at: Instant): number {
  let minutes = calendar.offsets[0]?.[1] ?? 0;
  for (const [since, offset] of calendar.offsets) {
    if (since > at) break;
    minutes = offset;
  }
  return minutes;
}

function localDay(calendar: WorkingCalendar, at: Instant): number {
  return Math.floor((at + offsetAt(calendar, at) * MINUTE) / DAY);
}

/**
 * The instant of a local time of day. A time that occurs twice (clocks go back) is its first occurrence; one that does not occur
 * (clocks go forward) is read with the offset from before the change, so it moves forward with the clocks.
 */
function instantOf(calendar: WorkingCalendar, day: number, minute: number): Instant {
  const local = day * DAY + minute * MINUTE;
  // No offset exceeds a day, so these are the offsets before and after any change that is near.
  const before = offsetAt(calendar, local - DAY);
  const after = offsetAt(calendar, local + DAY);
  const early = local - before * MINUTE;
  if (offsetAt(calendar, early) === before) return early;
  const late = local - after * MINUTE;
  return offsetAt(calendar, late) === after ? late : early;
}

function isWorking(calendar: WorkingCalendar, day: number): boolean {
  const known = calendar.days[day - firstDay(calendar)];
  // 1970-01-01 was a Thursday: the remainder is 0 on Monday and 6 on Sunday.
  return known === undefined ? (((day + 3) % 7) + 7) % 7 < 5 : known === '1';
}

/** The first working day from `day` on in the direction `step`, `day` itself included. */
function seekWorking(calendar: WorkingCalendar, day: number, step: 1 | -1): number {
  let found = day;
  while (!isWorking(calendar, found)) found += step;
  return found;
}

/** The local date `YYYY-MM-DD` on which an instant falls. */
export function localDate(calendar: WorkingCalendar, at: Instant): string {
  return toDate(localDay(calendar, at));
}

/** The date so many calendar days after another; before it, when negative. */
export function dateAfter(date: string, days: number): string {
  return toDate(toDayNumber(date) + days);
}

/** The instant at which a date `YYYY-MM-DD` begins: local midnight. */
export function startOfDay(calendar: WorkingCalendar, date: string): Instant {
  return instantOf(calendar, toDayNumber(date), 0);
}

/** Whether people work on a date `YYYY-MM-DD`: no weekend, holiday, replacement day or closure. */
export function isWorkingDay(calendar: WorkingCalendar, date: string): boolean {
  return isWorking(calendar, toDayNumber(date));
}

/** Whether the calendar knows the day of an instant; if not, answers about it are provisional. */
export function isCovered(calendar: WorkingCalendar, at: Instant): boolean {
  const index = localDay(calendar, at) - firstDay(calendar);
  return index >= 0 && index < calendar.days.length;
}

/** Whether a calendar takes the place of another: it is a later version of the same. */
export const replaces = (next: WorkingCalendar, known: WorkingCalendar): boolean => next.key === known.key && next.version > known.version;

/** Whether what is known of the day of an instant may still change: its year is not announced, or not covered. */
export function isProvisional(calendar: WorkingCalendar, at: Instant): boolean {
  return !isCovered(calendar, at) || (calendar.unannounced?.includes(Number(localDate(calendar, at).slice(0, 4))) ?? false);
}

/** The instant at which working hours begin on a date `YYYY-MM-DD`, whether or not it is a working day. */
export function startOfWork(calendar: WorkingCalendar, date: string): Instant {
  return instantOf(calendar, toDayNumber(date), calendar.startMinute);
}

/** The instant at which working hours end on a date `YYYY-MM-DD`, whether or not it is a working day. */
export function endOfWork(calendar: WorkingCalendar, date: string): Instant {
  return instantOf(calendar, toDayNumber(date), calendar.endMinute);
}

/**
 * The end of the working day that lies `days` working days after `from`. Day 0 is the working day of `from`: that very day, or
 * the next working day if `from` is on none or after its working hours. The last moment of a working day still belongs to it, so
 * that adding 2 and then 3 days is the same as adding 5.
 *
 * @param days whole number; negative counts back (a reminder two working days before a due date).
 */
export function addWorkingDays(calendar: WorkingCalendar, from: Instant, days: number): Instant {
  const today = localDay(calendar, from);
  const over = from > instantOf(calendar, today, calendar.endMinute);
  let day = seekWorking(calendar, over ? today + 1 : today, 1);
  const step = days < 0 ? -1 : 1;
  for (let left = Math.abs(days); left > 0; left -= 1) day = seekWorking(calendar, day + step, step);
  return instantOf(calendar, day, calendar.endMinute);
}

/** `from` itself if it is within working hours, else the moment at which they begin next. */
export function nextWorkingInstant(calendar: WorkingCalendar, from: Instant): Instant {
  const today = localDay(calendar, from);
  if (isWorking(calendar, today)) {
    const start = instantOf(calendar, today, calendar.startMinute);
    if (from < start) return start;
    if (from < instantOf(calendar, today, calendar.endMinute)) return from;
  }
  return instantOf(calendar, seekWorking(calendar, today + 1, 1), calendar.startMinute);
}

/**
 * The moment at which so much working time has passed since `from`; 0 is `from` itself, or the moment at which work begins next. The last
 * moment of a working day belongs to it: after a whole day of work it is that day's end, not the beginning of the next.
 *
 * @param ms negative counts back.
 */
export function addWorkingTime(calendar: WorkingCalendar, from: Instant, ms: number): Instant {
  if (ms === 0) return nextWorkingInstant(calendar, from);
  const step = ms < 0 ? -1 : 1;
  let left = Math.abs(ms);
  for (let day = seekWorking(calendar, localDay(calendar, from), step); ; day = seekWorking(calendar, day + step, step)) {
    const start = instantOf(calendar, day, calendar.startMinute);
    const end = instantOf(calendar, day, calendar.endMinute);
    const [begin, until] = step > 0 ? [Math.max(from, start), end] : [start, Math.min(from, end)];
    const there = Math.max(0, until - begin);
    if (left <= there) return step > 0 ? begin + left : until - left;
    left -= there;
  }
}

/** How many working days lie between: `addWorkingDays(calendar, from, n)` is the end of the working day of `to`. 0 when `to` is not later. */
export function workingDaysBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  const dayOf = (at: Instant): number => {
    const today = localDay(calendar, at);
    return seekWorking(calendar, at > instantOf(calendar, today, calendar.endMinute) ? today + 1 : today, 1);
  };
  const last = dayOf(to);
  let count = 0;
  for (let day = dayOf(from); day < last; day = seekWorking(calendar, day + 1, 1)) count += 1;
  return count;
}

/** Working time between two instants, in milliseconds; negative when `to` is before `from`. */
export function workingMsBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number {
  if (to < from) return 0 - workingMsBetween(calendar, to, from);
  const last = localDay(calendar, to);
  let total = 0;
  for (let day = localDay(calendar, from); day <= last; day += 1) {
    if (!isWorking(calendar, day)) continue;
    const begin = Math.max(from, instantOf(calendar, day, calendar.startMinute));
    const end = Math.min(to, instantOf(calendar, day, calendar.endMinute));
    total += Math.max(0, end - begin);
  }
  return total;
}
