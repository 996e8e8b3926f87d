/** The database is away while people work, and the other parts are killed meanwhile: commands are accepted, histories don't grow, and all is there once it is back. */
import { randomUUID } from 'node:crypto';
import { until } from '../support/durability/child';
import { checkAgreement, checkAudit, findUnsettled, type Inspection, inspect } from '../support/durability/checks';
import { type PartsRig, startParts } from '../support/durability/parts';
import { makeChance } from '../support/durability/random';
import { ROLES, TEMPLATE } from '../support/durability/seed';
import { settings } from '../support/durability/settings';

jest.setTimeout(settings.awayMs + 5 * 60_000);
const { say, awayMs } = settings;
const chance = makeChance(settings.seed);

let rig: PartsRig;
let inspection: Inspection;
beforeAll(async () => {
  rig = await startParts();
  inspection = await inspect(rig);
});
afterAll(async () => {
  await inspection?.close();
  await rig?.close();
});

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly body: Record<string, unknown>;
}

async function call(person: string, method: string, path: string, body?: unknown, key: string = randomUUID()): Promise<Answer> {
  const response = await fetch(`${rig.url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
    method,
    headers: { Authorization: `Bearer ${rig.tokens.get(person)}`, 'Content-Type': 'application/json', ...(method === 'POST' && { 'Idempotency-Key': key }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, location: response.headers.get('location'), body: await response.json() as Record<string, unknown> };
}

const historyLength = async (stream: string): Promise<number> => (await inspection.client.workflow.getHandle(stream).describe()).historyLength;

/** The length at which a history stays for a second. */
async function restingLength(stream: string): Promise<number> {
  for (let last = -1; ;) {
    const now = await historyLength(stream);
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

test('commands are accepted while the database is away, and everything is projected when it is back', async () => {
  const started = await call('p-olga', 'POST', '/projects', { name: 'Move the racks', template: TEMPLATE, roles: ROLES });
  expect(started.status).toBe(201);
  const project = String(started.body['id']);
  const stage = `project/${project}/phase/watch/1`;
  const task = (verb: string, key = 'log-1'): string => `/projects/${project}/phases/watch/tasks/${key}/${verb}`;
  await until('the task', 20_000, async () => (await call('p-tess', 'GET', `/projects/${project}/phases/watch/tasks/log-1`)).body['status'] === 'ready');
  // Each in health once, so that what the API remembers of them is what it would in practice.
  expect((await call('p-tess', 'POST', task('claim'), {})).status).toBe(200);
  expect((await call('p-tess', 'POST', task('release'), {})).status).toBe(200);

  await rig.postgres.stop();
  const away = Date.now();
  say('the database is away');
  const commands: { readonly key: string; readonly verb: string; readonly answer: Answer }[] = [];
  const send = async (): Promise<void> => {
    const verb = commands.length % 2 === 0 ? 'claim' : 'release';
    const key = randomUUID();
    const answer = await call('p-tess', 'POST', task(verb), {}, key);
    expect(answer).toMatchObject({ status: 202, body: { stream: stage, pending: true } });
    expect(answer.location).toBe(`/api/v1/commands/${encodeURIComponent(stage)}/${key}`);
    commands.push({ key, verb, answer });
  };

  // The first finds out that the database is away; from then on one ordinary activity waits for it.
  await send();
  await until('the patient activity', 30_000, async () => {
    const { raw } = await inspection.client.workflow.getHandle(stage).describe();
    return (raw.pendingActivities ?? []).some(({ activityType }) => activityType?.name === 'project');
  });
  let length = await restingLength(stage);
  const steps: number[] = [];
  for (let sent = 0; sent < 6; sent += 1) {
    await send();
    const next = await restingLength(stage);
    steps.push(next - length);
    length = next;
  }
  say(`events of the history per command: ${steps.join(', ')}`);
  expect(steps).toEqual(steps.map(() => 5));

  // A repeat gets the same answer and leaves no trace; nor does the passing of time.
  for (const { key, verb, answer } of commands) expect((await call('p-tess', 'POST', task(verb), {}, key)).body).toEqual(answer.body);
  expect(await restingLength(stage)).toBe(length);
  const reads = await call('p-tess', 'GET', '/tasks?mine=true');
  expect(reads).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
  // A text waits for the database as well, in another workflow.
  const said = 'No power in row 7.';
  const commented = await call('p-tess', 'POST', task('comments'), { text: said });
  expect(commented).toMatchObject({ status: 202, body: { stream: stage, pending: true } });
  length = await restingLength(stage);
  let looks = 0;
  while (Date.now() - away < awayMs) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(15_000, Math.max(100, awayMs - (Date.now() - away)))));
    expect(await historyLength(stage)).toBe(length);
    looks += 1;
  }
  // The API still knows who people are, and the workflow still takes commands.
  await send();
  length = await restingLength(stage);
  say(`away for ${Math.round((Date.now() - away) / 1000)} s; the history stood at ${length} events, looked at ${looks} times`);

  // What waits for the database is kept by Temporal alone, also while everybody else begins anew.
  for (const part of ['worker', 'temporal']) await rig.kill(part, chance);
  for (const part of ['temporal', 'worker']) await rig.revive(part);
  await send();
  for (const { key, verb, answer } of commands) expect((await call('p-tess', 'POST', task(verb), {}, key)).body).toEqual(answer.body);
  await rig.kill('api', chance);
  await rig.revive('api');
  // This one has never seen who they are.
  expect(await call('p-tess', 'POST', task('claim'), {})).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });

  await rig.postgres.start();
  const back = Date.now();
  for (const { key, answer } of commands) {
    const found = await until(`the answer at ${answer.location}`, 40_000, async () => {
      const asked = await call('p-tess', 'GET', String(answer.location));
      expect([200, 202, 503]).toContain(asked.status);
      return asked.status === 200 && asked;
    });
    expect(found.body).toMatchObject({ stream: stage, seq: answer.body['seq'], replayed: true });
    const repeated = await call('p-tess', 'POST', task(commands.find((each) => each.key === key)?.verb ?? ''), {}, key);
    expect(repeated).toMatchObject({ status: 200, body: found.body });
  }
  say(`all ${commands.length} commands were projected ${Date.now() - back} ms after the database was back; ${await historyLength(stage) - length} events more`);

  await inspection.close();
  inspection = await inspect(rig);
  await until('everything to come to rest', 60_000, async () => (await findUnsettled(inspection)).length === 0, 300);
  const { rows } = await inspection.database.pool.query<{ id: string }>(
    'SELECT id FROM commands WHERE stream = $1 AND to_seq <> $3 ORDER BY to_seq DESC LIMIT $2', [stage, commands.length, commented.body['seq']]);
  expect(rows.map(({ id }) => id).reverse()).toEqual(commands.map(({ key }) => key));
  // Of an attempt that went with its worker Temporal hears by its time limit only.
  const texts = async (): Promise<unknown[]> => ((await call('p-tess', 'GET', task('comments'))).body['items'] as { text: unknown }[]).map(({ text }) => text);
  await until('the text', 30_000, async () => !(await texts()).includes(null), 300);
  expect(await texts()).toEqual([said]);
  expect([...await checkAgreement(inspection), ...await checkAudit(rig)]).toEqual([]);
});
