/** Messages that a process gets before its first task: while its worker is away, or just crashed. */
import { RULES } from '../../domain/rules';
import type { StageState } from '../../domain/stage/types';
import { QUERY_STATE, SIGNAL_MESSAGE } from '../../workflows/contract';
import { type Engine, eventually, startEngine } from '../support/engine';
import { ROLES, WATERFALL } from '../support/plans';
import { PEOPLE, World } from '../support/world';


let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine?.close());

test('a stage answers a change of the project that was asked for before it could open', async () => {
  const world = new World(WATERFALL, 'early');
  world.command(world.root, { type: 'start', name: { text: 'n' }, roles: ROLES }, PEOPLE.olga);
  world.settle();
  const { input } = world.stage('design');
  const handle = await engine.client.workflow.start('stage', { workflowId: input.id, taskQueue: engine.config.temporal.taskQueue, args: [{ input, rules: RULES }] });
  await handle.signal(SIGNAL_MESSAGE, world.root, 1, { type: 'prepare', revision: 1, kind: 'hold' });
  await engine.startWorker();
  await eventually(async () => (await handle.query<StageState>(QUERY_STATE)).revision?.revision === 1, 'the stage to be prepared');
  expect((await handle.query<StageState>(QUERY_STATE)).status).toBe('open');
});
