/** Keeps forecasts of projects that hand services over: one at a time, while nobody else has something computed. */
import { forecastHandovers } from '../../domain/handover/forecast';
import type { Plan } from '../../domain/plan';
import type { SimulationResult } from '../../domain/play/simulate';
import { isBusy, JobGaveUp, runApart } from '../apart/run';
import { keepDoing } from '../background';
import type { Deps } from '../deps';
import { readPresent } from './present';

/** So many runs are enough for what is kept. */
export const KEPT_RUNS = 100;

/** Keeps what a forecast says of services. @param of its plan, and how far the log was before it was made. */
export async function keepForecastOf({ reads }: Pick<Deps, 'reads'>, project: string, { seqs, plan }: { readonly seqs: number; readonly plan: Plan }, result: SimulationResult): Promise<void> {
  await reads.keepForecast(project, seqs, { runs: result.runs, phases: forecastHandovers(plan, result) }, result.start);
}

/** Makes the forecast that is wanted most. @returns whether there was one to make. */
export async function makeNextForecast({ reads }: Pick<Deps, 'reads'>): Promise<boolean> {
  if (isBusy()) return false;
  const project = await reads.claimForecast();
  if (project === undefined) return false;
  const found = await readPresent({ reads }, project);
  const now = Date.now();
  try {
    if (!found) await reads.keepForecast(project, 0, null, now);
    else await keepForecastOf({ reads }, project, found, await runApart('forecastProject', { ...found.present, now, runs: KEPT_RUNS, seed: 1, people: {} }));
  } catch (error) {
    // What took too long today is tried again tomorrow.
    if (!(error instanceof JobGaveUp)) throw error;
    await reads.keepForecast(project, found?.seqs ?? 0, null, now);
  }
  return true;
}

/** Makes forecasts from now on. @returns ends it. */
export const keepForecasts = (deps: Pick<Deps, 'reads' | 'log'>): { readonly close: () => void } => keepDoing(deps, () => makeNextForecast(deps), 'a forecast could not be made');
