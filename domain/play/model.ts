import type { Plan } from '../plan';
import type { Instant, Key } from '../process';
import type { Wanted } from './evidence';
import type { Origin } from './origin';

/** All that a run of a simulation needs. */
export interface SimulationModel {
  readonly plan: Plan;
  /** Where each run begins: they all go on from the same states, which never change. */
  readonly origin: Origin;
  readonly start: Instant;
  readonly seed: number;
  readonly rejectionRate: number;
  readonly rejection: Readonly<Record<Key, number>>;
  readonly responseDays: readonly [number, number, number];
  /** Working days that a look at another's delivery takes. */
  readonly confirmDays: number;
  /** Which share of its time a task takes when it is done again. */
  readonly reworkShare: number;
  /** What gates ask of the evidence of their phase, as far as it was asked for. */
  readonly wanted: Map<string, Wanted>;
}
