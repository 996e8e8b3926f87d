/** Early-life support over HTTP: a service is signed off, its figures are told by hand, by table and by signed message, and operations see what comes to them. */
import { createHash } from 'node:crypto';
import { tellCalendars } from '../../activities/tell-calendars';
import { verifyColumns, verifyRows } from '../../store/verify-rows';
import { PROCESSES } from '../../domain/processes';
import pino from 'pino';
import { createDeps } from '../../api/create-deps';
import { makeNextForecast } from '../../api/forecasts/keep';
import { sealDocuments } from '../../api/handover/keep-documents';
import { createReads } from '../../api/reads';
import { sign } from '../../api/handover/signature';
import { eventually } from '../support/engine';
import { startProduct, type Answer, type Product } from '../support/product';
import { putMidnight } from '../support/round-the-clock';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';

let product: Product;
let id: string;
/** A project that is over, with conditions that are not met. */
let ended: string;
const base = (): string => `/projects/${id}/phases/control/handover`;
const get = async (who: string, path: string) => (await product.call(who, 'GET', `${base()}${path}`)).body;
const post = (who: string, path: string, body: object = {}, key?: string) => product.call(who, 'POST', `${base()}${path}`, body, key === undefined ? {} : { key });
const named = (key: string) => ({ key, name: smallText(key) });
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels' }).format(Date.now());
const dayAfter = (date: string, days: number): string => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const figures = (more: object = {}) => ({ incidents: { p1: 0, p2: 1, p3: 2, p4: 3 }, serviceLevel: 99.5, defects: 4, calls: 12, ...more });

/** Without early-life support a service is transferred when it is signed off. */
const versionOf = (number: string, earlyLife?: object): string => smallVersion(number, ({ phases }) => {
  const control = phases.find(({ key }) => key === 'control');
  if (!control) throw new Error('the small template has another form');
  Object.assign(control, { kind: 'handover', handover: {
    delivering: ['engineer'], serviceOwner: 'sponsor', teams: [{ ...named('ops'), roles: ['security'] }],
    criteria: [{ ...named('accepted'), owner: 'engineer', dueDays: 5, evidence: [{ ...named('report'), type: 'text' }, { ...named('tried-on'), type: 'date', required: false }, { ...named('verdict'), type: 'choice', required: false, choices: [named('fit')] }] }],
    signOff: { steps: [{ ...named('owner'), roles: ['sponsor'], quorum: 'any' }] }, ...(earlyLife && { earlyLife }),
  } });
});

async function startProject(version: string): Promise<string> {
  const project = (await product.call('olga', 'POST', '/projects', { name: 'Over', template: 'small', version, roles: SMALL_ROLES })).body.id as string;
  await eventually(async () => (await product.call('mia', 'GET', `/projects/${project}/phases/control/handover`)).status === 200, 'the handover');
  return project;
}

/** Shows what is asked of a service, and has it signed off. */
async function signOff(service: string, vote: object = { outcome: 'approve' }): Promise<void> {
  expect((await post('eva', `/services/${service}/entries/accepted/meet`, { evidence: { 'report': 'Good.', 'tried-on': '2026-11-02', 'verdict': 'fit' } })).status).toBe(200);
  expect((await post('mia', `/services/${service}/sign-off`)).status).toBe(200);
  const approval = await eventually(async () => (await get('sam', `/services/${service}`)).signOff.approval as string | null, 'the sign-off');
  const digest = await eventually(async () => (await product.engine.database.pool.query<{ digest: string }>(`SELECT data->>'digest' AS digest FROM approvals WHERE id = $1`, [approval])).rows[0]?.digest, 'its approval');
  expect((await product.call('sam', 'POST', `/approvals/${encodeURIComponent(approval ?? '')}/decide`, { ...vote, digest })).status).toBe(200);
}

async function tell(url: string, secret: string, body: string, more: { readonly delivery?: string; readonly at?: number; readonly signature?: string } = {}): Promise<Answer> {
  const { delivery = 'd-1', at = Date.now() } = more;
  const timestamp = String(Math.floor(at / 1000));
  const signature = more.signature ?? sign(secret, { timestamp, delivery, body: Buffer.from(body) });
  const response = await fetch(`${product.url}${url}`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'sluis-timestamp': timestamp, 'sluis-delivery': delivery, 'sluis-signature': signature } });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

beforeAll(async () => {
  product = await startProduct();
  const earlyLife = { days: 10, count: 'calendar', extension: { days: 5 }, criteria: [
    { ...named('no-p1'), kind: 'figures', measure: 'incidents', priorities: ['p1'], over: 'each-day', limit: 0 }, { ...named('levels'), kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 },
  ] };
  for (const text of [versionOf('4.0.0', earlyLife), versionOf('4.1.0')]) expect((await product.call('olga', 'POST', '/templates', { text })).status).toBeLessThan(300);
  id = await startProject('4.0.0');
});
afterAll(async () => { await product.close(); });

test('before it is signed off there is no support; operations see that it comes and what is missing', async () => {
  expect((await post('mia', '/services', { services: [{ name: 'Mail', owner: 'sam' }, { name: 'DNS' }] })).body).toMatchObject({ services: ['service-1', 'service-2'] });
  expect(await product.call('sol', 'GET', `${base()}/services/service-1/support`)).toMatchObject({ status: 409, body: { code: 'early-life-closed' } });
  expect(await post('sol', '/figures', { entries: [{ service: 'service-1', date: today(), figures: figures() }] })).toMatchObject({ status: 409, body: { code: 'early-life-closed' } });
  const { items, nextCursor } = (await product.call('sol', 'GET', '/services?lang=nl')).body;
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ project: { key: id, name: 'Over' }, name: 'Mail', status: 'preparing', owner: { id: 'sam' }, teams: [{ key: 'ops', name: 'ops (nl)' }], missing: [{ key: 'accepted', name: 'accepted (nl)' }], missingCount: 1, support: null });
  expect(items[0].acceptBy).not.toBeNull();
  expect(items[0].forecast).toBeNull();
  expect(nextCursor).toBeNull();
  expect((await product.call('leo', 'GET', '/services')).body.items).toEqual([]);
  expect((await product.call('aude', 'GET', '/services?team=none')).body.items).toEqual([]);
  const first = (await product.call('aude', 'GET', '/services?limit=1')).body;
  const second = (await product.call('aude', 'GET', `/services?limit=1&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...second.items].map(({ service }: { service: string }) => service)).toEqual(items.map(({ service }: { service: string }) => service));
});

test('when services come is what the simulation of their project says, with the plan beside it; reading simulates nothing', async () => {
  const reads = createReads(product.engine.database);
  expect(await makeNextForecast({ reads })).toBe(true);
  expect(await makeNextForecast({ reads })).toBe(false);
  const [first] = (await product.call('sol', 'GET', '/services')).body.items;
  const span = { p50: expect.any(String), p80: expect.any(String) };
  expect(first).toMatchObject({ acceptBy: expect.any(String), transferBy: expect.any(String), forecast: { accept: span, transfer: span, madeAt: expect.any(String) } });
  expect(Date.parse(first.forecast.transfer.p50)).toBeGreaterThanOrEqual(Date.parse(first.transferBy));
  expect(Date.parse(first.forecast.transfer.p80)).toBeGreaterThanOrEqual(Date.parse(first.forecast.transfer.p50));
  // Whoever asks for the forecast of the project makes it anew for all.
  const { start } = (await product.call('mia', 'GET', `/projects/${id}/forecast?runs=100`)).body;
  expect((await product.call('sol', 'GET', '/services')).body.items[0].forecast.madeAt).toBe(start);
  const paged = (await product.call('aude', 'GET', '/services?limit=1')).body;
  expect((await product.call('aude', 'GET', `/services?limit=1&cursor=${paged.nextCursor}`)).body.items).toMatchObject([{ service: 'service-2' }]);
});

test('a service that is signed off is in support; figures are told by hand, once', async () => {
  await signOff('service-1');
  await eventually(async () => (await get('sam', '/services/service-1')).status === 'early-life', 'early-life support');

  const entries = [{ service: 'service-1', date: today(), figures: figures() }];
  expect((await post('sol', '/figures', { entries }, 'tell-1')).body).toMatchObject({ entries: [{ outcome: 'recorded', problem: null }], replayed: false });
  expect((await post('sol', '/figures', { entries }, 'tell-1')).body).toMatchObject({ entries: [{ outcome: 'recorded' }], replayed: true });
  expect((await post('eva', '/figures', { entries })).body).toMatchObject({ entries: [{ outcome: 'unchanged' }] });
  const others = [{ service: 'service-1', date: today(), figures: figures({ calls: 13 }) }];
  expect(await post('eva', '/figures', { entries: others })).toMatchObject({ status: 409, body: { code: 'figures-known', facts: { date: today(), person: 'sol' } } });
  expect((await post('eva', '/figures', { entries: [{ ...others[0], correction: true }] })).body).toMatchObject({ entries: [{ outcome: 'corrected' }] });
  expect(await post('sol', '/services/service-1/transfer')).toMatchObject({ status: 409, body: { code: 'early-life-not-over' } });
  expect(await post('eva', '/services/service-1/transfer')).toMatchObject({ status: 403 });
  expect(await post('sol', '/services/service-1/accept-unmet', { criteria: ['levels'], defect: 'd', plan: 'p', owner: 'engineer', dueDays: 5 })).toMatchObject({ status: 409, body: { code: 'early-life-not-over' } });
  expect(await post('sol', '/figures', { entries: [{ service: 'service-1', date: dayAfter(today(), 1), figures: figures() }] })).toMatchObject({ status: 422, body: { code: 'figures-invalid', errors: [{ pointer: '/date', code: 'future' }] } });
  expect(await post('sol', '/figures', { entries: [{ service: 'service-1', date: dayAfter(today(), -1), figures: figures() }] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/date', code: 'range' }] } });
  expect(await post('sol', '/figures', { entries: [{ service: 'service-1', date: today(), figures: figures(), timeZone: 'Asia/Tokyo' }] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/timeZone' }] } });
});

test('a table answers for each of its lines', async () => {
  const csv = ['service,date,p1,p2,p3,p4,service_level,defects,calls,correction', `service-1,${today()},1,0,0,0,97.5,1,2,yes`, `service-2,${today()},0,0,0,0,99,0,0,`, `service-1,2020-01-01,0,0,0,0,99,0,0,`].join('\n');
  expect((await post('sol', '/figures/import', { csv })).body.entries).toMatchObject([
    { service: 'service-1', outcome: 'corrected' }, { service: 'service-2', outcome: 'refused', problem: { code: 'early-life-closed' } }, { outcome: 'refused', problem: { code: 'figures-invalid', errors: [{ pointer: '/date', code: 'range' }] } },
  ]);
  const support = await get('sol', '/services/service-1/support');
  expect(support).toMatchObject({ from: today(), until: dayAfter(today(), 9), timeZone: 'Europe/Brussels', outcome: 'running', mayExtend: true, acceptanceDays: 20, criteria: [{ key: 'no-p1', name: 'no-p1 (en)', verdict: 'pending', limit: 0 }, { key: 'levels', verdict: 'pending' }] });
  expect(support.days).toHaveLength(10);
  expect(support.days[0]).toMatchObject({ expected: true, isOver: false, figures: { serviceLevel: 97.5, incidents: { p1: 1 } }, by: { id: 'sol' }, source: 'file', corrections: [{ by: { id: 'sol' }, figures: { calls: 12 } }, { by: { id: 'eva' }, figures: { calls: 13 } }] });
  const file = await fetch(`${product.url}/api/v1${base()}/services/service-1/figures.csv`, { headers: { authorization: `Bearer ${product.tokens.get('sol')}` } });
  expect(await file.text()).toContain(`service-1,${today()},1,0,0,0,97.5,1,2,,,,`);
});

test('who is there and whom to reach', async () => {
  expect((await post('mia', '/services/service-1/duty', { days: [{ date: today(), side: 'project', persons: ['eva'] }, { date: today(), side: 'operations', persons: ['sol'] }] })).status).toBe(200);
  expect(await post('mia', '/services/service-1/duty', { days: [{ date: today(), side: 'project', persons: ['leo'] }] })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/days/0/persons/0' }] } });
  expect((await post('sol', '/services/service-1/contacts', { contacts: [{ side: 'project', what: 'War room', who: 'Eva', how: '+32 2 555 01 23' }] })).status).toBe(200);
  expect(await get('sam', '/services/service-1/support')).toMatchObject({ duty: [{ date: today(), project: [{ id: 'eva', name: 'EVA' }], operations: [{ id: 'sol' }] }], contacts: [{ side: 'project', what: 'War room', how: '+32 2 555 01 23' }] });
});

test('a signed message tells figures once; a wrong one learns nothing', async () => {
  expect(await post('sol', '/webhooks', { name: 'Monitoring' })).toMatchObject({ status: 403 });
  const made = await post('mia', '/webhooks', { name: 'Monitoring' }, 'hook-1');
  expect(made.status).toBe(200);
  const { url, secret, id: webhook } = made.body;
  expect(secret).toMatch(/^whsec_[\w-]{43}$/);
  expect((await post('mia', '/webhooks', { name: 'Monitoring' }, 'hook-1')).body).toMatchObject({ id: webhook, secret: null });
  expect(JSON.stringify(await get('mia', '/webhooks'))).not.toContain(secret);

  const body = JSON.stringify({ entries: [{ service: 'service-1', date: today(), figures: figures({ serviceLevel: 99.9 }), correction: true }] });
  const told = await tell(url, secret, body);
  expect(told).toMatchObject({ status: 200, body: { entries: [{ outcome: 'corrected' }], replayed: false } });
  // It came again: nothing happens twice, and the answer is the same.
  expect(await tell(url, secret, body)).toMatchObject({ status: 200, body: { seq: told.body.seq, entries: [{ outcome: 'corrected' }], replayed: true } });
  expect(await tell(url, secret, body.replace('99.9', '99.8'))).toMatchObject({ status: 409, body: { code: 'idempotency-conflict' } });
  const wrong = await Promise.all([
    tell(url, 'whsec_other', body, { delivery: 'd-2' }), tell(url, secret, body, { delivery: 'd-2', at: Date.now() - 400_000 }), tell(url, secret, body, { delivery: 'd-2', signature: '' }), tell('/api/v1/webhooks/handover/wh-none', secret, body, { delivery: 'd-2' }),
  ]);
  const shown = wrong.map(({ status, body: { instance: _, ...rest } }) => ({ status, ...rest }));
  expect(shown.map(({ status, code }) => [status, code])).toEqual(shown.map(() => [401, 'signature-invalid']));
  expect(new Set(shown.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(await tell(url, secret, '{', { delivery: 'd-3' })).toMatchObject({ status: 400, body: { code: 'malformed-json' } });
  expect(await tell(url, secret, '{"entries":[]}', { delivery: 'd-4' })).toMatchObject({ status: 422 });
  expect((await tell(url, secret, ' '.repeat(300_000), { delivery: 'd-5' })).status).toBe(413);
  const support = await get('sol', '/services/service-1/support');
  expect(support.days[0]).toMatchObject({ figures: { serviceLevel: 99.9 }, by: null, source: 'webhook' });
  const rotated = (await post('mia', `/webhooks/${webhook}/rotate`, {}, 'turn-1')).body;
  expect(rotated).toMatchObject({ id: webhook, url, secret: expect.stringMatching(/^whsec_/) });
  expect((await post('mia', `/webhooks/${webhook}/rotate`, {}, 'turn-1')).body).toMatchObject({ id: webhook, secret: null });
  expect(await tell(url, secret, body, { delivery: 'd-7' })).toMatchObject({ status: 401 });
  expect(await tell(url, rotated.secret, body, { delivery: 'd-7' })).toMatchObject({ status: 200, body: { entries: [{ outcome: 'unchanged' }] } });
  expect(await post('sol', `/webhooks/${webhook}/rotate`)).toMatchObject({ status: 403 });
  expect((await post('mia', `/webhooks/${webhook}/revoke`)).status).toBe(204);
  expect(await post('mia', `/webhooks/${webhook}/rotate`)).toMatchObject({ status: 404, body: { code: 'unknown-webhook' } });
  expect(await tell(url, rotated.secret, body, { delivery: 'd-6' })).toMatchObject({ status: 401, body: { code: 'signature-invalid' } });
  expect(product.logged.join('\n')).not.toContain(secret);
});

test('operations see how support stands and what comes to them', async () => {
  const mail = (await product.call('sol', 'GET', '/services?status=early-life')).body.items;
  expect(mail).toMatchObject([{ service: 'service-1', status: 'early-life', support: { from: today(), outcome: 'running', daysMissing: 0, last: { date: today(), figures: { serviceLevel: 99.9 } }, criteria: [{ key: 'no-p1' }, { key: 'levels' }] } }]);
  const { weeks, teams } = (await product.call('sol', 'GET', '/services/workload?team=ops')).body;
  expect(weeks).toHaveLength(12);
  expect(weeks[0].inSupport).toBe(1);
  expect(weeks.reduce((sum: number, { transfers }: { transfers: number }) => sum + transfers, 0)).toBe(1);
  expect(teams).toEqual([{ key: 'ops', name: 'ops (en)' }]);
});

test('the document of a service that is transferred is kept, and its digest is in the record', async () => {
  const pdf = async (project: string, language: string): Promise<Buffer> => {
    const response = await fetch(`${product.url}/api/v1/projects/${project}/phases/control/handover/services/service-1/document.pdf?lang=${language}`, { headers: { authorization: `Bearer ${product.tokens.get('sam')}` } });
    expect(response.headers.get('content-type')).toBe('application/pdf');
    return Buffer.from(await response.arrayBuffer());
  };
  expect((await get('sam', '/services/service-1/document')).sealed).toEqual([]);
  expect((await pdf(id, 'nl')).subarray(0, 5).toString()).toBe('%PDF-');
  const before = id;
  id = await startProject('4.1.0');
  expect((await post('mia', '/services', { services: [{ name: 'Étoile' }] })).status).toBe(200);
  await signOff('service-1');
  await eventually(async () => (await get('sam', '/services/service-1')).status === 'transferred', 'the transfer');
  // Nobody took it over, and nobody has asked for its document yet: the API has it recorded by itself, once.
  const { engine } = product;
  const deps = createDeps(engine.commandClient, engine.database, pino({ level: 'silent' }), { taskQueue: engine.config.temporal.taskQueue, queue: engine.config.queue, files: engine.files, fileLimit: engine.config.files.limit });
  const { signal } = new AbortController();
  await eventually(() => sealDocuments(deps, signal), 'the document');
  await eventually(async () => (await product.log('sam', id)).some(({ type }) => type === 'document-sealed'), 'its digest in the record');
  expect(await sealDocuments(deps, signal)).toBe(false);
  expect((await product.call('mia', 'POST', `/projects/${id}/cancel`, { reason: 'Something else comes first' })).status).toBe(200);
  await eventually(async () => (await product.call('mia', 'GET', `/projects/${id}`)).body.status === 'cancelled', 'the end of the project');
  const files = await Promise.all(['nl', 'fr', 'en'].map((language) => pdf(id, language)));
  const { sealed, content } = await get('sam', '/services/service-1/document?lang=fr');
  expect(sealed.map(({ language, sha256 }: { language: string; sha256: string }) => [language, sha256])).toEqual(['nl', 'fr', 'en'].map((language, place) => [language, createHash('sha256').update(files[place] ?? '').digest('hex')]));
  const recorded = (await product.log('sam', id)).find(({ type }) => type === 'document-sealed');
  expect(recorded.event.documents).toEqual(sealed.map(({ language, sha256 }: { language: string; sha256: string }) => ({ language, sha256 })));
  expect(content).toMatchObject({ title: 'Transfert de «\u00a0Étoile\u00a0»', facts: expect.arrayContaining([{ term: 'Repris par', value: 'ops (fr)' }]) });
  expect(content.sections.map(({ title }: { title: string }) => title)).toEqual(['Critères d’acceptation', 'Signatures']);
  expect(content.sections[0].table.rows).toEqual([['accepted (fr)', 'rempli', 'EVA', expect.any(String), 'report (fr)\u00a0: Good.\ntried-on (fr)\u00a0: 2 novembre 2026\nverdict (fr)\u00a0: fit (fr)']]);
  expect(content.sections[1].table.rows).toEqual([['SAM', 'owner (fr)', 'signé', expect.any(String), '']]);
  expect((await get('sam', '/services/service-1')).status).toBe('transferred');
  id = before;
});

test('who leaves after the end of a project is followed there as well: nobody takes their place, the project office is told what is left to it', async () => {
  const { call } = product;
  const before = id;
  id = await startProject('4.1.0');
  expect((await post('mia', '/services', { services: [{ name: 'Print' }] })).status).toBe(200);
  await signOff('service-1', { outcome: 'approve-with-conditions', reason: 'Nearly', conditions: [{ defect: 'No spare', plan: 'Order it', owner: 'security', dueDays: 5 }, { defect: 'No alarm', plan: 'Order it', owner: 'engineer', dueDays: 5 }] });
  await eventually(async () => (await get('mia', '/services/service-1')).status === 'transferred', 'the transfer');
  expect((await call('mia', 'POST', `/projects/${id}/cancel`, { reason: 'Enough' })).status).toBe(200);
  await eventually(async () => (await get('mia', '')).isOutliving, 'what outlives the project');
  expect((await get('mia', '')).unmanned).toEqual([]);
  // Two are engineers: of them none is the last.
  const leaving = async (who: string) => (await call('olga', 'GET', `/people/${who}/leaving`)).body.outliving;
  expect(await leaving('eva')).toEqual([]);
  expect(await leaving('sol')).toEqual([{ project: id, name: 'Over', conditions: 1 }]);
  ended = id;
  id = before;
});

test('who loses a role, or leaves, is missed where they were needed; somebody else takes it from there', async () => {
  const { call } = product;
  const nobody = async () => (await get('mia', '')).unmanned;
  expect((await post('mia', '/services', { services: [{ name: 'Backup', owner: 'sam' }] })).status).toBe(200);
  expect((await post('eva', '/services/service-3/entries/accepted/meet', { evidence: { report: 'Good.' } })).status).toBe(200);
  expect((await post('mia', '/services/service-3/sign-off')).status).toBe(200);
  const approval = async () => (await get('mia', '/services/service-3')).signOff.approval as string | null;
  const waiting = async (of: string | null): Promise<string[] | undefined> => (of === null ? undefined : (await call('mia', 'GET', `/approvals/${encodeURIComponent(of)}`)).body.electorate?.flatMap(({ persons }: { persons: { id: string }[] }) => persons.map(({ id: person }) => person)));
  const first = await eventually(async () => (await approval()) ?? undefined, 'the sign-off');
  await eventually(async () => (await waiting(first))?.join() === 'sam', 'the owner to be asked');
  expect(await nobody()).toEqual([]);

  // The role goes to somebody else: the sign-off waits for nobody, and both sides are told.
  expect((await call('mia', 'PUT', `/projects/${id}/roles`, { roles: { sponsor: ['leo', 'eva'] } })).status).toBe(200);
  await eventually(async () => (await nobody()).length === 2, 'what nobody sees to');
  expect(await nobody()).toMatchObject(['service-1', 'service-3'].map((service) => ({ service, what: 'owner', of: null, role: { key: 'sponsor' }, person: { id: 'sam', name: 'SAM' } })));
  const told = async (who: string, kind: string) => (await call(who, 'GET', '/me/inbox?limit=200')).body.items.filter((each: { kind: string }) => each.kind === kind).length;
  await eventually(async () => await told('mia', 'owner-lost') === 2 && await told('leo', 'owner-lost') === 2 && await told('mia', 'approval-unreachable') > 0, 'who is told');
  expect(await waiting(first)).toEqual([]);
  expect((await post('sam', '/services/service-3/change', { owner: null })).status).toBe(404);
  expect((await post('leo', '/services/service-1/change', { owner: 'leo' })).status).toBe(200);
  expect((await post('leo', '/services/service-3/change', { owner: null })).status).toBe(200);
  // Eva hands over: she signs nothing, also as one of those who answer for services.
  const second = await eventually(async () => { const now = await approval(); return now !== first && now !== null && (await waiting(now))?.join() === 'leo' && now; }, 'the new owner to be asked');
  const decide = `/approvals/${encodeURIComponent(second)}/decide`;
  const { digest } = (await call('leo', 'GET', `/approvals/${encodeURIComponent(second)}`)).body;
  expect(await call('eva', 'POST', decide, { outcome: 'approve', digest })).toMatchObject({ status: 403, body: { code: 'not-in-electorate' } });
  expect(await post('eva', '/services/service-1/transfer')).toMatchObject({ status: 403, body: { code: 'separation-of-duties' } });
  expect((await call('leo', 'POST', decide, { outcome: 'approve-with-conditions', reason: 'Nearly', digest, conditions: [{ defect: 'No alarm', plan: 'Order it', owner: 'security', dueDays: 5 }] })).status).toBe(200);
  await eventually(async () => (await get('mia', '/services/service-3')).status === 'early-life', 'early-life support');

  // A criterion that comes after the signature: the sign-off falls, and is asked anew once it is met.
  expect((await post('mia', '/services/service-3/criteria', { title: 'Restored once', owner: 'engineer' })).status).toBe(200);
  expect(await get('mia', '/services/service-3')).toMatchObject({ status: 'early-life', signOff: { status: 'waiting', wanted: true, round: 2 }, missing: [{ key: 'own-1', name: 'Restored once' }] });
  expect(await post('leo', '/services/service-3/transfer')).toMatchObject({ status: 409, body: { code: 'service-not-signed' } });
  expect(await call('leo', 'POST', decide, { outcome: 'approve', digest })).toMatchObject({ status: 409, body: { code: 'approval-closed' } });
  expect((await post('eva', '/services/service-3/entries/own-1/meet', { evidence: { note: 'Done on Monday.' } })).status).toBe(200);
  await eventually(async () => { const { signOff: { status, round } } = await get('mia', '/services/service-3'); return status === 'open' && round === 3; }, 'the sign-off to be asked anew');

  // Somebody leaves: who takes their place is on duty from today on, and receives; a role that is left empty is named.
  expect((await post('mia', '/services/service-1/duty', { days: [{ date: dayAfter(today(), 3), side: 'operations', persons: ['sol'] }] })).status).toBe(200);
  expect(await call('olga', 'POST', '/people/sol/leave', { to: 'edo' })).toMatchObject({ status: 200, body: { outliving: [{ project: ended, conditions: 1 }], projects: expect.not.arrayContaining([expect.objectContaining({ project: ended })]) } });
  const duty = await eventually(async () => { const { duty: days } = await get('mia', '/services/service-1/support'); return days[1]?.operations[0]?.id === 'edo' && days; }, 'who is on duty');
  expect(duty).toMatchObject([{ date: today(), project: [{ id: 'eva' }], operations: [{ id: 'edo' }] }, { date: dayAfter(today(), 3), operations: [{ id: 'edo' }] }]);
  expect(await nobody()).toEqual([]);
  expect((await post('edo', '/figures', { entries: [{ service: 'service-3', date: today(), figures: figures() }] })).body).toMatchObject({ entries: [{ outcome: 'recorded' }] });
  expect((await call('mia', 'PUT', `/projects/${id}/roles`, { roles: { security: [], engineer: ['eva'], sponsor: ['leo'] } })).status).toBe(200);
  await eventually(async () => (await nobody()).length === 2, 'what nobody sees to');
  expect(await nobody()).toMatchObject([{ service: 'service-1', what: 'duty', of: { key: today() }, person: { id: 'edo' } }, { service: 'service-3', what: 'condition', of: { key: 'condition-2-1' }, role: { key: 'security' } }]);
  expect((await post('leo', '/services/service-3/conditions/condition-2-1/renew', { dueDays: 10, note: 'Whoever comes' })).status).toBe(200);

  // In the project that is over nobody took the place: that is named, and the project office sees to it.
  const over = `/projects/${ended}/phases/control/handover`;
  expect((await call('mia', 'GET', over)).body).toMatchObject({ isOutliving: true, unmanned: [{ service: 'service-1', what: 'condition', of: { key: 'condition-1-1' }, role: { key: 'security' } }] });
  expect(await call('edo', 'POST', `${over}/services/service-1/conditions/condition-1-1/renew`, { dueDays: 3, note: 'n' })).toMatchObject({ status: 403 });
  expect((await call('olga', 'POST', `${over}/services/service-1/conditions/condition-1-1/meet`, { note: 'Bought' })).status).toBe(200);
  await eventually(async () => (await call('mia', 'GET', over)).body.unmanned.length === 0, 'nothing to be left to nobody');
  expect((await post('mia', '/services/service-3/conditions/condition-2-1/meet', { note: 'It is there' })).status).toBe(200);
});

test('figures that come after the end of the next working day are taken, and marked as late', async () => {
  const { database, client } = product.engine;
  const { days: [first] } = await get('mia', '/services/service-1/support');
  expect(first).toMatchObject({ date: today(), late: false });
  // It is midnight soon, and the day that follows is worked for a second.
  await putMidnight(database, today(), 1_000, 1 / 60);
  await tellCalendars({ database, client, log: { info: () => undefined, warn: () => undefined, error: () => undefined } });
  let calls = 100;
  const late = await eventually(async () => {
    calls += 1;
    expect((await post('mia', '/figures', { entries: [{ service: 'service-1', date: first.date, figures: figures({ calls }), correction: true }] })).body).toMatchObject({ entries: [{ outcome: 'corrected' }] });
    const { days } = await get('mia', '/services/service-1/support');
    return days[0].late && days[0];
  }, 'figures that are late');
  expect(late).toMatchObject({ date: first.date, figures: { calls }, by: { id: 'mia' } });
});

test('what people read is what the log says', async () => {
  expect(await verifyRows(product.engine.database, PROCESSES as never)).toEqual([]);
  expect(await verifyColumns(product.engine.database.pool)).toEqual([]);
});
