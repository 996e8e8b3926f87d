/**
 * Workflow tasks that a new worker gets joined, and a replay one after the other: what they bring about must come in the same order both
 * times. See `docs/adr/0030-steps-wait-for-all-that-came.md`.
 */
import { WithStartWorkflowOperation } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { defineUpdate } from '@temporalio/workflow';
import { dataConverter } from '../../config/payloads';
import { DIRECTORY } from '../../domain/directory/types';
import type { ProjectState } from '../../domain/project/types';
import { RULES } from '../../domain/rules';
import { type CommandAnswer, type CommandEnvelope, QUERY_STATE, SIGNAL_CALL_BACK, type SluisActivities, UPDATE_COMMAND, projectStream } from '../../workflows/contract';
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

/** Something that has to wait until it is told to go on; from then on nothing waits there. */
class Barrier {
  open = (): void => undefined;
  private tell = (): void => undefined;
  /** Fulfilled when the first has come. */
  readonly reached = new Promise<void>((resolve) => { this.tell = resolve; });
  private readonly opened = new Promise<void>((resolve) => { this.open = resolve; });

  pass(): Promise<void> {
    this.tell();
    return this.opened;
  }
}

/** A stream whose worker does some of its work in another way. */
class Held {
  private stop: (() => Promise<void>) | undefined;

  constructor(readonly stream: string, private readonly instead: (activities: SluisActivities) => Partial<SluisActivities>) {}

  async work(): Promise<void> {
    this.stop = await engine.startWorker(this.instead);
  }

  async rest(): Promise<void> {
    await this.stop?.();
    this.stop = undefined;
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
    await sent;
    await eventually(async () => (await this.names()).slice(before).includes(brings), brings);
    await this.replay();
  }

  async replay(): Promise<void> {
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), dataConverter }, await this.handle.fetchHistory(), this.stream);
  }
}

const HOLD = { type: 'hold', reason: { text: 'strike' } };

/** A project whose batches with an event of this type, of commands after the first, go another way. */
const heldProject = (project: string, type: string, way: () => Promise<void>): Held => {
  const stream = projectStream(project);
  return new Held(stream, (activities) => ({
    project: async (batch) => {
      if (batch.stream === stream && batch.events.some(({ event, commandId }) => event.type === type && commandId !== 'first')) await way();
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
  const barrier = new Barrier();
  held = heldProject('told', 'revision-committed', () => barrier.pass());
  await startProject('told');
  await command(engine, held.stream, HOLD, PEOPLE.mia);
  await barrier.reached;
  // It comes while the task is under way that tells the phase, and so makes another one at once: before the message has arrived.
  await held.handle.signal(SIGNAL_CALL_BACK);
  barrier.open();
  await held.until('externalWorkflowExecutionSignaled', 'workflowExecutionSignaled');
  expect((await held.names()).slice(-7)).toEqual([...TASK, 'externalWorkflowExecutionSignaled', ...TASK]);
  await held.commandToNewWorker({ type: 'resume' }, PEOPLE.mia, 'signalExternalWorkflowExecutionInitiated');
});

test('the end of a look for projects, right before a command that asks for another one and arms a timer', async () => {
  const barrier = new Barrier();
  held = new Held(DIRECTORY, (activities) => ({
    findProjects: async (...of) => {
      await barrier.pass();
      return activities.findProjects(...of);
    },
  }));
  await held.work();
  await held.start('directory', {}, { type: 'set-group', group: 'riggers', name: { text: 'Riggers' }, members: ['eva'] });
  await barrier.reached;
  await held.emptyTask();
  barrier.open();
  await held.until('activityTaskCompleted', 'workflowExecutionSignaled');
  expect((await held.names()).slice(-8)).toEqual([...TASK, 'activityTaskStarted', 'activityTaskCompleted', ...TASK]);
  const day = 86_400_000;
  const delegation = { id: 'd1', absent: 'eva', delegate: 'edo', from: Date.now() - day, until: Date.now() + day, by: 'eva' };
  await held.commandToNewWorker({ type: 'delegate', ...delegation }, PEOPLE.eva, 'timerStarted');
});

test('the end of a projection that waited for the database, right before a command', async () => {
  let away = true;
  held = heldProject('away', 'revision-committed', async () => {
    if (away) throw new Error('the database is away');
  });
  await startProject('away');
  await command(engine, held.stream, HOLD, PEOPLE.mia);
  await eventually(async () => (await held.names()).includes('activityTaskScheduled'), 'the projection that waits');
  await held.until('externalWorkflowExecutionSignaled', 'activityTaskScheduled');
  await held.emptyTask();
  away = false;
  await held.until('activityTaskCompleted', 'workflowExecutionSignaled');
  expect((await held.names()).slice((await held.names()).lastIndexOf('activityTaskCompleted'))).toContain('timerStarted');
  await held.commandToNewWorker({ type: 'resume' }, PEOPLE.mia, 'signalExternalWorkflowExecutionInitiated');
});

test('a command that comes while a batch is on its way in a task that somebody asked for the state', async () => {
  const barriers = [new Barrier(), new Barrier()] as const;
  let batches = 0;
  held = heldProject('asked', 'roles-assigned', async () => { await barriers[batches++]?.pass(); });
  await startProject('asked');
  const assign = (...engineer: string[]) => command(engine, held.stream, { type: 'assign-roles', roles: { ...ROLES, engineer } }, PEOPLE.mia);
  const first = assign('edo');
  await barriers[0].reached;
  // Both come with the next task, which answers who asks and does not wait for its batch.
  const asked = held.handle.query(QUERY_STATE);
  const second = assign('eva');
  await new Promise((resolve) => setTimeout(resolve, 300));
  barriers[0].open();
  await Promise.all([first, asked, barriers[1].reached]);
  const third = command(engine, held.stream, HOLD, PEOPLE.mia);
  await new Promise((resolve) => setTimeout(resolve, 700));
  barriers[1].open();
  await Promise.all([second, third]);
  await eventually(async () => (await held.handle.query<ProjectState>(QUERY_STATE)).status === 'held', 'held');
  await held.replay();
});
