/** What is supposed otherwise in a simulation, as it is filled in. */
import type { Schema } from '../../../client';
import { beginningOf, dayOf } from '../../parts/days';
import { isNumber, type Written } from '../../parts/written';

export interface Supposed {
  readonly people: Readonly<Record<string, number>>;
  /** In percent. */
  readonly rejection?: number;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** Working days at best, most likely and at worst, by `PHASE/TASK`. */
  readonly estimates: Readonly<Record<string, readonly [Written, Written, Written]>>;
  readonly items?: number;
}

export const NOTHING_SUPPOSED: Supposed = { people: {}, parameters: {}, estimates: {} };

export const isSupposed = ({ people, rejection, parameters, estimates, items }: Supposed): boolean =>
  rejection !== undefined || items !== undefined || [people, parameters, estimates].some((each) => Object.keys(each).length > 0);

export const isOrdered = ([best, likely, worst]: readonly [Written, Written, Written]): boolean => isNumber(best) && isNumber(likely) && isNumber(worst) && best <= likely && likely <= worst;

export const toWhatIf = ({ people, rejection, parameters, estimates, items }: Supposed) => ({
  people: { ...people }, parameters: { ...parameters }, estimates: Object.fromEntries(Object.entries(estimates).map(([task, [best, likely, worst]]) => [task, [best, likely, worst] as [number, number, number]])),
  ...(rejection !== undefined && { rejection: rejection / 100 }), ...(items !== undefined && { items }),
});

type Ends = Schema<'SimulationRuns'>['ends'];
export interface Bin {
  /** Its first day, ISO 8601. */
  readonly from: string;
  /** How many runs of each end in it. */
  readonly runs: readonly number[];
}

const DAY_MS = 86_400_000;
const BINS_AT_MOST = 24;

/** Of the day that a moment falls on: days are counted, as one in spring is shorter than the others. */
const numberOf = (at: string): number => Date.parse(dayOf(at)) / DAY_MS;

/** Counts the ends of one or more simulations in the same spans of as many days each. */
export function binsOf(all: readonly Ends[], most = BINS_AT_MOST): Bin[] {
  const days = all.flat().map(({ at }) => numberOf(at));
  if (days.length === 0) return [];
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const size = Math.max(1, Math.ceil((last - first + 1) / most));
  return Array.from({ length: Math.floor((last - first) / size) + 1 }, (_, bin) => {
    const from = first + bin * size;
    const within = ({ at }: Ends[number]): boolean => numberOf(at) >= from && numberOf(at) < from + size;
    return { from: beginningOf(new Date(from * DAY_MS).toISOString().slice(0, 10)), runs: all.map((ends) => ends.filter(within).reduce((sum, { runs }) => sum + runs, 0)) };
  });
}

/** The bin in which a moment falls. */
export const binAt = (bins: readonly Bin[], at: string): Bin | undefined => bins.findLast(({ from }) => Date.parse(from) <= Date.parse(at)) ?? bins[0];
