/** The audit from the command line: the log by itself, and against what the workflows recorded. */
import { type CliBed, runCli, startCliBed } from '../support/cli';
import { runSql } from '../support/database';
import { eventually } from '../support/engine';

let bed: CliBed;
let id: string;
beforeAll(async () => {
  bed = await startCliBed();
  id = await bed.product.startProject('To be audited');
  await eventually(async () => (await bed.product.call('eva', 'GET', `/projects/${id}/tasks?status=ready`)).body.items.length >= 9, 'the tasks');
  await bed.product.call('eva', 'POST', `/projects/${id}/phases/design/tasks/draw/claim`);
});
afterAll(() => bed?.close());

const audit = (...args: string[]) => {
  const { config } = bed.product.engine;
  return runCli(['audit', 'verify', ...args], { cwd: bed.folder, env: { DATABASE_URL: config.databaseUrl, TEMPORAL_ADDRESS: config.temporal.address } });
};

test('log, read model and histories agree', async () => {
  const whole = await audit('--deep', '--histories');
  expect(whole).toMatchObject({ code: 0, err: '' });
  expect(whole.out).toMatch(/^The event log is whole\.[^]*The log says what the workflows recorded\.\n {2}3 streams, 3 runs, 2 commands; histories reach back to \d{4}-/);
  expect((await audit()).out).toContain('--histories');
  expect(JSON.parse((await audit('--json', '--histories')).out)).toMatchObject({ ok: true, problems: [], histories: { ok: true, streams: 3, problems: [] } });
});

test('without a Temporal server it says what to do', async () => {
  const { databaseUrl } = bed.product.engine.config;
  expect(await runCli(['audit', 'verify', '--histories'], { cwd: bed.folder, env: { DATABASE_URL: databaseUrl } }))
    .toMatchObject({ code: 1, err: expect.stringContaining('compared while the product runs') });
});

test('what workflow tasks had left that were repeated or lost is told as what it is', async () => {
  const discard = (commandId: string) => runSql(bed.product.engine.testDatabase.url, `INSERT INTO discarded_events (stream, seq, project, type, at, by, command_id, event, prev_hash, hash, logged_at)
    SELECT stream, seq, project, type, at, by, ${commandId}, event, prev_hash, 'other', logged_at FROM events WHERE stream = 'project/${id}' AND seq = 1`);
  expect((await audit()).out).not.toContain('Made twice');
  await discard('command_id');
  const again = await audit();
  expect([again.code, again.out]).toEqual([0, expect.stringMatching(new RegExp(`Made twice, as the server repeated a workflow task[^]*Nothing is lost:\\n  project/${id}: 1 event\\n`))]);
  expect(again.out).not.toContain('was lost');
  await discard("'of nobody'");
  expect((await audit()).out).toMatch(new RegExp(`Left by a workflow task that was lost[^]*compare with what people remember:\\n  project/${id}: 2 events\\n`));
});

test('a stream that was seen to disagree with its run, or was stopped, is named and makes it fail', async () => {
  const set = (column: string, reason: string) => runSql(bed.product.engine.testDatabase.url, `UPDATE streams SET ${column} = ${reason} WHERE stream = 'project/${id}'`);
  for (const [column, title] of [['gap', 'The log and the open run disagree'], ['broken', 'Stopped']] as const) {
    await set(column, "'the run has 9 events'");
    const found = await audit();
    expect([found.code, found.out]).toEqual([1, expect.stringMatching(new RegExp(`^The event log is whole in itself\\.\nIt does NOT go with all of the runs[^]*${title}:\n  project/${id}: the run has 9 events\n`))]);
    expect(JSON.parse((await audit('--json')).out)).toMatchObject({ ok: false, problems: [] });
    await set(column, 'NULL');
  }
  expect((await audit()).code).toBe(0);
});

test('a command that was put into the database is named', async () => {
  await runSql(bed.product.engine.testDatabase.url, `INSERT INTO commands SELECT stream, 'forged', hash, to_seq + 1, to_seq, at FROM commands WHERE stream = 'project/${id}'`);
  const forged = await audit('--histories');
  expect(forged).toMatchObject({ code: 1, out: expect.stringMatching(/The event log is whole[^]*does NOT say what the workflows recorded[^]*Differences \(1\)[^]*the command forged, which the workflow never accepted/) });
});
