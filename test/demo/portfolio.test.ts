import { SCENARIOS } from '../../demo/portfolio';
import { seed } from '../../store/seed';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct({}, undefined, { demo: true });
  await seed({ databaseUrl: product.engine.config.databaseUrl ?? '', demo: true });
});
afterAll(() => product.close());

const progress = async (person: string) => (await product.call(person, 'GET', '/demo/portfolio')).body;

test('one click makes projects in all states, once', async () => {
  expect(await progress('olga')).toEqual({ state: 'none', total: 14, projects: [] });
  expect((await product.call('eva', 'POST', '/demo/portfolio', {})).body).toMatchObject({ code: 'not-permitted' });
  expect((await product.call('olga', 'POST', '/demo/portfolio', {})).status).toBe(202);
  expect((await product.call('olga', 'POST', '/demo/portfolio', {})).body).toMatchObject({ state: 'running' });
  await eventually(async () => (await progress('olga')).state !== 'running', 'the portfolio', 400_000);
  const { state, projects } = await progress('olga');
  expect([state, projects.map(({ key }: { key: string }) => key).sort()]).toEqual(['done', SCENARIOS.map(({ key }) => key).sort()]);
  const { items } = (await product.call('olga', 'GET', '/portfolio?ended=true&limit=200')).body;
  const byKey = new Map(projects.map(({ key, project }: { key: string; project: string }) => [key, items.find(({ id }: { id: string }) => id === project)]));
  expect(byKey.get('on-hold')).toMatchObject({ course: 'on-hold' });
  expect(byKey.get('closed')).toMatchObject({ status: 'completed' });
  expect(byKey.get('cancelled')).toMatchObject({ status: 'cancelled' });
  expect(byKey.get('hybrid')).toMatchObject({ status: 'running', next: { phase: { key: expect.stringMatching(/^(sprints|fixed-part)$/) } } });
  expect(byKey.get('blocked')).toMatchObject({ course: 'at-risk', blocked: [{ reason: 'Le fournisseur n’a pas encore livré les schémas.' }] });
  expect(byKey.get('gate-waits')).toMatchObject({ approvals: 1, next: { phase: { key: 'planning' } } });
  expect(byKey.get('conditions-open')).toMatchObject({ conditions: 1, program: { key: 'datacenter-2027', name: 'Datacenter 2027' } });
  expect(byKey.get('in-the-middle')).toMatchObject({ course: 'off-course', reasons: [{ code: 'beyond-tolerance' }], cost: { currency: 'EUR', baseline: 120_000, actual: 41_200, atCompletion: 138_500, limit: 125_000 }, program: { key: 'datacenter-2027' } });
  expect(byKey.get('overdue')).toMatchObject({ course: 'at-risk', reasons: [{ code: 'tasks-overdue' }], overdue: 2, program: { key: 'digital-workplace' } });
  for (const { id, status } of items) {
    if (status === 'running') expect([id, (await product.call('olga', 'GET', `/projects/${id}/forecast?runs=5`)).body.outcomes]).toEqual([id, { completed: 5 }]);
  }
  const agile = projects.find(({ key }: { key: string }) => key === 'sprints').project;
  expect((await product.call('olga', 'GET', `/projects/${agile}/phases/sprints/sprints/scrum-team/1`)).body).toMatchObject({ notes: [{ kind: 'good', votes: 0 }, { kind: 'improve', votes: 1 }], recognitions: [{ kind: 'help' }] });
  const services = (await product.call('olga', 'GET', '/services?all=true&limit=50')).body.items;
  const service = (name: string) => services.find((each: { name: string }) => each.name === name);
  expect(services.map(({ status }: { status: string }) => status).sort()).toEqual(['early-life', 'early-life', 'preparing', 'preparing', 'preparing', 'transferred']);
  expect(service('Printen op elke verdieping').missing).toEqual([{ key: 'session-5', name: expect.any(String) }]);
  expect(service('Bestanden delen')).toMatchObject({ missingCount: 0, approval: expect.any(String) });
  expect(service('Bellen met de laptop').support).toMatchObject({ outcome: 'running', daysMissing: 0, extensions: 0 });
  expect(service('Mobiele toestellen')).toMatchObject({ status: 'early-life', conditions: [{ status: 'open', owner: { key: 'delivering-team' } }] });
  expect(Date.parse(service('E-mail en agenda').acceptBy)).toBeLessThan(Date.now());
  const of = `/projects/${services[0].project.key}/phases/handover/handover/services/`;
  const late = (await product.call('olga', 'GET', `${of}${service('E-mail en agenda').service}`)).body;
  await eventually(async () => (await product.call('olga', 'GET', `${of}${late.service}`)).body.entries.some(({ overdue }: { overdue: boolean }) => overdue), 'that it is late');
  // One more incident of the second priority would be too many.
  expect((await product.call('olga', 'GET', `${of}${service('Bellen met de laptop').service}/support`)).body.criteria).toContainEqual(expect.objectContaining({ key: 'few-major-incidents', value: 2, limit: 2, verdict: 'met' }));
  const read = async (person: string, path: string) => (await product.call(person, 'GET', path)).body.items;
  const directory = await read('olga', '/directory?limit=200');
  expect(directory.find(({ id }: { id: string }) => id === 'p-tom')).toMatchObject({ manager: { id: 'p-marc' }, groups: ['change-advisory-board'], absentUntil: expect.any(String) });
  expect(await read('olga', '/people/p-greta/delegations')).toMatchObject([{ delegate: { id: 'p-paul' }, status: 'active' }]);
  expect((await read('olga', '/programs')).map(({ managers }: { managers: { id: string }[] }) => managers.map(({ id }) => id))).toEqual([['p-pia'], ['p-bea']]);
  expect(await read('olga', '/groups')).toHaveLength(2);
  expect(await product.engine.database.prisma.discardedEvent.count()).toBe(0);
  expect((await product.call('olga', 'GET', `/projects/${projects.find(({ key }: { key: string }) => key === 'change-waits').project}/changes`)).body.items).toMatchObject([{ status: 'open' }]);
  // Another process knows nothing of it, and finds it made.
  const other = await product.serve({ demo: true });
  await product.call('olga', 'POST', `${other.url}/api/v1/demo/portfolio`, {});
  await eventually(async () => (await product.call('olga', 'GET', `${other.url}/api/v1/demo/portfolio`)).body.state === 'done', 'the portfolio again', 120_000);
  expect((await product.call('olga', 'GET', '/projects?limit=200')).body.items).toHaveLength(SCENARIOS.length);
  await other.close();
  // The people of the demo keep no token that it was made with.
  expect(await product.engine.database.prisma.token.count({ where: { label: 'session' } })).toBe(0);
}, 560_000);

test('where there are no demo people there is no demo portfolio', async () => {
  const { url, close } = await product.serve({ demo: false });
  expect((await product.call('olga', 'POST', `${url}/api/v1/demo/portfolio`, {})).body).toMatchObject({ code: 'no-demo' });
  await close();
});
