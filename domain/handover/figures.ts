/** The figures of one day: how they are checked, and kept in short. */
import { addWorkingDays, localDate, startOfDay, type WorkingCalendar } from '../calendar';
import { type FieldProblem, refuse } from '../errors';
import { isDate } from '../date';
import { own } from '../fold';
import type { Decision, Instant } from '../process';
import type { ByPriority, DailyFigures, EarlyLife, EarlyLifeEvent, FiguresEntry, FiguresSource, Measure, PackedFigures, Priority } from './early-life-types';
import { PRIORITIES } from './early-life-types';

/** Beyond this a number is a slip of the keyboard. */
export const MOST = 100_000;

const byPriority = (numbers: readonly number[]): ByPriority => ({ p1: numbers[0] ?? 0, p2: numbers[1] ?? 0, p3: numbers[2] ?? 0, p4: numbers[3] ?? 0 });
const inOrder = (each: ByPriority): readonly number[] => PRIORITIES.map((priority) => each[priority]);

export const packFigures = ({ incidents, open, serviceLevel, defects, calls }: DailyFigures): PackedFigures =>
  [...inOrder(incidents), serviceLevel, defects, calls, ...(open ? inOrder(open) : [])];

export function unpackFigures(packed: PackedFigures): DailyFigures {
  return {
    incidents: byPriority(packed), serviceLevel: packed[4] ?? 0, defects: packed[5] ?? 0, calls: packed[6] ?? 0,
    ...(packed.length > 7 && { open: byPriority(packed.slice(7)) }),
  };
}

const sum = (each: ByPriority, priorities: readonly Priority[]): number => priorities.reduce((total, priority) => total + each[priority], 0);

/** What a day says of a measure; undefined: nothing was told of it. */
export function valueOf(packed: PackedFigures, measure: Measure, priorities: readonly Priority[] = PRIORITIES): number | undefined {
  const { incidents, open, serviceLevel, defects, calls } = unpackFigures(packed);
  switch (measure) {
    case 'incidents': return sum(incidents, priorities);
    case 'open-incidents': return open && sum(open, priorities);
    case 'service-level': return serviceLevel;
    case 'defects': return defects;
    case 'calls': return calls;
  }
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= MOST;

/** What is wrong with numbers, by JSON pointer into the entry. */
function checkNumbers({ incidents, open, serviceLevel, defects, calls }: DailyFigures): FieldProblem[] {
  const counts: (readonly [string, number])[] = [
    ...PRIORITIES.map((priority) => [`incidents/${priority}`, incidents[priority]] as const),
    ...(open ? PRIORITIES.map((priority) => [`open/${priority}`, open[priority]] as const) : []),
    ['defects', defects], ['calls', calls],
  ];
  return [
    ...counts.filter(([, value]) => !isCount(value)).map(([name]): FieldProblem => ({ pointer: `/figures/${name}`, code: 'range', expected: `0 – ${MOST}` })),
    ...(serviceLevel >= 0 && serviceLevel <= 100 ? [] : [{ pointer: '/figures/serviceLevel', code: 'range' as const, expected: '0 – 100' }]),
  ];
}

/** Days are those of the calendar, have come, and lie in the time of support. */
function checkDay({ date, timeZone }: FiguresEntry, calendar: WorkingCalendar, life: EarlyLife, now: Instant): FieldProblem[] {
  if (timeZone !== undefined && timeZone !== calendar.timeZone) return [{ pointer: '/timeZone', code: 'choice', expected: calendar.timeZone }];
  if (!isDate(date)) return [{ pointer: '/date', code: 'format', expected: 'YYYY-MM-DD' }];
  const today = localDate(calendar, now);
  if (date > today) return [{ pointer: '/date', code: 'future', expected: `≤ ${today}` }];
  return date < life.from ? [{ pointer: '/date', code: 'range', expected: `≥ ${life.from}` }] : [];
}

/** Until when figures of a day come in time: the end of the working day after it. */
const inTimeUntil = (calendar: WorkingCalendar, date: string): Instant => addWorkingDays(calendar, startOfDay(calendar, date), 1);

/** Of days before its support was known here nothing can be late. */
const isLate = (calendar: WorkingCalendar, life: EarlyLife, date: string, now: Instant): boolean => now > inTimeUntil(calendar, date) && date >= localDate(calendar, life.startedAt);

/**
 * Judges figures of one day. The same ones again change nothing; others are refused with who told which, unless they are meant to
 * correct: then both stay on record.
 */
export function judgeFigures(entry: FiguresEntry, source: FiguresSource, life: EarlyLife, calendar: WorkingCalendar, now: Instant): Decision<EarlyLifeEvent> {
  const { service, date } = entry;
  const problems = [...checkDay(entry, calendar, life, now), ...checkNumbers(entry.figures)];
  if (problems.length > 0) return refuse('figures-invalid', { service, date }, problems);
  const figures = packFigures(entry.figures);
  const known = own(life.days, date);
  if (known && known.figures.length === figures.length && known.figures.every((value, index) => value === figures[index])) return { ok: true, events: [] };
  if (known && entry.correction !== true) {
    return refuse('figures-known', { service, date, at: new Date(known.at).toISOString(), ...(known.by !== undefined && { person: known.by }) });
  }
  return { ok: true, events: [{
    type: 'figures-recorded', service, date, figures, source, ...(isLate(calendar, life, date, now) && { late: true }), ...(known && { correction: true }),
  }] };
}
