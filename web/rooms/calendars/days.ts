/** Days of a year, and why nobody works on them. Dates are `YYYY-MM-DD`. */
import type { Schema } from '../../../client';

export type Year = Schema<'CalendarYear'>;
export type Mark = 'holiday' | 'replacement' | 'closure' | 'weekend';

export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Days that follow each other as periods. */
export function periodsOf(days: readonly string[]): Period[] {
  const found: { from: string; to: string }[] = [];
  for (const day of [...days].sort()) {
    const last = found.at(-1);
    if (last && Date.parse(day) - Date.parse(last.to) === DAY) last.to = day;
    else found.push({ from: day, to: day });
  }
  return found;
}

/** All days of a period; none of one that ends before it begins. */
export function daysOf({ from, to }: Period): string[] {
  const count = Math.floor((Date.parse(to) - Date.parse(from)) / DAY) + 1;
  return Number.isFinite(count) && count > 0 ? Array.from({ length: Math.min(count, 366) }, (_, index) => dateOf(Date.parse(from) + index * DAY)) : [];
}

/** Why nobody works on a day; undefined for a day that is worked. A holiday is one, whatever else the day is. */
export function markOf(year: Pick<Year, 'holidays' | 'replacementDays' | 'closures' | 'daysOff'>): (day: string) => Mark | undefined {
  const marks = new Map<string, Mark>(year.daysOff.map((day) => [day, 'weekend']));
  for (const day of year.closures) marks.set(day, 'closure');
  for (const day of year.replacementDays) marks.set(day, 'replacement');
  for (const { date } of year.holidays) marks.set(date, 'holiday');
  return (day) => marks.get(day);
}

/** The weeks of a month, from Monday on; null outside of it. @param month 0 to 11 */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = Date.UTC(year, month, 1);
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells = [...Array.from({ length: before }, () => null), ...Array.from({ length }, (_, index) => dateOf(first + index * DAY))];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (__, place) => cells[week * 7 + place] ?? null));
}

const weekdayOf = (day: string): number => new Date(day).getUTCDay();
/** A day of the week is off when it is in most weeks. */
const MOST_WEEKS = 40;

/** By how many working days a year changes, when these days are announced in place of what was. */
export function difference(year: Year, replacementDays: readonly string[], closures: readonly Period[]): number {
  const weekly = new Set([0, 1, 2, 3, 4, 5, 6].filter((weekday) => year.daysOff.filter((day) => weekdayOf(day) === weekday).length > MOST_WEEKS));
  const announced = new Set([...year.replacementDays, ...year.closures]);
  // Without what was announced: what is off then stays off.
  const off = new Set(year.daysOff.filter((day) => !announced.has(day) || year.holidays.some(({ date }) => date === day) || weekly.has(weekdayOf(day))));
  const wanted = new Set([...replacementDays, ...closures.flatMap(daysOf)].filter((day) => day.startsWith(`${year.year}-`)));
  const next = new Set([...off, ...wanted]).size;
  return year.daysOff.length - next;
}
