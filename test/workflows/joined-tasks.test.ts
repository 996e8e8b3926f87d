/**
 * Workflow tasks that a new worker gets joined, and a replay one after the other: what they bring about must come in the same order both
 * times. See `docs/adr/0030-steps-wait-for-all-that-came.md`.
 */
import { WorkflowNotFoundError } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { askRun } from '../../config/ask-run';
import { dataConverter, payloadCodec } from '../../config/payloads';
import { DIRECTORY } from '../../domain/directory/types';
import type { ProjectState } from '../../domain/project/types';
import { RULES } from '../../domain/rules';
import { type CommandEnvelope, type Pending, QUERY_PENDING, QUERY_ROWS, QUERY_STATE, SIGNAL_CALL_BACK, SIGNAL_MESSAGE, type SluisActivities, projectStream } from '../../workflows/contract';
import { type Engine, command, eventually, historyLength, startEngine, startProject, startStream } from '../support/engine';
import { ROLES, gate, phase, plan, task } from '../support/plans';
import { workflowBundle } from '../support/workflow-bundle';
import { PEOPLE } from '../support/world';

let engine: Engine;
beforeAll(async () => { engine = await startEngine(); });
let stream: WatchedStream;
afterEach(() => stream.rest());
afterAll(() => engine?.close());

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

/** A stream with its history, and a worker that does some of its work in another way. */
class WatchedStream {
  private stop: (() => Promise<void>) | undefined;

  constructor(readonly id: string, private readonly instead: (activities: SluisActivities) => Partial<SluisActivities>) {}

  async work(): Promise<void> {
    this.stop = await engine.startWorker(this.instead);
  }

  async rest(): Promise<void> {
    await this.stop?.();
    this.stop = undefined;
  }

  get handle() {
    return engine.client.workflow.getHandle(this.id);
  }

  /** What stands in the history, in order. */
  async names(): Promise<string[]> {
    return ((await this.handle.fetchHistory()).events ?? []).map((event) => {
      const attributes = Object.entries(event).find(([key, value]) => key.endsWith('EventAttributes') && value);
      return attributes?.[0].replace('EventAttributes', '') ?? '';
    });
  }

  /** Waits until the history holds this after the last event of that name, and ends with a whole task and what that left. */
  async until(name: string, after: string): Promise<void> {
    await eventually(async () => {
      const names = await this.names();
      return names.slice(names.lastIndexOf(after) + 1).includes(name) && ['workflowTaskCompleted', 'workflowPropertiesModified'].includes(names.at(-1) ?? '');
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
    const sent = command(engine, this.id, body, authority, undefined, { projects: true });
    await this.work();
    await sent;
    await eventually(async () => (await this.names()).slice(before).includes(brings), brings);
    await this.replay();
  }

  async replay(): Promise<void> {
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), dataConverter }, await this.handle.fetchHistory(), this.id);
  }
}

const HOLD = { type: 'hold', reason: { text: 'strike' } };

/** A message of a phase to its project, with a number beyond those that the phase itself gives. */
const tellDelivered = (): Promise<void> => stream.handle.signal(SIGNAL_MESSAGE, `${stream.id}/phase/work/1`, 1_000, { type: 'deliverables-stand', phase: 'work', round: 1, delivered: ['t'] });

/** A project whose batches with an event of this type, of commands after the one that started it, go another way. */
const projectIn = (project: string, type: string, way: () => Promise<void>): WatchedStream => {
  const root = projectStream(project);
  return new WatchedStream(root, (activities) => ({
    project: async (batch) => {
      if (batch.stream === root && batch.events.some(({ event, commandId }) => event.type === type && !commandId.startsWith('start-'))) await way();
      await activities.project(batch);
    },
  }));
};

async function begin(project: string): Promise<void> {
  await stream.work();
  await startProject(engine, project, PLAN);
  await stream.until('workflowTaskCompleted', 'childWorkflowExecutionStarted');
}

test('the end of a message, right before a command that sends one and arms a timer', async () => {
  const barrier = new Barrier();
  stream = projectIn('told', 'revision-committed', () => barrier.pass());
  await begin('told');
  await command(engine, stream.id, HOLD, PEOPLE.mia);
  await barrier.reached;
  // It comes while the task is under way that tells the phase, and so makes another one at once: before the message has arrived.
  await stream.handle.signal(SIGNAL_CALL_BACK);
  barrier.open();
  await stream.until('externalWorkflowExecutionSignaled', 'workflowExecutionSignaled');
  expect((await stream.names()).slice(-7)).toEqual([...TASK, 'externalWorkflowExecutionSignaled', ...TASK]);
  await stream.commandToNewWorker({ type: 'resume' }, PEOPLE.mia, 'signalExternalWorkflowExecutionInitiated');
});

test('the end of a look for projects, right before a command that asks for another one and arms a timer', async () => {
  const barrier = new Barrier();
  stream = new WatchedStream(DIRECTORY, (activities) => ({
    findProjects: async (...of) => {
      await barrier.pass();
      return activities.findProjects(...of);
    },
  }));
  await stream.work();
  await startStream(engine, 'directory', DIRECTORY, {}, { type: 'set-group', group: 'riggers', name: { text: 'Riggers' }, members: ['eva'] }, PEOPLE.olga);
  await barrier.reached;
  await stream.emptyTask();
  barrier.open();
  await stream.until('activityTaskCompleted', 'workflowExecutionSignaled');
  expect((await stream.names()).slice(-8)).toEqual([...TASK, 'activityTaskStarted', 'activityTaskCompleted', ...TASK]);
  const day = 86_400_000;
  const delegation = { id: 'd1', absent: 'eva', delegate: 'edo', from: Date.now() - day, until: Date.now() + day, by: 'eva' };
  await stream.commandToNewWorker({ type: 'delegate', ...delegation }, PEOPLE.eva, 'timerStarted');
});

test('the end of a projection that waited for the database, right before a command', async () => {
  let away = true;
  stream = projectIn('away', 'revision-committed', async () => {
    if (away) throw new Error('the database is away');
  });
  await begin('away');
  await command(engine, stream.id, HOLD, PEOPLE.mia);
  await eventually(async () => (await stream.names()).includes('activityTaskScheduled'), 'the projection that waits');
  await stream.until('externalWorkflowExecutionSignaled', 'activityTaskScheduled');
  await stream.emptyTask();
  away = false;
  await stream.until('activityTaskCompleted', 'workflowExecutionSignaled');
  expect((await stream.names()).slice((await stream.names()).lastIndexOf('activityTaskCompleted'))).toContain('workflowPropertiesModified');
  await stream.commandToNewWorker({ type: 'resume' }, PEOPLE.mia, 'signalExternalWorkflowExecutionInitiated');
});

test('a command that comes while a batch is on its way in a task that somebody asked for the state', async () => {
  const barriers = [new Barrier(), new Barrier()] as const;
  let batches = 0;
  stream = projectIn('asked', 'roles-assigned', async () => { await barriers[batches++]?.pass(); });
  await begin('asked');
  const assign = (...engineer: string[]) => command(engine, stream.id, { type: 'assign-roles', roles: { ...ROLES, engineer } }, PEOPLE.mia);
  const first = assign('edo');
  await barriers[0].reached;
  // Both come with the next task, which answers who asks and does not wait for its batch.
  const asked = stream.handle.query(QUERY_STATE);
  const second = assign('eva');
  await new Promise((resolve) => setTimeout(resolve, 300));
  barriers[0].open();
  await Promise.all([first, asked, barriers[1].reached]);
  const third = command(engine, stream.id, HOLD, PEOPLE.mia);
  await new Promise((resolve) => setTimeout(resolve, 700));
  barriers[1].open();
  await Promise.all([second, third]);
  await eventually(async () => (await stream.handle.query<ProjectState>(QUERY_STATE)).status === 'held', 'held');
  await stream.replay();
});

/** Whether the log has what the workflow has, after a change of worker. */
async function expectSameRecord(): Promise<void> {
  await stream.rest();
  await stream.work();
  const { seq, head } = await stream.handle.query<Pending, []>(QUERY_PENDING);
  const { rows } = await engine.database.pool.query<{ hash: string }>('SELECT hash FROM events WHERE stream = $1 AND seq = $2', [stream.id, seq]);
  expect(rows).toEqual([{ hash: head }]);
  await stream.replay();
}

test('a message that comes with a question keeps its time, whatever came before', async () => {
  const barrier = new Barrier();
  stream = projectIn('heard', 'deliverables-stood', () => barrier.pass());
  await begin('heard');
  await stream.emptyTask();
  await stream.rest();
  await tellDelivered();
  const asked = stream.handle.query(QUERY_STATE);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await stream.work();
  await Promise.all([asked, barrier.reached]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  barrier.open();
  await eventually(async () => (await stream.names()).at(-1) === 'markerRecorded', 'the end of the batch');
  // The task with the message has ended before its batch, and not without a trace.
  expect((await stream.names()).slice(-9)).toEqual(['workflowExecutionSignaled', ...TASK, 'workflowPropertiesModified', ...TASK, 'markerRecorded']);
  await expectSameRecord();
});

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

/** A project of two batches, the second in the task that answers a question: each waits until it is told to go on, as does the answer. */
interface Asked<T> {
  readonly asked: Promise<T>;
  readonly answer: Barrier;
  /** The second batch. */
  readonly batch: Barrier;
  /** The commands of the two. */
  readonly first: Promise<unknown>;
  readonly second: Promise<unknown>;
}

/** @param ask The question. @param then What happens from there on. @param brings What then has to be in the log. */
async function whileAnswering<T>(project: string, ask: () => Promise<T>, brings: string, then: (found: Asked<T>) => Promise<void>): Promise<void> {
  const barriers = [new Barrier(), new Barrier()] as const;
  const answer = new Barrier();
  let batches = 0;
  stream = projectIn(project, 'roles-assigned', async () => { await barriers[batches++]?.pass(); });
  await begin(project);
  const { encode } = payloadCodec;
  const slow = jest.spyOn(payloadCodec, 'encode').mockImplementation(async (payloads) => {
    if (payloads.some(({ data }) => Buffer.from(data ?? []).includes('"unprojected"'))) await answer.pass();
    return encode(payloads);
  });
  try {
    const assign = (...engineer: string[]) => command(engine, stream.id, { type: 'assign-roles', roles: { ...ROLES, engineer } }, PEOPLE.mia);
    const first = assign('edo');
    await barriers[0].reached;
    const asked = ask();
    const second = assign('eva');
    await moment();
    barriers[0].open();
    await then({ asked, answer, batch: barriers[1], first, second });
  } finally {
    slow.mockRestore();
  }
  await eventually(async () => await engine.database.prisma.event.count({ where: { stream: stream.id, type: brings } }) > 0, brings);
  await expectSameRecord();
}

/** What comes while a task answers a question finds its batch on its way in the next task. */
test.each([
  ['a message', tellDelivered, 'deliverables-stood'],
  ['a command that sends something', () => command(engine, stream.id, HOLD, PEOPLE.mia), 'revision-prepared'],
  ['a command that sends nothing', () => command(engine, stream.id, { type: 'record-cost', phase: 'work', actual: 3 }, PEOPLE.mia), 'cost-recorded'],
])('%s that comes while a batch of an earlier task is on its way', async (what, send, brings) => {
  await whileAnswering(what.replaceAll(' ', '-'), () => stream.handle.query(QUERY_PENDING), brings, async ({ asked, answer, batch, first, second }) => {
    await Promise.all([first, answer.reached, batch.reached]);
    const third = send();
    await moment();
    answer.open();
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 500));
    batch.open();
    await Promise.all([second, third]);
  });
});

/** By a query, the batch would end in the task that answers, and the workflow would hear of that in the next one. */
test.each([
  ['a message', tellDelivered, 'deliverables-stood'],
  ['a command', () => command(engine, stream.id, HOLD, PEOPLE.mia), 'revision-prepared'],
])('a batch that ends while a question of ours is answered, before %s', async (what, send, brings) => {
  await whileAnswering(`ask-${what.replaceAll(' ', '-')}`, () => askRun(engine.client, stream.id, QUERY_PENDING), brings, async ({ asked, answer, batch, first, second }) => {
    await Promise.all([first, answer.reached]);
    const third = send();
    await moment();
    batch.open();
    await moment();
    answer.open();
    expect((await asked).rules).toBe(RULES);
    await Promise.all([second, third]);
  });
});

test('a question of ours leaves no trace, and is answered by the run alone', async () => {
  stream = projectIn('asked-alone', 'roles-assigned', async () => undefined);
  await begin('asked-alone');
  await stream.until('workflowTaskCompleted', 'childWorkflowExecutionStarted');
  const before = await stream.names();
  const { seq, head } = await stream.handle.query<Pending, []>(QUERY_PENDING);
  expect(await askRun(engine.client, stream.id, QUERY_PENDING)).toMatchObject({ seq, head, logged: seq });
  expect((await askRun(engine.client, stream.id, QUERY_ROWS)).seq).toBe(seq);
  expect(await stream.names()).toEqual(before);
  await expect(askRun(engine.client, stream.id, 'other' as never)).rejects.toThrow();
  await expect(askRun(engine.client, projectStream('nobody'), QUERY_ROWS)).rejects.toBeInstanceOf(WorkflowNotFoundError);
});

/** The server wants a run to be followed by another from this many events on: see `embedded/temporal-settings.ts`. */
const LONG = 700;

test('a workflow task that only refuses brings nothing about, even if the run is to be followed by another', async () => {
  stream = projectIn('long', 'never', async () => undefined);
  await begin('long');
  const spend = (actual: number) => command(engine, stream.id, { type: 'record-cost', phase: 'work', actual }, PEOPLE.mia, undefined, { projects: true });
  const length = () => historyLength(engine, stream.id);
  // Each is handed out, and nobody confirms it. The last is taken just before the server wants another run.
  for (let actual = 1; await length() < LONG - 2; actual += 1) await spend(actual);
  const before = await length();
  expect(before).toBeLessThan(LONG + 3);
  const { seq, unprojected } = await askRun(engine.client, stream.id, QUERY_PENDING);
  expect(unprojected).toBeGreaterThan(1);
  await expect(command(engine, stream.id, { type: 'resume' }, PEOPLE.mia)).rejects.toThrow();
  expect(await length()).toBe(before);
  await stream.replay();
  // The next one that is taken has it followed.
  const { runId } = await stream.handle.describe();
  await spend(1_000_000);
  await eventually(async () => (await stream.handle.describe()).runId !== runId, 'the next run');
  expect((await askRun(engine.client, stream.id, QUERY_PENDING)).seq).toBe(seq + 1);
  await expectSameRecord();
});
