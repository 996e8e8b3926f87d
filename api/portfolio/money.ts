/** The money of a project in one line. */
import { allPhases } from '../../domain/plan';
import { baselineOf, costsOf, totalAtCompletion } from '../../domain/project/baseline';
import type { ProjectState } from '../../domain/project/types';

/** In the currency of the template. */
export interface Money {
  readonly baseline: number;
  readonly actual: number;
  readonly atCompletion: number;
  /** What it may cost before that is an exception; null where the template sets no tolerance of cost. */
  readonly limit: number | null;
}

/** @returns null where none was promised and none is recorded. */
export function moneyOf(state: ProjectState): Money | null {
  const { cost: baseline } = baselineOf(state);
  const atCompletion = totalAtCompletion(state);
  const actual = allPhases(state.plan).reduce((sum, { key }) => sum + costsOf(state, key).actual, 0);
  if (baseline === 0 && atCompletion === 0 && actual === 0) return null;
  const tolerance = state.plan.changeControl?.tolerance?.cost;
  return { baseline, actual, atCompletion, limit: tolerance === undefined ? null : baseline + tolerance };
}
