/** Changes of a running plan, over HTTP, with the real engine. */
import { randomUUID } from 'node:crypto';
import { startProduct, type Answer, type Product } from '../support/product';
import { smallText, smallVersion } from '../support/template';
import { eventually } from '../support/engine';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

type View = Answer['body'];
const ROLES = { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] };
const step = (key: string, roles: string[], quorum: string) => ({ key, name: smallText(key), roles, quorum });
const CONTROL = {
  tolerance: { days: 2, cost: 1000, tasks: 1 }, exceptionsTo: 'sponsor',
  levels: [
    { key: 'minor', name: smallText('minor'), upTo: { days: 5, cost: 5000 }, approval: { steps: [step('sponsor', ['sponsor'], 'any')], reasonRequired: [] } },
    { key: 'major', name: smallText('major'), approval: { steps: [step('both', ['sponsor', 'security'], 'all')], separationOfDuties: true } },
  ],
};

beforeAll(async () => {
  const text = (version: string) => smallVersion(version, (template) => { Object.assign(template, { changeControl: CONTROL }); });
  for (const version of ['1.1.0', '1.2.0']) expect((await product.call('olga', 'POST', '/templates', { text: text(version) })).status).toBe(201);
});

const start = async (version = '1.1.0'): Promise<string> => {
  const { status, body } = await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version, roles: ROLES });
  expect(status).toBe(201);
  await eventually(async () => (await read('mia', `/projects/${body.id}`)).phases?.[0]?.status === 'open', 'the first phase');
  return body.id;
};
const read = async (who: string, path: string): Promise<View> => (await product.call(who, 'GET', path)).body;
const firewall = (budget: number, phase = 'build') => ({
  op: 'add-task', phase, task: {
    key: 'firewall', title: 'Firewallregels openen', responsible: 'engineer', dueDays: 4, budget,
    evidence: [{ key: 'ticket', title: 'Ticketnummer', type: 'text' }],
  },
});
const ask = (project: string, operations: object[], who = 'eva', more: object = {}, key: string = randomUUID()) =>
  product.call(who, 'POST', `/projects/${project}/changes`, { title: 'Extra firewall', reason: 'De leverancier vraagt het.', operations, ...more }, { key });
const changes = async (project: string): Promise<View[]> => (await read('mia', `/projects/${project}/changes`)).items;
const waits = (project: string, who: string): Promise<View> => eventually(async () =>
  (await read(who, '/approvals')).items.find((each: View) => each.project === project && each.change !== null), 'the approval of a change');
const decide = (who: string, approval: View, outcome = 'approve') =>
  product.call(who, 'POST', `/approvals/${encodeURIComponent(approval.id)}/decide`, { outcome, digest: approval.digest, reason: 'Akkoord voor dit kwartaal.' });
const settled = (project: string, status: string): Promise<View> => eventually(async () => (await changes(project)).find((each) => each.status === status), `a change that is ${status}`);

test('a change is asked for, decided by its size, and in the running plan: named, filled in and done like everything else', async () => {
  const project = await start();
  const { body: preview } = await product.call('eva', 'POST', `/projects/${project}/changes/preview`, { operations: [firewall(20_000)] });
  expect(preview).toMatchObject({ decides: 'level', level: { key: 'major', name: 'major (en)' }, size: { cost: 20_000, tasks: 1 }, findings: [], difference: [{ kind: 'task', change: 'added', phase: { key: 'build' } }] });

  const key = randomUUID();
  expect((await ask(project, [firewall(20_000)], 'eva', { impact: { scope: 'Meer beveiliging' } }, key)).status).toBe(200);
  expect((await ask(project, [firewall(20_000)], 'eva', { impact: { scope: 'Meer beveiliging' } }, key)).body.replayed).toBe(true);
  const approval = await waits(project, 'sam');
  expect(approval).toMatchObject({ phase: null, gate: null, change: { title: 'Extra firewall' }, step: { key: 'both', name: 'both (en)' } });
  const shown = await read('sol', `/approvals/${encodeURIComponent(approval.id)}`);
  expect(shown).toMatchObject({
    evidenceIsCurrent: true, criteria: [], evidence: [],
    asked: { title: 'Extra firewall', reason: 'De leverancier vraagt het.', impact: { scope: 'Meer beveiliging' }, requestedBy: { id: 'eva' }, level: { key: 'major' }, status: 'open', digest: approval.digest },
  });
  const inbox: View[] = (await read('sam', '/me/inbox')).items;
  expect(inbox.find(({ kind, project: of }) => kind === 'approval-open' && of === project)?.text).toBe('Your decision is asked on “a change of the plan”.');
  expect((await decide('eva', approval)).body.code).toBe('not-in-electorate');
  expect((await decide('sam', approval)).status).toBe(200);
  expect((await decide('sol', { ...approval, digest: 'other' })).body.code).toBe('evidence-changed');
  expect((await decide('sol', approval)).status).toBe(200);
  const applied = await settled(project, 'applied');
  expect(applied).toMatchObject({ decision: null, round: 1, difference: [{ name: 'Firewallregels openen', fields: expect.arrayContaining([{ field: 'responsible', before: null, after: 'engineer (en)' }]) }] });

  // The drawing that the first phase asks for, then the new task of the second.
  const complete = (phase: string, task: string, evidence: object) => eventually(async () =>
    (await product.call('eva', 'POST', `/projects/${project}/phases/${phase}/tasks/${task}/complete`, { evidence })).status === 200, `${phase}/${task}`);
  await complete('design', 'draw', { drawing: { name: 'd.pdf', url: 'https://files.example/d.pdf' }, pages: 2, kind: 'final' });
  await complete('design', 'check', {});
  const gate = await eventually(async () => (await read('sam', '/approvals')).items.find((each: View) => each.project === project && each.gate === 'design-gate'), 'the gate');
  expect((await product.call('sam', 'POST', `/approvals/${encodeURIComponent(gate.id)}/decide`, { outcome: 'approve', digest: gate.digest })).status).toBe(200);
  const path = `/projects/${project}/phases/build/tasks/firewall`;
  await eventually(async () => (await read('eva', path)).status === 'ready', 'the new task');
  expect(await read('eva', path)).toMatchObject({ name: 'Firewallregels openen', budget: 20_000, fields: [{ key: 'ticket', name: 'Ticketnummer', type: 'text', required: true }] });
  expect((await read('eva', '/tasks')).items).toContainEqual(expect.objectContaining({ project, task: 'firewall', name: 'Firewallregels openen' }));
  expect((await product.call('eva', 'POST', `${path}/complete`, { evidence: {} })).body.code).toBe('evidence-invalid');
  await complete('build', 'firewall', { ticket: 'CHG-2041' });
  expect((await read('eva', path)).evidence).toEqual({ ticket: 'CHG-2041' });

  const comparison = await read('mia', `/projects/${project}/comparison`);
  expect(comparison).toMatchObject({ baselineChange: applied.id, currency: 'EUR', cost: { baseline: 20_000, plan: 20_000, actual: 0, atCompletion: 20_000 }, end: { forecast: null } });
  expect(comparison.tasks).toContainEqual(expect.objectContaining({ phase: 'build', task: 'firewall', name: 'Firewallregels openen', baseline: expect.objectContaining({}) }));
  const before = await read('mia', `/projects/${project}/comparison?asOf=${encodeURIComponent(applied.requestedAt)}&forecast=true`);
  expect(before).toMatchObject({ baselineChange: null, cost: { baseline: 0, plan: 0 }, end: { forecast: { p50: expect.any(String) } } });
  expect(before.tasks.some(({ task }: View) => task === 'firewall')).toBe(false);
});

test('what a change does to phases and gates is told by what people call them, before it is in the plan', async () => {
  const project = await start();
  const steps = (await read('mia', `/projects/${project}/plan`)).phases[0].gate;
  expect(steps.criteria.map(({ key, judged }: View) => [key, judged])).toEqual([['final-drawing', false], ['good', true]]);
  const gate = { key: 'lit-gate', title: 'Vezel getest', criteria: [{ key: 'lit', title: 'Licht gezien' }], steps: [{ key: 'both', roles: ['sponsor', 'security'], quorum: 'majority' }] };
  const task = { key: 'pull', title: 'Vezel trekken', responsible: 'engineer' };
  const operations = [{ op: 'add-phase', phase: { key: 'fibre', title: 'Vezel', after: ['design'], before: ['build'], tasks: [task], gate } }, { op: 'remove-gate', phase: 'build' }];
  const { body } = await product.call('mia', 'POST', `/projects/${project}/changes/preview`, { operations }, { headers: { 'Accept-Language': 'nl' } });
  const of = (kind: string, phase: string): View => body.difference.find((each: View) => each.kind === kind && each.phase.key === phase);
  expect(of('phase', 'fibre')).toMatchObject({ name: 'Vezel', change: 'added', fields: [{ field: 'after', after: 'design (nl)' }] });
  expect(of('phase', 'build').fields).toEqual([{ field: 'after', before: 'design (nl)', after: 'design (nl), Vezel' }]);
  expect(of('gate', 'fibre')).toMatchObject({ name: 'Vezel getest', fields: [{ field: 'criteria', after: 'Licht gezien' }, { field: 'approvers', after: 'sponsor (nl) + security (nl) (meerderheid)' }] });
  expect(of('task', 'fibre')).toMatchObject({ name: 'Vezel trekken' });
  expect(of('gate', 'build')).toMatchObject({ change: 'removed' });
  expect((await ask(project, operations)).status).toBe(200);
  expect((await changes(project))[0].difference.find((each: View) => each.kind === 'gate' && each.change === 'added').name).toBe('Vezel getest');
});

test('within the tolerance the manager plans anew at once; then the baseline stands beside the plan', async () => {
  const project = await start();
  expect((await product.call('mia', 'POST', `/projects/${project}/changes/preview`, { operations: [firewall(500)] })).body).toMatchObject({ decides: 'level' });
  const short = { ...firewall(500), task: { ...firewall(500).task, dueDays: 1 } };
  expect((await product.call('mia', 'POST', `/projects/${project}/changes/preview`, { operations: [short] })).body).toMatchObject({ decides: 'nobody', level: null });
  expect((await ask(project, [short], 'mia')).status).toBe(200);
  await settled(project, 'applied');
  expect(await read('mia', `/projects/${project}/comparison`)).toMatchObject({ baselineChange: null, cost: { baseline: 0, plan: 500 } });
  expect((await ask(project, [{ op: 'set-task', phase: 'build', task: 'firewall', set: { budget: 900 } }], 'mia')).status).toBe(200);
  await eventually(async () => (await read('mia', `/projects/${project}/comparison`)).cost.plan === 900, 'the second change');
});

test('what does not fit is refused with the path to it, and nothing happens', async () => {
  const project = await start();
  const answer = await ask(project, [firewall(1), { op: 'set-task', phase: 'build', task: 'none', set: { responsible: 'nobody' } }, { op: 'remove-task', phase: 'build', task: 'rack' }]);
  expect([answer.status, answer.body.code, answer.body.errors.map(({ pointer, code }: View) => `${code} ${pointer}`)])
    .toEqual([422, 'change-invalid', ['unknown /operations/1/task', 'needed /operations/2/task']]);
  expect((await ask(project, [{ op: 'explode', phase: 'build' }])).body.code).toBe('invalid-request');
  expect((await ask(project, [])).body.code).toBe('invalid-request');
  expect((await ask(project, [firewall(1)], 'edo')).body.code).toBe('unknown-project');
  expect(await changes(project)).toEqual([]);
  const without = await start('1.0.0');
  expect((await ask(without, [firewall(1)], 'mia')).body.code).toBe('change-control-missing');
});

test('a change can be withdrawn, and stays on record', async () => {
  const project = await start();
  await ask(project, [firewall(1)]);
  const approval = await waits(project, 'sam');
  const [open] = await changes(project);
  const withdraw = (who: string) => product.call(who, 'POST', `/projects/${project}/changes/${open.id}/withdraw`, {});
  expect((await withdraw('sol')).status).toBe(403);
  expect((await withdraw('eva')).status).toBe(200);
  await eventually(async () => (await read('mia', `/projects/${project}/changes/${open.id}`)).status === 'withdrawn', 'the change to be withdrawn');
  await eventually(async () => (await decide('sam', approval)).body.code === 'approval-closed', 'the approval to close');
  expect((await product.call('eva', 'GET', `/projects/${project}/changes/none`)).body.code).toBe('unknown-change');
});

test('money beyond the tolerance raises an exception by itself; who is to be told finds it in the inbox', async () => {
  const project = await start();
  const record = (cost: object, who = 'mia') => product.call(who, 'POST', `/projects/${project}/costs`, cost);
  expect((await record({ phase: 'build', actual: 900, note: 'Factuur 12' })).status).toBe(200);
  expect((await record({ phase: 'build', actual: -901 })).body).toMatchObject({ code: 'cost-invalid', errors: [{ pointer: '/actual' }] });
  expect((await record({ phase: 'build', actual: 1 }, 'eva')).status).toBe(403);
  expect((await record({ phase: 'build', toComplete: 101 })).status).toBe(200);
  const view = await eventually(async () => { const each = await read('mia', `/projects/${project}`); return each.exceptions.length > 0 && each; }, 'the exception');
  expect(view.exceptions).toEqual([{ kind: 'cost', phase: null, at: expect.any(String), expected: 1001, limit: 1000 }]);
  await eventually(async () => (await read('sam', '/me/inbox')).items.some((each: View) => each.kind === 'exception-raised'), 'the notice');
  await record({ phase: 'build', toComplete: 100 });
  await eventually(async () => (await read('mia', `/projects/${project}`)).exceptions.length === 0, 'the exception to be over');
});

test('a move to another version carries the changes of the plan along', async () => {
  const project = await start();
  const short = { ...firewall(500), task: { ...firewall(500).task, dueDays: 1 } };
  await ask(project, [short], 'mia');
  await settled(project, 'applied');
  const moved = await product.call('mia', 'POST', `/projects/${project}/migrations`, { version: '1.2.0' });
  expect(moved.body).toMatchObject({ outcome: 'migrated' });
  expect(await read('mia', `/projects/${project}/comparison`)).toMatchObject({ cost: { plan: 500, baseline: 0 } });
});
