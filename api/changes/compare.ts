/** Baseline, plan and forecast of a project at a moment, folded from the log. */
import type { z } from 'zod';
import { datesOf, costOf, costOfPhase, type Dates } from '../../domain/change/schedule';
import { own } from '../../domain/fold';
import { projectAmong, type Standing } from '../../domain/play/play';
import type { SimulationResult } from '../../domain/play/simulate';
import { baselineOf, costAtCompletion, costsOf, totalAtCompletion } from '../../domain/project/baseline';
import type { ProjectState } from '../../domain/project/types';
import { runWhenFree } from '../apart/run';
import type { Deps } from '../deps';
import { toIso } from '../http/instant';
import type { Language } from '../http/language';
import { readNames } from '../naming';
import { Problem } from '../problem';
import type { ProjectAccess } from '../reads';
import type { comparisonView } from './views';

const RUNS = 200;

/** Dates of a plan with what has happened of it. */
function datesIn(state: ProjectState): ReturnType<typeof datesOf> {
  return datesOf(state.plan, state.startedAt ?? 0, (key) => {
    const phase = own(state.phases, key);
    return { ...(phase?.openedAt !== undefined && { openedAt: phase.openedAt }), ...(phase?.passedAt !== undefined && { passedAt: phase.passedAt }) };
  });
}

async function forecastOf(standings: readonly Standing[], now: number): Promise<SimulationResult | null> {
  const state = projectAmong(standings);
  if (!state || !['running', 'held'].includes(state.status)) return null;
  return runWhenFree('forecastProject', { standings, claimedAt: {}, now, runs: RUNS, seed: 1, people: {} });
}

const shown = (dates: Dates | undefined) => (dates ? { startAt: toIso(dates.startAt), endAt: toIso(dates.endAt) } : null);
const spread = ({ p50, p80, p95 }: Readonly<Record<'p50' | 'p80' | 'p95', number>>) => ({ p50: toIso(p50), p80: toIso(p80), p95: toIso(p95) });

/** @throws Problem `not-started` when the project had not started then. */
export async function compare(
  deps: Deps, access: ProjectAccess, project: string, { at, forecast, language }: { readonly at: number | undefined; readonly forecast: boolean; readonly language: Language },
): Promise<z.output<typeof comparisonView>> {
  const now = at ?? Date.now();
  const standings = await deps.reads.standingsAsOf(project, now);
  const state = projectAmong(standings);
  if (!state || state.startedAt === undefined) throw new Problem('not-started');
  const baseline = baselineOf(state);
  // The tasks that were promised are those of the plan when it was.
  const then = state.baseline ? projectAmong(await deps.reads.standingsAsOf(project, baseline.at)) : state;
  const promised = then && (state.baseline ? datesIn(then) : datesOf(then.plan, state.startedAt, () => ({})));
  const [planned, result, names] = [datesIn(state), forecast ? await forecastOf(standings, now) : null, await readNames(deps, access, language, [], [])];
  const gates = new Map(result?.gates.map((each) => [each.gate, each]));
  const hasEnd = result !== null && (result.outcomes['stuck'] ?? 0) < result.runs;
  const keys = [...new Set([...state.plan.phases, ...(state.plan.former ?? []), ...(then?.plan.phases ?? [])].map((each) => each.key))];
  const totals = keys.map((key) => costsOf(state, key));
  return {
    project, asOf: toIso(now), currency: names.template.currency, baselineAt: toIso(baseline.at), baselineChange: baseline.change ?? null,
    end: { baseline: toIso(baseline.endAt), plan: toIso(planned.endAt), forecast: hasEnd ? spread(result.end) : null },
    cost: {
      baseline: baseline.cost, plan: costOf(state.plan), committed: totals.reduce((sum, { committed }) => sum + committed, 0), actual: totals.reduce((sum, { actual }) => sum + actual, 0),
      atCompletion: totalAtCompletion(state),
    },
    phases: keys.map((key) => {
      const phase = own(state.phases, key);
      const plan = state.plan.phases.find((each) => each.key === key);
      const gate = plan?.gate && gates.get(plan.gate.key);
      const { committed, actual, toComplete } = costsOf(state, key);
      return {
        phase: { key, name: names.phase(key) }, status: phase?.status ?? 'waiting', baseline: shown(own(baseline.phases, key)), plan: shown(own(planned.phases, key)),
        openedAt: toIso(phase?.openedAt ?? null), passedAt: toIso(phase?.passedAt ?? null), forecast: gate ? spread(gate) : null,
        cost: {
          baseline: own(baseline.phases, key)?.cost ?? 0, plan: plan ? costOfPhase(plan) : 0, committed, actual, toComplete: toComplete ?? null, atCompletion: costAtCompletion(state, key),
        },
      };
    }),
    tasks: [...new Set([...Object.keys(planned.tasks), ...Object.keys(promised?.tasks ?? {})])].map((path) => {
      const [phase = '', task = ''] = path.split('/');
      const of = state.plan.phases.find(({ key }) => key === phase)?.tasks.find(({ key }) => key === task);
      const { committed, actual, toComplete } = costsOf(state, path);
      return {
        phase, task, name: names.task(phase, task), baseline: shown(own(promised?.tasks ?? {}, path)), plan: shown(own(planned.tasks, path)),
        cost: { plan: (of?.budget ?? 0) * (of?.items?.length ?? 1), committed, actual, toComplete: toComplete ?? null },
      };
    }),
  };
}
