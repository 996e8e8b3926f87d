/** Work against capacity, week by week: what somebody still has to do, spread over the working days on which they are there. */
import { dateAfter, endOfWork, isWorkingDay, localDate, nextWorkingInstant, startOfDay, startOfWork, type WorkingCalendar } from './calendar';
import type { Instant } from './process';

/** Hours of a working day: a fifth of a week of 38 hours, as Belgian law has it. */
export const HOURS_PER_DAY = 7.6;
/** Days that are looked at at most, however late something is due. */
const DAYS_AT_MOST = 1_100;
const DAY = 86_400_000;

/** A week, from Monday to Sunday. */
export interface Week {
  /** ISO 8601: the year that the number belongs to, and the number from 1 to 53. */
  readonly year: number;
  readonly week: number;
  /** Its Monday, `YYYY-MM-DD`. */
  readonly from: string;
  /** Working days of it that are still to come, today included. */
  readonly workingDays: number;
}

/** A time in which somebody is away. */
export interface Away {
  readonly from: Instant;
  readonly until: Instant;
}

/** Something that somebody still has to do. */
export interface Work {
  /** null: nobody said how long it takes. */
  readonly hours: number | null;
  /** null: it is due at no moment, and is done as soon as possible. */
  readonly until: Instant | null;
}

/** Each list has a figure per week, in hours to the tenth. */
export interface Load {
  readonly capacity: readonly number[];
  readonly load: readonly number[];
  /** Of each work, in their order. */
  readonly works: readonly (readonly number[])[];
}

const tenth = (hours: number): number => Math.round(hours * 10) / 10;
const at = (date: string): number => Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10);
/** Days since Monday. */
const weekday = (time: number): number => (new Date(time).getUTCDay() + 6) % 7;
const mondayOf = (date: string): string => dateOf(at(date) - weekday(at(date)) * DAY);

/** The ISO week of a Monday: the one whose Thursday falls in the year. */
function numberOf(monday: string): { readonly year: number; readonly week: number } {
  const thursday = at(monday) + 3 * DAY;
  const year = new Date(thursday).getUTCFullYear();
  return { year, week: Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY)) + 1 };
}

/** The week of the next working day, and those after it. */
export function weeksFrom(calendar: WorkingCalendar, now: Instant, count: number): Week[] {
  const today = localDate(calendar, nextWorkingInstant(calendar, now));
  const first = at(mondayOf(today));
  return Array.from({ length: count }, (_, place) => {
    const from = dateOf(first + 7 * place * DAY);
    const days = Array.from({ length: 7 }, (__, day) => dateOf(at(from) + day * DAY));
    return { ...numberOf(from), from, workingDays: days.filter((date) => date >= today && isWorkingDay(calendar, date)).length };
  });
}

/** A week as the calendar's people live it: midnight to midnight of their clocks. */
export interface LocalWeek {
  /** Its Monday and its Sunday, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly startsAt: Instant;
  /** The start of the next one. */
  readonly endsAt: Instant;
}

/** The week in which `now` falls, and those after it. */
export function localWeeks(calendar: WorkingCalendar, now: Instant, count: number): LocalWeek[] {
  const first = mondayOf(localDate(calendar, now));
  return Array.from({ length: count }, (_, place) => {
    const from = dateAfter(first, 7 * place);
    return { from, to: dateAfter(from, 6), startsAt: startOfDay(calendar, from), endsAt: startOfDay(calendar, dateAfter(from, 7)) };
  });
}

/** A working day that is still to come. */
export interface WorkDay {
  /** Place of its week, counted from the first; also beyond those that are asked for. */
  readonly week: number;
  /** When its working hours begin and end. */
  readonly start: Instant;
  readonly end: Instant;
}

/** The working days from today on, for so many weeks and until the last of these moments; they are the same for all people of a calendar. */
export function workDaysFrom(calendar: WorkingCalendar, now: Instant, weeks: number, dues: readonly (Instant | null)[]): WorkDay[] {
  const today = at(localDate(calendar, nextWorkingInstant(calendar, now)));
  const first = today - weekday(today) * DAY;
  const last = dues.reduce<number>((latest, due) => Math.max(latest, due ?? 0), first + 7 * weeks * DAY);
  const days: WorkDay[] = [];
  for (let day = today; day <= last && day < today + DAYS_AT_MOST * DAY; day += DAY) {
    const date = dateOf(day);
    if (isWorkingDay(calendar, date)) days.push({ week: Math.floor((day - first) / (7 * DAY)), start: startOfWork(calendar, date), end: endOfWork(calendar, date) });
  }
  return days;
}

/** Hours of a day on which somebody is there. */
const hoursOn = ({ start, end }: WorkDay, away: readonly Away[]): number =>
  HOURS_PER_DAY * Math.max(0, 1 - away.reduce((sum, { from, until }) => sum + Math.max(0, Math.min(end, until) - Math.max(start, from)), 0) / (end - start));

/** How many of the days a work takes: until it is due, what is late today; without a due date as many as it fills. Always one at least. */
function daysFor({ hours, until }: Work, days: readonly WorkDay[], there: readonly number[]): number {
  if (until !== null) {
    const after = days.findIndex(({ start }) => start >= until);
    return Math.max(1, after < 0 ? days.length : after);
  }
  let left = hours ?? 0;
  const after = there.findIndex((each) => (left -= each) <= 0);
  return after < 0 ? days.length : after + 1;
}

/**
 * The load of a person: each work evenly over their hours from today until it is due; over its days where they are away on all of them, so that it is seen.
 * @param days see `workDaysFrom`. @param weeks how many are asked for: what lies beyond them is left out.
 */
export function loadOf(days: readonly WorkDay[], weeks: number, away: readonly Away[], works: readonly Work[]): Load {
  const there = days.map((day) => hoursOn(day, away));
  const sum = (figures: readonly number[]): number[] => {
    const found = Array.from({ length: weeks }, () => 0);
    figures.forEach((hours, day) => {
      const week = days[day]?.week ?? weeks;
      if (week < weeks) found[week] = (found[week] ?? 0) + hours;
    });
    return found;
  };
  const spread = works.map((work) => {
    if (work.hours === null) return sum([]);
    const { hours } = work;
    const mine = there.slice(0, daysFor(work, days, there));
    const all = mine.reduce((total, each) => total + each, 0);
    return sum(mine.map((each) => hours * (all > 0 ? each / all : 1 / mine.length)));
  });
  return {
    capacity: sum(there).map(tenth), works: spread.map((each) => each.map(tenth)),
    load: Array.from({ length: weeks }, (_, week) => tenth(spread.reduce((total, each) => total + (each[week] ?? 0), 0))),
  };
}
