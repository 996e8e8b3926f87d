/** Who may see and do what, and what wrong requests are told. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { SMALL_ROLES } from '../support/template';

let product: Product;
let id: string;
beforeAll(async () => {
  product = await startProduct();
  id = await product.startProject('Access');
  await eventually(async () => (await product.call('eva', 'GET', `/projects/${id}/tasks?status=ready`)).body.items.length >= 9, 'the tasks');
});
afterAll(async () => { await product.close(); });

const claim = () => `/projects/${id}/phases/design/tasks/draw/claim`;

test('someone without a part in the project is told that it is not there; the office and auditors see it', async () => {
  for (const path of [`/projects/${id}`, `/projects/${id}/tasks`, `/projects/${id}/events`, `/projects/${id}/phases/design/tasks/draw`]) {
    expect(await product.call('leo', 'GET', path)).toMatchObject({ status: 404, body: { code: 'unknown-project' } });
    expect((await product.call('aude', 'GET', path)).status).toBe(200);
    expect((await product.call('sam', 'GET', path)).status).toBe(200);
  }
  expect((await product.call('leo', 'POST', claim())).status).toBe(404);
  expect((await product.call('aude', 'GET', '/projects/nothing')).status).toBe(404);
  expect((await product.call('leo', 'GET', `/approvals/${encodeURIComponent(`project/${id}/phase/design/1/approval/g/1`)}`)).body.code).toBe('unknown-approval');
  expect((await product.call('leo', 'GET', '/projects')).body.items).toEqual([]);
  expect((await product.call('pia', 'GET', '/projects')).body.items).toMatchObject([{ id, name: 'Access', status: 'running' }]);
});

test('someone without the role is told, in their language, which role would do', async () => {
  const refused = await product.call('sam', 'POST', claim(), {}, { headers: { 'Accept-Language': 'nl' } });
  expect(refused).toMatchObject({ status: 403, body: { code: 'not-permitted', facts: { roles: ['engineer'] } } });
  expect(refused.body.detail).toContain('engineer (nl)');
  expect((await product.call('mia', 'POST', '/projects', { name: 'x', template: 'small', roles: {} })).body)
    .toMatchObject({ status: 403, facts: { roles: ['project-office', 'program-manager'] } });
  expect((await product.call('aude', 'POST', `/projects/${id}/hold`, { reason: 'x' })).status).toBe(403);
});

test('a token that is missing, wrong or expired', async () => {
  await product.engine.database.pool.query(`UPDATE tokens SET expires_at = now() - interval '1 second' WHERE person_id = 'pia'`);
  expect((await product.call('pia', 'GET', '/me')).body).toMatchObject({ status: 401, code: 'unauthenticated' });
  expect((await product.call('nobody', 'GET', '/me')).status).toBe(401);
  expect((await fetch(`${product.url}/api/v1/me`)).status).toBe(401);
});

test('what is wrong with a start is told by pointers, and nothing is started', async () => {
  const start = (body: object) => product.call('olga', 'POST', '/projects', { name: 'Wrong', template: 'small', roles: SMALL_ROLES, ...body });
  const pointers = async (body: object) => (await start(body)).body.errors.map((each: { pointer: string; code: string }) => [each.pointer, each.code]);
  expect(await pointers({ template: 'none' })).toEqual([['/template', 'choice']]);
  expect(await pointers({ version: '9.9.9' })).toEqual([['/version', 'choice']]);
  expect(await pointers({ parameters: { size: 1 } })).toEqual([['/parameters/size', 'unknown']]);
  expect(await pointers({ roles: { manager: ['mia', 'ghost'], board: ['sam'], nobody: [] } }))
    .toEqual([['/roles/board', 'unknown'], ['/roles/nobody', 'unknown'], ['/roles/manager/1', 'choice']]);
  expect(await pointers({ name: '  ' })).toEqual([['/name', 'format']]);
  const { rows } = await product.engine.database.pool.query(`SELECT count(*)::int AS n FROM streams WHERE process = 'project'`);
  expect(rows[0]).toEqual({ n: 1 });
  const open: string[] = [];
  for await (const { workflowId } of product.engine.client.workflow.list({ query: `WorkflowType = 'projectLifecycle'` })) open.push(workflowId);
  expect(open.filter((each) => each !== `project/${id}`)).toEqual([]);
});

test('roles that are given are replaced, the others stay; new holders see and may do', async () => {
  expect((await product.call('mia', 'PUT', `/projects/${id}/roles`, { roles: { engineer: ['leo', 'eva'] } })).status).toBe(200);
  expect((await product.call('leo', 'GET', `/projects/${id}`)).body.roles).toEqual(expect.arrayContaining([
    expect.objectContaining({ key: 'engineer', persons: [{ id: 'leo', name: 'LEO' }, { id: 'eva', name: 'EVA' }] }),
    expect.objectContaining({ key: 'board', body: true, persons: [{ id: 'sam', name: 'SAM' }, { id: 'sol', name: 'SOL' }] }),
  ]));
  await eventually(async () => (await product.call('leo', 'POST', claim())).status === 200, 'the claim of a new holder');
  expect((await product.call('edo', 'GET', `/projects/${id}`)).status).toBe(404);
  expect((await product.call('mia', 'PUT', `/projects/${id}/roles`, { roles: { engineer: ['ghost'] } })).body.errors[0].pointer).toBe('/roles/engineer/0');
  await product.call('mia', 'PUT', `/projects/${id}/roles`, { roles: SMALL_ROLES });
});

test('a project on hold refuses work until it is resumed', async () => {
  expect((await product.call('mia', 'POST', `/projects/${id}/hold`, { reason: 'Racks are late.' })).status).toBe(200);
  await eventually(async () => (await product.call('mia', 'GET', `/projects/${id}`)).body.status === 'held', 'the hold');
  expect((await product.call('mia', 'GET', `/projects/${id}`)).body.reason).toBe('Racks are late.');
  // What people read shows the hold a moment before every phase has heard that it is settled.
  await eventually(async () => (await product.call('eva', 'POST', `/projects/${id}/phases/control/tasks/log-1/claim`)).body.code === 'project-held', 'work refused');
  expect((await product.call('mia', 'POST', `/projects/${id}/resume`)).status).toBe(200);
  await eventually(async () => (await product.call('eva', 'POST', `/projects/${id}/phases/control/tasks/log-1/claim`)).status === 200, 'work again');
});

test('lists go on from their cursor, without a gap and without a repeat', async () => {
  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await product.call('eva', 'GET', `/tasks?mine=true&limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...body.items.map((each: { task: string }) => each.task));
    cursor = body.nextCursor ?? '';
  } while (cursor !== '');
  expect(seen.sort()).toEqual(['draw', ...Array.from({ length: 8 }, (_, index) => `log-${index + 1}`)].sort());
  const events: number[] = [];
  let after = '';
  do {
    const { body } = await product.call('eva', 'GET', `/projects/${id}/events?stream=${encodeURIComponent(`project/${id}`)}&limit=2${after && `&after=${after}`}`);
    events.push(...body.items.map((each: { seq: number }) => each.seq));
    after = body.nextAfter ?? '';
  } while (after !== '');
  expect(events).toEqual(events.map((_, index) => index + 1));
  expect(events.length).toBeGreaterThan(4);
});

test('templates, people and oneself', async () => {
  expect((await product.call('leo', 'GET', '/templates?lang=fr')).body.items).toMatchObject([{ key: 'small', name: 'small (fr)', latest: '1.0.0' }]);
  expect((await product.call('leo', 'GET', '/templates/small/versions/1.0.0')).body).toMatchObject({ key: 'small', phases: expect.any(Array) });
  expect((await product.call('leo', 'GET', '/templates/small/versions/2.0.0')).body.code).toBe('unknown-template');
  expect((await product.call('sam', 'GET', '/me')).body).toMatchObject({ id: 'sam', globalRoles: [], projects: [{ id, name: 'Access', roles: ['board', 'sponsor'], steers: false }] });
  expect((await product.call('mia', 'GET', '/me')).body.projects).toMatchObject([{ id, roles: ['manager'], steers: true }]);
  expect((await product.call('eva', 'GET', `/projects/${id}/phases/design/tasks/draw`)).body).toMatchObject({ role: { key: 'engineer' }, accountable: { key: 'manager', name: 'manager (en)' } });
  const known = (await product.call('leo', 'GET', '/people')).body.items.map((each: { id: string }) => each.id);
  expect(known.sort()).toEqual(['aude', 'leo', 'olga', 'pia']);
});

test('who steers a project sees everybody who can be given a role in it', async () => {
  const project = await product.startProject();
  const seen = async (who: string): Promise<string[]> => (await product.call(who, 'GET', `/people?project=${project}`)).body.items.map((each: { id: string }) => each.id);
  expect(await seen('mia')).toContain('leo');
  expect(await seen('olga')).toContain('leo');
  expect(await product.call('eva', 'GET', `/people?project=${project}`)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  expect((await product.call('leo', 'GET', `/people?project=${project}`)).status).toBe(404);
});

test('readiness: everything answers', async () => {
  expect(await (await fetch(`${product.url}/readyz`)).json()).toEqual({ temporal: true, database: true, worker: true, files: true });
});

test('the log holds no token, no name of a person and no text', () => {
  const all = product.logged.join('');
  expect(all).toContain('/projects/{project}/hold');
  expect(all).not.toMatch(/sluis_|Racks are late|MIA/);
});
