/** Simulation of a plan: many runs of the real processes, and what they say together. */
import type { Plan } from '../plan';
import type { Instant, Key } from '../process';
import type { SimulationModel } from './model';
import { addTo, OneRun, type RunResult } from './one-run';
import { type Present, runningProject, startedProject } from './origin';
import { WorkClock } from '../work-clock';

export interface SimulationOptions {
  readonly runs: number;
  readonly seed: number;
  /** When the project starts; of one that runs: now. */
  readonly start: Instant;
  /** A project that runs: its runs go on from where it stands, with the people it has. */
  readonly from?: Present;
  /** How many people hold each role; where nothing is said one, or those whom the running project has. */
  readonly people?: Readonly<Record<Key, number>>;
  /** How often a voter answers rework, from 0 to 1; per gate in `rejection`. */
  readonly rejectionRate?: number;
  readonly rejection?: Readonly<Record<Key, number>>;
  /** How long voters take, in working days: at best, most likely, at worst. */
  readonly responseDays?: readonly [number, number, number];
  /** Hears how many runs are done. */
  readonly onProgress?: (runs: number) => void;
  /** Asked after each run: whether these are enough, however many were wanted. */
  readonly isEnough?: (runs: number) => boolean;
}

/** Half of the runs ended by `p50`, and so on. */
export interface Spread {
  readonly p50: Instant;
  readonly p80: Instant;
  readonly p95: Instant;
}

export interface SimulationResult {
  readonly runs: number;
  readonly seed: number;
  readonly start: Instant;
  /** Of the runs that come to an end; of all, up to where they stop, when none does. */
  readonly end: Spread;
  /** In how many of the same runs the end fell on which day, as its beginning in UTC; the first day first. */
  readonly ends: readonly { readonly at: Instant; readonly runs: number }[];
  /** Working days from start to end, of the same runs. */
  readonly workingDays: { readonly p50: number; readonly p80: number; readonly p95: number };
  /** How the runs ended; `stuck`: nothing could happen any more, as where nobody may decide. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Phases that were open when a run got stuck, and in how many runs; the most frequent first. */
  readonly stuck: readonly { readonly phase: Key; readonly runs: number }[];
  readonly gates: readonly (Spread & { readonly gate: Key; readonly reached: number })[];
  /** Tasks as `PHASE/TASK`, with the share of runs in which they decided on the end; the most critical first. */
  readonly critical: readonly { readonly task: string; readonly share: number }[];
  /** Per role: share of its people's time that is taken, per week and at its most; and the working days that tasks waited for them, per run. */
  readonly load: readonly { readonly role: Key; readonly people: number; readonly peak: number; readonly weeks: readonly number[]; readonly waitedDays: number }[];
  /** What waits for whom, in working days per run; the most costly first, at most twenty of each. */
  readonly waiting: {
    /** Tasks as `PHASE/TASK` that waited until somebody of their role was free. */
    readonly tasks: readonly { readonly role: Key; readonly task: string; readonly days: number }[];
    /** Steps of gates, until their roles had decided; where a gate asks again, all times together. */
    readonly gates: readonly { readonly gate: Key; readonly step: Key; readonly roles: readonly Key[]; readonly days: number }[];
  };
  /** The project was on hold: it is forecast as if it were resumed at `start`. */
  readonly held: boolean;
  /** Roles of a running project that nobody holds although they have something to do: somebody is supposed to hold them. */
  readonly unassigned: readonly Key[];
}

/** How long voters take where nothing is said, in working days: at best, most likely, at worst. */
export const RESPONSE_DAYS = [0.5, 1, 3] as const;
const DEFAULTS = { rejectionRate: 0.1, responseDays: RESPONSE_DAYS, confirmDays: 0.5, reworkShare: 0.4 };
const WEEK_DAYS = 5;
const DAY_MS = 86_400_000;
const PROGRESS_EVERY = 25;
const WAITING_AT_MOST = 20;

/**
 * Simulates a plan, or forecasts a running project, whose plan it then is. The same plan, options and seed give the same result. Cost grows
 * with runs and tasks.
 */
export function simulate(plan: Plan, options: SimulationOptions): SimulationResult {
  const { runs, seed, start, people = {} } = options;
  const clock = new WorkClock(plan.calendar);
  const model: SimulationModel = {
    plan, start, seed, origin: options.from ? runningProject(options.from, start, people) : startedProject(plan, start, people),
    rejection: options.rejection ?? {}, confirmDays: DEFAULTS.confirmDays, reworkShare: DEFAULTS.reworkShare,
    rejectionRate: options.rejectionRate ?? DEFAULTS.rejectionRate, responseDays: options.responseDays ?? DEFAULTS.responseDays,
    wanted: new Map(),
  };
  const results: RunResult[] = [];
  for (let run = 0; run < runs; run += 1) {
    results.push(new OneRun(model, clock, run).go());
    if ((run + 1) % PROGRESS_EVERY === 0) options.onProgress?.(run + 1);
    if (options.isEnough?.(run + 1)) break;
  }
  return summarise(plan, model, clock, results);
}

function summarise(plan: Plan, model: SimulationModel, clock: WorkClock, results: readonly RunResult[]): SimulationResult {
  const { cast, held } = model.origin;
  const ended = results.filter(({ status }) => status !== 'stuck');
  const told = ended.length > 0 ? ended : results;
  const ends = sorted(told.map(({ endAt }) => endAt));
  const days = sorted(told.map(({ end }) => end / clock.dayMs));
  const outcomes: Record<string, number> = {};
  for (const { status } of results) outcomes[status] = (outcomes[status] ?? 0) + 1;
  const critical = new Map<string, number>();
  for (const result of results) for (const task of result.critical) critical.set(task, (critical.get(task) ?? 0) + 1);
  return {
    runs: results.length, seed: model.seed, start: model.start, end: spread(ends), ends: countByDay(ends),
    workingDays: { p50: round(at(days, 0.5), 1), p80: round(at(days, 0.8), 1), p95: round(at(days, 0.95), 1) },
    outcomes, stuck: countStuck(results),
    gates: plan.phases.flatMap(({ gate }) => {
      const passed = gate ? sorted(results.flatMap((result) => result.gates.get(gate.key) ?? [])) : [];
      return gate && passed.length > 0 ? [{ gate: gate.key, reached: passed.length / results.length, ...spread(passed) }] : [];
    }),
    critical: [...critical].map(([task, count]) => ({ task, share: round(count / results.length, 3) }))
      .sort((one, other) => other.share - one.share || byText(one.task, other.task)),
    load: plan.roles.filter(({ members }) => members.length === 0).flatMap(({ key }) => loadOf(key, cast.of(key).length, clock, results)),
    waiting: waitingIn(plan, clock, results), held, unassigned: cast.unassigned,
  };
}

/** @param ends sorted. */
function countByDay(ends: readonly Instant[]): SimulationResult['ends'] {
  const days = new Map<Instant, number>();
  for (const end of ends) {
    const day = Math.floor(end / DAY_MS) * DAY_MS;
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days].map(([day, runs]) => ({ at: day, runs }));
}

function countStuck(results: readonly RunResult[]): SimulationResult['stuck'] {
  const runs = new Map<Key, number>();
  for (const phase of results.flatMap(({ stuckIn }) => stuckIn)) runs.set(phase, (runs.get(phase) ?? 0) + 1);
  return [...runs].map(([phase, count]) => ({ phase, runs: count })).sort((one, other) => other.runs - one.runs || byText(one.phase, other.phase));
}

function waitingIn(plan: Plan, clock: WorkClock, results: readonly RunResult[]): SimulationResult['waiting'] {
  const daysOf = (total: number): number => round(total / results.length / clock.dayMs, 1);
  const costly = <T extends { readonly days: number }>(all: readonly T[], name: (one: T) => string): T[] =>
    all.filter(({ days }) => days > 0).sort((one, other) => other.days - one.days || byText(name(one), name(other))).slice(0, WAITING_AT_MOST);
  const rolesOf = (gate: Key, step: Key): readonly Key[] =>
    plan.phases.find((phase) => phase.gate?.key === gate)?.gate?.policy.steps.find(({ key }) => key === step)?.roles ?? [];
  return {
    tasks: costly(totalsOf(results, ({ waited }) => waited).map(([role, task, total]) => ({ role, task, days: daysOf(total) })), ({ role, task }) => `${task} ${role}`),
    gates: costly(totalsOf(results, ({ answered }) => answered).map(([gate, step, total]) => ({ gate, step, roles: rolesOf(gate, step), days: daysOf(total) })),
      ({ gate, step }) => `${gate} ${step}`),
  };
}

/** Sums over all runs of what each run has by two keys. */
function totalsOf(results: readonly RunResult[], of: (result: RunResult) => ReadonlyMap<Key, ReadonlyMap<string, number>>): [Key, string, number][] {
  const totals = new Map<Key, Map<string, number>>();
  for (const result of results) {
    for (const [first, inner] of of(result)) for (const [second, more] of inner) addTo(totals, first, second, more);
  }
  return [...totals].flatMap(([first, inner]) => [...inner].map(([second, total]): [Key, string, number] => [first, second, total]));
}

function loadOf(role: Key, people: number, clock: WorkClock, results: readonly RunResult[]): SimulationResult['load'][number][] {
  const length = results.reduce((most, { busy }) => Math.max(most, busy.get(role)?.length ?? 0), 0);
  if (length === 0) return [];
  const capacity = clock.dayMs * WEEK_DAYS * people * results.length;
  const weeks = Array.from({ length }, (_, week) => round(results.reduce((total, { busy }) => total + (busy.get(role)?.[week] ?? 0), 0) / capacity, 3));
  const waited = results.reduce((total, result) => total + sum(result.waited.get(role)?.values() ?? []), 0);
  return [{ role, people, peak: Math.max(...weeks), weeks, waitedDays: round(waited / results.length / clock.dayMs, 1) }];
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const sorted = (values: number[]): number[] => values.sort((one, other) => one - other);
/** The value that this share of the values does not exceed. */
const at = (values: readonly number[], share: number): number => values[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0;
const moment = (values: readonly Instant[], share: number): Instant => Math.round(at(values, share));
const spread = (values: readonly Instant[]): Spread => ({ p50: moment(values, 0.5), p80: moment(values, 0.8), p95: moment(values, 0.95) });
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
