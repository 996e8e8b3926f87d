/** The period of early-life support, and what the figures of its days say: pure arithmetic, the same for the process and for what is shown. */
import { dateAfter, isWorkingDay, localDate, startOfDay, type WorkingCalendar } from '../calendar';
import { own } from '../fold';
import type { Instant, Key } from '../process';
import type { CriterionStanding, EarlyLife, EarlyLifePolicy, ExitCriterion, Judgement, RecordedDay, Verdict } from './early-life-types';
import { valueOf } from './figures';

type Counting = Pick<EarlyLifePolicy, 'count'>;
type Figured = Extract<ExitCriterion, { kind: 'figures' }>;

/** What the figures do not tell. */
export interface ExitFacts {
  /** All sessions of knowledge transfer are confirmed. */
  readonly trainingComplete: boolean;
  /** Criteria that are accepted although they are not met. */
  readonly accepted: ReadonlySet<Key>;
}

const counts = (calendar: WorkingCalendar, { count }: Counting, date: string): boolean => count === 'calendar' || isWorkingDay(calendar, date);

/** The first day on which support can begin from a date on: that date, or the next one that counts. */
export function firstDay(calendar: WorkingCalendar, policy: Counting, date: string): string {
  let day = date;
  while (!counts(calendar, policy, day)) day = dateAfter(day, 1);
  return day;
}

// A calendar never changes, and each command asks for the days of every service: those of many are the same.
const periods = new WeakMap<WorkingCalendar, Map<string, readonly string[]>>();

/** The days of which figures are expected, the first first. */
export function daysOf(calendar: WorkingCalendar, policy: Counting, { from, length }: Pick<EarlyLife, 'from' | 'length'>): readonly string[] {
  const known = periods.get(calendar) ?? new Map<string, readonly string[]>();
  periods.set(calendar, known);
  const period = `${policy.count} ${from} ${length}`;
  const found = known.get(period);
  if (found) return found;
  const days: string[] = [];
  for (let day = from; days.length < length; day = dateAfter(day, 1)) if (counts(calendar, policy, day)) days.push(day);
  known.set(period, days);
  return days;
}

/** Days from the first of them on, in short: `1` for each of these, `0` for those between. */
export function expectedOn(from: string, days: readonly string[]): string {
  const counted = new Set(days);
  const last = days.at(-1) ?? from;
  let text = '';
  for (let day = from; day <= last; day = dateAfter(day, 1)) text += counted.has(day) ? '1' : '0';
  return text;
}

/** The days that {@link expectedOn} made short. */
export const expectedDays = (from: string, expected: string): string[] => expected.split('').flatMap((mark, index) => (mark === '1' ? [dateAfter(from, index)] : []));

/** The last day of the period, extensions included. */
export const lastDay = (calendar: WorkingCalendar, policy: Counting, life: Pick<EarlyLife, 'from' | 'length'>): string => daysOf(calendar, policy, life).at(-1) ?? life.from;

/** When the period is over: at the midnight after its last day. */
export const endOf = (calendar: WorkingCalendar, policy: Counting, life: Pick<EarlyLife, 'from' | 'length'>): Instant =>
  startOfDay(calendar, dateAfter(lastDay(calendar, policy, life), 1));

/** Days of the period that are over and of which nothing was told. */
export function missingDays(calendar: WorkingCalendar, policy: Counting, life: EarlyLife, now: Instant): readonly string[] {
  const today = localDate(calendar, now);
  return daysOf(calendar, policy, life).filter((day) => day < today && !own(life.days, day));
}

const within = (criterion: Figured, value: number): boolean => (criterion.measure === 'service-level' ? value >= criterion.limit : value <= criterion.limit);
const worse = (criterion: Figured, one: number, other: number): number => (criterion.measure === 'service-level' ? Math.min(one, other) : Math.max(one, other));

/** `days` are those expected, and over; what was told of days between them (a weekend) counts as well. */
function standingOf(criterion: Figured, days: readonly string[], recorded: Readonly<Record<string, Pick<RecordedDay, 'figures'>>>): CriterionStanding {
  const { key, limit, measure, priorities, over } = criterion;
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return { key, limit, verdict: 'pending', value: null, breached: [], missing: [] };
  const from = over === 'last-day' ? last : first;
  const told = Object.keys(recorded).filter((day) => day >= from && day <= last).sort().flatMap((day) => {
    const value = valueOf(recorded[day]?.figures ?? [], measure, priorities);
    return value === undefined ? [] : [{ day, value }];
  });
  const known = new Set(told.map(({ day }) => day));
  const missing = (over === 'last-day' ? [last] : days).filter((day) => !known.has(day));
  const values = told.map(({ value }) => value);
  const value = values.length === 0 ? null : over === 'total' ? values.reduce((total, each) => total + each, 0) : values.reduce((worst, each) => worse(criterion, worst, each));
  // A total only grows: what is beyond the limit stays so, whatever is still missing. Of a service level there is no total: its days count.
  const breached = over === 'total' ? [] : told.filter((each) => !within(criterion, each.value)).map(({ day }) => day);
  const isUnmet = breached.length > 0 || (over === 'total' && value !== null && !within(criterion, value));
  const verdict: Verdict = isUnmet ? 'unmet' : missing.length > 0 ? 'missing' : 'met';
  return { key, limit, verdict, value, breached, missing };
}

/**
 * How each exit criterion stands, by the days that are over: a day of which nothing was told is named, never taken as good. A criterion looks at
 * its last days, or at as many as were agreed for the whole period: what went wrong before an extension is left behind by it.
 * @param days of which figures are expected, the first first. @param today where the service is.
 */
export function standingsOn(policy: EarlyLifePolicy, days: readonly string[], recorded: Readonly<Record<string, Pick<RecordedDay, 'figures'>>>, facts: Pick<ExitFacts, 'trainingComplete'>, today: string): readonly CriterionStanding[] {
  const past = days.filter((day) => day < today);
  return policy.criteria.map((criterion) => {
    if (criterion.kind === 'training') {
      return { key: criterion.key, verdict: facts.trainingComplete ? 'met' : 'unmet', value: null, limit: null, breached: [], missing: [] };
    }
    return standingOf(criterion, past.slice(-(criterion.last ?? policy.days)), recorded);
  });
}

/** As {@link standingsOn}, at a moment. */
export const standings = (calendar: WorkingCalendar, policy: EarlyLifePolicy, life: Pick<EarlyLife, 'from' | 'length' | 'days'>, facts: Pick<ExitFacts, 'trainingComplete'>, now: Instant): readonly CriterionStanding[] =>
  standingsOn(policy, daysOf(calendar, policy, life), life.days, facts, localDate(calendar, now));

/** The period as it was agreed, without what lengthened it. */
const agreed = ({ from, length, extensions }: EarlyLife): Pick<EarlyLife, 'from' | 'length'> => ({ from, length: length - extensions.reduce((sum, { days }) => sum + days, 0) });

/** Whether the agreed period is over. */
export const isAgreedOver = (calendar: WorkingCalendar, policy: Counting, life: EarlyLife, now: Instant): boolean => now >= endOf(calendar, policy, agreed(life));

/** The period that has to pass: somebody who took the service as it is since it was last lengthened need not wait for the longer one. */
export function periodOf({ from, length, ...life }: EarlyLife): Pick<EarlyLife, 'from' | 'length'> {
  const lengthened = life.extensions.at(-1)?.at;
  const isTaken = lengthened !== undefined && life.acceptances.some(({ at }) => at >= lengthened);
  return isTaken ? agreed({ from, length, ...life }) : { from, length };
}

/** What the criteria say of the period that has to pass, as they stand. What is unmet stays so, whatever is missing; what is accepted keeps nobody. */
export function judge(calendar: WorkingCalendar, policy: EarlyLifePolicy, life: EarlyLife, facts: ExitFacts, now: Instant): Judgement {
  const open = standings(calendar, policy, { ...life, ...periodOf(life) }, facts, now).filter(({ key, verdict }) => verdict !== 'met' && !facts.accepted.has(key));
  const unmet = open.filter(({ verdict }) => verdict === 'unmet');
  return {
    outcome: unmet.length > 0 ? 'unmet' : open.length > 0 ? 'missing' : 'met',
    criteria: (unmet.length > 0 ? unmet : open).map(({ key }) => key), missing: [...new Set(open.flatMap(({ missing }) => missing))].sort(),
  };
}

/** Whether the period may still be lengthened. */
export const mayExtend = ({ extension }: EarlyLifePolicy, { extensions }: EarlyLife): boolean => extension !== undefined && extensions.length < extension.times;
