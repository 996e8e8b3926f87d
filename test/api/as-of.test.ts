/** A project as it was known at a moment: an auditor sees what stood there then. */
import { startProduct, type Product } from '../support/product';
import { eventually } from '../support/engine';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const ROLES = { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] };
const later = () => new Promise((resolve) => { setTimeout(resolve, 300); });

test('state, tasks and evidence as they were known at each moment', async () => {
  const before = new Date().toISOString();
  const project: string = (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '1.0.0', roles: ROLES })).body.id;
  const read = async (path = '', asOf?: string) => (await product.call('aude', 'GET', `/projects/${project}${path}${asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`}`)).body;
  const log = `/projects/${project}/phases/control/tasks/log-1`;
  await eventually(async () => (await product.call('eva', 'POST', `${log}/complete`, {})).status === 200, 'the log');
  await later();
  const done = new Date().toISOString();
  await product.call('eva', 'POST', `${log}/reopen`, { reason: 'Not complete' });
  await product.call('mia', 'PUT', `/projects/${project}/roles`, { roles: { sponsor: ['leo'] } });
  await later();
  const reopened = new Date().toISOString();
  await product.call('mia', 'POST', `/projects/${project}/hold`, { reason: 'Racks are late.' });
  await eventually(async () => (await read()).status === 'held', 'the hold');

  expect(await read('', before)).toMatchObject({ status: 409, code: 'not-started' });
  const statusOf = async (asOf?: string) => (await read('/tasks', asOf)).items.find(({ task }: { task: string }) => task === 'log-1').status;
  expect([await statusOf(done), await statusOf(reopened), await statusOf()]).toEqual(['done', 'ready', 'ready']);
  const sponsors = async (asOf?: string) => (await read('', asOf)).roles.find(({ key }: { key: string }) => key === 'sponsor').persons.map(({ id }: { id: string }) => id);
  expect([await sponsors(done), await sponsors(reopened)]).toEqual([['sam'], ['leo']]);
  expect([(await read('', reopened)).status, (await read('', '2999-01-01T00:00:00Z')).status]).toEqual(['running', 'held']);
  expect(await read('', '2999-01-01T00:00:00Z')).toEqual(await read());
  expect((await read('/plan', done)).phases.map(({ phase }: { phase: string }) => phase)).toEqual(['design', 'build', 'close', 'control']);
  expect((await read('/plan', done)).phases[1]).toMatchObject({ after: ['design'], gate: { gate: 'build-gate', steps: [{ roles: [{ key: 'sponsor' }, { key: 'security' }], quorum: 'all' }] }, tasks: [{ task: 'rack' }, { task: 'cable', after: ['rack'] }] });
  expect((await read('/plan', before)).code).toBe('not-started');
  expect((await read('', 'yesterday')).code).toBe('invalid-request');
});

test('an approval with the votes that had been given then', async () => {
  const project: string = (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '1.0.0', roles: ROLES })).body.id;
  const complete = (phase: string, task: string, evidence: object) => eventually(async () =>
    (await product.call('eva', 'POST', `/projects/${project}/phases/${phase}/tasks/${task}/complete`, { evidence })).status === 200, task);
  const waiting = (gate: string, who: string) => eventually(async () =>
    (await product.call(who, 'GET', '/approvals')).body.items.find((each: { project: string; gate: string }) => each.project === project && each.gate === gate), gate);
  const approve = (who: string, { id, digest }: { id: string; digest: string }) => product.call(who, 'POST', `/approvals/${encodeURIComponent(id)}/decide`, { outcome: 'approve', digest });
  await complete('design', 'draw', { drawing: { name: 'd.pdf', url: 'https://files.example/d.pdf' }, pages: 2, kind: 'final' });
  await complete('design', 'check', {});
  await approve('sam', await waiting('design-gate', 'sam'));
  await complete('build', 'rack', {});
  await complete('build', 'cable', {});
  const approval = await waiting('build-gate', 'sol');
  await later();
  const open = new Date().toISOString();
  expect((await approve('sam', approval)).status).toBe(200);
  await later();
  const once = new Date().toISOString();
  expect((await approve('sol', approval)).status).toBe(200);
  const votes = async (asOf: string) => (await product.call('aude', 'GET', `/approvals/${encodeURIComponent(approval.id)}?asOf=${asOf}`)).body.votes.map(({ person }: { person: { id: string } }) => person.id);
  await eventually(async () => (await votes('2999-01-01T00:00:00Z')).length === 2, 'both votes');
  expect([await votes(open), await votes(once)]).toEqual([[], ['sam']]);
});
