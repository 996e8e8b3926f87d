/** When a backlog will be done, and what will be done by a date, by what its teams did before: drawn at random, the same for the same seed. */
import { addWorkingDays, type WorkingCalendar, workingDaysBetween } from '../calendar';
import { chanceOf } from '../play/random';
import type { Instant, Key } from '../process';

/** What a team did in stretches of so many working days, and when the next of them ends. */
export interface TeamHistory {
  readonly team: Key;
  readonly days: number;
  /** Working days from now until the end of the stretch that runs. */
  readonly untilNext: number;
  /** One per stretch. */
  readonly done: readonly number[];
}

export interface ForecastQuestion {
  readonly teams: readonly TeamHistory[];
  /** What each open item takes, in the order of the backlog. */
  readonly remaining: readonly number[];
  readonly now: Instant;
  readonly calendar: WorkingCalendar;
  readonly runs: number;
  readonly seed: number;
  /** What will be done by then? */
  readonly by?: Instant;
}

export const PERCENTILES = [50, 80, 95] as const;
export type Percentile = (typeof PERCENTILES)[number];

export interface Forecast {
  readonly done: readonly { readonly percent: Percentile; readonly at: Instant }[];
  /** Runs in which it was not done within the horizon. */
  readonly never: number;
  /** With so much certainty at least so much, and so many items of the backlog from its top, are done by the date that was asked for. */
  readonly by?: readonly { readonly percent: Percentile; readonly amount: number; readonly items: number }[];
}

/** So many stretches a team must have behind it: of fewer, chance would only repeat what happened by chance. */
export const LEAST_HISTORY = 3;
/** Stretches that count: the last ones, as teams change. */
export const HISTORY_AT_MOST = 12;
/** Working days beyond which nothing is foretold. */
export const HORIZON_DAYS = 1_500;

/** Teams that have too little behind them to say anything. */
export const withTooLittle = (teams: readonly TeamHistory[]): readonly TeamHistory[] => teams.filter(({ done }) => done.length < LEAST_HISTORY);

/** The value that a share of the values does not exceed. @param sorted in ascending order. */
const quantile = (sorted: ArrayLike<number>, percent: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * percent / 100) - 1)] ?? 0;

/** Draws one stretch after another, of whichever team ends one first. @returns the working day on which all is done, and what was done by the day asked for. */
function oneRun({ teams, seed }: ForecastQuestion, total: number, by: number, run: number): { readonly days: number; readonly amount: number } {
  const next = teams.map(({ untilNext }) => untilNext);
  let done = 0;
  let amount = 0;
  let days = Infinity;
  for (let draw = 0; ; draw += 1) {
    let first = 0;
    for (let index = 1; index < next.length; index += 1) if ((next[index] ?? 0) < (next[first] ?? 0)) first = index;
    const at = next[first] ?? Infinity;
    if (at > HORIZON_DAYS || (days < Infinity && at > by)) return { days, amount };
    const team = teams[first] as TeamHistory;
    done += team.done[Math.floor(chanceOf(seed, `${run} ${draw}`) * team.done.length)] ?? 0;
    if (at <= by) amount = done;
    if (done >= total && days === Infinity) days = at;
    next[first] = at + team.days;
  }
}

/** @param question its teams have each enough behind them, and there is one at least. */
export function forecastBacklog(question: ForecastQuestion): Forecast {
  const { calendar, now, remaining, runs } = question;
  const total = remaining.reduce((sum, each) => sum + each, 0);
  const by = question.by === undefined ? -1 : workingDaysBetween(calendar, now, question.by);
  const days = new Float64Array(runs);
  const amounts = new Float64Array(runs);
  for (let run = 0; run < runs; run += 1) {
    const result = total === 0 ? { days: 0, amount: 0 } : oneRun(question, total, by, run);
    days[run] = result.days;
    amounts[run] = result.amount;
  }
  days.sort();
  amounts.sort();
  const never = days.filter((each) => each === Infinity).length;
  return {
    never,
    done: PERCENTILES.flatMap((percent) => {
      const value = quantile(days, percent);
      return value === Infinity ? [] : [{ percent, at: addWorkingDays(calendar, now, value) }];
    }),
    ...(question.by !== undefined && { by: PERCENTILES.map((percent) => {
      // With so much certainty at least this: the share of runs that did less is what is left.
      const amount = Math.min(total, amounts[Math.floor(runs * (100 - percent) / 100)] ?? 0);
      return { percent, amount, items: itemsWithin(remaining, amount) };
    }) }),
  };
}

/** How many items from the top of the backlog an amount is enough for. */
function itemsWithin(remaining: readonly number[], amount: number): number {
  let sum = 0;
  let count = 0;
  for (const each of remaining) {
    sum += each;
    if (sum > amount) break;
    count += 1;
  }
  return count;
}

const WEEK_DAYS = 5;

/** What a team that works in flow did in each of its last weeks of five working days, as far as it worked in them. @param done when what was done. */
export function weeksOf(calendar: WorkingCalendar, since: Instant, now: Instant, done: readonly { readonly at: Instant; readonly amount: number }[]): number[] {
  const weeks = Math.min(HISTORY_AT_MOST, Math.floor(workingDaysBetween(calendar, since, now) / WEEK_DAYS));
  return Array.from({ length: weeks }, (_, week) => done.filter(({ at }) => {
    const ago = workingDaysBetween(calendar, at, now);
    return ago >= week * WEEK_DAYS && ago < (week + 1) * WEEK_DAYS;
  }).reduce((sum, { amount }) => sum + amount, 0)).reverse();
}

/** The range of what a team did: least, middle, most of its last stretches; null when there are none. */
export function rangeOf(done: readonly number[]): { readonly low: number; readonly median: number; readonly high: number } | null {
  const sorted = [...done].slice(-HISTORY_AT_MOST).sort((one, other) => one - other);
  return sorted.length === 0 ? null : { low: sorted[0] ?? 0, median: quantile(sorted, 50), high: sorted.at(-1) ?? 0 };
}
