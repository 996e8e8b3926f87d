/** Simulating lifecycles: a thousand runs of PM², and how the time grows with runs and with tasks. */
import { simulate as play } from '../domain/play/simulate';
import { type Benchmark, type Figures, size } from './benchmark';
import { makeTemplate, plansOf, shippedLifecycles, time } from './support/lifecycles';
import { round } from './support/measure';

const START = Date.UTC(2026, 11, 1, 9);

export const simulate: Benchmark = {
  name: 'simulate',
  about: 'simulating a lifecycle, in seconds and milliseconds per run',
  run: (options) => {
    const runs = size(options, 'RUNS', 1000, 100);
    const few = Math.max(10, Math.round(runs / 10));
    const shipped = Object.fromEntries(shippedLifecycles().map(({ key, template }) => {
      const [plan] = plansOf(template);
      if (!plan) throw new Error(key);
      const ms = time(1, () => play(plan, { runs: few, seed: 1, start: START }));
      options.say(`${key}: ${round(ms / few, 2)} ms per run`);
      return [key, { tasks: plan.phases.reduce((sum, { tasks }) => sum + tasks.length, 0), msPerRun: round(ms / few, 2) }];
    }));
    const pm2 = shippedLifecycles().find(({ key }) => key === 'pm2');
    const [plan] = pm2 ? plansOf(pm2.template) : [];
    const pm2Seconds = plan ? round(time(1, () => play(plan, { runs, seed: 1, start: START })) / 1000, 2) : null;
    const grown = [50, 100, 200].map((tasks) => {
      const [made] = plansOf(makeTemplate(5, tasks / 5));
      if (!made) throw new Error('no plan');
      return { tasks, msPerRun: round(time(1, () => play(made, { runs: few, seed: 1, start: START })) / few, 2) };
    });
    return Promise.resolve({ pm2Runs: runs, pm2Seconds, shipped, grown } as Figures);
  },
};
