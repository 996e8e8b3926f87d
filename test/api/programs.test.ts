/** Programs over the whole product: who manages one sees its projects, and absences for a program move what is open in them. */
import { PROCESSES } from '../../domain/processes';
import { verifyLog } from '../../store/verify';
import { eventually } from '../support/engine';
import { type Product, startProduct } from '../support/product';
import { DRAWN, SMALL_ROLES } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const call: Product['call'] = (...args) => product.call(...args);
const start = (more: object = {}) => call('olga', 'POST', '/projects', { name: 'A move', template: 'small', roles: SMALL_ROLES, ...more });
const program = (key: string, managers: readonly string[], name = 'Datacenter exit') => call('olga', 'PUT', `/programs/${key}`, { name, managers });
const sees = async (who: string, project: string): Promise<boolean> => (await call(who, 'GET', '/projects')).body.items.some(({ id }: { id: string }) => id === project);
const join = (who: string, project: string, key: string | null) => call(who, 'PUT', `/projects/${project}/program`, { program: key });

test('the project office keeps programs; whoever manages one sees its projects, and no longer once somebody else does', async () => {
  expect((await call('olga', 'GET', '/programs/exit')).body.code).toBe('unknown-program');
  expect((await call('eva', 'PUT', '/programs/exit', { name: 'Mine', managers: [] })).body.code).toBe('not-permitted');
  expect((await program('exit', ['leo', 'nobody'])).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/managers/1' }] });
  expect((await start({ program: 'exit' })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/program', code: 'choice' }] });
  expect((await program('exit', ['leo'])).status).toBe(200);
  expect((await call('eva', 'GET', '/programs')).body.items).toEqual([{ program: 'exit', name: 'Datacenter exit', managers: [{ id: 'leo', name: 'LEO' }] }]);

  const { body: { id: project } } = await start({ program: 'exit' });
  const { body: { id: other } } = await start();
  const view = (await call('leo', 'GET', `/projects/${project}`)).body;
  expect(view.program).toEqual({ key: 'exit', name: 'Datacenter exit' });
  expect(view.roles.find(({ key }: { key: string }) => key === 'program-manager')).toEqual({ key: 'program-manager', name: 'Program manager', persons: [{ id: 'leo', name: 'LEO' }], body: true, former: false });
  expect((await call('leo', 'GET', `/projects/${other}`)).body.code).toBe('unknown-project');
  expect([await sees('leo', project), await sees('leo', other)]).toEqual([true, false]);
  for (const list of ['/projects', '/portfolio']) {
    const { items } = (await call('olga', 'GET', `${list}?program=exit`)).body;
    expect(items).toMatchObject([{ id: project, program: { key: 'exit', name: 'Datacenter exit' } }]);
  }
  expect((await call('leo', 'GET', '/portfolio?mine=true')).body.items).toHaveLength(1);
  const leaving = (await call('olga', 'GET', '/people/leo/leaving')).body;
  expect(leaving).toMatchObject({ programs: ['exit'], projects: [{ project, roles: ['program-manager'] }] });

  await program('exit', ['edo', 'sol'], 'Datacenter exit 2027');
  await eventually(async () => !(await sees('leo', project)), 'the project to hear of it');
  expect((await call('olga', 'GET', `/projects/${project}`)).body.program.name).toBe('Datacenter exit 2027');
});

test('a project joins a program later and leaves it, on record', async () => {
  await program('roll-out', ['leo']);
  const project = await product.startProject();
  expect((await join('mia', project, 'roll-out')).body).toMatchObject({ code: 'not-permitted', facts: { roles: ['project-office', 'program-manager'] } });
  expect((await join('leo', project, 'roll-out')).body.code).toBe('unknown-project');
  expect((await join('pia', project, 'none')).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/program' }] });
  expect((await join('pia', project, 'roll-out')).body.events.map(({ type }: { type: string }) => type)).toEqual(['program-set', 'roles-assigned']);
  expect(await sees('leo', project)).toBe(true);
  // Who manages the program may let it go.
  expect((await join('leo', project, null)).status).toBe(200);
  expect(await sees('leo', project)).toBe(false);
  const view = (await call('olga', 'GET', `/projects/${project}`)).body;
  expect([view.program, view.roles.map(({ key }: { key: string }) => key)]).toEqual([null, expect.not.arrayContaining(['program-manager'])]);
  const events = (await product.log('olga', project)).filter(({ type }: { type: string }) => type === 'program-set');
  expect(events).toMatchObject([{ by: { person: 'pia' }, event: { program: 'roll-out' } }, { by: { person: 'leo', role: 'program-manager' }, event: { program: null } }]);
});

test('an absence for a program moves what is open in its projects, also of one that joins it meanwhile', async () => {
  await program('cloud', []);
  const atGate = async (more: object = {}): Promise<{ project: string; approval: string }> => {
    const { body: { id: project } } = await start(more);
    await eventually(async () => (await call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/complete`, { evidence: DRAWN })).status === 200, 'the drawing');
    await call('eva', 'POST', `/projects/${project}/phases/design/tasks/check/complete`, {});
    return eventually(async () => {
      const approval = (await call('mia', 'GET', `/projects/${project}`)).body.phases[0].gate.approval as string | null;
      return approval !== null && (await call('mia', 'GET', `/approvals/${encodeURIComponent(approval)}`)).status === 200 && { project, approval };
    }, 'the approval');
  };
  const absent = async ({ approval }: { approval: string }): Promise<object[]> => (await call('mia', 'GET', `/approvals/${encodeURIComponent(approval)}`)).body.absences;
  const [inside, outside] = [await atGate({ program: 'cloud' }), await atGate()];
  const until = new Date(Date.now() + 86_400_000).toISOString();
  expect((await call('sam', 'POST', '/me/delegations', { to: 'leo', until, program: 'none' })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/program' }] });
  expect((await call('sam', 'POST', '/me/delegations', { to: 'leo', until, program: 'cloud', project: inside.project })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/program' }] });
  expect((await call('sam', 'POST', '/me/delegations', { to: 'leo', until, program: 'cloud' })).status).toBe(200);
  await eventually(async () => (await absent(inside)).length === 1, 'the approval to move');
  expect((await call('leo', 'GET', '/me/delegations')).body.items).toMatchObject([{ program: 'cloud', project: null, status: 'active' }]);
  expect(await absent(outside)).toEqual([]);
  expect([await sees('leo', inside.project), await sees('leo', outside.project)]).toEqual([true, false]);

  await join('olga', outside.project, 'cloud');
  await eventually(async () => (await absent(outside)).length === 1, 'the approval of the project that joined to move');
  expect(await sees('leo', outside.project)).toBe(true);
  const digest = (await call('leo', 'GET', `/approvals/${encodeURIComponent(outside.approval)}`)).body.digest;
  await join('olga', outside.project, null);
  await eventually(async () => (await absent(outside)).length === 0, 'the approval to come back');
  expect((await call('leo', 'POST', `/approvals/${encodeURIComponent(outside.approval)}/decide`, { outcome: 'approve', digest, onBehalfOf: 'sam' })).body.code).toBe('unknown-approval');
  expect((await call('leo', 'POST', `/approvals/${encodeURIComponent(inside.approval)}/decide`, { outcome: 'approve', digest: (await call('leo', 'GET', `/approvals/${encodeURIComponent(inside.approval)}`)).body.digest, onBehalfOf: 'sam' })).status).toBe(200);
});

test('the read model is what the log folds to', async () => {
  await eventually(async () => (await verifyLog(product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
