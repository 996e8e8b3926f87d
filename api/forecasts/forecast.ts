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

/** Plays a running project on to its end, so many times. @throws Error when the project itself is not among the standings. */
export function forecastProject({ standings, claimedAt, now, runs, seed, people }: ProjectToForecast): SimulationResult {
  const project = projectAmong(standings);
  if (!project) throw new Error('the project itself is missing');
  return simulate(project.plan, { runs, seed, people, start: now, from: { standings, ...(claimedAt && { claimedAt }) } });
}
