/** The log against what the workflows recorded: whatever is changed in the database is found, even where its chain is made to fit again. */
import { compareHistories } from '../../activities/compare-histories';
import { chainHash, genesisHash } from '../../domain/chain';
import { appendBatch } from '../../store/append';
import { readLog } from '../../store/fold';
import { findHead } from '../../store/streams';
import { verifyLog } from '../../store/verify';
import { type Pending, QUERY_PENDING, QUERY_STATE, SIGNAL_ROLLOVER, projectStream } from '../../workflows/contract';
import { StreamWriter } from '../support/batches';
import { runSql } from '../support/database';
import { type Engine, command, eventually, startEngine, startProject } from '../support/engine';
import { WATERFALL } from '../support/plans';
import { PEOPLE } from '../support/world';

let engine: Engine;
let stopWorker: () => Promise<void>;
const DESIGN = 'project/p/phase/design/1';
const CONTROL = 'project/p/phase/control/1';
const PROJECT = projectStream('p');

beforeAll(async () => {
  engine = await startEngine();
  stopWorker = await engine.startWorker();
  await startProject(engine, 'p', WATERFALL);
  await eventually(async () => (await engine.database.pool.query('SELECT FROM events WHERE stream = $1', [DESIGN])).rowCount! > 0, 'the phase');
  await command(engine, DESIGN, { type: 'claim', task: 'draw' }, PEOPLE.eva, 'claim-1');
  const handle = engine.client.workflow.getHandle(DESIGN);
  const { runId } = await handle.describe();
  await handle.signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await handle.describe()).runId !== runId, 'the next run');
  await command(engine, DESIGN, { type: 'release', task: 'draw' }, PEOPLE.eva, 'release-1');
  await command(engine, DESIGN, { type: 'claim', task: 'draw' }, PEOPLE.eva, 'claim-2');
  await command(engine, PROJECT, { type: 'hold', reason: { text: 'r' } }, PEOPLE.mia, 'hold-1');
  await eventually(async () => (await Promise.all([PROJECT, DESIGN, CONTROL].map(isAtRest))).every(Boolean), 'rest');
});
afterAll(() => engine?.close());

/** Held, with nothing left to send or to write: what is put back after a test is then what it was. */
async function isAtRest(stream: string): Promise<boolean> {
  const handle = engine.client.workflow.getHandle(stream);
  const [state, pending] = await Promise.all([handle.query<{ heldAt?: number }>(QUERY_STATE), handle.query<Pending>(QUERY_PENDING)]);
  return state.heldAt !== undefined && pending.unprojected + pending.effects === 0 && (await findHead(engine.database.pool, stream))?.seq === pending.seq;
}

const agreement = (options = {}) => compareHistories(engine.client, engine.database, { againMs: 50, ...options });

/** The log with something changed in it, and then as it was. */
async function after(change: string): Promise<Awaited<ReturnType<typeof agreement>>> {
  const tables = ['events', 'commands', 'streams'];
  const url = engine.testDatabase.url;
  for (const table of tables) await runSql(url, `CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  try {
    await runSql(url, `SET session_replication_role = replica; ${change}`);
    return await agreement();
  } finally {
    for (const table of tables) await runSql(url, `SET session_replication_role = replica; DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table}`);
  }
}

/** Statements that write a stream's events anew from one on, its chain and head made to fit: `verifyLog` alone finds nothing in them. */
async function rewrite(stream: string, change: (event: { seq: number; event: Record<string, unknown>; by: Record<string, unknown>; commandId: string }) => object): Promise<string> {
  const statements: string[] = [];
  let head = genesisHash(stream);
  for await (const page of readLog(engine.database.pool, stream)) {
    for (const { seq, at, by, commandId, event } of page) {
      const now = { seq, at, by, commandId, event, ...change({ seq, by, commandId, event: event as unknown as Record<string, unknown> }) } as Parameters<typeof chainHash>[1];
      const hash = chainHash(head, now);
      statements.push(`UPDATE events SET prev_hash = '${head}', hash = '${hash}', by = '${JSON.stringify(now.by)}', event = '${JSON.stringify(now.event)}' WHERE stream = '${stream}' AND seq = ${seq}`);
      head = hash;
    }
  }
  return [...statements, `UPDATE streams SET head = '${head}' WHERE stream = '${stream}'`].join(';');
}

test('log and histories agree, over continue-as-new too', async () => {
  const { rows } = await engine.database.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM streams');
  expect(await agreement()).toMatchObject({ ok: true, streams: rows[0]!.n, runs: rows[0]!.n + 1, commands: 5, expired: 0, unasked: 0, behind: 0, problems: [], since: expect.any(Number) });
});

test('a log that was written anew, chain and all, is found out by the histories alone', async () => {
  const forged = await rewrite(DESIGN, ({ commandId, by }) => (commandId === 'claim-2' ? { by: { ...by, person: 'mallory' } } : {}));
  const seq = (await engine.database.pool.query<{ seq: number }>(`SELECT min(seq) AS seq FROM events WHERE command_id = 'claim-2'`)).rows[0]!.seq;
  const report = await after(forged);
  expect(report).toMatchObject({ ok: false, problems: [{ stream: DESIGN, seq, detail: `event ${seq} of the log is not the one that the workflow recorded` }] });
  expect((await verifyLog(engine.testDatabase.url)).ok).toBe(true);
});

test('an event that no command made, changed with the chain after it, is found out by the next hash that the history has', async () => {
  const forged = await rewrite(PROJECT, ({ seq, event }) => (event['type'] === 'roles-assigned' ? { event: { ...event, roles: { manager: ['mallory'] } } } : { seq }));
  expect((await after(forged)).problems).toMatchObject([{ stream: PROJECT, detail: expect.stringContaining('is not the one that the workflow recorded') }]);
});

test.each([
  ['a tail that was cut off', `DELETE FROM events WHERE command_id = 'claim-2'; DELETE FROM commands WHERE id = 'claim-2'`, DESIGN, /^the workflow recorded event \d+, the log ends at \d+$/],
  ['a command that was taken out', `DELETE FROM commands WHERE id = 'claim-1'`, DESIGN, /^the workflow accepted the command claim-1, the log does not have it$/],
  ['a command with another request', `UPDATE commands SET hash = 'x' WHERE id = 'release-1'`, DESIGN, /^the command release-1 of the log is not the one that the workflow accepted$/],
  ['a command that was put in', `INSERT INTO commands SELECT stream, 'forged', hash, from_seq, to_seq, at FROM commands WHERE id = 'claim-1'`, DESIGN, /^the log has the command forged, which the workflow never accepted$/],
  ['another input', `UPDATE streams SET input = jsonb_set(input::jsonb, '{project}', '"q"')::json WHERE stream = '${DESIGN}'`, DESIGN, /^the workflow was started with something else/],
  ['a stream that was taken out whole', `DELETE FROM events WHERE stream = '${DESIGN}'; DELETE FROM commands WHERE stream = '${DESIGN}'; DELETE FROM streams WHERE stream = '${DESIGN}'`, DESIGN, /^the workflow recorded event \d+, the log ends at 0$/],
  ['a message that was never sent', `UPDATE events SET command_id = replace(command_id, 'message/', 'message/ghost/') WHERE stream = '${DESIGN}' AND command_id LIKE 'message/%'`, DESIGN, /is of a message that the workflow never heard$/],
])('%s is found', async (_, change, stream, detail) => {
  expect((await after(change)).problems).toMatchObject([{ stream, detail: expect.stringMatching(detail) }]);
  expect((await agreement()).ok).toBe(true);
});

test('a stream without a workflow, and events that no workflow recorded', async () => {
  await appendBatch(engine.database.pool, new StreamWriter('project/orphan', 'orphan', 'project').next(2));
  const run = await engine.client.workflow.getHandle(PROJECT).query<{ seq: number; head: string }>('pending');
  const recorded = { seq: run.seq + 1, at: Date.now(), by: { kind: 'system' as const, source: 'timer' }, commandId: 'x', event: { type: 'project-ended', status: 'cancelled' } };
  const report = await after(`INSERT INTO events (stream, seq, project, type, at, by, command_id, event, prev_hash, hash) VALUES
    ('${PROJECT}', ${recorded.seq}, 'p', 'project-ended', to_timestamp(${recorded.at / 1000}), '${JSON.stringify(recorded.by)}', 'x', '${JSON.stringify(recorded.event)}', '${run.head}', '${chainHash(run.head, recorded)}')`);
  expect(report.problems).toEqual([
    { stream: 'project/orphan', detail: 'the log has not ended, and the server has no run of it' },
    { stream: PROJECT, seq: run.seq + 1, detail: `the log has ${run.seq + 1} events, the workflow recorded ${run.seq}` },
  ]);
  await runSql(engine.testDatabase.url, `SET session_replication_role = replica; DELETE FROM events WHERE stream = 'project/orphan'; DELETE FROM commands WHERE stream = 'project/orphan'; DELETE FROM streams WHERE stream = 'project/orphan'`);
});

test('while work goes on nothing is found', async () => {
  await command(engine, PROJECT, { type: 'resume' }, PEOPLE.mia, 'resume-1');
  let going = true;
  let done = 0;
  const working = (async () => {
    for (let index = 0; going; index++) {
      // Until the phase has heard that the project goes on, it refuses.
      await command(engine, CONTROL, { type: done % 2 ? 'release' : 'claim', task: 'log' }, PEOPLE.eva, `work-${index}`).then(() => { done += 1; }, () => undefined);
    }
  })();
  try {
    await eventually(async () => {
      expect((await agreement()).problems).toEqual([]);
      return done > 10;
    }, 'some work', 60_000);
  } finally {
    going = false;
    await working;
  }
  await eventually(async () => {
    const { ok, behind } = await agreement();
    return ok && behind === 0;
  }, 'rest');
});

test('without a worker the histories are compared all the same, and it is said what was not', async () => {
  await stopWorker();
  const report = await agreement({ answerMs: 500 });
  expect(report).toMatchObject({ ok: true, problems: [] });
  expect(report.unasked).toBe(report.streams);
  const forged = await rewrite(DESIGN, ({ commandId, by }) => (commandId === 'claim-2' ? { by: { ...by, person: 'mallory' } } : {}));
  expect((await after(forged)).problems).toMatchObject([{ stream: DESIGN, detail: expect.stringContaining('is not the one that the workflow recorded') }]);
});

test('a log that was put back to an earlier moment is found out, also after it has stopped the stream', async () => {
  stopWorker = await engine.startWorker();
  await eventually(async () => (await agreement()).unasked === 0, 'a worker');
  const last = (await findHead(engine.database.pool, CONTROL))!.seq;
  const url = engine.testDatabase.url;
  const missing = { stream: CONTROL, seq: last, detail: `the workflow recorded event ${last}, the log ends at ${last - 1}` };
  await runSql(url, `SET session_replication_role = replica; DELETE FROM commands WHERE stream = '${CONTROL}' AND to_seq = ${last}; DELETE FROM events WHERE stream = '${CONTROL}' AND seq = ${last};
    UPDATE streams SET seq = ${last - 1}, head = (SELECT hash FROM events WHERE stream = '${CONTROL}' AND seq = ${last - 1}) WHERE stream = '${CONTROL}'`);
  expect((await agreement()).problems).toMatchObject([missing]);
  // The next one does not continue the log. It stands in the workflow alone, and so does what the log lost.
  await command(engine, CONTROL, { type: 'comment', task: 'log', text: { text: 'r' }, mentions: [] }, PEOPLE.eva, 'too-much');
  await eventually(async () => (await verifyLog(url)).broken.some(({ stream }) => stream === CONTROL), 'the stream to be stopped');
  const pending = await engine.client.workflow.getHandle(CONTROL).query<Pending>(QUERY_PENDING);
  expect(pending).toMatchObject({ seq: last + 1, logged: last });
  expect((await agreement()).problems).toMatchObject([missing]);
});
