/** When the phases and tasks of a plan would be done if each took its most likely time: what a project promises, and is measured against. */
import type { WorkingCalendar } from '../calendar';
import { own } from '../fold';
import type { Plan, PlanPhase, PlanTask } from '../plan';
import type { Instant, Key } from '../process';
import { WorkClock } from '../work-clock';

/** Working days from the start. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Lengths {
  readonly phases: Readonly<Record<Key, Span>>;
  /** By `PHASE/TASK`. */
  readonly tasks: Readonly<Record<string, Span>>;
  readonly total: number;
}

/** What is known of a phase that has begun. */
export interface Begun {
  readonly openedAt?: Instant;
  /** When it was over. */
  readonly passedAt?: Instant;
}

export interface Dates {
  readonly startAt: Instant;
  readonly endAt: Instant;
}

const clocks = new WeakMap<WorkingCalendar, WorkClock>();

/** A calendar never changes: its working time is laid out once. */
export function clockOf(calendar: WorkingCalendar): WorkClock {
  const known = clocks.get(calendar) ?? new WorkClock(calendar);
  clocks.set(calendar, known);
  return known;
}

/** Working days that a task takes: its most likely estimate, else the days until it is due. */
const daysOf = ({ estimate, dueDays }: PlanTask): number => estimate?.[1] ?? dueDays ?? 0;

/** The money of a phase: its budget, or that of its tasks where they have more. */
export function costOfPhase({ budget, tasks }: PlanPhase): number {
  return Math.max(budget ?? 0, tasks.reduce((sum, task) => sum + (task.budget ?? 0) * (task.items?.length ?? 1), 0));
}

export const costOf = ({ phases }: Plan): number => phases.reduce((sum, phase) => sum + costOfPhase(phase), 0);

/** The longest way through a plan, in working days; waiting for decisions takes none. */
export function lengthsOf(plan: Plan): Lengths {
  const phases: Record<Key, Span> = {};
  const tasks: Record<string, Span> = {};
  const spanOf = (key: Key): Span => {
    const known = own(phases, key);
    const phase = plan.phases.find((each) => each.key === key);
    if (known || !phase) return known ?? { from: 0, to: 0 };
    const from = Math.max(0, ...phase.after.map((before) => spanOf(before).to));
    // A phase without an end yet: one that a task of it waits for does not wait for it.
    phases[key] = { from, to: from };
    const done = (task: PlanTask): number => {
      const at = `${key}/${task.key}`;
      const span = own(tasks, at);
      if (span) return span.to;
      const starts = task.after.map((each) => {
        // Items of a backlog are done while its phase is open, and how long they take is not planned.
        if ('backlog' in each) return spanOf(each.backlog).from;
        if ('phase' in each) return each.reaches === 'open' ? spanOf(each.phase).from : spanOf(each.phase).to;
        const before = phase.tasks.find((one) => one.key === each.task);
        return before ? done(before) : 0;
      });
      const start = Math.max(from, ...starts);
      tasks[at] = { from: start, to: start + daysOf(task) };
      return start + daysOf(task);
    };
    const span = { from, to: Math.max(from, ...phase.tasks.map(done)) };
    phases[key] = span;
    return span;
  };
  for (const { key } of plan.phases) spanOf(key);
  return { phases, tasks, total: Math.max(0, ...Object.values(phases).map(({ to }) => to)) };
}

/**
 * The dates of the phases of a plan. What has begun counts from when it did, what is over stands as it was; the rest follows by the plan.
 * @param startAt when the project started.
 * @param now what is not over does not end before, and what has not begun does not begin before; not given: as planned.
 */
export function datesOf(plan: Plan, startAt: Instant, begun: (phase: Key) => Begun, now = -Infinity): { readonly phases: Readonly<Record<Key, Dates>>; readonly tasks: Readonly<Record<string, Dates>>; readonly endAt: Instant } {
  const { phases: spans, tasks: taskSpans } = lengthsOf(plan);
  const phases: Record<Key, Dates> = {};
  const clock = clockOf(plan.calendar);
  const later = (from: Instant, days: number): Instant => (days <= 0 ? from : clock.toInstant(clock.toWork(from) + days * clock.dayMs));
  const datesFor = (key: Key): Dates => {
    const known = own(phases, key);
    const phase = plan.phases.find((each) => each.key === key);
    if (known || !phase) return known ?? { startAt, endAt: startAt };
    const { openedAt, passedAt } = begun(key);
    const start = openedAt ?? Math.max(passedAt === undefined ? now : startAt, startAt, ...phase.after.map((before) => datesFor(before).endAt));
    const span = own(spans, key) ?? { from: 0, to: 0 };
    const dates = { startAt: start, endAt: passedAt ?? Math.max(now, later(start, span.to - span.from)) };
    phases[key] = dates;
    return dates;
  };
  for (const { key } of plan.phases) datesFor(key);
  const tasks = Object.fromEntries(plan.phases.flatMap((phase) => phase.tasks.map((task): [string, Dates] => {
    const at = `${phase.key}/${task.key}`;
    const [start, of] = [datesFor(phase.key).startAt, own(spans, phase.key)?.from ?? 0];
    const span = own(taskSpans, at) ?? { from: of, to: of };
    return [at, { startAt: later(start, span.from - of), endAt: later(start, span.to - of) }];
  })));
  return { phases, tasks, endAt: Math.max(startAt, ...Object.values(phases).map(({ endAt }) => endAt)) };
}
