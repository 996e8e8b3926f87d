/** Keeps forecasts of projects that hand services over: one at a time, while nobody else has something computed. */
import { forecastHandovers } from '../../domain/handover/forecast';
import type { Plan } from '../../domain/plan';
import type { SimulationResult } from '../../domain/play/simulate';
import { isBusy, JobGaveUp, runApart } from '../apart/run';
import type { Deps } from '../deps';
import { readPresent } from './present';

/** So many runs are enough for what is kept. */
export const KEPT_RUNS = 100;
const LOOK_MS = 20_000;

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
export function keepForecasts(deps: Pick<Deps, 'reads' | 'log'>): { readonly close: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const look = async (): Promise<void> => {
    const wasMade = await makeNextForecast(deps).catch((error: unknown) => {
      deps.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'a forecast could not be made');
      return false;
    });
    if (!isClosed) timer = setTimeout(() => void look(), wasMade ? LOOK_MS / 10 : LOOK_MS);
  };
  timer = setTimeout(() => void look(), LOOK_MS);
  return { close: () => { isClosed = true; clearTimeout(timer); } };
}
