/** What a change of people, or of how often voters ask for rework, does to a simulation or a forecast. */
import type { Key } from '../process';
import type { SimulationResult } from './simulate';

/** Differences are what there is with the change, less what there was without: below zero is sooner, or less. */
export interface Comparison {
  /** Working days to the end. */
  readonly workingDays: { readonly p50: number; readonly p80: number; readonly p95: number };
  /** Share of the runs that come to an end. */
  readonly ended: number;
  /** Roles that another number of people, another load or another wait has; the one whose tasks wait least longer first. */
  readonly roles: readonly RoleComparison[];
}

export interface RoleComparison {
  readonly role: Key;
  readonly people: number;
  /** Share of its people's time that is taken in the busiest week. */
  readonly peak: number;
  /** Working days that tasks waited for its people, per run. */
  readonly waitedDays: number;
  /** Its tasks wait less than before. */
  readonly relieved: boolean;
}

const NOTHING = { people: 0, peak: 0, waitedDays: 0 };

/** Compares two results of the same plan; with the same seed and runs, nothing but the change makes a difference. */
export function compareSimulations(before: SimulationResult, after: SimulationResult): Comparison {
  const roles = [...new Set([...before.load, ...after.load].map(({ role }) => role))];
  return {
    workingDays: {
      p50: less(after.workingDays.p50, before.workingDays.p50), p80: less(after.workingDays.p80, before.workingDays.p80),
      p95: less(after.workingDays.p95, before.workingDays.p95),
    },
    ended: less(shareEnded(after), shareEnded(before)),
    roles: roles.map((role) => compareRole(role, before, after)).filter(({ people, peak, waitedDays }) => people !== 0 || peak !== 0 || waitedDays !== 0)
      .sort((one, other) => one.waitedDays - other.waitedDays || (one.role < other.role ? -1 : 1)),
  };
}

function compareRole(role: Key, before: SimulationResult, after: SimulationResult): RoleComparison {
  const [was, is] = [before, after].map(({ load }) => load.find((each) => each.role === role) ?? NOTHING) as [typeof NOTHING, typeof NOTHING];
  const waitedDays = less(is.waitedDays, was.waitedDays);
  return { role, people: is.people - was.people, peak: less(is.peak, was.peak), waitedDays, relieved: waitedDays < 0 };
}

const shareEnded = ({ outcomes, runs }: SimulationResult): number => 1 - (outcomes['stuck'] ?? 0) / runs;
/** A difference without the noise of fractions. */
const less = (one: number, other: number): number => Math.round((one - other) * 1000) / 1000;
