/** The shell on a real server: what a command costs, repeats, continue-as-new, refusals, and the end. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import {
  projectStream, type CommandAnswer, type CommandEnvelope, type Pending, QUERY_PENDING, QUERY_STATE, SIGNAL_CALL_BACK, SIGNAL_MESSAGE, SIGNAL_ROLLOVER,
} from '../../workflows/contract';
import { Projector } from '../../api/commands/projector';
import { PROCESSES } from '../../domain/processes';
import { projectBatch } from '../../store/project';
import { dataConverter } from '../../config/payloads';
import { workflowBundle } from '../support/workflow-bundle';
import type { ProjectState } from '../../domain/project/types';
import type { StageState } from '../../domain/stage/types';
import type { Plan } from '../../domain/plan';
import { type Engine, command, eventually, historyLength, startEngine, startProject } from '../support/engine';
import { WATERFALL, gate, phase, plan, task } from '../support/plans';
import { PEOPLE } from '../support/world';

let engine: Engine;
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  engine = await startEngine();
  stopWorker = await engine.startWorker();
});
afterAll(() => engine.close());

const silent = { warn: () => undefined, error: () => undefined };
const text = (value: string) => ({ text: value });

async function start(project: string, using: Plan = WATERFALL): Promise<CommandAnswer> {
  const answer = await startProject(engine, project, using);
  await eventually(async () => (await stagesOpen(project)) >= 1, 'the first stage');
  return answer;
}

async function stagesOpen(project: string): Promise<number> {
  const rows = await engine.database.prisma.stage.findMany({ where: { project, status: 'open' } });
  return rows.length;
}

const stageId = (project: string, key: string) => `project/${project}/phase/${key}/1`;
const query = <T>(stream: string, name: string) => engine.client.workflow.getHandle(stream).query<T>(name);

/** The messages that a stream got from others, those of one signal together. */
async function messages(stream: string): Promise<readonly { readonly type: string }[][]> {
  const { events = [] } = await engine.client.workflow.getHandle(stream).fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => (signal?.signalName === SIGNAL_MESSAGE
    ? [(signal.input?.payloads ?? []).slice(2).map((payload) => defaultPayloadConverter.fromPayload<{ type: string }>(payload))] : []));
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason);
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) return error.cause.message;
  throw new Error(`not refused: ${String(error)}`);
}

test('a project runs from start to completion, and everything is in the log and the read model', async () => {
  const project = 'whole';
  await start(project);
  const design = stageId(project, 'design');
  await command(engine, design, { type: 'complete', task: 'draw', evidence: { pages: 3, check: 'good' } }, PEOPLE.eva);
  const vote = async (who: 'sam' | 'sol', phaseKey: string, gate: string) => {
    const id = `${stageId(project, phaseKey)}/approval/${gate}/1`;
    const found = await eventually(async () => (await engine.database.prisma.approval.findUnique({ where: { id } })) ?? undefined, id);
    const { digest } = found.data as { digest: string };
    await command(engine, id, { type: 'decide', outcome: 'approve', digest }, PEOPLE[who]);
  };
  await vote('sam', 'design', 'design-gate');
  await eventually(async () => (await engine.database.prisma.stage.findUnique({ where: { id: stageId(project, 'build') } }))?.status === 'open', 'build');
  await command(engine, stageId(project, 'build'), { type: 'complete', task: 'rack', evidence: {} }, PEOPLE.eva);
  await command(engine, stageId(project, 'build'), { type: 'complete', task: 'cable', evidence: {} }, PEOPLE.edo);
  await vote('sol', 'build', 'build-gate');
  await vote('sam', 'build', 'build-gate');
  await eventually(async () => (await engine.database.prisma.stage.findUnique({ where: { id: stageId(project, 'close') } }))?.status === 'open', 'close');
  await command(engine, stageId(project, 'close'), { type: 'complete', task: 'archive', evidence: {} }, PEOPLE.eva);
  await command(engine, stageId(project, 'control'), { type: 'complete', task: 'log', evidence: {} }, PEOPLE.eva);
  await command(engine, stageId(project, 'control'), { type: 'complete', task: 'review-build', evidence: {} }, PEOPLE.eva);
  await eventually(async () => (await engine.database.prisma.project.findUnique({ where: { id: project } }))?.status === 'completed', 'completion');
  await engine.client.workflow.getHandle(projectStream(project)).result();
  const streams = await engine.database.prisma.stream.findMany({ where: { project } });
  expect(streams).toHaveLength(7);
  for (const stream of streams) {
    expect({ stream: stream.stream, final: stream.final }).toEqual({ stream: stream.stream, final: true });
    expect(await engine.database.prisma.event.count({ where: { stream: stream.stream } })).toBe(stream.seq);
  }
  // Its stages close while it ends: no workflow task of it was repeated after it had been projected.
  expect(await engine.database.prisma.discardedEvent.findMany({ where: { project } })).toEqual([]);
  // What a stage has to tell goes together, and who waits for no phase hears of none.
  const types = async (stream: string) => (await messages(stream)).map((together) => together.map(({ type }) => type));
  expect(await types(projectStream(project))).toEqual(Array.from({ length: 4 }, () => ['phase-passed', 'phase-ended']));
  expect((await messages(stageId(project, 'control'))).flat()).toEqual(['open', 'passed'].map((reach) => ({ type: 'phase-reached', phase: 'build', reach })));
  for (const key of ['build', 'close']) expect((await types(stageId(project, key))).flat()).not.toContain('phase-reached');
});

test('a lone command costs six history events; a refused one none', async () => {
  const tasks = Array.from({ length: 30 }, (_, index) => task(`t${index}`));
  await start('cost', plan([phase('work', tasks)]));
  const work = stageId('cost', 'work');
  const before = await eventually(async () => {
    const first = await historyLength(engine, work);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return first === await historyLength(engine, work) ? first : undefined;
  }, 'rest');
  for (let index = 0; index < 10; index++) await command(engine, work, { type: 'complete', task: `t${index}`, evidence: {} }, PEOPLE.eva);
  const single = (await historyLength(engine, work) - before) / 10;
  expect(single).toBe(6);
  expect(await refusal(command(engine, work, { type: 'complete', task: 't0', evidence: {} }, PEOPLE.eva))).toBe('task-already-done');
  expect(await refusal(command(engine, work, { type: 'complete', task: 't11', evidence: {} }, PEOPLE.sam))).toBe('not-permitted');
  expect(await refusal(command(engine, work, { type: 'complete', task: 'nope', evidence: {} }, PEOPLE.eva))).toBe('unknown-task');
  expect(await historyLength(engine, work)).toBe(before + 60);
  const burst = Array.from({ length: 20 }, (_, index) => command(engine, work, { type: 'claim', task: `t${index + 10}` }, PEOPLE.eva));
  await Promise.all(burst);
  expect((await historyLength(engine, work) - before - 60) / 20).toBeLessThanOrEqual(3.5);
});

describe('commands in a row', () => {
  const claim = (stream: string, index: number, more: Parameters<typeof command>[5], id?: string) =>
    command(engine, stream, { type: 'claim', task: `t${index}` }, PEOPLE.eva, id, more);
  const startWork = async (project: string): Promise<string> => {
    await start(project, plan([phase('work', Array.from({ length: 20 }, (_, index) => task(`t${index}`)))]));
    return stageId(project, 'work');
  };
  const projector = () => new Projector((batch) => projectBatch({ pool: engine.database.pool, processes: PROCESSES, log: silent }, batch, true), silent as never);
  const logOf = (stream: string) => engine.database.prisma.stream.findUniqueOrThrow({ where: { stream } });
  const pending = async (stream: string) => (await query<Pending>(stream, QUERY_PENDING)).unprojected;

  test('hand out what is to be projected, and hear with the next one that it was: five events each', async () => {
    const work = await startWork('row');
    const api = projector();
    expect(await claim(work, 0, { projects: true })).toMatchObject({ projected: true });
    const before = await historyLength(engine, work);
    for (let index = 1; index <= 10; index += 1) {
      const logged = api.headOf(work);
      const id = `row-${index}`;
      const answer = await claim(work, index, { projects: true, ...(logged && { logged }) }, id);
      expect(answer).toMatchObject({ events: [{ event: { type: 'task-claimed' } }], handedOut: { process: 'stage', rows: [{ table: 'stage' }, { data: { assignee: 'eva' } }] } });
      expect(await api.project(work, id, answer, answer.handedOut!)).toBe(true);
      expect(await pending(work)).toBe(1);
      expect(await logOf(work)).toMatchObject({ seq: answer.seq, settled: answer.seq, head: answer.events[0]!.hash });
    }
    // And one timer, by which the last would be called back.
    expect(await historyLength(engine, work)).toBe(before + 10 * 5 + 1);
    expect(await engine.database.prisma.command.count({ where: { stream: work, id: { startsWith: 'row-' } } })).toBe(10);
    expect(await engine.database.prisma.task.count({ where: { stage: work, assignee: 'eva' } })).toBe(11);
  });

  test('project themselves after ten seconds what nobody confirmed, and the run is at rest then', async () => {
    const work = await startWork('forgotten');
    await claim(work, 0, { projects: true });
    const { seq, handedOut } = await claim(work, 1, { projects: true }, 'forgotten');
    expect(handedOut).toBeDefined();
    const before = await historyLength(engine, work);
    expect((await logOf(work)).seq).toBe(seq - 1);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect((await logOf(work)).seq).toBe(seq - 1);
    await eventually(async () => (await logOf(work)).seq === seq, 'the call back');
    expect(await engine.database.prisma.command.count({ where: { stream: work, id: 'forgotten' } })).toBe(1);
    await eventually(async () => await pending(work) === 0, 'the outbox');
    // The timer, its task, the note that it leaves, and the batch.
    expect(await historyLength(engine, work)).toBe(before + 6);
  });

  test('are projected at once when they are called back, when the process goes on by itself, and when the run is followed by another', async () => {
    const work = await startWork('back');
    const handle = engine.client.workflow.getHandle(work);
    await claim(work, 0, { projects: true });
    const first = await claim(work, 1, { projects: true });
    const second = await claim(work, 2, { projects: true });
    expect([first, second].map(({ handedOut }) => handedOut !== undefined)).toEqual([true, true]);
    await handle.signal(SIGNAL_CALL_BACK);
    await eventually(async () => (await logOf(work)).seq === second.seq, 'the call back');

    const third = await claim(work, 3, { projects: true });
    expect(third.handedOut).toBeDefined();
    await command(engine, projectStream('back'), { type: 'hold', reason: text('strike') }, PEOPLE.mia);
    await eventually(async () => (await logOf(work)).seq > third.seq, 'the hold behind it');
    await eventually(() => command(engine, projectStream('back'), { type: 'resume' }, PEOPLE.mia).catch(() => undefined), 'the project to be held');

    // It may come while the workflow projects that end, and is projected with it.
    await eventually(() => claim(work, 4, { projects: true }).catch(() => undefined), 'the end of the hold');
    const fifth = await claim(work, 5, { projects: true });
    expect(fifth.handedOut).toBeDefined();
    const { runId } = await handle.describe();
    await handle.signal(SIGNAL_ROLLOVER);
    await eventually(async () => (await handle.describe()).runId !== runId, 'the next run');
    expect((await logOf(work)).seq).toBe(fifth.seq);
    // The one before was in another run: this is the first of a row.
    expect(await claim(work, 6, { projects: true })).toMatchObject({ projected: true });
    expect(await engine.database.prisma.task.count({ where: { stage: work, assignee: 'eva' } })).toBe(7);
    expect(await engine.database.prisma.discardedEvent.count({ where: { project: 'back' } })).toBe(0);
  });

  test('hand out to those only who say that they project, and never behind something that the workflow projects', async () => {
    const work = await startWork('mixed');
    await claim(work, 0, { projects: true });
    expect(await claim(work, 1, {})).toMatchObject({ projected: true });
    const both = await Promise.all([claim(work, 2, {}), claim(work, 3, { projects: true })]);
    for (const { seq, projected, handedOut } of both) {
      expect(projected === true || handedOut !== undefined).toBe(true);
      if (projected) expect((await logOf(work)).seq).toBeGreaterThanOrEqual(seq);
    }
    // A repeat is told what it was told, by the server; another end of the log confirms nothing.
    const last = await claim(work, 4, { projects: true }, 'last');
    expect((await claim(work, 4, { projects: true }, 'last')).handedOut).toEqual(last.handedOut);
    await claim(work, 5, { projects: true, logged: { seq: last.seq, hash: 'f'.repeat(64) } });
    expect(await pending(work)).toBeGreaterThanOrEqual(2);
  });
});

test('a run continues as new after some 700 events: neither memory nor what is replayed grows with the commands', async () => {
  await start('long');
  const design = stageId('long', 'design');
  const { runId } = await engine.client.workflow.getHandle(design).describe();
  for (let index = 0; index < 65; index++) {
    for (const type of ['claim', 'release']) await command(engine, design, { type, task: 'draw' }, PEOPLE.eva);
  }
  const next = await engine.client.workflow.getHandle(design).describe();
  expect(next.runId).not.toBe(runId);
  expect(next.historyLength).toBeLessThan(250);
  const first = await engine.client.workflow.getHandle(design, runId).describe();
  expect(first.historyLength).toBeGreaterThanOrEqual(700);
  expect(first.historyLength).toBeLessThan(720);
  expect((await query<Pending>(design, QUERY_PENDING)).unprojected).toBe(0);
});

test('the answer to a command comes when what people read shows it, and says so', async () => {
  await start('shown');
  const design = stageId('shown', 'design');
  const answer = await command(engine, design, { type: 'claim', task: 'draw' }, PEOPLE.eva, 'shown');
  expect(answer).toMatchObject({ projected: true, events: [{ event: { type: 'task-claimed' } }] });
  expect(await engine.database.prisma.command.findFirst({ where: { stream: design, id: 'shown' } })).toMatchObject({ toSeq: answer.seq });
});

test('the same command id is carried out once, also after continue-as-new; another body under it is refused', async () => {
  await start('repeat');
  const design = stageId('repeat', 'design');
  const claim = { type: 'claim', task: 'draw' };
  const first = await command(engine, design, claim, PEOPLE.eva, 'once');
  expect(first.events).toHaveLength(1);
  const { runId } = await engine.client.workflow.getHandle(design).describe();
  await engine.client.workflow.getHandle(design).signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await engine.client.workflow.getHandle(design).describe()).runId !== runId, 'the next run');
  const again = await command(engine, design, claim, PEOPLE.eva, 'once');
  expect(again).toMatchObject({ seq: first.seq, events: [] });
  // Within a run the server itself repeats its first answer: that it belongs to another body shows in the hash.
  const other = { type: 'release', task: 'draw' };
  expect((await command(engine, design, other, PEOPLE.eva, 'once')).hash).toBe(JSON.stringify(claim));
  const next = (await engine.client.workflow.getHandle(design).describe()).runId;
  await engine.client.workflow.getHandle(design).signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await engine.client.workflow.getHandle(design).describe()).runId !== next, 'the run after it');
  expect(await refusal(command(engine, design, other, PEOPLE.eva, 'once'))).toBe('idempotency-conflict');
  expect(await engine.database.prisma.command.count({ where: { stream: design, id: 'once' } })).toBe(1);
});

test('rolling over in the middle of a gate loses nothing: the approval still reaches its stage, the stage its project', async () => {
  await start('rollover');
  const design = stageId('rollover', 'design');
  await command(engine, design, { type: 'complete', task: 'draw', evidence: { pages: 3, check: 'good' } }, PEOPLE.eva);
  const approval = `${design}/approval/design-gate/1`;
  const row = await eventually(async () => (await engine.database.prisma.approval.findUnique({ where: { id: approval } })) ?? undefined, 'approval');
  for (const stream of [projectStream('rollover'), design, approval]) await engine.client.workflow.getHandle(stream).signal(SIGNAL_ROLLOVER);
  await command(engine, approval, { type: 'decide', outcome: 'approve', digest: (row.data as { digest: string }).digest }, PEOPLE.sam);
  await eventually(async () => (await query<ProjectState>(projectStream('rollover'), QUERY_STATE)).phases['build']?.status === 'open', 'build');
});

test('hold and resume reach stage and approval through the server', async () => {
  await start('hold');
  const project = projectStream('hold');
  const design = stageId('hold', 'design');
  await command(engine, design, { type: 'complete', task: 'draw', evidence: { pages: 3, check: 'good' } }, PEOPLE.eva);
  await eventually(async () => (await query<StageState>(design, QUERY_STATE)).gate.status === 'open', 'gate');
  await command(engine, project, { type: 'hold', reason: text('strike') }, PEOPLE.mia);
  await eventually(async () => (await query<ProjectState>(project, QUERY_STATE)).status === 'held', 'held');
  await eventually(async () => (await query<StageState>(design, QUERY_STATE)).heldAt !== undefined, 'stage held');
  await command(engine, project, { type: 'resume' }, PEOPLE.mia);
  await eventually(async () => (await query<StageState>(design, QUERY_STATE)).heldAt === undefined, 'stage resumed');
});

test('a worker that restarts in between takes up where it was', async () => {
  await start('restart');
  const design = stageId('restart', 'design');
  await stopWorker();
  const claimed = command(engine, design, { type: 'claim', task: 'draw' }, PEOPLE.eva);
  stopWorker = await engine.startWorker();
  expect((await claimed).events).toHaveLength(1);
  expect((await query<Pending>(design, QUERY_PENDING)).unprojected).toBe(0);
});

test('commands that come to a new worker after a workflow task that brought about nothing are replayed as they were', async () => {
  const project = 'cold';
  await start(project, plan([phase('work', [task('t')], { gate: gate('check') })]));
  const work = stageId(project, 'work');
  const root = projectStream(project);
  const handle = engine.client.workflow.getHandle(work);
  const historyOf = (stream: string) => engine.client.workflow.getHandle(stream).fetchHistory();
  /** The worker that takes the command has seen nothing of the run, whose last workflow task ended without a command. */
  const afterRestart = async (stream: string, body: CommandEnvelope['command'], authority: CommandEnvelope['authority']): Promise<void> => {
    await eventually(async () => {
      await engine.client.workflow.getHandle(stream).signal(SIGNAL_CALL_BACK);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return (await historyOf(stream)).events?.at(-1)?.workflowTaskCompletedEventAttributes ?? undefined;
    }, 'a task without commands');
    await stopWorker();
    const sent = command(engine, stream, body, authority, undefined, { projects: true });
    stopWorker = await engine.startWorker();
    await sent;
  };
  const { runId } = await handle.describe();
  await handle.signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await handle.describe()).runId !== runId, 'the next run');
  // It projects, starts an approval and arms a timer: three things that could change places.
  await afterRestart(work, { type: 'complete', task: 't', evidence: {} }, PEOPLE.eva);
  await eventually(async () => (await query<StageState>(work, QUERY_STATE)).gate.status === 'open', 'the gate');
  await command(engine, root, { type: 'hold', reason: text('strike') }, PEOPLE.mia);
  await eventually(async () => (await query<ProjectState>(root, QUERY_STATE)).status === 'held', 'held');
  await afterRestart(root, { type: 'resume' }, PEOPLE.mia);
  await eventually(async () => (await query<StageState>(work, QUERY_STATE)).heldAt === undefined, 'stage resumed');
  for (const stream of [work, root]) await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), dataConverter }, await historyOf(stream), stream);
});
