/** The shell on a real server: what a command costs, repeats, continue-as-new, refusals, and the end. */
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { defineUpdate } from '@temporalio/workflow';
import { projectStream, type CommandAnswer, type CommandEnvelope, type Pending, QUERY_PENDING, QUERY_STATE, SIGNAL_ROLLOVER, UPDATE_COMMAND } from '../../workflows/contract';
import type { ProjectState } from '../../domain/project/types';
import type { StageState } from '../../domain/stage/types';
import type { Plan } from '../../domain/plan';
import { RULES } from '../../domain/rules';
import { type Engine, command, eventually, historyLength, startEngine } from '../support/engine';
import { ROLES, WATERFALL, phase, plan, task } from '../support/plans';
import { PEOPLE } from '../support/world';

let engine: Engine;
let stopWorker: () => Promise<void>;
beforeAll(async () => {
  engine = await startEngine();
  stopWorker = await engine.startWorker();
});
afterAll(() => engine.close());

const COMMAND = defineUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND);
const text = (value: string) => ({ text: value });

async function start(project: string, using: Plan = WATERFALL): Promise<CommandAnswer> {
  const id = `start-${project}`;
  const envelope: CommandEnvelope = { id, hash: id, authority: PEOPLE.olga, command: { type: 'start', name: text('n'), roles: ROLES } };
  const workflowId = projectStream(project);
  const operation = new WithStartWorkflowOperation('projectLifecycle', {
    workflowId, taskQueue: engine.config.temporal.taskQueue, args: [{ input: { project, plan: using }, rules: RULES }],
    workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE',
  });
  const answer = await engine.client.workflow.executeUpdateWithStart(COMMAND, {
    args: [envelope], updateId: id, startWorkflowOperation: operation,
  });
  await eventually(async () => (await stagesOpen(project)) >= 1, 'the first stage');
  return answer;
}

async function stagesOpen(project: string): Promise<number> {
  const rows = await engine.database.prisma.stage.findMany({ where: { project, status: 'open' } });
  return rows.length;
}

const stageId = (project: string, key: string) => `project/${project}/phase/${key}/1`;
const query = <T>(stream: string, name: string) => engine.client.workflow.getHandle(stream).query<T>(name);

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
