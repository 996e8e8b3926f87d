/** A run that follows another within a second has its first workflow task later; commands and messages come to it before. */
import { WithStartWorkflowOperation } from '@temporalio/client';
import { defineUpdate } from '@temporalio/workflow';
import { RULES } from '../../domain/rules';
import type { StageState } from '../../domain/stage/types';
import { type CommandAnswer, type CommandEnvelope, QUERY_STATE, SIGNAL_MESSAGE, SIGNAL_ROLLOVER, UPDATE_COMMAND, projectStream } from '../../workflows/contract';
import { type Engine, command, eventually, startEngine } from '../support/engine';
import { ROLES, gate, phase, plan, task as makeTask } from '../support/plans';
import { PEOPLE } from '../support/world';

let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine?.close());
const COMMAND = defineUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND);

const millis = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number => Number(time?.seconds) * 1_000 + (time?.nanos ?? 0) / 1e6;

test('a message that comes to a new run after a command that was refused there is heard', async () => {
  await engine.startWorker();
  const root = projectStream('early');
  const envelope: CommandEnvelope = { id: 'first', hash: 'first', authority: PEOPLE.olga, command: { type: 'start', name: { text: 'n' }, roles: ROLES } };
  await engine.client.workflow.executeUpdateWithStart(COMMAND, {
    args: [envelope], updateId: 'first', startWorkflowOperation: new WithStartWorkflowOperation('projectLifecycle', {
      workflowId: root, taskQueue: engine.config.temporal.taskQueue,
      args: [{ input: { project: 'early', plan: plan([phase('work', [makeTask('t')], { gate: gate('check') })]) }, rules: RULES }],
      workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE',
    }),
  });
  const handle = engine.client.workflow.getHandle(`${root}/phase/work/1`);
  const runOf = async () => (await handle.describe().catch(() => undefined))?.runId;
  await eventually(runOf, 'the phase');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  for (let times = 0; times < 2; times += 1) {
    const before = await runOf();
    await handle.signal(SIGNAL_ROLLOVER);
    await eventually(async () => await runOf() !== before, 'the next run');
  }
  await expect(command(engine, handle.workflowId, { type: 'release', task: 't' }, PEOPLE.eva)).rejects.toMatchObject({ cause: { message: 'task-not-claimed' } });
  const { runId } = await handle.describe();
  // As it was meant: the refusal came in a task before the one that the run was to begin with, and that task is kept.
  const [begun, task] = (await handle.fetchHistory()).events ?? [];
  const { seconds, nanos } = begun?.workflowExecutionStartedEventAttributes?.firstWorkflowTaskBackoff ?? {};
  const waitsMs = Number(seconds ?? 0) * 1_000 + (nanos ?? 0) / 1e6;
  expect(millis(task?.eventTime) - millis(begun?.eventTime)).toBeLessThan(waitsMs);
  // It must not be skipped as something that the worker has seen, and with the next run be gone.
  await handle.signal(SIGNAL_MESSAGE, root, 1_000, { type: 'prepare', revision: 1, kind: 'hold' });
  await handle.signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await handle.describe()).runId !== runId, 'the run after it');
  expect((await handle.query<StageState>(QUERY_STATE)).revision?.revision).toBe(1);
});
