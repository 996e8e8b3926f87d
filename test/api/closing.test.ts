/** Over HTTP: a cancelled project is closed as its template says, and a phase that has passed is reopened. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  const text = smallVersion('2.0.0', (template) => { Object.assign(template, { onCancel: 'close' }); });
  expect(await product.call('olga', 'POST', '/templates', { text })).toMatchObject({ status: 201 });
});
afterAll(async () => { await product.close(); });

const start = async (): Promise<string> => (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '2.0.0', roles: SMALL_ROLES })).body.id;
const view = async (id: string) => (await product.call('mia', 'GET', `/projects/${id}`)).body;
const phase = async (id: string, key: string) => (await view(id)).phases.find((each: { phase: string }) => each.phase === key);
const done = (id: string, of: string, task: string, evidence = {}) => eventually(async () =>
  (await product.call('eva', 'POST', `/projects/${id}/phases/${of}/tasks/${task}/complete`, { evidence })).status === 200, task);

test('the closing runs when the project is cancelled, and the project ends with it', async () => {
  const id = await start();
  await eventually(async () => (await phase(id, 'design')).openTasks > 0, 'the first phase');
  expect((await product.call('mia', 'POST', `/projects/${id}/cancel`, { reason: 'The merger' })).status).toBe(200);
  await eventually(async () => (await phase(id, 'close')).openTasks > 0, 'the closing');
  expect(await view(id)).toMatchObject({ status: 'running', cancelledAt: expect.stringMatching(/^20/), reason: 'The merger', endedAt: null });
  expect((await view(id)).phases.map((each: { status: string }) => each.status)).toEqual(['ended', 'skipped', 'open', 'ended']);
  expect(await product.call('mia', 'POST', `/projects/${id}/hold`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'project-cancelled', detail: expect.stringContaining('close (en)') } });
  expect((await product.call('eva', 'GET', '/tasks?mine=true')).body.items.map((each: { task: string }) => each.task)).toContain('archive');
  await done(id, 'close', 'archive');
  await eventually(async () => (await view(id)).status === 'cancelled', 'the end');
  const { items } = (await product.call('eva', 'GET', '/me/inbox')).body;
  expect(items[0]).toMatchObject({ kind: 'project-completed', text: 'The project has ended: cancelled.' });
  expect(await product.call('mia', 'POST', `/projects/${id}/phases/design/reopen`, { reason: 'x' })).toMatchObject({ status: 409, body: { code: 'project-ended' } });
});

test('a phase that has passed is reopened with a reason: it is done again, and what came after it', async () => {
  const id = await start();
  const reopen = (who: string) => product.call(who, 'POST', `/projects/${id}/phases/design/reopen`, { reason: 'The drawing is wrong' });
  expect(await reopen('mia')).toMatchObject({ status: 409, body: { code: 'phase-not-passed' } });
  await done(id, 'design', 'draw', DRAWN);
  await done(id, 'design', 'check');
  const approval = await eventually(async () => (await product.call('sam', 'GET', '/approvals')).body.items[0], 'the approval');
  await product.call('sam', 'POST', `/approvals/${encodeURIComponent(approval.id)}/decide`, { outcome: 'approve', digest: approval.digest });
  await eventually(async () => (await phase(id, 'build')).openTasks > 0, 'the next phase');
  expect((await reopen('eva')).status).toBe(403);
  expect((await reopen('mia')).status).toBe(200);
  await eventually(async () => (await phase(id, 'design')).openTasks === 2, 'the phase again');
  expect(await phase(id, 'design')).toMatchObject({ status: 'open', round: 2 });
  expect(await phase(id, 'build')).toMatchObject({ status: 'waiting', round: 1 });
  expect((await product.call('eva', 'GET', '/me/inbox?lang=nl')).body.items.map((each: { text: string }) => each.text)).toContain('De fase “design (nl)” is heropend en wordt opnieuw gedaan.');
});
