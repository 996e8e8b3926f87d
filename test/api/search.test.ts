import { startProduct, type Product } from '../support/product';
import { eventually } from '../support/engine';

let product: Product;
let project: string;
beforeAll(async () => {
  product = await startProduct();
  project = await product.startProject('Verhuizing van de loonservers naar Mechelen');
  const path = `/projects/${project}/phases/design/tasks/draw`;
  await eventually(async () => (await product.call('eva', 'POST', `${path}/comments`, { text: 'Les armoires électriques sont arrivées à Gand–Sud, voir <patchkast zes>.' })).status === 200, 'the comment');
  const file = await fetch(`${product.url}/api/v1/projects/${project}/files?name=meetrapport-zaal-3.txt`, { method: 'POST', headers: { 'Authorization': `Bearer ${product.tokens.get('eva')}`, 'Content-Type': 'text/plain', 'Idempotency-Key': 'f' }, body: 'gemeten' });
  expect(file.status).toBe(201);
  await product.call('eva', 'POST', `${path}/complete`, { evidence: { drawing: { name: 'Floor plan of hall three' }, pages: 3, kind: 'final', note: 'The cooling units were delivered <b>late</b>' } });
  await product.call('eva', 'POST', `/projects/${project}/phases/design/tasks/check/complete`, { evidence: {} });
  const approval = await eventually(async () => (await product.call('sam', 'GET', '/approvals?mine=true')).body.items[0], 'the approval');
  await product.call('sam', 'POST', `/approvals/${encodeURIComponent(approval.id)}/decide`, { outcome: 'approve', digest: approval.digest, reason: 'De vloer draagt de racks zonder versterking.' });
  await product.log('olga', project);
});
afterAll(() => product.close());

const find = async (person: string, q: string, more = '') => (await product.call(person, 'GET', `/search?q=${encodeURIComponent(q)}${more}`)).body.items;

test.each([
  ['a project by the beginning of a word of its name', 'loonser', 'project', { title: 'Verhuizing van de loonservers naar Mechelen' }],
  ['a project by another form of a Dutch word', 'verhuizingen', 'project', {}],
  ['a comment in French, by another form of the word', 'armoire électrique', 'task', { phase: 'design', task: 'draw' }],
  ['evidence in English, by another form of the word', 'delivering', 'evidence', { task: 'draw' }],
  ['a document by its name', 'floor plan', 'evidence', { task: 'draw' }],
  ['a file by its name', 'meetrapport', 'evidence', { title: 'meetrapport-zaal-3.txt' }],
  ['the reason of a decision', 'versterking', 'decision', { title: 'design-gate (en)' }],
  ['a task by its name in another language', 'draw (nl)', 'task', { task: 'draw', title: 'draw (en)' }],
  ['words that another dash joins', 'Gand-Sud', 'task', { task: 'draw' }],
  ['words between angle brackets', 'patchkast', 'task', { task: 'draw' }],
  ['words asked for between angle brackets', '<patchkast>', 'task', { task: 'draw' }],
  ['the beginning of a word asked for between them', '<patchk>', 'task', { task: 'draw' }],
  ['a person', 'EVA', 'person', { person: 'eva' }],
])('%s', async (_, q, kind, expected) => {
  const hits = await find('olga', q, `&kind=${kind}`);
  expect(hits[0]).toMatchObject({ kind, ...expected });
});

test('a snippet is plain text in pieces, with what was found marked', async () => {
  const [hit] = await find('olga', 'delivered', '&kind=evidence');
  expect(hit.snippet.find(({ hit: is }: { hit: boolean }) => is)).toEqual({ text: 'delivered', hit: true });
  expect(hit.snippet.map(({ text }: { text: string }) => text).join('')).toBe('The cooling units were delivered <b>late</b>');
});

test('a phrase, and what is not meant', async () => {
  expect(await find('olga', '"cooling units"', '&kind=evidence')).toHaveLength(1);
  expect(await find('olga', '"units cooling"', '&kind=evidence')).toHaveLength(0);
  // Its end does not go on at its beginning.
  expect(await find('olga', '"late the cooling"', '&kind=evidence')).toHaveLength(0);
  expect(await find('olga', 'cooling -delivered', '&kind=evidence')).toHaveLength(0);
});

test('what somebody may not see is not found', async () => {
  expect(await find('leo', 'loonservers')).toEqual([]);
  expect(await find('leo', 'draw')).toEqual([]);
  expect((await find('eva', 'loonservers'))[0]).toMatchObject({ project });
});

test('an erased text is not found', async () => {
  const path = `/projects/${project}/phases/design/tasks/draw/comments`;
  const [comment] = (await product.call('eva', 'GET', path)).body.items;
  await product.call('eva', 'POST', `${path}/${comment.id}/erase`, {});
  expect(await find('olga', 'armoires')).toEqual([]);
});

test.each(['', '!!! &&& |', '"', '   '])('a question without a word (%j) is refused', async (q) => {
  expect((await product.call('olga', 'GET', `/search?q=${encodeURIComponent(q)}`)).body).toMatchObject({ status: 422, code: 'invalid-request' });
});

test.each([['ten thousand characters', 'x'.repeat(10_000)], ['signs of queries', "a' & b:* | !c <-> ("], ['another script', 'مرحبا بالعالم']])('%s are a question like any other', async (_, q) => {
  expect((await product.call('olga', 'GET', `/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
});
