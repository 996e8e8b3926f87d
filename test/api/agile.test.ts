/** Backlogs and sprints over HTTP: from an import to a sprint that is over, with what its board and its figures say. */
import { verifyColumns, verifyRows } from '../../store/verify-rows';
import { PROCESSES } from '../../domain/processes';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES, smallText, smallVersion } from '../support/template';

let product: Product;
let id: string;
const base = (): string => `/projects/${id}/phases/control`;
const get = async (who: string, path: string) => (await product.call(who, 'GET', `${base()}${path}`)).body;
const post = (who: string, path: string, body: object = {}, key?: string) => product.call(who, 'POST', `${base()}${path}`, body, key === undefined ? {} : { key });
const card = async (number: number, item: string) => (await get('eva', `/sprints/alpha/${number}`)).cards.find((each: { item: string }) => each.item === item);
const board = (item: string, verb: string, body: object, who = 'eva', number = 1) => post(who, `/sprints/alpha/${number}/cards/${item}/${verb}`, body);
const entry = (key: string) => ({ key, name: smallText(key) });

beforeAll(async () => {
  product = await startProduct();
  const version = smallVersion('3.0.0', ({ phases }) => {
    const control = phases.find(({ key }) => key === 'control');
    if (!control) throw new Error('the small template has another form');
    Object.assign(control, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), { ...entry('doing'), limit: 2 }, entry('ready')], done: [entry('tested')],
      teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 10, next: 'by-itself', leftovers: 'next' }, { ...entry('flow'), roles: ['engineer'] }],
    } });
  });
  const published = await product.call('olga', 'POST', '/templates', { text: version });
  expect(published.body).toMatchObject({ version: '3.0.0' });
  id = (await product.call('olga', 'POST', '/projects', { name: 'Agile', template: 'small', version: '3.0.0', roles: SMALL_ROLES })).body.id;
  await eventually(async () => (await product.call('eva', 'GET', `${base()}/backlog`)).status === 200, 'the backlog');
});
afterAll(async () => { await product.close(); });

test('a backlog says how its teams work, in the language asked for', async () => {
  expect(await get('eva', '/backlog?lang=nl')).toMatchObject({
    isOpen: true, unit: 'points', productOwner: { key: 'sponsor' }, columns: [{ key: 'todo', name: 'todo (nl)', limit: null }, { key: 'doing', limit: 2 }, { key: 'ready' }],
    done: [{ key: 'tested' }], teams: [{ key: 'alpha', sprintDays: 10, startsItself: true, leftovers: 'next', sprints: [] }, { key: 'flow', sprintDays: null }],
  });
  expect(await product.call('eva', 'GET', `/projects/${id}/phases/design/backlog`)).toMatchObject({ status: 404, body: { code: 'unknown-backlog' } });
  expect(await product.call('leo', 'GET', `${base()}/backlog`)).toMatchObject({ status: 404, body: { code: 'unknown-project' } });
});

test('items are added, once, imported and exported as a table', async () => {
  const added = await post('eva', '/backlog/items', { items: [{ title: 'Platform', kind: 'epic' }, { title: 'Log in', estimate: 3, epic: '#1', labels: ['web'], criteria: 'One can.' }] }, 'add-1');
  expect(added).toMatchObject({ status: 200, body: { items: ['1', '2'] } });
  expect(await post('eva', '/backlog/items', { items: [{ title: 'Platform', kind: 'epic' }, { title: 'Log in', estimate: 3, epic: '#1', labels: ['web'], criteria: 'One can.' }] }, 'add-1'))
    .toMatchObject({ status: 200, body: { items: ['1', '2'], replayed: true } });
  const rows = Array.from({ length: 250 }, (_, index) => `${index + 1},story,"=Story ${index + 1}",${index % 8},${index > 220 ? 221 : ''}`);
  const csv = ['number,kind,title,estimate,after', ...rows].join('\n');
  const imported = await post('mia', '/backlog/import', { csv }, 'import-1');
  expect(imported.status).toBe(200);
  expect(imported.body.items).toHaveLength(250);
  expect((await post('mia', '/backlog/import', { csv }, 'import-1')).body).toEqual(imported.body);
  const all = await product.call('eva', 'GET', `${base()}/backlog/items?limit=1000`);
  expect(all.headers.get('content-encoding')).toMatch(/^(gzip|br)$/);
  const { items, nextCursor } = all.body;
  expect(items).toHaveLength(252);
  expect(nextCursor).toBeNull();
  expect(items[1]).toMatchObject({ item: '2', title: 'Log in', criteria: 'One can.', epic: '1', labels: ['web'], status: 'open' });
  expect(items[251]).toMatchObject({ title: '=Story 250', after: [imported.body.items[220]] });
  expect((await product.call('eva', 'GET', `${base()}/backlog/items?limit=10`)).headers.get('content-encoding')).toBeNull();
  const first = await get('eva', '/backlog/items?limit=100&status=open');
  const second = await get('eva', `/backlog/items?limit=100&status=open&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ item }: { item: string }) => item)).toEqual(items.slice(0, 200).map(({ item }: { item: string }) => item));
  const file = await fetch(`${product.url}/api/v1${base()}/backlog.csv`, { headers: { authorization: `Bearer ${product.tokens.get('mia')}` } });
  expect((await file.text()).split('\r\n').slice(0, 5)).toEqual([
    expect.stringContaining('number,kind,title,criteria,estimate'), '1,epic,Platform,,,,,,,,open,,,,', '2,story,Log in,One can.,3,1,web,,,,open,,,,', "3,story,'=Story 1,,0,,,,,,open,,,,", "4,story,'=Story 2,,1,,,,,,open,,,,",
  ]);
  expect((await get('eva', '/backlog/items?label=web')).items).toHaveLength(1);
  expect(await post('mia', '/backlog/import', { csv: 'title,wrong\nx,y' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/csv' }] } });
  expect(await post('mia', '/backlog/import', { csv: 'title,kind\nx,novel' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/csv/0/kind', code: 'choice' }] } });
  expect(await post('eva', '/backlog/items', { items: [{ title: 'x', deliverables: ['none'] }] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/items/0/deliverables/0' }] } });
});

test('of two who move the same item the second is told who was first', async () => {
  const { place } = await get('sam', '/backlog/items/5');
  expect((await post('sam', '/backlog/items/5/move', { before: '1', seen: place })).status).toBe(200);
  const refused = await post('mia', '/backlog/items/5/move', { after: '1', seen: place });
  expect(refused).toMatchObject({ status: 409, body: { code: 'item-moved', facts: { person: 'sam' } } });
  expect(refused.body.detail).toMatch(/stands at “place 1” now, moved by SAM on \d+ \w+ 20\d\d at \d\d:\d\d\.$/);
  expect((await get('eva', '/backlog/items?limit=1')).items[0].item).toBe('5');
});

test('a sprint is planned, starts, and shows its board; the second who moves a card is told', async () => {
  expect((await post('eva', '/sprints', { team: 'alpha' })).status).toBe(200);
  expect((await post('eva', '/sprints/alpha/1/plan', { items: ['2', '5', '6'] })).status).toBe(200);
  await eventually(async () => (await get('eva', '/sprints/alpha/1')).cards?.length === 3, 'the cards');
  const [lastWeek, tomorrow] = [-7, 1].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  expect((await post('eva', '/sprints/alpha/1/events/planning', { at: tomorrow })).status).toBe(200);
  expect(await post('eva', '/sprints/alpha/1/events/planning', { at: lastWeek })).toMatchObject({
    status: 422, body: { code: 'event-past', errors: [{ pointer: '/at', code: 'range', detail: expect.stringMatching(/≥ \d{4}-\d\d-\d\d/) }], detail: expect.stringMatching(/from \d+ \w+ 20\d\d on\.$/) },
  });
  expect(await post('eva', '/sprints/alpha/1/events/review', { at: tomorrow, hours: 2.25 })).toMatchObject({ status: 422, body: { code: 'event-too-long', errors: [{ pointer: '/hours' }] } });
  expect((await post('eva', '/sprints/alpha/1/events/lunch', { at: tomorrow })).status).toBe(422);
  expect((await get('eva', '/sprints/alpha/1')).events).toEqual([
    { event: 'planning', at: tomorrow, hours: 4, atMost: 4 }, ...([['daily', 0.25], ['review', 2], ['retrospective', 1.5]] as const).map(([event, hours]) => ({ event, at: null, hours, atMost: hours })),
  ]);
  const planned = await get('eva', '/sprints/alpha/1');
  expect(planned.capacity).toHaveLength(2);
  expect(planned.capacity.map(({ days, hours }: { days: number; hours: number }) => [days, hours])).toEqual([[10, 76], [10, 76]]);
  expect((await post('eva', '/sprints/alpha/1/availability', { person: 'edo', days: 6 })).status).toBe(200);
  expect((await get('eva', '/sprints/alpha/1')).capacity).toEqual(expect.arrayContaining([{ person: { id: 'edo', name: expect.any(String) }, days: 6, hours: 45.6 }]));
  expect((await post('eva', '/sprints/alpha/1/availability', { person: 'edo', days: null })).status).toBe(200);
  expect(await get('eva', '/backlog/links')).toEqual({ deliverables: expect.any(Array), inventory: [] });
  expect(await post('eva', '/sprints/alpha/1/start')).toMatchObject({ status: 409, body: { code: 'sprint-goal-missing' } });
  await post('eva', '/sprints/alpha/1/goal', { goal: 'People can log in' });
  expect((await post('eva', '/sprints/alpha/1/start')).status).toBe(200);
  const sprint = await get('eva', '/sprints/alpha/1');
  expect(sprint).toMatchObject({ status: 'running', goal: 'People can log in', sprintDays: 10, endsAt: expect.stringMatching(/^20/), result: { scope: { items: 3 } } });
  expect(sprint.capacity.map(({ days }: { days: number }) => days)).toEqual(sprint.capacity.map(() => 10));
  expect((await board('2', 'move', { from: 'todo', to: 'doing' })).status).toBe(200);
  const refused = await board('2', 'move', { from: 'todo', to: 'ready' }, 'edo');
  expect(refused).toMatchObject({ status: 409, body: { code: 'item-moved', facts: { person: 'eva', to: 'doing' } } });
  expect(refused.body.detail).toContain('“doing (en)”');
  expect(await board('2', 'move', { from: 'doing', to: 'ready' })).toMatchObject({ status: 409, body: { code: 'done-open' } });
  expect((await board('2', 'tick', { tick: ['tested'] })).status).toBe(200);
  expect((await board('2', 'take', { person: 'edo' })).status).toBe(200);
  expect((await board('2', 'move', { from: 'doing', to: 'ready' })).status).toBe(200);
  expect(await card(1, '2')).toMatchObject({ column: 'ready', person: { id: 'edo' }, done: [{ key: 'tested', met: true }], movedBy: { id: 'eva' }, deliveredAt: expect.any(String) });
  expect(await board('2', 'accept', {}, 'eva')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  expect((await board('2', 'accept', {}, 'sam')).status).toBe(200);
  await eventually(async () => (await get('eva', '/backlog/items/2')).status === 'done', 'the item to be done');
  expect(await get('eva', '/backlog/items/2')).toMatchObject({ sprints: [{ sprint: { number: 1 }, acceptedAt: expect.any(String) }] });
});

test('impediments, and what came and went after the start', async () => {
  expect((await post('eva', '/sprints/alpha/1/impediments', { text: 'No test data', owner: 'mia' })).status).toBe(200);
  expect((await get('eva', '/sprints/alpha/1')).impediments).toMatchObject([{ text: 'No test data', owner: { id: 'mia' }, by: { id: 'eva' }, resolvedAt: null }]);
  expect((await product.call('mia', 'GET', '/me/inbox')).body.items[0]).toMatchObject({ kind: 'impediment-raised', text: 'There is an impediment in sprint alpha (en) 1.' });
  expect((await post('mia', '/sprints/alpha/1/impediments/1/resolve')).status).toBe(200);
  expect((await post('eva', '/sprints/alpha/1/plan', { items: ['7'] })).status).toBe(200);
  await eventually(async () => (await card(1, '7')) !== undefined, 'the late card');
  expect((await post('eva', '/sprints/alpha/1/remove', { items: ['5'] })).status).toBe(200);
  const figures = await get('eva', '/sprints/alpha/1/figures');
  expect(figures.changes).toMatchObject([{ change: 'added', item: '7', person: { id: 'eva' } }, { change: 'removed', item: '5', person: { id: 'eva' } }]);
  expect(figures.days.at(-1)).toMatchObject({ done: { items: 1 }, scope: { items: 3 } });
  // Ten working days: today, if it is one (what should remain is less then), and those to come.
  expect(figures.ahead).toHaveLength(figures.days.at(-1).ideal < figures.days[0].ideal ? 9 : 10);
  expect(figures.ahead.at(-1)).toMatchObject({ ideal: 0 });
  expect(figures.cycle).toMatchObject([{ item: '2', workingDays: expect.any(Number) }]);
  expect((await get('eva', '/sprints/alpha/1')).result).toMatchObject({ scope: { items: 3 }, added: { items: 1 }, removed: { items: 1 }, accepted: { items: 1 } });
});

test('a colleague is thanked, hears of it, and only whoever gave or received it erases its words', async () => {
  const thank = (who: string, person: string, text = 'You taught me the firewall') => post(who, '/sprints/alpha/1/recognitions', { person, kind: 'knowledge', text });
  expect((await thank('eva', 'edo')).status).toBe(200);
  expect((await thank('eva', 'sam')).status).toBe(200);
  expect(await thank('eva', 'eva', 'x')).toMatchObject({ status: 422, body: { code: 'recognition-of-oneself' } });
  expect(await thank('leo', 'eva', 'x')).toMatchObject({ status: 404 });
  expect((await get('edo', '/sprints/alpha/1')).recognitions).toMatchObject([
    { recognition: 1, kind: 'knowledge', text: 'You taught me the firewall', by: { id: 'eva' }, to: { id: 'edo', name: expect.any(String) }, mine: false }, { recognition: 2, to: { id: 'sam' } },
  ]);
  expect((await product.call('edo', 'GET', '/me/inbox?lang=nl')).body.items[0]).toMatchObject({ kind: 'recognition-given', text: 'Een collega waardeert uw werk in sprint alpha (nl) 1.' });
  expect(await post('edo', '/sprints/alpha/1/recognitions/1/withdraw')).toMatchObject({ status: 403, body: { code: 'recognition-not-yours' } });
  expect(await post('mia', '/sprints/alpha/1/recognitions/1/erase')).toMatchObject({ status: 403, body: { code: 'recognition-not-yours' } });
  expect((await post('edo', '/sprints/alpha/1/recognitions/1/erase')).status).toBe(204);
  expect((await post('eva', '/sprints/alpha/1/recognitions/2/withdraw')).status).toBe(200);
  expect((await get('edo', '/sprints/alpha/1')).recognitions).toMatchObject([{ recognition: 1, text: null }]);
  const { rows } = await product.engine.database.pool.query("SELECT FROM texts WHERE text LIKE '%firewall%'");
  expect(rows).toHaveLength(0);
});

test('only the Product Owner cancels; the retrospective asks for work, and the sprint closes', async () => {
  expect(await post('mia', '/sprints/alpha/1/cancel', { reason: 'x' })).toMatchObject({ status: 403 });
  await post('eva', '/sprints/alpha/1/notes', { kind: 'action', text: 'Order test data earlier' });
  const due = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  expect(await post('eva', '/sprints/alpha/1/notes/1/assign', { owner: 'edo', due: '2020-01-01' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/due', code: 'range' }] } });
  expect(await post('eva', '/sprints/alpha/1/notes/1/assign', { owner: 'leo', due })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/owner', code: 'choice' }] } });
  expect((await post('eva', '/sprints/alpha/1/notes/1/assign', { owner: 'edo', due })).status).toBe(200);
  expect((await post('edo', '/sprints/alpha/1/notes/1/vote', { vote: true })).status).toBe(200);
  expect((await get('edo', '/sprints/alpha/1')).notes).toMatchObject([{ votes: 1, mine: true, owner: { id: 'edo' }, due }]);
  expect((await post('sam', '/sprints/alpha/1/cancel', { reason: 'The law changed' })).status).toBe(200);
  expect(await get('eva', '/sprints/alpha/1')).toMatchObject({ status: 'over', because: 'cancelled', reason: 'The law changed' });
  // The next one starts by itself, as the template has it.
  await eventually(async () => (await get('eva', '/sprints/alpha/2')).status === 'running', 'the next sprint');
  expect((await post('eva', '/sprints/alpha/1/close')).status).toBe(200);
  await eventually(async () => (await get('eva', '/backlog/items?limit=1000')).items.some(({ title }: { title: string }) => title === 'Order test data earlier'), 'the action');
  const [action] = (await product.call('edo', 'GET', '/me/items')).body.items;
  expect(action).toMatchObject({ project: id, projectName: 'Agile', phase: 'control', kind: 'task', title: 'Order test data earlier', due, owned: true, isAction: true, sprint: null });
  expect((await product.call('edo', 'GET', '/me/inbox')).body.items.map(({ kind }: { kind: string }) => kind)).toContain('item-owned');
  expect(await post('eva', `/backlog/items/${action.item}/finish`)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  expect(await post('sam', '/backlog/items/6/finish')).toMatchObject({ status: 409, body: { code: 'item-not-action' } });
  expect((await post('edo', `/backlog/items/${action.item}/finish`)).status).toBe(200);
  expect(await get('edo', `/backlog/items/${action.item}`)).toMatchObject({ status: 'done', owner: { id: 'edo' }, due, isAction: true });
  expect((await product.call('edo', 'GET', '/me/items')).body.items.map(({ title }: { title: string }) => title)).not.toContain('Order test data earlier');
  expect(await post('eva', '/sprints/alpha/1/notes', { kind: 'good', text: 'x' })).toMatchObject({ status: 409, body: { code: 'sprint-closed' } });
  expect((await get('eva', '/sprints?team=alpha')).items.map(({ number, status }: { number: number; status: string }) => [number, status])).toEqual([[2, 'running'], [1, 'closed']]);
});

test('stages and sprints wait for each other, and a change decides on more than was promised', async () => {
  const version = smallVersion('3.1.0', (template) => {
    const [design, , , control] = template.phases;
    if (!design || !control) throw new Error('the small template has another form');
    Object.assign(control, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), entry('ready')], teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 10 }],
      needs: [{ phase: 'design', deliverable: 'drawing', label: 'drawn' }], scopeControl: { tolerance: 10, goal: true, label: 'must' },
    } });
    design.tasks[1]!['after'] = ['draw', { backlog: 'control', label: 'must', accepted: 1 }];
    Object.assign(template, { changeControl: { levels: [{ ...entry('any'), approval: { steps: [{ key: 'owner', roles: ['sponsor'], quorum: 'any' }] } }] } });
  });
  const answer = await product.call('olga', 'POST', '/templates', { text: version });
  expect([answer.status, answer.body.problems]).toEqual([201, undefined]);
  const project = (await product.call('olga', 'POST', '/projects', { name: 'Hybrid', template: 'small', version: '3.1.0', roles: SMALL_ROLES })).body.id;
  const at = `/projects/${project}/phases/control`;
  const read = async (path: string) => (await product.call('eva', 'GET', `${at}${path}`)).body;
  const act = (who: string, path: string, body: object = {}) => product.call(who, 'POST', `${at}${path}`, body);
  await eventually(async () => (await product.call('eva', 'GET', `${at}/backlog`)).status === 200, 'the backlog');
  const items = [{ title: 'Core', estimate: 10, labels: ['must'] }, { title: 'As drawn', estimate: 5, labels: ['drawn'] }, { title: 'Named', estimate: 5, needs: ['design/drawing'] }];
  expect((await act('eva', '/backlog/items', { items })).body.items).toEqual(['1', '2', '3']);
  expect(await act('eva', '/backlog/items', { items: [{ title: 'x', needs: ['design/else'] }] })).toMatchObject({ status: 422, body: { code: 'item-invalid' } });
  expect(await read('/backlog?lang=nl')).toMatchObject({
    needs: [{ phase: { key: 'design', name: 'design (nl)' }, deliverable: { name: 'drawing (nl)' }, label: 'drawn', isOpen: true }],
    scope: { tolerance: 10, keepsGoal: true, label: 'must', baseline: null, limit: null, now: 20 },
  });
  const file = await fetch(`${product.url}/api/v1${at}/backlog.csv`, { headers: { authorization: `Bearer ${product.tokens.get('eva')}` } });
  expect(await file.text()).toContain('3,story,Named,,5,,,,,,open,,design/drawing,,');
  await act('eva', '/sprints', { team: 'alpha' });
  expect(await act('eva', '/sprints/alpha/1/plan', { items: ['2'] })).toMatchObject({ status: 409, body: { code: 'item-waits', detail: expect.stringContaining('drawing (en) (design (en))') } });
  expect((await read('/backlog/items')).items[2].needs).toMatchObject([{ deliverable: { key: 'drawing' }, isOpen: true, isOwn: true }]);

  // The stage delivers, and its next task waits for what the sprint has to do.
  expect((await product.call('eva', 'POST', `/projects/${project}/phases/design/tasks/draw/complete`, { evidence: DRAWN })).status).toBe(200);
  await eventually(async () => (await read('/backlog')).needs[0].isOpen === false, 'the drawing');
  expect((await act('eva', '/sprints/alpha/1/plan', { items: ['1', '2', '3'] })).status).toBe(200);
  const check = async () => (await product.call('eva', 'GET', `/projects/${project}/phases/design/tasks/check`)).body;
  expect(await check()).toMatchObject({ status: 'waiting', waitingForItems: [{ phase: { key: 'control', name: 'control (en)' }, item: null, label: 'must', accepted: 1, left: ['1'] }] });
  expect((await product.call('eva', 'GET', `/projects/${project}`)).body.blocking.find(({ phase }: { phase: string }) => phase === 'design').tasks[0].waitingForItems).toMatchObject([{ left: ['1'] }]);
  expect(await product.call('eva', 'POST', `/projects/${project}/phases/design/tasks/check/complete`, { evidence: {} })).toMatchObject({ status: 409, body: { code: 'task-not-ready' } });
  await eventually(async () => (await read('/sprints/alpha/1')).cards?.length === 3, 'the items in the sprint');
  await act('sam', '/backlog/goal', { goal: 'A network' });
  await act('eva', '/sprints/alpha/1/goal', { goal: 'Core' });
  expect((await act('eva', '/sprints/alpha/1/start')).status).toBe(200);
  await act('eva', '/sprints/alpha/1/cards/1/move', { from: 'todo', to: 'ready' });
  expect((await act('sam', '/sprints/alpha/1/cards/1/accept')).status).toBe(200);
  await eventually(async () => (await check()).status === 'ready', 'the task that waited');
  expect((await check()).waitingForItems).toEqual([]);

  // From the first sprint on a change decides on more than was promised.
  await eventually(async () => (await read('/backlog')).scope.baseline === 20, 'the baseline');
  expect(await act('sam', '/backlog/items', { items: [{ title: 'More', estimate: 3 }] })).toMatchObject({ status: 409, body: { code: 'scope-beyond-tolerance', detail: expect.stringContaining('come to 23, estimated; up to 22') } });
  expect(await act('sam', '/backlog/goal', { goal: 'Something else' })).toMatchObject({ status: 409, body: { code: 'goal-promised' } });
  const operations = [{ op: 'set-scope', phase: 'control', set: { add: 5, goal: 'A wider network' } }];
  expect((await product.call('eva', 'POST', `/projects/${project}/changes`, { title: 'Wider', reason: 'A site more', operations })).status).toBe(200);
  const [change] = (await product.call('sam', 'GET', `/projects/${project}/changes`)).body.items;
  expect(change).toMatchObject({ status: 'open', difference: [{ kind: 'phase', fields: [{ field: 'scope', before: null, after: 5 }, { field: 'productGoal', after: 'A wider network' }] }] });
  const asked = async () => (await product.call('sam', 'GET', '/approvals?mine=true')).body.items.find((each: { project: string }) => each.project === project);
  await eventually(async () => await asked() !== undefined, 'the approval of the change');
  const approval = await asked();
  expect((await product.call('sam', 'POST', `/approvals/${encodeURIComponent(approval.id)}/decide`, { outcome: 'approve', digest: approval.digest })).status).toBe(200);
  await eventually(async () => (await read('/backlog')).scope.limit === 27, 'the change');
  expect(await read('/backlog')).toMatchObject({ goal: 'A wider network', scope: { baseline: 20, now: 20 } });
  expect((await act('sam', '/backlog/items', { items: [{ title: 'More', estimate: 3 }] })).status).toBe(200);
});

test('a project on hold refuses what sprints would do, and the read model is what the log folds to', async () => {
  await product.call('mia', 'POST', `/projects/${id}/hold`, { reason: 'Strike' });
  await eventually(async () => (await get('eva', '/sprints/alpha/2')).isHeld === true, 'the hold');
  expect(await post('eva', '/backlog/items', { items: [{ title: 'x' }] })).toMatchObject({ status: 409, body: { code: 'project-held' } });
  expect(await post('eva', '/sprints/alpha/2/goal', { goal: 'x' })).toMatchObject({ status: 409, body: { code: 'project-held' } });
  await product.call('mia', 'POST', `/projects/${id}/resume`, {});
  await eventually(async () => (await get('eva', '/sprints/alpha/2')).isHeld === false, 'the resumption');
  expect(await verifyRows(product.engine.database, PROCESSES as never)).toEqual([]);
  expect(await verifyColumns(product.engine.database.pool)).toEqual([]);
});

test('with too little history there is no forecast; with enough there is one, the same for the same seed', async () => {
  const before = await get('eva', '/backlog/forecast');
  expect(before).toMatchObject({ enough: false, done: [], by: null, basis: 'items', tooLittle: [{ team: { key: 'alpha' }, has: 0, needs: 3 }, { team: { key: 'flow' }, has: 0 }] });
  // Sprints take weeks: rows of the read model stand for some that are over by time.
  await product.engine.database.pool.query(
    `INSERT INTO sprints (id, seq, project, phase, team, number, status, data)
     SELECT regexp_replace(id, '1$', n::text), 1, project, phase, team, n, 'closed', data || jsonb_build_object('number', n, 'over', 'time', 'status', 'closed', 'overAt', 1700000000000 + n,
       'result', jsonb_set(data->'result', '{delivered}', jsonb_build_object('items', n - 100, 'estimate', 2 * n)))
     FROM sprints, generate_series(103, 106) n WHERE id LIKE '%/sprint/alpha/1'`);
  const { teams } = await get('eva', '/velocity');
  expect(teams[0]).toMatchObject({ team: { key: 'alpha' }, days: 10, range: { low: 206, median: 208, high: 212 }, sprints: [{ number: 103 }, { number: 104 }, { number: 105 }, { number: 106 }] });
  const forecast = await get('eva', '/backlog/forecast?runs=500&seed=7&by=2030-01-01');
  expect(forecast).toMatchObject({ enough: true, tooLittle: [{ team: { key: 'flow' } }], done: [{ percent: 50 }, { percent: 80 }, { percent: 95 }] });
  expect(forecast.by[0].items).toBeGreaterThan(0);
  expect((await get('eva', '/backlog/forecast?runs=500&seed=7&by=2030-01-01')).done).toEqual(forecast.done);
  expect(await product.call('eva', 'GET', `${base()}/backlog/forecast?runs=10001`)).toMatchObject({ status: 422 });
});
