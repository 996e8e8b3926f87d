/** What became of a sprint day by day, from the facts of its stream: what happened once never changes, and neither does this. */
import { addWorkingDays, isWorkingDay, localDate } from '../calendar';
import { own } from '../fold';
import type { Instant, Key, PersonId, Recorded } from '../process';
import { capacityOf, columnsOf, isHere, lastColumn, tally } from './cards';
import { evolve, initial } from './evolve';
import type { MemberCapacity, SprintEvent, SprintInput, SprintState, Tally } from './types';

export interface DayFigures {
  /** `YYYY-MM-DD`; the start of the sprint stands before the end of its first day, with the same date. */
  readonly date: string;
  readonly at: Instant;
  /** All that is, or was finished, in the sprint. */
  readonly scope: Tally;
  /** In the last column. */
  readonly done: Tally;
  readonly remaining: Tally;
  /** What would remain if as much were done each day. */
  readonly ideal: number;
  /** Items by column. */
  readonly columns: Readonly<Record<Key, number>>;
}

/** A working day of the timebox that is still to come. */
export interface DayAhead {
  readonly date: string;
  readonly at: Instant;
  /** What would remain at its end if as much were done each day. */
  readonly ideal: number;
}

/** What was added, taken out or estimated anew after the start. */
export interface ScopeChange {
  readonly at: Instant;
  readonly change: 'added' | 'removed' | 'estimated';
  readonly item: string;
  readonly estimate: number | null;
  readonly before?: number | null;
  /** Who did it, where the record of the sprint says so. */
  readonly person?: PersonId;
}

export interface CycleTime {
  readonly item: string;
  readonly startedAt: Instant;
  readonly deliveredAt: Instant;
  /** Both days included. */
  readonly workingDays: number;
}

export interface SprintFigures {
  readonly days: readonly DayFigures[];
  readonly ahead: readonly DayAhead[];
  readonly changes: readonly ScopeChange[];
  readonly cycle: readonly CycleTime[];
}

/** Days of a board without an end that are shown: the last ones. */
const DAYS_AT_MOST = 260;

function snapshot(state: SprintState, at: Instant, ideal: number): DayFigures {
  const here = Object.values(state.cards).filter(isHere);
  const done = here.filter(({ column }) => column === lastColumn(state));
  const remaining = here.filter(({ column }) => column !== lastColumn(state));
  return {
    date: localDate(state.input.calendar, at), at, scope: tally(here), done: tally(done), remaining: tally(remaining), ideal,
    columns: Object.fromEntries(columnsOf(state).map((column) => [column, here.filter((card) => card.column === column).length])),
  };
}

function changesOf(before: SprintState, { event, at }: Recorded<SprintEvent>): ScopeChange[] {
  if (before.status !== 'running') return [];
  const estimateOf = (item: string): number | null => own(before.cards, item)?.estimate ?? null;
  switch (event.type) {
    case 'cards-added':
      return event.cards.map(({ item, estimate }) => ({ at, change: 'added', item, estimate: estimate ?? null, ...(event.person !== undefined && { person: event.person }) }));
    case 'cards-removed': return event.items.map((item) => ({ at, change: 'removed', item, estimate: estimateOf(item), person: event.person }));
    case 'card-changed':
      return estimateOf(event.item) === (event.estimate ?? null) ? [] : [{ at, change: 'estimated', item: event.item, estimate: event.estimate ?? null, before: estimateOf(event.item) }];
    default: return [];
  }
}

/** A moment of which figures are given, and which working day of the timebox it belongs to: 0 at the start. */
interface FigureMoment {
  readonly at: Instant;
  readonly day: number;
}

/** The moments of which figures are given: the start, and the end of each working day until the sprint was over, or until now. */
function momentsOf(state: SprintState, now: Instant): FigureMoment[] {
  if (state.startedAt === undefined) return [];
  const { calendar } = state.input;
  const last = Math.min(now, state.overAt ?? state.closedAt ?? now);
  const ends: FigureMoment[] = [];
  for (let day = 1; ; day += 1) {
    const end = addWorkingDays(calendar, state.startedAt, day - 1);
    if (end >= last) break;
    ends.push({ at: end, day });
  }
  // A timer rings a moment after the day is over: that is still its end.
  const before = ends.filter(({ at }) => localDate(calendar, at) !== localDate(calendar, last));
  // A day off is no day of the timebox: what stands then stood at the end of the working day before it.
  const isNext = before.length === ends.length && isWorkingDay(calendar, localDate(calendar, last));
  return [{ at: state.startedAt, day: 0 }, ...before.slice(-DAYS_AT_MOST), ...(last > state.startedAt ? [{ at: last, day: ends.length + (isNext ? 1 : 0) }] : [])];
}

/** Follows a sprint through its events. @param now until when, in case it is not over. */
export function figuresOf(input: SprintInput, events: readonly Recorded<SprintEvent>[], now: Instant): SprintFigures {
  const states: { readonly at: Instant; readonly state: SprintState }[] = [];
  const changes: ScopeChange[] = [];
  let state = initial(input);
  // What leaves when the time is over was there until then.
  let atEnd: SprintState | undefined;
  for (const recorded of events) {
    changes.push(...changesOf(state, recorded));
    if (recorded.event.type === 'sprint-over') atEnd = state;
    state = evolve(state, recorded);
    states.push({ at: recorded.at, state });
  }
  const moments = momentsOf(state, now);
  let place = 0;
  const days = moments.map(({ at, day }, index): DayFigures => {
    while (place + 1 < states.length && (states[place + 1]?.at ?? Infinity) <= at) place += 1;
    const isEnd = atEnd !== undefined && index > 0 && index === moments.length - 1;
    return snapshot((isEnd && atEnd) || (states[place]?.state ?? state), at, idealOf(state, day));
  });
  return { days, ahead: aheadOf(state, (moments.at(-1)?.day ?? 0) + 1), changes, cycle: cycleOf(state) };
}

/** What would remain at the end of a working day of the timebox, counted from 1. */
function idealOf({ input, scope }: SprintState, day: number): number {
  const length = input.team.days;
  return length === undefined ? 0 : Math.round(Math.max(0, (scope?.estimate ?? 0) * (1 - day / length)) * 100) / 100;
}

/** @param from the first day that is to come, counted from 1. */
function aheadOf(state: SprintState, from: number): DayAhead[] {
  const { startedAt, status, input: { calendar, team } } = state;
  if (startedAt === undefined || status !== 'running') return [];
  return Array.from({ length: Math.max(0, (team.days ?? 0) - from + 1) }, (_, index): DayAhead => {
    const at = addWorkingDays(calendar, startedAt, from + index - 1);
    return { date: localDate(calendar, at), at, ideal: idealOf(state, from + index) };
  });
}

/** Working days of each member in a sprint that is still planned, if it starts at `from`. */
export function capacityAhead(input: SprintInput, events: readonly Recorded<SprintEvent>[], from: Instant): readonly MemberCapacity[] {
  return capacityOf(events.reduce(evolve, initial(input)), from);
}

function cycleOf({ input, cards }: SprintState): CycleTime[] {
  return Object.entries(cards).flatMap(([item, { startedAt, deliveredAt }]): CycleTime[] => {
    if (deliveredAt === undefined) return [];
    const from = startedAt ?? deliveredAt;
    return [{ item, startedAt: from, deliveredAt, workingDays: daysBetween(input, from, deliveredAt) }];
  }).sort((one, other) => one.deliveredAt - other.deliveredAt);
}

function daysBetween({ calendar }: SprintInput, from: Instant, to: Instant): number {
  let days = 1;
  while (addWorkingDays(calendar, from, days - 1) < to) days += 1;
  return days;
}
