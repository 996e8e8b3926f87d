/** Many tasks of one phase: by one request, and by a request each. What counts is what they cost in history. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { Benchmark } from './benchmark';
import { createClient, http, newTally } from './support/client';
import { markHistories } from './support/history';
import { drive, round } from './support/measure';
import { startProduct } from './support/product';
import { openReadModel } from './support/read-model';
import { BURST } from './support/shapes';

const CLIENTS = 20;

export const bulk: Benchmark = {
  name: 'bulk',
  about: 'completing many tasks of a phase: one request beside one each, in history events and seconds',
  async run(options) {
    const product = await startProduct(options);
    const readModel = openReadModel(product.databaseUrl);
    const connection = await Connection.connect({ address: product.temporalAddress });
    try {
      const sluis = createClient(product);
      const tally = newTally();
      const measure = async (name: string, complete: (project: string) => Promise<unknown>) => {
        const project = await sluis.start('bench-wide', name, tally);
        await readModel.untilReady([project], BURST);
        // The approval that opens behind the last task is in both.
        const added = await markHistories(new Client({ connection }), await readModel.openStreams([project]));
        const began = performance.now();
        await complete(project);
        const seconds = (performance.now() - began) / 1000;
        await readModel.untilAsked([project]);
        return { seconds: round(seconds, 2), events: await added() };
      };
      const tasks = Array.from({ length: BURST }, (_, index) => `task-${index + 1}`);
      const each = await measure('one each', (project) =>
        drive(1, tasks, (task) => sluis.complete({ project, phase: 'phase-1', task }, tally)));
      const together = await measure('20 clients', (project) =>
        drive(CLIENTS, tasks, (task) => sluis.complete({ project, phase: 'phase-1', task }, tally)));
      const one = await measure('one request', (project) =>
        http('POST', `${product.api}/tasks/complete`, product.tokens.team, { tasks: tasks.map((task) => ({ project, phase: 'phase-1', task })) }, randomUUID()));
      return {
        tasks: BURST, one, each, together, eventsRatio: round(each.events / one.events, 1), eventsRatioOf20Clients: round(together.events / one.events, 1),
        secondsRatio: round(each.seconds / one.seconds, 1),
      };
    } finally {
      await connection.close();
      await readModel.close();
      await product.stop();
    }
  },
};
