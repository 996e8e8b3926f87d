/** When a running project would end. Pure, and slow: it is done in a process of its own. */
import type { Present } from '../../domain/play/origin';
import { projectAmong } from '../../domain/play/play';
import { simulate, type SimulationResult } from '../../domain/play/simulate';
import type { Instant, Key } from '../../domain/process';

export interface ProjectToForecast extends Present {
  readonly now: Instant;
  readonly runs: number;
  readonly seed: number;
  /** How many people hold a role, where it is to be another number than there are. */
  readonly people: Readonly<Record<Key, number>>;
}

/** After so long the runs that are done are enough: thousands of tasks take seconds each time. */
const LIMIT_MS = 20_000;

/** Plays a running project on to its end, so many times, or as often as there is time for. @throws Error when the project itself is not among the standings. */
export function forecastProject({ standings, claimedAt, now, runs, seed, people }: ProjectToForecast): SimulationResult {
  const project = projectAmong(standings);
  if (!project) throw new Error('the project itself is missing');
  const until = Date.now() + LIMIT_MS;
  return simulate(project.plan, { runs, seed, people, start: now, isEnough: () => Date.now() > until, from: { standings, ...(claimedAt && { claimedAt }) } });
}
