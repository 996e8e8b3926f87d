/** Upkeep against a real Temporal server: what became of runs, and whether they agree with the log. */
import { createActivities } from '../../activities';
import { forgetTexts } from '../../activities/forget-texts';
import { compare, tendRuns } from '../../activities/tend-runs';
import { PROCESSES } from '../../domain/processes';
import { chainHash } from '../../domain/chain';
import { RULES } from '../../domain/rules';
import { appendBatch } from '../../store/append';
import { listProjectRows } from '../../store/reads/projects';
import { type Head, findHead } from '../../store/streams';
import { readTexts, saltTexts } from '../../store/texts';
import { verifyLog } from '../../store/verify';
import { type Pending, QUERY_PENDING, QUERY_ROWS, SIGNAL_ROLLOVER, WORKFLOW_TEXTS, type LiveRows, projectStream } from '../../workflows/contract';
import { StreamWriter, taskRow } from '../support/batches';
import { type Engine, command, eventually, startEngine, startProject } from '../support/engine';
import { WATERFALL } from '../support/plans';
import { sortRows } from '../support/projected-world';
import { PEOPLE } from '../support/world';


let engine: Engine;
let deps: Parameters<typeof createActivities>[0];
const said: { level: string; facts: Record<string, unknown>; message: string }[] = [];

beforeAll(async () => {
  engine = await startEngine();
  await engine.startWorker();
  const say = (level: string) => (facts: object, message: string) => { said.push({ level, facts: facts as Record<string, unknown>, message }); };
  deps = {
    database: engine.database, client: engine.client, files: engine.files, fileDays: 30, processes: PROCESSES, rules: RULES,
    log: { info: say('info'), warn: say('warn'), error: say('error') },
  };
});
afterAll(() => engine?.close());
beforeEach(() => { said.length = 0; });

async function start(project: string): Promise<{ project: string; design: string }> {
  await startProject(engine, project, WATERFALL);
  const design = `project/${project}/phase/design/1`;
  for (const stream of [projectStream(project), design, `project/${project}/phase/control/1`]) await rest(stream);
  return { project: projectStream(project), design };
}

/** Waits until a stream is in the log and nothing happens in it. */
async function rest(stream: string): Promise<void> {
  await eventually(async () => {
    const before = (await findHead(engine.database.pool, stream))?.seq;
    await new Promise((resolve) => setTimeout(resolve, 300));
    return before !== undefined && before === (await pending(stream)).seq;
  }, stream);
}

const pending = (stream: string) => engine.client.workflow.getHandle(stream).query<Pending>(QUERY_PENDING);
const gapOf = async (stream: string) => (await findHead(engine.database.pool, stream))?.gap;

it('finds workflows that are gone without having told, and no others', async () => {
  const { project, design } = await start('lost');
  const control = 'project/lost/phase/control/1';
  await engine.client.workflow.getHandle(design).terminate('test');
  expect(await createActivities(deps).findLost([project, 'project/never', design, control])).toEqual(['project/never', design]);
});

it('deletes what held texts while the database was away, and only once it has them', async () => {
  const [kept, held] = saltTexts(['no power in row 7', 'on its way']);
  const start = (workflowId: string, text: unknown, taskQueue = engine.config.temporal.taskQueue) =>
    engine.client.workflow.start(WORKFLOW_TEXTS, { workflowId, taskQueue, args: ['texts', [text]] });
  await (await start('texts/kept', kept)).result();
  await start('texts/held', held, 'nobody');
  const listed = async (): Promise<string[]> => {
    const found: string[] = [];
    for await (const { workflowId } of engine.client.workflow.list({ query: `WorkflowType = '${WORKFLOW_TEXTS}'` })) found.push(workflowId);
    return found.sort();
  };
  await eventually(async () => (await listed()).length === 2, 'both to be listed');
  // The server takes its half a minute until it does so.
  await forgetTexts(deps.client, deps.log);
  await eventually(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return (await listed()).join() === 'texts/held';
  }, 'the first to be deleted');
  await expect(engine.client.workflow.getHandle('texts/kept').fetchHistory()).rejects.toThrow(/not found/i);
  expect((await readTexts(engine.database, [kept!.ref, held!.ref]))).toEqual(new Map([[kept!.ref, 'no power in row 7']]));
  await engine.client.workflow.getHandle('texts/held').terminate('test');
});

it('finds nothing to say where runs and log agree', async () => {
  const { design } = await start('agree');
  await command(engine, design, { type: 'claim', task: 'draw' }, PEOPLE.eva);
  await tendRuns(deps, 100);
  expect(said.filter(({ facts }) => String(facts['stream']).includes('/agree'))).toEqual([]);
  // What nothing came after is certain now, too.
  const { seq, settled, gap } = (await findHead(engine.database.pool, design))!;
  expect({ settled, gap }).toEqual({ settled: seq, gap: null });
});

it('asks a run again only after it or its log has moved', async () => {
  const { design } = await start('asked');
  const compared = new Map<string, string>();
  await tendRuns(deps, 100, compared);
  const standing = compared.get(design);
  expect(standing).toEqual(expect.any(String));
  // Asked again it would be found to differ from this.
  await engine.database.pool.query("UPDATE streams SET gap = 'not asked' WHERE stream = $1", [design]);
  await tendRuns(deps, 100, compared);
  expect(await gapOf(design)).toBe('not asked');
  await command(engine, design, { type: 'claim', task: 'draw' }, PEOPLE.eva);
  await tendRuns(deps, 100, compared);
  expect(await gapOf(design)).toBeNull();
  expect(compared.get(design)).not.toBe(standing);
});

it('names a stream whose run is gone', async () => {
  const writer = new StreamWriter('project/orphan', 'orphan', 'project');
  await appendBatch(engine.database.pool, writer.next(2));
  await tendRuns(deps, 100);
  expect(said).toContainEqual(expect.objectContaining({ level: 'error', facts: expect.objectContaining({ stream: 'project/orphan' }) }));
  expect(await gapOf('project/orphan')).toBe('there is no open run of it any more');
});

it('takes out of the log what a lost workflow task had left there', async () => {
  const { design } = await start('dangling');
  const run = await pending(design);
  const recorded = { seq: run.seq + 1, at: Date.now(), by: { kind: 'system' as const, source: 'timer' }, commandId: 'x', event: { type: 'task-claimed', task: 'draw', person: 'ghost' } };
  const events = [{ ...recorded, hash: chainHash(run.head, recorded) }];
  await appendBatch(engine.database.pool, {
    stream: design, project: 'dangling', process: 'stage', rules: RULES, prevHash: run.head, events, notices: [], final: false, settled: run.seq,
    commands: [], rows: [taskRow(design, 'ghost', { project: 'dangling', phase: 'design' })],
  });
  expect((await findHead(engine.database.pool, design))?.seq).toBe(run.seq + 1);
  await tendRuns(deps, 100);
  expect(await findHead(engine.database.pool, design)).toMatchObject({ seq: run.seq, head: run.head, gap: null, broken: null });
  const live = (await engine.client.workflow.getHandle(design).query<LiveRows>(QUERY_ROWS)).rows;
  const read = (await listProjectRows(engine.database, 'dangling')).filter((row) => row.id.startsWith(design));
  expect(sortRows(read)).toEqual(sortRows(live));
  await command(engine, design, { type: 'claim', task: 'draw' }, PEOPLE.eva);
  expect(await findHead(engine.database.pool, design)).toMatchObject({ seq: run.seq + 1, broken: null });
  expect((await verifyLog(engine.testDatabase.url)).discarded).toEqual([{ stream: design, events: 1, madeAgain: 0 }]);
});

it('says nothing of a difference that goes while a lost workflow task is repeated', async () => {
  const { design } = await start('repeated');
  const run = await pending(design);
  const { pool } = engine.database;
  await pool.query("UPDATE streams SET head = 'of the lost task', settled = $2 WHERE stream = $1", [design, run.seq - 1]);
  const repetition = new Promise((resolve) => { setTimeout(resolve, 300); })
    .then(() => pool.query('UPDATE streams SET head = $2 WHERE stream = $1', [design, run.head]));
  await tendRuns(deps, 1_000);
  await repetition;
  expect(await gapOf(design)).toBeNull();
  await pool.query("UPDATE streams SET head = 'of nobody', settled = $2 WHERE stream = $1", [design, run.seq - 1]);
  await tendRuns(deps, 100);
  expect(await gapOf(design)).toBe(`event ${run.seq} of the run is another than the log's`);
  await pool.query('UPDATE streams SET head = $2, settled = $3, gap = NULL WHERE stream = $1', [design, run.head, run.seq]);
});

it('names a run that is behind what was settled', async () => {
  const { design } = await start('behind');
  const run = await pending(design);
  const recorded = { seq: run.seq + 1, at: Date.now(), by: { kind: 'system' as const, source: 'timer' }, commandId: 'x', event: { type: 'task-claimed', task: 'draw', person: 'ghost' } };
  await appendBatch(engine.database.pool, {
    stream: design, project: 'behind', process: 'stage', rules: RULES, prevHash: run.head, events: [{ ...recorded, hash: chainHash(run.head, recorded) }],
    commands: [], rows: [], notices: [], final: false,
  });
  await tendRuns(deps, 100);
  expect(await gapOf(design)).toBe(`the log has ${run.seq + 1} events, the run only ${run.seq}`);
});

it('repairs a read model that fell behind', async () => {
  const { design } = await start('stale');
  await engine.database.pool.query("DELETE FROM tasks WHERE stage = $1", [design]);
  await engine.database.pool.query("UPDATE streams SET stale = 'test' WHERE stream = $1", [design]);
  await tendRuns(deps, 100);
  const live = (await engine.client.workflow.getHandle(design).query<LiveRows>(QUERY_ROWS)).rows;
  expect(sortRows((await listProjectRows(engine.database, 'stale')).filter((row) => row.id.startsWith(design)))).toEqual(sortRows(live));
});

it('asks runs with older rules to roll over', async () => {
  const { design } = await start('older');
  const { runId } = await engine.client.workflow.getHandle(design).describe();
  await tendRuns({ ...deps, rules: RULES + 1 }, 100);
  await eventually(async () => (await engine.client.workflow.getHandle(design).describe()).runId !== runId, 'the next run');
});

it('takes no run for gone that is just continuing as new', async () => {
  const { design } = await start('continuing');
  const handle = engine.client.workflow.getHandle(design);
  const { runId } = await handle.describe();
  let going = true;
  const asking = (async () => { while (going) await tendRuns(deps, 100, new Map()); })();
  for (let i = 0; i < 60; i++) {
    await handle.signal(SIGNAL_ROLLOVER);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  going = false;
  await asking;
  expect((await handle.describe()).runId).not.toBe(runId);
  expect(said.filter(({ facts }) => facts['stream'] === design && facts['gap'] !== undefined)).toEqual([]);
  expect(await gapOf(design)).toBeNull();
});

it('seals at most once an hour', async () => {
  const activities = createActivities(deps);
  await Promise.all([activities.sealHeads(), activities.sealHeads()]);
  await activities.sealHeads();
  expect(await verifyLog(engine.testDatabase.url)).toMatchObject({ seals: 1, problems: [] });
});

describe('comparing a run with the log', () => {
  const head = (seq: number, hash: string): Head => ({ stream: 's', seq, head: hash, settled: 0, rules: 1, final: false, broken: null, gap: null });
  const run = (seq: number, hash: string, unprojected = 0, logged?: number): Pending => ({ seq, head: hash, rules: 1, unprojected, effects: 0, ...(logged !== undefined && { logged }) });

  it.each<[string, Head, Pending, Head, boolean]>([
    ['the same', head(3, 'c'), run(3, 'c'), head(3, 'c'), false],
    ['something happened while asking', head(3, 'c'), run(5, 'e'), head(6, 'f'), false],
    ['the run waits for its projection', head(3, 'c'), run(5, 'e', 1), head(3, 'c'), false],
    ['the run waits for the projection of what comes next', head(3, 'c'), run(5, 'e', 1, 3), head(3, 'c'), false],
    ['the run waits, and knew more to be in the log', head(3, 'c'), run(5, 'e', 1, 4), head(3, 'c'), true],
    ['the run had more', head(3, 'c'), run(5, 'e'), head(3, 'c'), true],
    ['the log had more', head(5, 'e'), run(3, 'c'), head(5, 'e'), true],
    ['another last event', head(3, 'c'), run(3, 'x'), head(3, 'c'), true],
    ['another last event, projected meanwhile', head(2, 'b'), run(3, 'x'), head(3, 'c'), true],
  ])('%s', (_, before, asked, after, differs) => {
    expect(compare(before, asked, after) !== null).toBe(differs);
  });
});
