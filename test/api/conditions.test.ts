/** Over HTTP: a gate that insists on the conditions of an earlier one. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES, smallText, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

test('the project says which conditions its gate waits for, and the gate opens when they are met', async () => {
  const text = smallVersion('2.0.0', ({ phases }) => {
    const gate = phases[1]?.['gate'] as unknown as { criteria: object[] };
    gate.criteria.push({ key: 'met', name: smallText('met'), kind: 'conditions', of: ['design-gate'] });
  });
  expect(await product.call('olga', 'POST', '/templates', { text })).toMatchObject({ status: 201 });
  const id: string = (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '2.0.0', roles: SMALL_ROLES })).body.id;
  const at = (phase: string, task: string, verb: string) => `/projects/${id}/phases/${phase}/tasks/${task}/${verb}`;
  const done = (phase: string, task: string, evidence = {}) => eventually(async () => (await product.call('eva', 'POST', at(phase, task, 'complete'), { evidence })).status === 200, task);
  const approval = (who: string) => eventually(async () => (await product.call(who, 'GET', '/approvals')).body.items[0], 'the approval');
  await done('design', 'draw', DRAWN);
  await done('design', 'check');
  const asked = await approval('sam');
  const conditions = [{ defect: 'No second feed', plan: 'Pull one', owner: 'engineer', dueDays: 5 }];
  await product.call('sam', 'POST', `/approvals/${encodeURIComponent(asked.id)}/decide`, { outcome: 'approve-with-conditions', digest: asked.digest, conditions });
  await done('build', 'rack');
  await done('build', 'cable');
  const blocking = async () => (await product.call('mia', 'GET', `/projects/${id}?lang=nl`)).body.blocking.find((each: { phase: string }) => each.phase === 'build');
  expect(await blocking()).toMatchObject({
    gate: { key: 'build-gate' }, tasks: [], criteria: [{ key: 'met', name: 'met (nl)', kind: 'conditions' }], votes: [],
    conditions: [{ phase: 'design', task: 'condition-1-1', status: 'ready', defect: 'No second feed', owner: { key: 'engineer' } }],
  });
  expect((await product.call('mia', 'GET', `/projects/${id}?live=true`)).body.blocking).toEqual((await product.call('mia', 'GET', `/projects/${id}`)).body.blocking);
  await done('design', 'condition-1-1', { proof: 'Pulled' });
  await eventually(async () => (await blocking())?.votes.length === 2, 'the votes of the next gate');
});
