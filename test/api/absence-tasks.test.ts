/** Tasks of somebody who is absent: who stands in works on them in that name, within what was delegated, and both names stand on record. */
import { PROCESSES } from '../../domain/processes';
import { verifyLog } from '../../store/verify';
import { eventually } from '../support/engine';
import { type Product, startProduct } from '../support/product';
import { DRAWN, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  const text = smallVersion('1.1.0', ({ phases }) => { phases[0]!.tasks[1]!['fourEyes'] = true; });
  expect((await product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
});
afterAll(async () => { await product.close(); });

const call = (...args: Parameters<Product['call']>) => product.call(...args);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

async function start(): Promise<{ project: string; task: (key: string, phase?: string) => string }> {
  const roles = { manager: ['mia'], engineer: ['eva', 'edo'], sponsor: ['sam'], security: ['sol'] };
  const { body } = await call('olga', 'POST', '/projects', { name: 'Absent', template: 'small', version: '1.1.0', roles });
  expect(body).toMatchObject({ id: expect.any(String) });
  const project = body.id as string;
  const task = (key: string, phase = 'design') => `/projects/${project}/phases/${phase}/tasks/${key}`;
  await eventually(async () => (await call('mia', 'GET', task('draw'))).body.status === 'ready', 'the first task');
  return { project, task };
}

async function delegate(absent: string, body: object): Promise<() => Promise<void>> {
  const set = await call(absent, 'POST', '/me/delegations', { until: inDays(2), ...body });
  expect(set.status).toBe(200);
  const { items } = (await call(absent, 'GET', '/me/delegations')).body;
  const { id } = items.find((each: { status: string; role: { key: string } | null }) => each.status !== 'ended');
  return async () => { expect((await call(absent, 'POST', `/delegations/${id}/revoke`, {})).status).toBe(200); };
}

const mine = async (who: string, project: string): Promise<[string, string[]][]> => (await call(who, 'GET', '/tasks?limit=200')).body.items
  .filter((each: { project: string; phase: string }) => each.project === project && each.phase === 'design')
  .map((each: { task: string; onBehalfOf: { id: string }[] }) => [each.task, each.onBehalfOf.map(({ id }) => id)]);
const seen = (who: string, project: string, expected: [string, string[]][]) => eventually(async () => JSON.stringify(await mine(who, project)) === JSON.stringify(expected), `${who} to see ${JSON.stringify(expected)}`);

test('a stand-in claims and completes in the name of the absent person; four eyes see the two as one; nothing is left when they are back', async () => {
  const { project, task } = await start();
  const asEva = { onBehalfOf: 'eva' };
  expect((await call('leo', 'POST', `${task('draw')}/claim`, asEva)).body.code).toBe('unknown-project');
  const back = await delegate('eva', { to: 'leo' });
  await seen('leo', project, [['draw', ['eva']]]);
  expect((await call('leo', 'GET', task('draw'))).body.onBehalfOf).toMatchObject([{ id: 'eva', name: 'EVA' }]);
  expect((await call('edo', 'GET', task('draw'))).body.onBehalfOf).toEqual([]);

  expect((await call('leo', 'POST', `${task('draw')}/claim`, {})).body.code).toBe('not-permitted');
  expect((await call('leo', 'POST', `${task('draw')}/claim`, { onBehalfOf: 'edo' })).body).toMatchObject({ status: 403, code: 'not-delegate' });
  expect((await call('edo', 'POST', `${task('draw')}/claim`, asEva)).body.code).toBe('not-delegate');
  expect((await call('leo', 'POST', `${task('draw')}/claim`, asEva)).status).toBe(200);
  expect((await call('edo', 'POST', `${task('draw')}/complete`, { evidence: DRAWN })).body.code).toBe('task-claimed-by-other');
  expect((await call('leo', 'POST', `${task('draw')}/complete`, { evidence: DRAWN, ...asEva })).status).toBe(200);
  const done = await eventually(async () => {
    const { body } = await call('mia', 'GET', task('draw'));
    return body.status === 'done' && body;
  }, 'the drawing');
  expect(done).toMatchObject({ doneBy: { id: 'eva' }, doneThrough: { id: 'leo', name: 'LEO' } });

  // Delivered by Leo for Eva: neither of them confirms it, in whatever name.
  await eventually(async () => (await call('leo', 'POST', `${task('check')}/complete`, asEva)).status === 200, 'the check to be delivered');
  await eventually(async () => (await call('mia', 'GET', task('check'))).body.status === 'to-check', 'the check to be looked at');
  expect(await mine('leo', project)).toEqual([]);
  expect(await mine('eva', project)).toEqual([]);
  await seen('edo', project, [['check', []]]);
  // Whose role answers for it can check it too.
  await seen('mia', project, [['check', []]]);
  await seen('sam', project, []);
  expect((await call('leo', 'POST', `${task('check')}/confirm`, asEva)).body.code).toBe('four-eyes');
  expect((await call('eva', 'POST', `${task('check')}/confirm`, {})).body.code).toBe('four-eyes');
  const homeAgain = await delegate('mia', { to: 'leo', project });
  expect((await call('leo', 'POST', `${task('check')}/confirm`, { onBehalfOf: 'mia' })).body.code).toBe('four-eyes');
  await homeAgain();
  const inHand = await delegate('mia', { to: 'sol', project });
  await seen('sol', project, [['check', ['mia']]]);
  expect((await call('sol', 'GET', task('check'))).body.onBehalfOf).toMatchObject([{ id: 'mia' }]);
  expect((await call('sol', 'POST', `${task('check')}/send-back`, { reason: 'Which racks?', onBehalfOf: 'mia' })).status).toBe(200);
  expect((await call('edo', 'GET', task('check'))).body.sentBack).toMatchObject({ person: { id: 'mia' }, through: { id: 'sol' }, gate: null, reason: 'Which racks?' });
  expect((await call('mia', 'GET', '/tasks?limit=200')).body.items.filter((each: { project: string; task: string }) => each.project === project && each.task === 'check')).toEqual([]);
  await inHand();
  expect((await call('leo', 'POST', `${task('check')}/complete`, asEva)).status).toBe(200);

  await back();
  await eventually(async () => (await call('leo', 'GET', task('check'))).body.code === 'unknown-project', 'the end of it');
  expect((await call('leo', 'POST', `${task('check')}/withdraw`, asEva)).body.code).toBe('unknown-project');
  expect((await call('eva', 'POST', `${task('check')}/withdraw`, {})).status).toBe(200);
  const { items } = await eventually(async () => {
    const { body } = await call('aude', 'GET', `/projects/${project}/events?types=task-completed`);
    return body.items.length > 0 && body;
  }, 'the log');
  expect(items[0].by).toEqual({ kind: 'person', person: 'leo', onBehalfOf: 'eva', role: 'engineer' });
});

test('a delegation for a role is for the tasks of that role; the narrowest one holds', async () => {
  const { project, task } = await start();
  const everything = await delegate('eva', { to: 'leo' });
  await seen('leo', project, [['draw', ['eva']]]);
  const engineering = await delegate('eva', { to: 'sol', project, role: 'engineer' });
  await seen('sol', project, [['draw', ['eva']]]);
  await seen('leo', project, []);
  expect((await call('leo', 'POST', `${task('draw')}/claim`, { onBehalfOf: 'eva' })).body.code).toBe('not-delegate');
  expect((await call('sol', 'POST', `${task('draw')}/claim`, { onBehalfOf: 'eva' })).status).toBe(200);
  await seen('edo', project, []);
  await engineering();
  await seen('leo', project, [['draw', ['eva']]]);
  expect((await call('leo', 'POST', `${task('draw')}/release`, { onBehalfOf: 'eva' })).status).toBe(200);
  await everything();

  const managing = await delegate('mia', { to: 'leo', role: 'manager' });
  expect((await call('leo', 'POST', `${task('draw')}/complete`, { evidence: DRAWN, onBehalfOf: 'mia' })).body.code).toBe('not-permitted');
  expect((await call('leo', 'POST', `${task('draw')}/block`, { reason: 'No pencil', onBehalfOf: 'mia' })).status).toBe(200);
  expect((await call('leo', 'POST', `${task('draw')}/unblock`, { onBehalfOf: 'mia' })).status).toBe(200);
  await managing();
});

test('many at once are done in one name', async () => {
  const { project, task } = await start();
  const back = await delegate('eva', { to: 'sam', project });
  await eventually(async () => (await mine('sam', project)).length === 1, 'the task');
  const tasks = ['draw', 'none'].map((key) => ({ project, phase: 'design', task: key, evidence: key === 'draw' ? DRAWN : {} }));
  const { body } = await call('sam', 'POST', '/tasks/complete', { tasks, onBehalfOf: 'eva' });
  expect(body.items).toMatchObject([{ outcome: 'completed' }, { outcome: 'refused', problem: { code: 'unknown-task' } }]);
  expect((await call('sol', 'POST', '/tasks/complete', { tasks, onBehalfOf: 'eva' })).body.items[0]).toMatchObject({ outcome: 'refused', problem: { code: 'not-delegate' } });
  await eventually(async () => (await call('mia', 'GET', task('draw'))).body.doneThrough?.id === 'sam', 'both names');
  // What was delivered in that name is taken back in it, by nobody else.
  expect((await call('sam', 'GET', task('draw'))).body.onBehalfOf).toMatchObject([{ id: 'eva' }]);
  expect((await call('mia', 'GET', task('draw'))).body.onBehalfOf).toEqual([]);
  expect((await call('sam', 'POST', `${task('draw')}/withdraw`, {})).status).toBe(403);
  expect((await call('sam', 'POST', `${task('draw')}/withdraw`, { onBehalfOf: 'eva' })).status).toBe(200);
  await back();
});

test('the log is whole and the read model agrees with it', async () => {
  await eventually(async () => (await verifyLog(product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
