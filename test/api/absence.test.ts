/** Absence over the whole product: delegations that begin and end, who decides in whose name, and what both are told. */
import { PROCESSES } from '../../domain/processes';
import { verifyLog } from '../../store/verify';
import { eventually } from '../support/engine';
import { type Product, startProduct } from '../support/product';
import { DRAWN, SMALL_ROLES } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const { call } = { call: (...args: Parameters<Product['call']>) => product.call(...args) };
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** A project whose first gate is open; gives its approval. */
async function atGate(): Promise<{ project: string; approval: string; address: string }> {
  const project = await product.startProject();
  await eventually(async () => (await call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/complete`, { evidence: DRAWN })).status === 200, 'the drawing');
  await call('eva', 'POST', `/projects/${project}/phases/design/tasks/check/complete`, {});
  return eventually(async () => {
    const approval = (await call('mia', 'GET', `/projects/${project}`)).body.phases[0].gate.approval as string | null;
    const address = `/approvals/${encodeURIComponent(approval ?? '')}`;
    return approval !== null && (await call('mia', 'GET', address)).status === 200 && { project, approval, address };
  }, 'the approval');
}

const view = async (address: string) => (await call('mia', 'GET', address)).body;
const idOf = async (who: string): Promise<string> => (await call(who, 'GET', '/me/delegations')).body.items[0].id;

test('an approval moves to the delegate at once, both names stand with the vote, and it comes back when the delegation is taken back', async () => {
  const { project, approval, address } = await atGate();
  expect((await call('leo', 'GET', address)).body.code).toBe('unknown-approval');
  const set = await call('sam', 'POST', '/me/delegations', { to: 'leo', until: inDays(3) });
  expect(set).toMatchObject({ status: 200, body: { events: [{ type: 'delegation-planned' }, { type: 'delegation-started' }] } });
  await eventually(async () => (await view(address)).absences.length === 1, 'the approval to move');
  expect((await view(address)).absences).toMatchObject([{ person: { id: 'sam' }, delegate: { id: 'leo' } }]);
  const [held] = (await call('mia', 'GET', `/projects/${project}`)).body.blocking.flatMap(({ votes }: { votes: { person: { id: string } }[] }) => votes.filter(({ person }) => person.id === 'sam'));
  expect(held).toMatchObject({ standIn: { delegate: { id: 'leo', name: 'LEO' } } });
  const mine = (await call('leo', 'GET', '/approvals')).body.items.filter((each: { id: string }) => each.id === approval);
  expect(mine).toMatchObject([{ project, onBehalfOf: [{ id: 'sam', name: 'SAM' }] }]);
  expect((await call('leo', 'GET', '/projects')).body.items.map((each: { id: string }) => each.id)).toContain(project);
  for (const who of ['sam', 'leo']) {
    const [notice] = (await call(who, 'GET', '/me/inbox')).body.items.filter((each: { kind: string }) => each.kind === 'delegation-started');
    expect(notice).toMatchObject({ project: null, about: { absent: 'sam', delegate: 'leo' }, text: expect.stringMatching(/^LEO now decides in the name of SAM, until .*\d\d:\d\d\.$/) });
  }
  await eventually(async () => (await call('leo', 'GET', '/me/inbox')).body.items.some((each: { kind: string; about: { approval?: string } }) => each.kind === 'approval-open' && each.about.approval === approval), 'the notice to the delegate');

  expect((await call('leo', 'POST', '/delegations/none/revoke', {})).body.code).toBe('unknown-delegation');
  expect((await call('edo', 'POST', `/delegations/${await idOf('leo')}/revoke`, {})).body.code).toBe('not-permitted');
  expect((await call('leo', 'POST', `/delegations/${await idOf('leo')}/revoke`, {})).status).toBe(200);
  await eventually(async () => (await view(address)).absences.length === 0, 'the approval to come back');
  const { digest } = await view(address);
  expect((await call('leo', 'POST', `${address}/decide`, { outcome: 'approve', digest, onBehalfOf: 'sam' })).body.code).toBe('unknown-approval');

  await call('sam', 'POST', '/me/delegations', { to: 'leo', until: inDays(3), project, role: 'sponsor' });
  await eventually(async () => (await view(address)).absences.length === 1, 'the approval to move again');
  expect((await call('leo', 'POST', `${address}/decide`, { outcome: 'approve', digest })).body.code).toBe('not-in-electorate');
  expect((await call('leo', 'POST', `${address}/decide`, { outcome: 'approve', digest, onBehalfOf: 'sol' })).body.code).toBe('not-delegate');
  expect((await call('leo', 'POST', `${address}/decide`, { outcome: 'approve', digest, onBehalfOf: 'sam' })).status).toBe(200);
  await eventually(async () => (await view(address)).status === 'decided', 'the decision');
  expect((await view(address)).votes).toMatchObject([{ person: { id: 'sam' }, castBy: { id: 'leo', name: 'LEO' } }]);
  const [logged] = await eventually(async () => {
    const { items } = (await call('aude', 'GET', `/projects/${project}/events?stream=${encodeURIComponent(approval)}`)).body;
    const votes = items.filter((each: { type: string }) => each.type === 'vote-cast');
    return votes.length > 0 && votes;
  }, 'the vote in the log');
  expect(logged.by).toEqual({ kind: 'person', person: 'leo', onBehalfOf: 'sam', role: 'board' });
  await call('sam', 'POST', `/delegations/${await idOf('sam')}/revoke`, {});
});

test('what would move is shown before: what waits for the person, whether the other could decide on it, and what stays', async () => {
  const { project, approval } = await atGate();
  await eventually(async () => (await call('mia', 'POST', `/projects/${project}/phases/control/tasks/log-1/assign`, { person: 'eva' })).status === 200, 'the assignment');
  const preview = async (who: string, query: string, person?: string) => (await call(who, 'GET', `${person === undefined ? '/me' : `/people/${person}`}/delegations/preview?${query}`)).body;
  const here = (body: { approvals: { id: string; moves: boolean }[] }) => body.approvals.filter(({ id }) => id === approval).map(({ moves }) => moves);
  expect(here(await preview('sam', 'to=leo'))).toEqual([true]);
  expect(here(await preview('sam', ''))).toEqual([false]);
  // Who decides there themselves does not decide twice.
  expect(here(await preview('sam', 'to=sol'))).toEqual([false]);
  expect(here(await preview('sam', `to=leo&role=sponsor&project=${project}`))).toEqual([true]);
  expect(here(await preview('sam', 'to=leo&role=security'))).toEqual([false]);
  expect(here(await preview('sam', 'to=leo&project=another'))).toEqual([]);
  expect((await preview('sam', 'to=leo')).projects).toContainEqual({ project, name: 'A project', program: null, roles: [{ key: 'board', name: 'board (en)' }, { key: 'sponsor', name: 'sponsor (en)' }] });
  expect(await preview('eva', `project=${project}`)).toMatchObject({ approvals: [], tasks: 1 });
  expect((await preview('eva', 'to=leo', 'sam')).code).toBe('not-permitted');
  await call('olga', 'PUT', '/people/sam/manager', { manager: 'eva' });
  await eventually(async () => (await call('eva', 'GET', '/me')).body.reports.length === 1, 'the line manager');
  expect((await call('eva', 'GET', '/me')).body.reports).toEqual([{ id: 'sam', name: 'SAM' }]);
  expect(here(await preview('eva', 'to=leo', 'sam'))).toEqual([true]);
  expect((await call('eva', 'POST', '/people/sam/delegations', { to: 'leo', until: inDays(1), project, role: 'sponsor' })).status).toBe(200);
  expect((await call('leo', 'GET', '/me/delegations')).body.items).toMatchObject([{ projectName: 'A project', roleName: 'sponsor (en)', programName: null, by: { id: 'eva' } }]);
  await call('sam', 'POST', `/delegations/${await idOf('sam')}/revoke`, {});
  await call('olga', 'PUT', '/people/sam/manager', { manager: null });
});

test('the line manager is nobody yet, so the project office delegates for somebody who is ill; others may not', async () => {
  expect((await call('eva', 'POST', '/people/sol/delegations', { to: 'leo', until: inDays(2) })).body.code).toBe('not-permitted');
  expect((await call('olga', 'POST', '/people/nobody/delegations', { to: 'leo', until: inDays(2) })).body.code).toBe('unknown-person');
  expect((await call('olga', 'POST', '/people/sol/delegations', { to: 'nobody', until: inDays(2) })).body).toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/to' }] });
  expect((await call('olga', 'POST', '/people/sol/delegations', { to: 'leo', until: inDays(-1) })).body).toMatchObject({ code: 'delegation-invalid', errors: [{ pointer: '/until' }] });
  const key = 'ill';
  const set = await call('olga', 'POST', '/people/sol/delegations', { to: 'leo', until: inDays(2) }, { key });
  expect(set.status).toBe(200);
  expect((await call('olga', 'POST', '/people/sol/delegations', { to: 'leo', until: inDays(2) }, { key })).body.code).toBe('idempotency-conflict');
  expect((await call('olga', 'POST', '/people/sol/delegations', { to: 'edo', until: inDays(1) })).body).toMatchObject({ code: 'delegation-overlaps', status: 409 });
  const chained = await call('leo', 'POST', '/me/delegations', { to: 'edo', until: inDays(1) }, { headers: { 'Accept-Language': 'en' } });
  expect(chained.body).toMatchObject({ code: 'delegation-chain', status: 409 });
  expect(chained.body.detail).toContain('LEO stands in for SOL');
  expect((await call('aude', 'GET', '/people/sol/delegations')).body.items).toMatchObject([{ status: 'active', by: { id: 'olga' }, absent: { id: 'sol' }, delegate: { id: 'leo' } }]);
  expect((await call('eva', 'GET', '/people/sol/delegations')).body.code).toBe('not-permitted');
  await call('sol', 'POST', `/delegations/${await idOf('sol')}/revoke`, {});
  expect((await call('sol', 'GET', '/me/delegations')).body.items).toEqual([]);
  expect((await call('sol', 'GET', '/me/delegations?ended=true')).body.items).toMatchObject([{ because: 'revoked' }]);
});

test('a project that starts, or gets somebody, during an absence knows of it', async () => {
  await call('sam', 'POST', '/me/delegations', { to: 'leo', until: inDays(3) });
  const { address } = await atGate();
  await eventually(async () => (await view(address)).absences.length === 1, 'the absence to be known');
  await call('sol', 'POST', '/me/delegations', { to: 'edo', until: inDays(3) });
  const without = { ...SMALL_ROLES, security: [] };
  const project = (await call('olga', 'POST', '/projects', { name: 'Later', template: 'small', roles: without })).body.id as string;
  await call('mia', 'PUT', `/projects/${project}/roles`, { roles: { security: ['sol'] } });
  await eventually(async () => {
    const { rows } = await product.engine.database.pool.query("SELECT FROM events WHERE stream = $1 AND type = 'absences-changed' AND event->'absences'->'sol' IS NOT NULL", [`project/${project}`]);
    return rows.length > 0;
  }, 'the project to be told of sol');
  for (const who of ['sam', 'sol']) await call(who, 'POST', `/delegations/${await idOf(who)}/revoke`, {});
});

test('one whose beginning comes while no worker runs begins when one runs again', async () => {
  const { address } = await atGate();
  const from = Date.now() + 3_000;
  await call('sam', 'POST', '/me/delegations', { to: 'leo', from: new Date(from).toISOString(), until: inDays(1) });
  await product.stopWorker();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, from - Date.now())));
  await product.engine.startWorker();
  await eventually(async () => (await view(address)).absences.length === 1, 'the approval to move');
  await call('sam', 'POST', `/delegations/${await idOf('sam')}/revoke`, {});
});

test('of two who decide at the same moment one is first, and the other meets what it led to', async () => {
  const { address } = await atGate();
  const { digest } = await view(address);
  const answers = await Promise.all([['sam', 'approve'], ['sol', 'stop']].map(([who, outcome]) => call(who ?? '', 'POST', `${address}/decide`, { outcome, digest, reason: 'Now.' })));
  expect(answers.map(({ status, body }) => (status === 200 ? 'carried out' : body.code)).sort()).toEqual(['approval-closed', 'carried out']);
  await eventually(async () => (await view(address)).status === 'decided', 'the decision');
  expect((await view(address)).votes).toHaveLength(1);
});

test('the read model of the directory is what its log folds to', async () => {
  await eventually(async () => (await verifyLog(product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
