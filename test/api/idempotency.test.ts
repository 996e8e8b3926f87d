/** One key, one answer: over HTTP, after the worker went away, after continue-as-new, and for a project that is started. */
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES } from '../support/template';

let product: Product;
let id: string;
beforeAll(async () => {
  product = await startProduct();
  id = await product.startProject();
  await eventually(async () => (await product.call('eva', 'GET', `/projects/${id}/tasks?status=ready`)).body.items.length >= 9, 'the tasks');
});
afterAll(async () => { await product.close(); });

const path = (task: string, verb: string, phase = 'control') => `/projects/${id}/phases/${phase}/tasks/${task}/${verb}`;
const replayed = (body: object) => ({ ...body, replayed: true });

test('the same key gives the same answer, and another body or another person is refused', async () => {
  const key = randomUUID();
  const first = await product.call('eva', 'POST', path('draw', 'complete', 'design'), { evidence: DRAWN }, { key });
  expect(first).toMatchObject({ status: 200, body: { replayed: false, events: [{ type: 'task-completed' }, { type: 'task-ready' }] } });
  const again = await product.call('eva', 'POST', path('draw', 'complete', 'design'), { evidence: DRAWN }, { key });
  expect(again).toMatchObject({ status: 200, body: replayed(first.body) });
  const other = await product.call('eva', 'POST', path('draw', 'complete', 'design'), { evidence: { ...DRAWN, pages: 4 } }, { key });
  expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-conflict' } });
  const someone = await product.call('edo', 'POST', path('draw', 'complete', 'design'), { evidence: DRAWN }, { key });
  expect(someone).toMatchObject({ status: 409, body: { code: 'idempotency-conflict' } });
});

test('many clients with one key at once: carried out once, and all hear the same', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 8 }, () => product.call('eva', 'POST', path('log-1', 'claim'), {}, { key })));
  expect(new Set(answers.map(({ status, body }) => `${status} ${JSON.stringify(body.events)}`)).size).toBe(1);
  const events = await product.log('eva', id);
  expect(events.filter((each: { commandId: string }) => each.commandId === key)).toHaveLength(1);
});

test('a command that changes nothing has an answer as well', async () => {
  const key = randomUUID();
  await product.call('edo', 'POST', path('log-2', 'claim'));
  const first = await product.call('edo', 'POST', path('log-2', 'claim'), {}, { key });
  expect(first.body.events).toEqual([]);
  expect((await product.call('edo', 'POST', path('log-2', 'claim'), {}, { key })).body).toEqual(replayed(first.body));
});

test('a refused command may be sent again under its key once it is possible', async () => {
  const key = randomUUID();
  expect((await product.call('eva', 'POST', path('log-2', 'complete'), {}, { key })).status).toBe(409);
  await product.call('edo', 'POST', path('log-2', 'release'));
  expect((await product.call('eva', 'POST', path('log-2', 'complete'), {}, { key })).status).toBe(200);
});

test('after continue-as-new the answer is the same, from the log and from the workflow', async () => {
  const key = randomUUID();
  const first = await product.call('eva', 'POST', path('log-3', 'complete'), {}, { key });
  const { client, database } = product.engine;
  const stream = first.body.stream as string;
  const run = async () => (await client.workflow.getHandle(stream).describe()).runId;
  const before = await run();
  await client.workflow.getHandle(stream).signal('rollover');
  await eventually(async () => await run() !== before, 'the next run');
  expect((await product.call('eva', 'POST', path('log-3', 'complete'), {}, { key })).body).toEqual(replayed(first.body));
  // Were the log to know nothing yet, the workflow would: it remembers across its runs.
  await database.pool.query('DELETE FROM commands WHERE stream = $1 AND id = $2', [stream, key]);
  const asked = await product.call('eva', 'POST', path('log-3', 'complete'), {}, { key });
  expect(asked).toMatchObject({ status: 202, body: { stream, seq: first.body.seq, pending: true } });
  expect((await product.call('eva', 'POST', path('log-3', 'complete'), { evidence: { x: 1 } }, { key })).body.code).toBe('idempotency-conflict');
});

test('a project is started once per key, and its id follows from the key', async () => {
  const key = randomUUID();
  const body = { name: 'Once', template: 'small', roles: SMALL_ROLES };
  const answers = await Promise.all(Array.from({ length: 4 }, () => product.call('olga', 'POST', '/projects', body, { key })));
  expect(new Set(answers.map((each) => each.body.id)).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  const again = await product.call('olga', 'POST', '/projects', body, { key });
  expect(again.body).toMatchObject({ id: answers[0]?.body.id, replayed: true });
  expect((await product.call('olga', 'POST', '/projects', { ...body, name: 'Twice' }, { key })).body.code).toBe('idempotency-conflict');
  expect((await product.call('pia', 'POST', '/projects', body, { key })).body.id).not.toBe(again.body.id);
  const found = (await product.call('aude', 'GET', '/projects?q=onc')).body.items;
  expect(found).toHaveLength(2);
});

test('an answer can be asked for later', async () => {
  const key = randomUUID();
  const { body } = await product.call('eva', 'POST', path('log-4', 'claim'), {}, { key });
  const place = `/commands/${encodeURIComponent(body.stream)}/${encodeURIComponent(key)}`;
  expect(await product.call('mia', 'GET', place)).toMatchObject({ status: 200, body: replayed(body) });
  expect((await product.call('leo', 'GET', place)).status).toBe(404);
  expect((await product.call('mia', 'GET', `${place}x`)).body.code).toBe('unknown-command-id');
});
