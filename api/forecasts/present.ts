/** Where a running project stands, as its forecast begins. */
import { projectAmong } from '../../domain/play/play';
import type { Plan } from '../../domain/plan';
import type { Deps } from '../deps';
import type { ProjectToForecast } from './forecast';

interface ToForecast {
  /** How far the log was before anything was read. */
  readonly seqs: number;
  readonly plan: Plan;
  readonly present: Required<Pick<ProjectToForecast, 'standings' | 'claimedAt'>>;
}

/** @returns null: the project has ended. */
export async function readPresent({ reads }: Pick<Deps, 'reads'>, project: string): Promise<ToForecast | null> {
  const seqs = await reads.progress(project);
  const [found, claimed] = await Promise.all([reads.standings([project], { unheard: true }), reads.claimed([project])]);
  const standings = found.get(project);
  const state = standings && projectAmong(standings);
  return standings && state ? { seqs, plan: state.plan, present: { standings, claimedAt: claimed.get(project) ?? {} } } : null;
}
