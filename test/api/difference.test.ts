/** A vote carries the digest of what its voter saw: on outdated evidence it is refused, with what changed since. */
import { startProduct, type Product } from '../support/product';
import { eventually } from '../support/engine';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const ROLES = { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] };
const draw = { drawing: { name: 'drawing-1.pdf' }, pages: 4, kind: 'final', note: '<b>Eerste</b> versie' };

test('what the voters looked at changes: their votes fall, they are told, and see what is different', async () => {
  const project: string = (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '1.0.0', roles: ROLES })).body.id;
  const design = (key: string) => `/projects/${project}/phases/design/tasks/${key}`;
  await eventually(async () => (await product.call('eva', 'POST', `${design('draw')}/complete`, { evidence: draw })).status === 200, 'the drawing');
  await product.call('eva', 'POST', `${design('check')}/complete`, {});
  const gateOf = async (phase: string) => (await product.call('mia', 'GET', `/projects/${project}`)).body.phases.find((each: { phase: string }) => each.phase === phase).gate;
  await eventually(async () => (await gateOf('design')).approval !== null, 'the first approval');
  const first = await gateOf('design');
  const address = `/approvals/${encodeURIComponent(first.approval)}`;
  await eventually(async () => (await product.call('sol', 'GET', address)).status === 200, 'the approval to be read');
  expect((await product.call('sol', 'GET', `${address}/difference`)).body).toMatchObject({ known: true, changes: [] });

  expect((await product.call('eva', 'POST', `${design('draw')}/reopen`, { reason: 'One page is missing.' })).status).toBe(200);
  await eventually(async () => (await product.call('eva', 'POST', `${design('draw')}/complete`, { evidence: { ...draw, pages: 5, note: 'Tweede versie', drawing: { name: 'drawing-2.pdf' } } })).status === 200, 'the second drawing');
  await eventually(async () => { const { approval } = await gateOf('design'); return approval !== null && approval !== first.approval; }, 'the second approval');
  const second = await gateOf('design');

  const closed = await product.call('sam', 'POST', `${address}/decide`, { outcome: 'approve', digest: first.digest });
  expect(closed.body).toMatchObject({ status: 409, code: 'approval-closed', difference: { from: first.digest, known: true } });
  const late = await product.call('sam', 'POST', `/approvals/${encodeURIComponent(second.approval)}/decide`, { outcome: 'approve', digest: first.digest }, { headers: { 'Accept-Language': 'nl' } });
  expect(late.body).toMatchObject({ status: 409, code: 'evidence-changed', facts: { digest: second.digest } });
  const changes = late.body.difference.changes.map(({ kind, task: of, field, before, after }: { kind: string; task: { name: string }; field: { key: string } | null; before: unknown; after: unknown }) =>
    [kind, of.name, field?.key, before, after]);
  expect(changes).toEqual([
    ['evidence', 'draw (nl)', 'drawing', { name: 'drawing-1.pdf' }, { name: 'drawing-2.pdf' }],
    ['evidence', 'draw (nl)', 'pages', 4, 5], ['evidence', 'draw (nl)', 'note', '<b>Eerste</b> versie', 'Tweede versie'],
  ]);
  expect((await product.call('sam', 'GET', `/approvals/${encodeURIComponent(second.approval)}/difference?from=nothing`)).body).toMatchObject({ known: false, changes: [] });
  expect((await product.call('leo', 'GET', `${address}/difference`)).body.code).toBe('unknown-approval');
  expect((await product.call('sam', 'POST', `/approvals/${encodeURIComponent(second.approval)}/decide`, { outcome: 'approve', digest: second.digest })).status).toBe(200);
});

test('who had voted is told that they are asked anew', async () => {
  const project: string = (await product.call('olga', 'POST', '/projects', { name: 'Move again', template: 'small', version: '1.0.0', roles: ROLES })).body.id;
  const path = (phase: string, key: string) => `/projects/${project}/phases/${phase}/tasks/${key}`;
  const complete = (phase: string, key: string, evidence = {}) =>
    eventually(async () => (await product.call('eva', 'POST', `${path(phase, key)}/complete`, { evidence })).status === 200, key);
  const gateOf = async (phase: string) => (await product.call('mia', 'GET', `/projects/${project}`)).body.phases.find((each: { phase: string }) => each.phase === phase).gate;
  const approve = async (phase: string, who: string) => {
    await eventually(async () => (await gateOf(phase)).approval !== null, `the gate of ${phase}`);
    const { approval, digest } = await gateOf(phase);
    expect((await product.call(who, 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { outcome: 'approve', digest })).status).toBe(200);
  };
  await complete('design', 'draw', draw);
  await complete('design', 'check');
  await approve('design', 'sam');
  await complete('build', 'rack');
  await complete('build', 'cable');
  await approve('build', 'sol');
  expect((await product.call('eva', 'POST', `${path('build', 'cable')}/reopen`, { reason: 'Loose' })).status).toBe(200);
  await eventually(async () => (await product.call('sol', 'GET', '/me/inbox')).body.items.some(({ kind, about }: { kind: string; about: { project: string } }) => kind === 'approval-asked-anew' && about.project === project), 'the notice');
  const sam = (await product.call('sam', 'GET', '/me/inbox')).body.items.filter(({ kind }: { kind: string }) => kind === 'approval-asked-anew');
  expect(sam).toEqual([]);
});
