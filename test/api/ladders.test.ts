/** Ladders of approvals over HTTP, with the real engine, in seconds: the rungs come by themselves. */
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { workRoundTheClock } from '../support/round-the-clock';
import { SMALL_ROLES, smallVersion } from '../support/template';

const SECOND = 1 / 3_600;
const approvalOf = { steps: [{ key: 'board', roles: ['sponsor'], quorum: 'all' }], dueDays: 3 };
const ladders: Readonly<Record<string, object>> = {
  '2.0.0': { ...approvalOf, ladder: [
    { hours: SECOND, do: 'remind' }, { hours: 2 * SECOND, do: 'add-approver', to: 'manager' }, { hours: 3 * SECOND, do: 'raise', to: 'program-manager' },
    { days: 2, do: 'decide', outcome: 'stop' },
  ] },
  '3.0.0': { ...approvalOf, ladder: [{ hours: SECOND, do: 'decide', outcome: 'approve' }] },
  '4.0.0': { ...approvalOf, ladder: [{ hours: 8 * SECOND, do: 'move-to-deputy', to: 'security' }] },
};

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  await workRoundTheClock(product.engine.database);
  for (const [version, approval] of Object.entries(ladders)) {
    const text = smallVersion(version, (template) => {
      template.phases = [{ ...template.phases[2]!, after: [], gate: { key: 'end', name: template.name, approval } }] as never;
    });
    const { status, body } = await product.call('olga', 'POST', '/templates', { text });
    expect([status, body.errors]).toEqual([201, undefined]);
  }
});
afterAll(async () => { await product.close(); });

/** Starts a project and does its one task. @returns id of the project and of the approval. */
async function ask(version: string, more: object = {}): Promise<{ project: string; approval: string }> {
  const { call } = product;
  const { status, body } = await call('olga', 'POST', '/projects', { name: 'Move the racks', template: 'small', version, roles: SMALL_ROLES, ...more });
  expect(status).toBe(201);
  await eventually(async () => (await call('eva', 'POST', `/projects/${body.id}/phases/close/tasks/archive/complete`, { evidence: {} })).status === 200, 'the task');
  return { project: body.id, approval: `project/${body.id}/phase/close/1/approval/end/1` };
}

const read = async (approval: string, who = 'mia') => (await product.call(who, 'GET', `/approvals/${encodeURIComponent(approval)}`)).body;
const decide = async (approval: string, who: string, outcome: string) =>
  product.call(who, 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { outcome, digest: (await read(approval)).digest, reason: 'It is good.' });
const waits = async (who: string, approval: string): Promise<boolean> =>
  (await product.call(who, 'GET', '/approvals?mine=true')).body.items.some(({ id }: { id: string }) => id === approval);
const noticesOf = async (who: string, project: string): Promise<string[]> =>
  (await product.call(who, 'GET', '/me/inbox')).body.items.filter((each: { project: string }) => each.project === project).map(({ kind }: { kind: string }) => kind);

test('approvers are reminded, others added, and then the program manager, who has no part in the project, decides', async () => {
  const { project, approval } = await ask('2.0.0');
  await eventually(async () => (await read(approval)).ladder?.reached.length === 3, 'three rungs');
  const { ladder, electorate, waitingFor, dueAt, byPolicy } = await read(approval);
  expect(ladder).toMatchObject({
    reached: [{ do: 'remind', to: null }, { do: 'add-approver', to: { key: 'manager', name: 'manager (en)' }, steps: [{ key: 'board' }] }, { do: 'raise', to: { key: 'program-manager', name: 'Program manager' } }],
    next: { do: 'decide', outcome: 'stop', to: null, provisional: false }, raisedTo: [{ key: 'program-manager' }],
  });
  // The only step of the gate has no name of its own.
  expect(electorate).toMatchObject([{ step: { key: 'board', name: 'small (en)' }, persons: [{ id: 'sam' }, { id: 'mia' }] }]);
  expect([waitingFor.length, typeof dueAt, byPolicy]).toEqual([2, 'string', false]);
  expect(await noticesOf('sam', project)).toEqual(expect.arrayContaining(['approval-open', 'approval-reminder']));
  expect(await noticesOf('mia', project)).toContain('approval-stand-in');
  expect(await noticesOf('pia', project)).toContain('approval-raised');
  expect([await waits('sam', approval), await waits('mia', approval), await waits('pia', approval), await waits('olga', approval)]).toEqual([true, true, true, false]);
  expect((await decide(approval, 'olga', 'approve')).body.code).toBe('not-in-electorate');
  expect((await decide(approval, 'pia', 'approve')).status).toBe(200);
  expect(await read(approval)).toMatchObject({ status: 'decided', outcome: 'approve', byPolicy: false, votes: [{ person: { id: 'pia' }, raisedTo: { key: 'program-manager' } }], ladder: { next: null, raisedTo: [] } });
  expect(await waits('pia', approval)).toBe(false);
});

test('in a program it is raised to whoever manages that, and to no other program manager', async () => {
  await product.call('olga', 'PUT', '/programs/move', { name: 'The move', managers: ['leo'] });
  const { project, approval } = await ask('2.0.0', { program: 'move' });
  await eventually(async () => (await read(approval)).ladder?.reached.length === 3, 'three rungs');
  await eventually(async () => (await noticesOf('leo', project)).includes('approval-raised'), 'the notice');
  expect(await noticesOf('pia', project)).not.toContain('approval-raised');
  expect([await waits('leo', approval), await waits('pia', approval)]).toEqual([true, false]);
  expect((await decide(approval, 'leo', 'approve')).status).toBe(200);
  expect(await read(approval)).toMatchObject({ status: 'decided', votes: [{ person: { id: 'leo' }, raisedTo: { key: 'program-manager' } }] });
});

test('the policy answers by itself when nobody does, and the project goes on; the record names nobody', async () => {
  const { project, approval } = await ask('3.0.0');
  await eventually(async () => (await product.call('mia', 'GET', `/projects/${project}`)).body.status === 'completed', 'the end');
  expect(await read(approval)).toMatchObject({ status: 'decided', outcome: 'approve', byPolicy: true, votes: [], ladder: { reached: [{ do: 'decide', outcome: 'approve', heldBack: null }] } });
  expect(await noticesOf('sam', project)).toContain('approval-by-policy');
  const decided = await eventually(async () => (await product.call('mia', 'GET', `/projects/${project}/events?limit=200`)).body.items.find((each: { type: string }) => each.type === 'approval-decided'), 'the event');
  expect(decided).toMatchObject({ by: { kind: 'system', source: 'timer' }, event: { byPolicy: true } });
});

test('a rung whose moment comes while no worker runs is reached once, when one does', async () => {
  const { approval } = await ask('4.0.0');
  await eventually(async () => (await read(approval)).status === 'open', 'the approval');
  await product.stopWorker();
  const { ladder } = await read(approval);
  await new Promise((resolve) => { setTimeout(resolve, Math.max(0, Date.parse(ladder.next.at) + 100 - Date.now())); });
  expect((await read(approval)).ladder.reached).toEqual([]);
  await product.engine.startWorker();
  await eventually(async () => (await read(approval)).ladder.reached.length > 0, 'the rung');
  expect(await read(approval)).toMatchObject({ electorate: [{ persons: [{ id: 'sol' }] }], waitingFor: [{ id: 'sol' }] });
  expect((await decide(approval, 'sam', 'approve')).body.code).toBe('not-in-electorate');
  expect((await decide(approval, 'sol', 'approve')).status).toBe(200);
  expect((await read(approval)).ladder.reached).toHaveLength(1);
});
