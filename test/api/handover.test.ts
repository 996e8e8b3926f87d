/** Services that are handed over, over HTTP and from the command line: from the first to one that is transferred under a condition. */
import { PROCESSES } from '../../domain/processes';
import { verifyColumns, verifyRows } from '../../store/verify-rows';
import { type CliBed, startCliBed } from '../support/cli';
import { eventually } from '../support/engine';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';

let bed: CliBed;
let id: string;
let phase: string;
const call = (who: string, method: string, path: string, body?: object) => bed.product.call(who, method, `/projects/${id}/phases/control/handover${path}`, body);
const get = async (path = '') => (await call('eva', 'GET', path)).body;
const post = (who: string, path: string, body: object = {}) => call(who, 'POST', path, body);
const of = (path: string): string => `/services/service-1${path}`;
const named = (key: string) => ({ key, name: smallText(key) });

beforeAll(async () => {
  bed = await startCliBed();
  const version = smallVersion('4.0.0', (template) => {
    Object.assign(template, { inventory: [{ kind: 'server', name: smallText('server') }] });
    Object.assign(template.phases.find(({ key }) => key === 'control') ?? {}, {
      kind: 'handover', gate: {
        ...named('handed-over'), criteria: [{ ...named('services'), kind: 'handover' }], approval: { steps: [{ ...named('board'), roles: ['board'], quorum: 'any' }] },
      },
      handover: {
        delivering: ['manager', 'engineer'], serviceOwner: 'sponsor', teams: [{ ...named('operations'), roles: ['security'] }],
        criteria: [{ ...named('tried-out'), owner: 'engineer', dueDays: 5, evidence: [{ ...named('report'), type: 'document' }, { ...named('page'), type: 'link', required: false }] }],
        readiness: [
          { ...named('monitoring'), area: 'monitoring', owner: 'engineer', evidence: [{ ...named('alarms'), type: 'number', min: 1 }] },
          { ...named('licences'), area: 'contracts', owner: 'engineer', evidence: [{ ...named('number'), type: 'number' }] },
        ],
        knowledge: [named('daily-work')],
        signOff: { steps: [{ ...named('owner'), roles: ['sponsor'], quorum: 'any' }, { ...named('operations-step'), roles: ['security'], quorum: 'any' }], order: 'parallel' },
      },
    });
  });
  const published = await bed.product.call('olga', 'POST', '/templates', { text: version });
  expect(published.body).toMatchObject({ version: '4.0.0' });
  id = (await bed.product.call('olga', 'POST', '/projects', {
    name: 'Backup', template: 'small', version: '4.0.0', roles: SMALL_ROLES, inventory: [{ kind: 'server', id: 'srv-1', name: 'Server 1' }],
  })).body.id;
  phase = `${id}/control`;
  await eventually(async () => (await call('eva', 'GET', '')).status === 200, 'the handover');
});
afterAll(() => bed.close());

test('services come from the inventory or by hand, with what the template asks of each', async () => {
  expect(await post('mia', '/services', { services: [{ name: 'x', item: 'srv-9' }] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/services/0/item' }] } });
  expect(await post('mia', '/services', { services: [{ name: 'x', owner: 'eva' }] })).toMatchObject({ status: 422, body: { code: 'service-invalid', errors: [{ pointer: '/services/0/owner' }] } });
  expect(await post('sol', '/services', { services: [{ name: 'x' }] })).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
  expect(await post('mia', '/services', { services: [{ name: 'Back-up of files', item: 'srv-1', owner: 'sam', levels: [{ name: 'Availability', target: 99.5, unit: 'percent' }] }] })).toMatchObject({ status: 200, body: { services: ['service-1'] } });
  expect((await bed.sluis('mia', 'handover', 'add', phase, 'Restore', '--level', 'Hours=4 hours')).out).toBe(`added  ${phase}/service-2\n`);
  expect((await bed.sluis('mia', 'handover', 'withdraw', `${phase}/service-2`, '--reason', 'Part of the other')).code).toBe(0);
  const handover = await get('?lang=nl');
  expect(handover).toMatchObject({ isOpen: true, reached: 'none', serviceOwner: { key: 'sponsor' }, teams: [{ key: 'operations', name: 'operations (nl)' }], delivering: [{ key: 'manager' }, { key: 'engineer' }] });
  expect(handover.services).toMatchObject([
    { service: 'service-1', name: 'Back-up of files', item: { key: 'srv-1', name: 'Server 1' }, owner: { id: 'sam' }, status: 'preparing', levels: [{ name: 'Availability', target: 99.5 }], met: 0, asked: 3,
      missing: [{ key: 'tried-out', name: 'tried-out (nl)' }, { key: 'monitoring' }, { key: 'licences' }, { key: 'session-1', name: 'daily-work (nl)' }] },
    { service: 'service-2', status: 'withdrawn' },
  ]);
  expect(await call('leo', 'GET', '')).toMatchObject({ status: 404, body: { code: 'unknown-project' } });
  expect(await bed.product.call('eva', 'GET', `/projects/${id}/phases/design/handover`)).toMatchObject({ status: 404, body: { code: 'unknown-handover' } });
});

test('what it needs is met with evidence, or does not apply as who receives it accepts', async () => {
  expect(await post('mia', of('/sign-off'))).toMatchObject({ status: 409, body: { code: 'service-not-ready', facts: { missing: ['tried-out', 'monitoring', 'licences', 'session-1'] } } });
  expect(await post('eva', of('/entries/tried-out/meet'), { evidence: { report: { name: 'Report', sha256: 'a'.repeat(64) }, page: 'nowhere' } }))
    .toMatchObject({ status: 422, body: { code: 'evidence-invalid', errors: [{ pointer: '/evidence/page' }, { pointer: '/evidence/report/sha256', code: 'no-file' }] } });
  expect((await bed.sluis('eva', 'handover', 'meet', `${phase}/service-1`, 'tried-out', '--evidence', 'report=Report <https://docs.example.org/7>')).out).toBe(`met  ${phase}/service-1\n`);
  expect((await bed.sluis('eva', 'handover', 'meet', `${phase}/service-1`, 'monitoring', '--evidence', 'alarms=3')).code).toBe(0);
  expect((await bed.sluis('eva', 'handover', 'waive', `${phase}/service-1`, 'licences', '--reason', 'Open source')).code).toBe(0);
  expect(await post('eva', of('/entries/licences/waiver/answer'), { accept: true })).toMatchObject({ status: 403 });
  expect((await bed.sluis('sol', 'handover', 'accept-waiver', `${phase}/service-1`, 'licences')).code).toBe(0);
  expect((await get(of(''))).entries).toMatchObject([
    { key: 'tried-out', kind: 'criterion', status: 'met', by: { id: 'eva', name: 'EVA' }, evidence: { report: { name: 'Report', url: 'https://docs.example.org/7' } }, fields: [{ key: 'report', name: 'report (en)' }, { key: 'page' }], dueAt: expect.any(String) },
    { key: 'monitoring', kind: 'readiness', area: 'monitoring', status: 'met' }, { key: 'licences', status: 'waived', reason: 'Open source', waivedBy: { id: 'sol' } },
  ]);
});

test('knowledge is passed on until who receives it is content, and articles are found by searching', async () => {
  expect(await post('eva', of('/sessions/session-1/hold'), { heldAt: new Date().toISOString(), attended: ['nobody'] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/attended/0' }] } });
  expect((await bed.sluis('eva', 'handover', 'hold-session', `${phase}/service-1`, 'session-1', 'sol')).code).toBe(0);
  expect((await bed.sluis('sol', 'handover', 'session-missing', `${phase}/service-1`, 'session-1', 'How to restore one mailbox')).code).toBe(0);
  expect((await post('eva', of('/sessions/session-2/hold'), { heldAt: new Date().toISOString(), attended: ['sol'], material: [{ name: 'Slides', url: 'https://docs.example.org/8' }] })).status).toBe(200);
  expect((await post('sol', of('/sessions/session-2/confirm'))).status).toBe(200);
  expect((await get(of(''))).sessions).toMatchObject([
    { key: 'session-1', name: 'daily-work (en)', status: 'incomplete', missing: 'How to restore one mailbox', attended: [{ id: 'sol' }] },
    { key: 'session-2', status: 'confirmed', follows: 'session-1', wanted: 'How to restore one mailbox', material: [{ name: 'Slides' }], answeredBy: { id: 'sol' } },
  ]);
  expect((await post('eva', of('/articles'), { title: 'Zebrastripe after a power cut', text: 'Start the library first, then the quokka service.' })).status).toBe(200);
  const search = async (who: string, words: string) => (await bed.product.call(who, 'GET', `/search?q=${words}`)).body.items;
  expect(await search('sol', 'quokka')).toMatchObject([{ kind: 'article', title: 'Zebrastripe after a power cut', service: 'service-1', phase: 'control', project: id }]);
  expect((await search('sol', 'files')).map(({ kind, title }: { kind: string; title: string }) => [kind, title])).toContainEqual(['service', 'Back-up of files']);
  expect(await search('leo', 'quokka')).toEqual([]);
  expect((await post('sol', of('/articles/article-1/drop'))).status).toBe(200);
  expect(await search('sol', 'quokka')).toEqual([]);
});

test('it is signed off on what stands there; who voted on something else is told what is different', async () => {
  expect((await bed.sluis('mia', 'handover', 'sign-off', `${phase}/service-1`)).code).toBe(0);
  const approvalOf = async (round: number): Promise<string> => eventually(async () => {
    const { signOff } = await get(of(''));
    const open = signOff.round === round && (signOff.approval as string | null);
    return open && (await bed.product.call('sam', 'GET', `/approvals/${encodeURIComponent(open)}`)).status === 200 ? open : undefined;
  }, `the sign-off ${round}`);
  const first = await approvalOf(1);
  const shown = (await bed.product.call('sam', 'GET', `/approvals/${encodeURIComponent(first)}`)).body;
  expect(shown).toMatchObject({
    gate: null, gateName: 'the sign-off of the service Back-up of files', service: { key: 'service-1', name: 'Back-up of files' }, evidenceIsCurrent: true, handedOver: { service: 'service-1' },
    criteria: [{ key: 'tried-out', met: true }, { key: 'monitoring', met: true }, { key: 'licences', met: true }], electorate: [{ step: { key: 'owner', name: 'owner (en)' }, persons: [{ id: 'sam' }] }, { step: { key: 'operations-step' } }],
  });
  expect((await bed.product.call('sam', 'GET', '/approvals?mine=true')).body.items).toMatchObject([{ id: first, service: { key: 'service-1' } }]);
  const decide = (who: string, approval: string, digest: string, body: object) => bed.product.call(who, 'POST', `/approvals/${encodeURIComponent(approval)}/decide`, { digest, ...body });
  expect(await decide('eva', first, shown.digest, { outcome: 'approve' })).toMatchObject({ status: 403, body: { code: 'not-in-electorate' } });
  expect((await decide('sam', first, shown.digest, { outcome: 'approve' })).status).toBe(200);
  expect((await post('eva', of('/entries/monitoring/meet'), { evidence: { alarms: 7 } })).status).toBe(200);
  const second = await approvalOf(2);
  const refused = await decide('sol', second, shown.digest, { outcome: 'approve' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'evidence-changed', difference: { changes: [{ kind: 'evidence', task: { key: 'monitoring', name: 'monitoring (en)' }, field: { key: 'alarms' }, before: 3, after: 7 }] } } });
  const { digest } = (await bed.product.call('sol', 'GET', `/approvals/${encodeURIComponent(second)}`)).body;
  expect((await decide('sol', second, digest, { outcome: 'rework', reason: 'The alarm goes to nobody', rework: ['monitoring'] })).status).toBe(200);
  await eventually(async () => (await get(of(''))).signOff.status === 'refused', 'the refusal');
  expect(await get(of(''))).toMatchObject({ signOff: { reason: 'The alarm goes to nobody', missing: [{ key: 'monitoring' }] }, missing: [{ key: 'monitoring', name: 'monitoring (en)' }] });
  expect((await post('eva', of('/entries/monitoring/meet'), { evidence: { alarms: 9 } })).status).toBe(200);
  const third = await approvalOf(3);
  const last = (await bed.product.call('sol', 'GET', `/approvals/${encodeURIComponent(third)}`)).body.digest;
  const conditions = [{ defect: 'No alarm at night', plan: 'Standby from March', owner: 'engineer', dueDays: 10 }];
  expect((await decide('sol', third, last, { outcome: 'approve-with-conditions', reason: 'Nearly', conditions })).status).toBe(200);
  expect((await decide('sam', third, last, { outcome: 'approve' })).status).toBe(200);
  await eventually(async () => (await get()).reached === 'transferred', 'the transfer');
});

test('the gate finds it transferred; its condition stays until it is met', async () => {
  const met = async () => (await bed.product.call('eva', 'GET', `/projects/${id}`)).body.phases.find(({ phase: key }: { phase: string }) => key === 'control').gate.criteria[0].met;
  await eventually(async () => await met() === true, 'the criterion');
  const show = (await bed.sluis('sol', 'handover', 'service', `${phase}/service-1`)).out;
  expect(show).toMatch(/Back-up of files +transferred, sign-off signed-with-conditions, owner SAM/);
  expect(show).toMatch(/condition-3-1 +open, until .*: No alarm at night/);
  expect((await bed.sluis('sol', 'handover', 'renew-condition', `${phase}/service-1`, 'condition-3-1', '--days', '5', '--note', 'The supplier is late')).code).toBe(0);
  expect((await bed.sluis('eva', 'handover', 'meet-condition', `${phase}/service-1`, 'condition-3-1', '--note', 'Standby runs')).code).toBe(0);
  expect((await get(of(''))).conditions).toMatchObject([{ status: 'met', renewed: 1, note: 'Standby runs', by: { id: 'eva' } }]);
  expect((await bed.sluis('sol', 'handover', 'show', phase)).out).toMatch(/service-1 +Back-up of files +transferred +signed-with-conditions +3\/3 +0\n/);
  const inbox = (await bed.product.call('mia', 'GET', '/me/inbox?limit=200')).body.items.map(({ text }: { text: string }) => text);
  expect(inbox).toContain('The service “Back-up of files” has been transferred.');
  const { database } = bed.product.engine;
  expect(await verifyRows(database, PROCESSES as never)).toEqual([]);
  expect(await verifyColumns(database.pool)).toEqual([]);
});
