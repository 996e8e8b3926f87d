/** A run that follows another within a second has its first workflow task later; commands and messages come to it before. */
import { phaseStream } from '../../domain/project/children';
import type { StageState } from '../../domain/stage/types';
import { QUERY_STATE, SIGNAL_MESSAGE, SIGNAL_ROLLOVER, projectStream } from '../../workflows/contract';
import { type Engine, command, eventually, startEngine, startProject } from '../support/engine';
import { gate, phase, plan, task } from '../support/plans';
import { PEOPLE } from '../support/world';

let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine?.close());

/** A moment or a span of time as the server's protocol has it. */
const millis = (time: { seconds?: unknown; nanos?: number | null } | null | undefined): number => Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;

test('a message that comes to a new run after a command that was refused there is heard', async () => {
  await engine.startWorker();
  await startProject(engine, 'early', plan([phase('work', [task('t')], { gate: gate('check') })]));
  const handle = engine.client.workflow.getHandle(phaseStream('early', 'work', 1));
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
  const [begun, scheduled] = (await handle.fetchHistory()).events ?? [];
  expect(millis(scheduled?.eventTime) - millis(begun?.eventTime)).toBeLessThan(millis(begun?.workflowExecutionStartedEventAttributes?.firstWorkflowTaskBackoff));
  // It must not be skipped as something that the worker has seen, and with the next run be gone.
  await handle.signal(SIGNAL_MESSAGE, projectStream('early'), 1_000, { type: 'prepare', revision: 1, kind: 'hold' });
  await handle.signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await handle.describe()).runId !== runId, 'the run after it');
  expect((await handle.query<StageState>(QUERY_STATE)).revision?.revision).toBe(1);
});
