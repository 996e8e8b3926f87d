import { parse } from 'csv-parse/sync';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(() => product.close());

const portfolio = async (person: string, query = '') => (await product.call(person, 'GET', `/portfolio${query}`)).body;
const itemOf = async (person: string, project: string, query = '') => (await portfolio(person, query)).items.find(({ id }: { id: string }) => id === project);
const download = (): Promise<Response> => fetch(`${product.url}/api/v1/portfolio.csv`, { headers: { Authorization: `Bearer ${product.tokens.get('pia')}` } });
const exported = async (): Promise<Record<string, string>[]> => parse(await (await download()).text(), { bom: true, columns: true });

test('a project that just started is on course: its reaches, its next gate and who is waited for', async () => {
  const project = await product.startProject('Nieuwe racks');
  await eventually(async () => (await itemOf('pia', project)).next?.openTasks === 2, 'its tasks');
  const item = await itemOf('pia', project);
  expect(item).toMatchObject({
    name: 'Nieuwe racks', status: 'running', course: 'on-course', reasons: [], managers: [{ id: SMALL_ROLES['manager']?.[0] }], overdue: 0, blocked: [], approvals: 0, slipDays: 0,
    next: { phase: { key: 'design' }, gate: { key: 'design-gate' }, openTasks: 2, unmet: 1 },
  });
  expect(item.next.waitingFor.map(({ id }: { id: string }) => id)).toEqual(SMALL_ROLES['engineer']);
  expect(item.phases.map(({ phase, after, status }: Record<string, unknown>) => [phase, after, status])).toEqual([
    ['design', [], 'open'], ['build', ['design'], 'waiting'], ['close', ['build'], 'waiting'], ['control', [], 'open']]);
  expect(item.expectedEndAt >= item.baselineEndAt).toBe(true);
});

test('a blocked task puts it at risk and before the others, with the reason in the reader’s language', async () => {
  const project = await product.startProject('Geblokkeerd');
  await product.call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/block`, { reason: 'Geen plan van de zaal' });
  await eventually(async () => (await itemOf('pia', project)).course === 'at-risk', 'the risk');
  const item = await itemOf('pia', project, '?lang=fr');
  expect(item).toMatchObject({ course: 'at-risk', reasons: [{ code: 'tasks-blocked', text: 'Tâches bloquées\u00a0: 1' }], blocked: [{ phase: 'design', task: 'draw', by: { id: 'eva' }, reason: 'Geen plan van de zaal' }] });
  const { items, counts } = await portfolio('pia');
  expect(items[0].id).toBe(project);
  expect(counts['at-risk']).toBe(1);
  expect((await portfolio('pia', '?course=at-risk')).items).toHaveLength(1);
  // A spreadsheet tells by whom and by what too.
  expect((await exported()).find(({ id }) => id === project)).toMatchObject({ blocked_tasks: '1', blocked_by: 'draw (en) (EVA): Geen plan van de zaal' });
});

test('one sees what one may see, filtered and page by page', async () => {
  await product.startProject('Eén');
  expect((await portfolio('leo')).items).toEqual([]);
  const all = (await portfolio('pia')).items.map(({ id }: { id: string }) => id);
  const first = await portfolio('pia', '?limit=1');
  const second = await portfolio('pia', `?limit=1&cursor=${first.nextCursor}`);
  expect([first.items[0].id, second.items[0].id]).toEqual(all.slice(0, 2));
  expect((await portfolio('pia', '?q=nieuwe')).items.map(({ name }: { name: string }) => name)).toEqual(['Nieuwe racks']);
  expect((await portfolio('pia', '?mine=true')).items).toEqual([]);
  expect((await portfolio('pia', `?manager=${SMALL_ROLES['manager']?.[0]}`)).items).toHaveLength(all.length);
});

test('money is told where there is some: spent, promised, expected, and up to what it may go', async () => {
  const approval = { steps: [{ key: 'owner', name: smallText('owner'), roles: ['sponsor'], quorum: 'any' }], reasonRequired: [] };
  const text = smallVersion('1.3.0', (template) => { Object.assign(template, { changeControl: { tolerance: { cost: 1_000 }, levels: [{ key: 'all', name: smallText('all'), approval }] } }); });
  expect(await product.call('olga', 'POST', '/templates', { text })).toMatchObject({ status: 201 });
  const { body: { id } } = await product.call('olga', 'POST', '/projects', { name: 'Geld', template: 'small', version: '1.3.0', roles: SMALL_ROLES });
  await eventually(async () => (await itemOf('pia', id))?.status === 'running', 'its start');
  expect(await itemOf('pia', id)).toMatchObject({ cost: null });
  await eventually(async () => (await product.call('mia', 'POST', `/projects/${id}/costs`, { phase: 'build', actual: 700, toComplete: 400 })).status === 200, 'the money');
  await eventually(async () => (await itemOf('pia', id)).course === 'off-course', 'the exception');
  expect(await itemOf('pia', id)).toMatchObject({ cost: { currency: 'EUR', baseline: 0, actual: 700, atCompletion: 1_100, limit: 1_000 } });
  expect((await exported()).find((row) => row['id'] === id)).toMatchObject({ currency: 'EUR', cost_actual: '700', cost_at_completion: '1100', cost_limit: '1000' });
});

test('on hold, and after the end, no reasons are told; those that have ended are left out', async () => {
  const project = await product.startProject('Pauze');
  await product.call('olga', 'POST', `/projects/${project}/hold`, { reason: 'wachten' });
  await eventually(async () => (await itemOf('pia', project)).course === 'on-hold', 'the hold');
  await product.call('olga', 'POST', `/projects/${project}/cancel`, { reason: 'niet nodig' });
  await eventually(async () => (await itemOf('pia', project, '?ended=true'))?.course === 'ended', 'the end');
  expect(await itemOf('pia', project)).toBeUndefined();
  expect(await itemOf('pia', project, '?ended=true')).toMatchObject({ status: 'cancelled', next: null });
  // One that is asked for is told of all the same; to who may not see it, nothing is.
  expect((await portfolio('pia', `?project=${project}`)).items).toMatchObject([{ id: project }]);
  expect((await portfolio('leo', `?project=${project}`)).items).toEqual([]);
});

test('it is exported for a spreadsheet, and what looks like a formula is none', async () => {
  const project = await product.startProject('=HYPERLINK("http://evil.example";"klik")');
  const response = await download();
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=portfolio-\d{4}-\d\d-\d\d\.csv$/);
  expect((await exported()).find(({ id }) => id === project)).toMatchObject({ name: `'=HYPERLINK("http://evil.example";"klik")`, course: 'on-course', next_gate: 'design-gate (en)' });
});
