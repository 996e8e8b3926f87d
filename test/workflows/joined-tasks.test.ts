/**
 * Workflow tasks that a new worker gets joined, and a replay one after the other: what they bring about must come in the same order both
 * times. See `docs/adr/0025-one-order-of-what-a-task-brings-about.md`.
 */
import { WithStartWorkflowOperation } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { defineUpdate } from '@temporalio/workflow';
import { dataConverter } from '../../config/payloads';
import { DIRECTORY } from '../../domain/directory/types';
import { RULES } from '../../domain/rules';
import { type CommandAnswer, type CommandEnvelope, SIGNAL_CALL_BACK, type SluisActivities, UPDATE_COMMAND, projectStream } from '../../workflows/contract';
import { type Engine, command, eventually, startEngine } from '../support/engine';
import { ROLES, gate, phase, plan, task } from '../support/plans';
import { workflowBundle } from '../support/workflow-bundle';
import { PEOPLE } from '../support/world';

let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
let held: Held;
afterEach(() => held.rest());
afterAll(() => engine?.close());

const COMMAND = defineUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND);
const TASK = ['workflowTaskScheduled', 'workflowTaskStarted', 'workflowTaskCompleted'];
const PLAN = plan([phase('work', [task('t')], { gate: gate('check') })]);

/** A stream whose worker lets chosen work wait until it is told to go on. */
class Held {
  private stop: (() => Promise<void>) | undefined;
  private letGo = (): void => undefined;
  private tellReached = (): void => undefined;
  /** Fulfilled when that work is called for. */
  reached = Promise.resolve();

  constructor(readonly stream: string, private readonly instead: (pass: () => Promise<void>, activities: SluisActivities) => Partial<SluisActivities>) {}

  async work(): Promise<void> {
    const wait = new Promise<void>((resolve) => { this.letGo = resolve; });
    this.reached = new Promise<void>((resolve) => { this.tellReached = resolve; });
    const pass = (): Promise<void> => {
      this.tellReached();
      return wait;
    };
    this.stop = await engine.startWorker((activities) => this.instead(pass, activities));
  }

  go(): void {
    this.letGo();
  }

  async rest(): Promise<void> {
    this.go();
    await this.stop?.();
  }

  async start(type: string, input: unknown, body: CommandEnvelope['command']): Promise<void> {
    const envelope: CommandEnvelope = { id: 'first', hash: 'first', authority: PEOPLE.olga, command: body };
    await engine.client.workflow.executeUpdateWithStart(COMMAND, {
      args: [envelope], updateId: 'first', startWorkflowOperation: new WithStartWorkflowOperation(type, {
        workflowId: this.stream, taskQueue: engine.config.temporal.taskQueue, args: [{ input, rules: RULES }],
        workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE',
      }),
    });
  }

  get handle() {
    return engine.client.workflow.getHandle(this.stream);
  }

  /** What stands in the history, in order. */
  async names(): Promise<string[]> {
    return ((await this.handle.fetchHistory()).events ?? []).map((event) => {
      const attributes = Object.entries(event).find(([key, value]) => key.endsWith('EventAttributes') && value);
      return attributes?.[0].replace('EventAttributes', '') ?? '';
    });
  }

  /** Waits until the history holds this after the last event of that name, and ends with a whole task. */
  async until(name: string, after: string): Promise<void> {
    await eventually(async () => {
      const names = await this.names();
      return names.slice(names.lastIndexOf(after) + 1).includes(name) && names.at(-1) === 'workflowTaskCompleted';
    }, `${name} after ${after}`);
  }

  /** A task of its own that brings nothing about. */
  async emptyTask(): Promise<void> {
    const signals = async (): Promise<number> => (await this.names()).filter((name) => name === 'workflowExecutionSignaled').length;
    const before = await signals();
    await this.handle.signal(SIGNAL_CALL_BACK);
    await eventually(async () => await signals() > before && (await this.names()).at(-1) === 'workflowTaskCompleted', 'a task without commands');
  }

  /** The command comes to a new worker. What that recorded is then replayed from the start. */
  async commandToNewWorker(body: CommandEnvelope['command'], authority: CommandEnvelope['authority'], brings: string): Promise<void> {
    await this.rest();
    const before = (await this.names()).length;
    const sent = command(engine, this.stream, body, authority, undefined, { projects: true });
    await this.work();
    this.go();
    await sent;
    await eventually(async () => (await this.names()).slice(before).includes(brings), brings);
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), dataConverter }, await this.handle.fetchHistory(), this.stream);
  }
}

const HOLD = { type: 'hold', reason: { text: 'strike' } };

/** A project whose batch that says it is held goes another way. */
const heldProject = (project: string, way: (pass: () => Promise<void>) => Promise<void>): Held => {
  const stream = projectStream(project);
  return new Held(stream, (pass, activities) => ({
    project: async (batch) => {
      if (batch.stream === stream && batch.events.some(({ event }) => event.type === 'revision-committed')) await way(pass);
      await activities.project(batch);
    },
  }));
};

async function startProject(project: string): Promise<void> {
  await held.work();
  await held.start('projectLifecycle', { project, plan: PLAN }, { type: 'start', name: { text: 'n' }, roles: ROLES });
  await held.until('workflowTaskCompleted', 'childWorkflowExecutionStarted');
}

test('the end of a message, right before a command that sends one and arms a timer', async () => {
  held = heldProject('told', (pass) => pass());
  await startProject('told');
  await command(engine, held.stream, HOLD, PEOPLE.mia);
  await held.reached;
  // It comes while the task is under way that tells the phase, and so makes another one at once: before the message has arrived.
  await held.handle.signal(SIGNAL_CALL_BACK);
  held.go();
  await held.until('externalWorkflowExecutionSignaled', 'workflowExecutionSignaled');
  expect((await held.names()).slice(-7)).toEqual([...TASK, 'externalWorkflowExecutionSignaled', ...TASK]);
  await held.commandToNewWorker({ type: 'resume' }, PEOPLE.mia, 'signalExternalWorkflowExecutionInitiated');
});

test('the end of a look for projects, right before a command that asks for another one and arms a timer', async () => {
  held = new Held(DIRECTORY, (pass, activities) => ({
    findProjects: async (...of) => {
      await pass();
      return activities.findProjects(...of);
    },
  }));
  await held.work();
  await held.start('directory', {}, { type: 'set-group', group: 'riggers', name: { text: 'Riggers' }, members: ['eva'] });
  await held.reached;
  await held.emptyTask();
  held.go();
  await held.until('activityTaskCompleted', 'workflowExecutionSignaled');
  const day = 86_400_000;
  const delegation = { id: 'd1', absent: 'eva', delegate: 'edo', from: Date.now() - day, until: Date.now() + day, by: 'eva' };
  await held.commandToNewWorker({ type: 'delegate', ...delegation }, PEOPLE.eva, 'timerStarted');
});

test('the end of a projection that waited for the database, right before a command', async () => {
  let away = true;
  held = heldProject('away', async () => {
    if (away) throw new Error('the database is away');
  });
  await startProject('away');
  await command(engine, held.stream, HOLD, PEOPLE.mia);
  await eventually(async () => (await held.names()).includes('activityTaskScheduled'), 'the projection that waits');
  await held.until('externalWorkflowExecutionSignaled', 'activityTaskScheduled');
  await held.emptyTask();
  away = false;
  await held.until('activityTaskCompleted', 'workflowExecutionSignaled');
  await held.commandToNewWorker({ type: 'resume' }, PEOPLE.mia, 'signalExternalWorkflowExecutionInitiated');
});
