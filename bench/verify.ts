/** Proving lifecycles: the shipped ones in all their variants, and how the time grows with tasks and with phases. */
import { verify as prove } from '../domain/play/verify';
import { type Benchmark, type Figures, size } from './benchmark';
import { makeTemplate, plansOf, shippedLifecycles, time } from './support/lifecycles';

const START = Date.UTC(2026, 11, 1, 9);

export const verify: Benchmark = {
  name: 'verify',
  about: 'proving a lifecycle, in milliseconds',
  run: (options) => {
    const runs = size(options, 'RUNS', 3, 1);
    const shipped = Object.fromEntries(shippedLifecycles().map(({ key, template }) => {
      const plans = plansOf(template);
      const { states, moves, findings } = prove(plans, { start: START });
      options.say(`${key}: ${states} states`);
      return [key, { variants: plans.length, states, moves, findings: findings.length, ms: time(runs, () => prove(plans, { start: START })) }];
    }));
    const grown = [[4, 10], [4, 20], [8, 10], [16, 10]].map(([phases = 1, tasks = 1]) => {
      const plans = plansOf(makeTemplate(phases, tasks));
      return { phases, tasksEach: tasks, states: prove(plans, { start: START }).states, ms: time(runs, () => prove(plans, { start: START })) };
    });
    return Promise.resolve({ shipped, grown } as Figures);
  },
};
