/** Groups that decide, line managers, and people who leave, over the whole product. */
import { PROCESSES } from '../../domain/processes';
import { verifyLog } from '../../store/verify';
import { eventually } from '../support/engine';
import { type Product, startProduct } from '../support/product';
import { DRAWN, SMALL_ROLES, smallGate, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  const text = smallVersion('2.0.0', (template) => {
    template.phases[0]!['gate'] = smallGate('design-gate', { approval: {
      steps: [{ key: 'experts', groups: ['experts'], quorum: 2 }, { key: 'owner', persons: [{ parameter: 'owner' }], quorum: 'any' }], notBy: ['requester', 'line-manager'],
    } });
    Object.assign(template, { parameters: [{ key: 'owner', name: { nl: 'Eigenaar', fr: 'Propriétaire', en: 'Owner' }, type: 'person' }] });
  });
  const published = await product.call('olga', 'POST', '/templates', { text });
  if (published.status !== 201) throw new Error(JSON.stringify(published.body));
});
afterAll(async () => { await product.close(); });

const call = (...args: Parameters<Product['call']>) => product.call(...args);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const start = (more: object = {}) => call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '2.0.0', roles: SMALL_ROLES, parameters: { owner: 'sol' }, ...more });
const group = (members: string[]) => call('olga', 'PUT', '/groups/experts', { name: 'Experts', members });

async function atGate(project: string) {
  await eventually(async () => (await call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/complete`, { evidence: DRAWN })).status === 200, 'the drawing');
  await call('eva', 'POST', `/projects/${project}/phases/design/tasks/check/complete`, {});
  return eventually(async () => {
    const approval = (await call('mia', 'GET', `/projects/${project}`)).body.phases[0].gate.approval as string | null;
    const address = `/approvals/${encodeURIComponent(approval ?? '')}`;
    return approval !== null && (await call('mia', 'GET', address)).status === 200 && address;
  }, 'the approval');
}
const view = async (address: string) => (await call('mia', 'GET', address)).body;
const electorate = async (address: string) => Object.fromEntries((await view(address)).electorate
  .map(({ step, persons }: { step: { key: string }; persons: { id: string }[] }) => [step.key, persons.map(({ id }) => id).sort()]));

test('a template names groups and persons: unknown and empty ones are refused at the start, and members who come and go move open approvals', async () => {
  expect((await start()).body).toMatchObject({ status: 409, code: 'groups-missing', facts: { groups: ['experts'] } });
  expect((await call('eva', 'PUT', '/groups/experts', { name: 'Experts', members: ['sam'] })).body.code).toBe('not-permitted');
  expect((await call('olga', 'PUT', '/groups/experts', { name: 'Experts', members: ['sam', 'nobody'] })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/members/1' }] });
  expect((await call('mia', 'GET', '/groups/experts')).body.code).toBe('unknown-group');
  expect((await group([])).status).toBe(200);
  expect((await start()).body.code).toBe('groups-missing');
  expect((await group(['sam', 'leo'])).status).toBe(200);
  expect((await call('mia', 'GET', '/groups')).body.items).toMatchObject([{ group: 'experts', name: 'Experts', members: [{ id: 'sam' }, { id: 'leo' }] }]);
  expect((await start({ parameters: { owner: 'nobody' } })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/parameters/owner' }] });
  expect((await start({ roles: { ...SMALL_ROLES, 'group:experts': ['eva'] } })).body).toMatchObject({ errors: [{ pointer: '/roles/group:experts', code: 'unknown' }] });
  const project = (await start()).body.id as string;
  const address = await atGate(project);
  expect(await electorate(address)).toEqual({ experts: ['leo', 'sam'], owner: ['sol'] });
  expect((await call('mia', 'PUT', `/projects/${project}/roles`, { roles: { 'group:experts': ['eva'] } })).body.code).toBe('unknown-role');

  await group(['leo']);
  await eventually(async () => (await view(address)).unreachable.length === 1, 'too few experts');
  expect((await call('mia', 'GET', '/me/inbox')).body.items.some((each: { kind: string; text: string }) => each.kind === 'approval-unreachable' && each.text.includes('Too few'))).toBe(true);
  await group(['leo', 'edo', 'aude']);
  await eventually(async () => (await view(address)).unreachable.length === 0, 'enough experts');
  const { digest } = await view(address);
  for (const who of ['leo', 'edo']) expect((await call(who, 'POST', `${address}/decide`, { outcome: 'approve', digest })).status).toBe(200);
  expect((await call('sol', 'POST', `${address}/decide`, { outcome: 'approve', digest })).status).toBe(200);
  await eventually(async () => (await view(address)).status === 'decided', 'the decision');
});

test('neither who asked for it nor the line manager of who delivered decides', async () => {
  await group(['sam', 'leo', 'olga']);
  expect((await call('olga', 'PUT', '/people/eva/manager', { manager: 'leo' })).status).toBe(200);
  expect((await call('olga', 'PUT', '/people/leo/manager', { manager: 'eva' })).body.code).toBe('manager-circle');
  expect((await call('leo', 'POST', '/people/eva/delegations', { to: 'edo', from: inDays(100), until: inDays(101) })).status).toBe(200);
  const address = await atGate((await start()).body.id as string);
  expect(await electorate(address)).toEqual({ experts: ['sam'], owner: ['sol'] });
  const { digest } = await view(address);
  expect((await call('leo', 'POST', `${address}/decide`, { outcome: 'approve', digest })).body.code).toBe('not-in-electorate');
});

test('the office sees everybody with what the directory knows of them, page by page; others do not', async () => {
  expect((await call('pia', 'GET', '/directory')).body.code).toBe('not-permitted');
  await call('olga', 'PUT', '/groups/directory-group', { name: 'Of the directory', members: ['aude'] });
  await call('olga', 'PUT', '/people/aude/manager', { manager: 'pia' });
  await call('aude', 'POST', '/me/delegations', { to: 'leo', until: inDays(3) });
  const aude = await eventually(async () => {
    const [found] = (await call('olga', 'GET', '/directory?person=aude')).body.items;
    return found?.absentUntil !== null && found;
  }, 'the absence');
  expect(aude).toMatchObject({ name: 'AUDE', globalRoles: ['auditor'], manager: { id: 'pia', name: 'PIA' }, groups: ['directory-group'], projects: 0, leftAt: null, successor: null });
  expect((await call('olga', 'GET', '/directory?q=ud')).body.items.map(({ id }: { id: string }) => id)).toEqual(['aude']);
  const first = (await call('olga', 'GET', '/directory?limit=4&left=true')).body;
  const rest = (await call('olga', 'GET', `/directory?limit=200&left=true&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...rest.items].map(({ id }: { id: string }) => id)).toEqual(['aude', 'edo', 'eva', 'leo', 'mia', 'olga', 'pia', 'sam', 'sol']);
  expect((await call('olga', 'GET', '/directory?person=eva')).body.items[0].projects).toBeGreaterThan(0);
});

test('who leaves is replaced in every project; nobody can be given a role any more who left, and their token is no longer valid', async () => {
  await group(['sam', 'leo', 'edo']);
  const project = (await start()).body.id as string;
  const address = await atGate(project);
  await call('edo', 'POST', `/projects/${project}/phases/control/tasks/log-1/claim`, {});
  const preview = await call('olga', 'GET', '/people/edo/leaving');
  expect(preview.body.projects.find((each: { project: string }) => each.project === project)).toMatchObject({ name: 'Move', roles: ['engineer', 'group:experts'], tasks: 1, approvals: 1 });
  expect(preview.body).toMatchObject({ leftAt: null, groups: ['experts'], delegations: 1 });
  expect((await call('mia', 'GET', '/people/edo/leaving')).body.code).toBe('not-permitted');
  expect((await call('mia', 'POST', '/people/edo/leave', { to: 'mia' })).body.code).toBe('not-permitted');
  expect((await call('olga', 'POST', '/people/edo/leave', { to: 'nobody' })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/to' }] });

  const key = 'edo-leaves';
  const done = await call('olga', 'POST', '/people/edo/leave', { to: 'pia' }, { key });
  expect(done.status).toBe(200);
  expect(done.body.projects.find((each: { project: string }) => each.project === project)).toMatchObject({ outcome: 'replaced', tasks: 1 });
  expect(await electorate(address)).toEqual({ experts: ['pia', 'sam'], owner: ['sol'] });
  const roles = (await call('mia', 'GET', `/projects/${project}`)).body.roles as { key: string; persons: { id: string }[] }[];
  expect(roles.find((role) => role.key === 'engineer')?.persons.map(({ id }) => id)).toEqual(['eva', 'pia']);
  expect((await call('mia', 'GET', `/projects/${project}/tasks?phase=control`)).body.items[0].assignee).toMatchObject({ id: 'pia' });
  expect((await call('olga', 'GET', '/people/edo/leaving')).body).toMatchObject({ successor: { id: 'pia' }, projects: [], groups: [], delegations: 0 });

  expect((await call('olga', 'GET', '/people')).body.items.map(({ id }: { id: string }) => id)).not.toContain('edo');
  expect((await call('edo', 'GET', '/me')).body.code).toBe('unauthenticated');
  expect((await call('mia', 'PUT', `/projects/${project}/roles`, { roles: { engineer: ['edo'] } })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/roles/engineer/0' }] });
  expect((await call('olga', 'POST', '/people/edo/leave', { to: 'pia' }, { key })).body.projects).toEqual([]);
  expect((await call('olga', 'POST', '/people/edo/leave', { to: 'sam' })).body.code).toBe('person-left');
  expect((await call('olga', 'POST', '/people/sam/leave', { to: 'edo' })).body.code).toBe('invalid-request');
  await eventually(async () => (await verifyLog(product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
