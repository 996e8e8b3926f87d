/** The time of a sprint on a real server: it ends by itself, also when nothing of ours ran at that moment. */
import { sprint } from '../../domain/sprint';
import type { SprintInput, SprintState } from '../../domain/sprint/types';
import { RULES } from '../../domain/rules';
import { QUERY_STATE } from '../../workflows/contract';
import { begin } from '../../workflows/shell/carried';
import { deliver, running, sprintId, sprintOf } from '../support/agile-world';
import { type Engine, eventually, startEngine } from '../support/engine';

let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine.close());

test('a timebox that ends while no worker runs is over as soon as one does, and what was not finished leaves it', async () => {
  const world = running();
  deliver(world, 1, '1');
  const stream = sprintId(1);
  const endsAt = Date.now() + 500;
  // As a run hands it on: in the middle of the sprint, with little time left.
  const state: SprintState = { ...sprintOf(world, 1), endsAt };
  const input: SprintInput = state.input;
  await engine.client.workflow.start('sprint', {
    workflowId: stream, taskQueue: engine.config.temporal.taskQueue, args: [{ input, rules: RULES, carried: { ...begin(sprint as never, input, stream), state } }],
  });
  await eventually(async () => Date.now() > endsAt, 'the end of the timebox');
  expect(await engine.database.prisma.sprint.findMany()).toEqual([]);

  await engine.startWorker();
  const over = await eventually(async () => {
    const found = await engine.client.workflow.getHandle(stream).query<SprintState>(QUERY_STATE);
    return found.status === 'over' && found;
  }, 'the end of the sprint');
  expect(over).toMatchObject({ over: 'time', result: { delivered: { items: 1, estimate: 3 }, carried: { items: 2, estimate: 13 } }, cards: { 1: { column: 'done' }, 2: { left: 'carried' }, 3: { left: 'carried' } } });
  expect(over.cards['1']).not.toHaveProperty('left');
  expect(over.overAt).toBeGreaterThanOrEqual(endsAt);
  await eventually(async () => (await engine.database.prisma.sprint.findMany()).some(({ id, status }) => id === stream && status === 'over'), 'the read model');
});
