/**
 * The shipped transition to operations through the real engine, over HTTP, to its end where it does not go straight: early-life support of one service is
 * lengthened, a condition of another expires, a third is handed back. Days pass by the calendar, see `putMidnight`.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { tellCalendars } from '../../activities/tell-calendars';
import { PROCESSES } from '../../domain/processes';
import { publishTemplate } from '../../store/templates';
import { verifyLog } from '../../store/verify';
import { type CliBed, startCliBed } from '../support/cli';
import { eventually } from '../support/engine';
import { driveLifecycle, type Driving, entryEvidence, loadLifecycle, startLifecycle } from '../support/lifecycles';
import { putMidnight } from '../support/round-the-clock';

const lifecycle = loadLifecycle('transition-to-operations', { 'early-life-support-days': 1, 'early-life-extension-days': 5 });
const LENGTHENED = '/services/service-1';
const CONDITIONAL = '/services/service-2';
const BACK = '/services/service-3';
const ALL = [LENGTHENED, CONDITIONAL, BACK];
const services = ['Files', 'Mail', 'Directory'];
/** All that is handed over and whose sign-off is asked for, once. */
const worked = new Set<string>();

let bed: CliBed;
let id: string;
/** By the calendar, when the test began: the clock may pass midnight. */
let today: number;

const dayOf = (days: number): string => new Date(today + days * 86_400_000).toISOString().slice(0, 10);
const base = (): string => `/projects/${id}/phases/handover/handover`;
const get = async (path: string) => (await bed.product.call('sam', 'GET', `${base()}${path}`)).body;
async function post(who: string, path: string, body: object = {}): Promise<void> {
  const answer = await bed.product.call(who, 'POST', `${base()}${path}`, body);
  expect({ path, status: answer.status, body: answer.status === 200 ? null : answer.body }).toEqual({ path, status: 200, body: null });
}
const phaseIs = async (phase: string, status: string): Promise<boolean> =>
  (await bed.product.call('olga', 'GET', `/projects/${id}`)).body.phases.some((each: { phase: string; status: string }) => each.phase === phase && each.status === status);
const drive = (more: Driving = {}) => driveLifecycle(bed.product, id, lifecycle, { services, unsigned: true, worked, ...more });
const statusIs = (service: string, status: string) => eventually(async () => (await get(service)).status === status, `${service}: ${status}`);

/** Everybody signs until it is signed. */
async function sign(service: string, round: number, first: object = { outcome: 'approve' }): Promise<void> {
  const approval = await eventually(async () => {
    const { signOff } = await get(service);
    return signOff.round === round && ((signOff.approval as string | null) ?? undefined);
  }, `sign-off ${round} of ${service}`);
  const path = `/approvals/${encodeURIComponent(approval)}`;
  const { digest } = await eventually(async () => { const found = await bed.product.call('sam', 'GET', path); return found.status === 200 && found.body as { digest: string }; }, 'the approval');
  for (const [who, body] of [['sam', first], ['sol', { outcome: 'approve' }]] as const) {
    const { status, body: answer } = await bed.product.call(who, 'POST', `${path}/decide`, { digest, ...body });
    if (status !== 200) expect(answer.code).toBe('approval-closed');
  }
  await statusIs(service, 'early-life');
}

interface Logged { readonly type: string; readonly event: Readonly<Record<string, unknown>>; readonly by: Readonly<Record<string, unknown>> }
/** What stands in the log of the handover about a service. */
async function logOf(service?: string): Promise<Logged[]> {
  const { rows } = await bed.product.engine.database.pool.query<Logged>('SELECT type, event, by FROM events WHERE stream = $1 ORDER BY seq', [`project/${id}/phase/handover/1/handover`]);
  return service === undefined ? rows : rows.filter(({ event }) => event['service'] === service.split('/').at(-1));
}

/** It becomes a date for the project, and midnight some seconds later. */
async function turn(date: string, inMs: number): Promise<void> {
  const { database, client } = bed.product.engine;
  const { version } = await putMidnight(database, date, inMs);
  await tellCalendars({ database, client, log: { info: () => undefined, warn: () => undefined, error: () => undefined } });
  await eventually(async () => (await logOf()).some(({ type, event }) => type === 'calendar-changed' && (event['calendar'] as { version: number }).version === version), 'the calendar');
}

const figures = (p1 = 0) => ({ incidents: { p1, p2: 0, p3: 1, p4: 2 }, serviceLevel: 99.5, defects: 1, calls: 7 });
const entry = (service: string, date: string, p1 = 0) => ({ service: service.split('/').at(-1), date, figures: figures(p1) });

beforeAll(async () => {
  bed = await startCliBed();
  today = Date.now();
  await publishTemplate(bed.product.engine.database, lifecycle.template, 'test');
  await putMidnight(bed.product.engine.database, dayOf(0), 40_000_000);
  id = await startLifecycle(bed.product, lifecycle);
  await drive({ until: async () => worked.has('handover') });
});
afterAll(() => bed.close());

test('a service that is handed back during early-life support does again what was named and nothing else, and is signed off anew', async () => {
  const conditions = [{ defect: 'No alarm at night', plan: 'Standby from March', owner: 'operations-manager', dueDays: 20 }];
  await Promise.all([sign(LENGTHENED, 1), sign(CONDITIONAL, 1, { outcome: 'approve-with-conditions', reason: 'Nearly', conditions }), sign(BACK, 1)]);
  await drive({ until: () => phaseIs('early-life-support', 'open') });
  const open = async (): Promise<string[]> => (await get(BACK)).entries.filter(({ status }: { status: string }) => status !== 'met').map(({ key }: { key: string }) => key);
  expect(await open()).toEqual([]);
  await post('sam', `${BACK}/hand-back`, { reason: 'Nobody can restore', missing: ['restore', 'session-2'] });
  expect(await open()).toEqual(['restore']);
  expect(await get(BACK)).toMatchObject({ status: 'handed-back', handedBack: { reason: 'Nobody can restore', missing: [{ key: 'restore' }, { key: 'session-2' }] }, missing: [{ key: 'restore' }, { key: 'session-5' }] });
  expect(await get('')).toMatchObject({ reached: 'none', services: [{ status: 'early-life' }, { status: 'early-life' }, { status: 'handed-back' }] });
  await post('eva', `${BACK}/entries/restore/meet`, { evidence: entryEvidence(lifecycle.plan, 'handover', 'restore') });
  await post('eva', `${BACK}/sessions/session-5/hold`, { heldAt: new Date().toISOString(), attended: ['sol'] });
  await post('sol', `${BACK}/sessions/session-5/confirm`);
  await sign(BACK, 2);
  expect(await get(BACK)).toMatchObject({ handedBack: null, missing: [] });
});

test('when its last day is over, a condition expires by itself and escalates, and support with a P1 is lengthened', async () => {
  await post('sol', '/figures', { entries: [entry(LENGTHENED, dayOf(0), 1), entry(CONDITIONAL, dayOf(0)), entry(BACK, dayOf(0))] });
  // A machine that is slow may find this midnight gone: then it is said once more.
  await eventually(async () => {
    await turn(dayOf(0), 2_000);
    await post('sam', `${CONDITIONAL}/conditions/condition-1-1/renew`, { dueDays: 0, note: 'Tonight' });
    return Date.parse((await get(CONDITIONAL)).conditions[0].dueAt) - Date.now() < 60_000;
  }, 'a condition that ends at midnight', 60_000);
  await eventually(async () => (await get(CONDITIONAL)).conditions[0].status === 'expired', 'the end of the condition');
  await eventually(async () => (await get(`${LENGTHENED}/support`)).extensions.length === 1, 'the extension');
  for (const service of [CONDITIONAL, BACK]) await eventually(async () => (await get(`${service}/support`)).outcome === 'met', `support of ${service}`);

  expect((await logOf(CONDITIONAL)).find(({ type }) => type === 'condition-expired')).toMatchObject({ event: { condition: 'condition-1-1' }, by: { kind: 'system', source: 'timer' } });
  const expired = async (who: string) => (await bed.product.call(who, 'GET', '/me/inbox?limit=200')).body.items.filter(({ kind }: { kind: string }) => kind === 'acceptance-expired').length;
  expect(await Promise.all(['sam', 'sol', 'eva'].map(expired))).toEqual([1, 1, 1]);
  expect((await bed.product.call('sam', 'GET', '/services?status=early-life')).body.items.find(({ name }: { name: string }) => name === 'Mail').conditions).toMatchObject([{ status: 'expired' }]);
  expect(await get(`${LENGTHENED}/support`)).toMatchObject({ until: dayOf(5), outcome: 'running', mayExtend: true, extensions: [{ days: 5, criteria: [{ key: 'no-severe-incident' }] }] });
  expect(await bed.product.call('sam', 'POST', `${base()}${LENGTHENED}/transfer`, {})).toMatchObject({ status: 409, body: { code: 'early-life-not-over' } });
});

test('ten days without a P1 are what it takes: lengthened once more, then met; what is told after the judgement is judged', async () => {
  const tell = (from: number, to: number) => post('sol', '/figures', { entries: Array.from({ length: to - from + 1 }, (_, index) => entry(LENGTHENED, dayOf(from + index))) });
  const support = async () => get(`${LENGTHENED}/support`);
  const transfer = () => bed.product.call('sam', 'POST', `${base()}${LENGTHENED}/transfer`, {});
  await turn(dayOf(5), 500);
  // The P1 of the first day is one of the ten that count, whatever is told of the others.
  await eventually(async () => (await support()).extensions.length === 2, 'the second extension');
  await turn(dayOf(10), 500);
  // The period is over and nothing was told of the days that count: it waits for them, and names them.
  await eventually(async () => (await support()).outcome === 'missing', 'the judgement');
  expect(await transfer()).toMatchObject({ status: 409, body: { code: 'figures-missing', facts: { days: Array.from({ length: 10 }, (_, index) => dayOf(index + 1)) } } });
  const told = (date: string, ...more: string[]) => bed.sluis('sol', 'handover', 'figures', 'tell', `${id}/handover`, 'service-1', date, '--incidents', '0,0,1,2', '--level', '99.5', '--defects', '1', '--calls', '7', ...more);
  expect((await told(dayOf(1))).out).toMatch(new RegExp(`service-1 +${dayOf(1)} +recorded`));
  expect((await told(dayOf(1))).out).toMatch(new RegExp(`service-1 +${dayOf(1)} +unchanged`));
  const ahead = await told(dayOf(40));
  expect([ahead.code, ahead.err]).toEqual([1, expect.stringContaining('/date')]);
  await tell(2, 10);
  await eventually(async () => (await support()).outcome === 'met', 'the end of support');
  expect((await bed.sluis('sol', 'handover', 'figures', 'show', `${id}/handover`, 'service-1')).out).toMatch(new RegExp(`met, lengthened 2 times[\\s\\S]*${dayOf(1)} +0 +0 +1 +2 +99\\.5 +1 +7 +SOL`));
});

test('who receives them takes them over; the document is sealed in three languages, and is what the record says', async () => {
  await post('sam', `${CONDITIONAL}/conditions/condition-1-1/renew`, { dueDays: 5, note: 'The supplier is late' });
  for (const service of ALL) await post('sam', `${service}/transfer`);
  expect(await bed.product.call('sol', 'POST', `${base()}/figures`, { entries: [entry(LENGTHENED, dayOf(10))] })).toMatchObject({ status: 409, body: { code: 'early-life-closed' } });
  for (const service of ALL) {
    const { sealed } = await eventually(async () => { const found = await get(`${service}/document`); return found.sealed.length === 3 && found; }, `the document of ${service}`);
    const recorded = (await logOf(service)).find(({ type }) => type === 'document-sealed')?.event['documents'];
    expect(recorded).toEqual(sealed.map(({ language, sha256 }: { language: string; sha256: string }) => ({ language, sha256 })));
    await Promise.all((sealed as { language: string; sha256: string }[]).map(async ({ language, sha256 }) => {
      const response = await fetch(`${bed.product.url}/api/v1${base()}${service}/document.pdf?lang=${language}`, { headers: { authorization: `Bearer ${bed.product.tokens.get('sam')}` } });
      expect([language, createHash('sha256').update(Buffer.from(await response.arrayBuffer())).digest('hex')]).toEqual([language, sha256]);
    }));
  }
  const file = join(bed.folder, 'overdracht.pdf');
  const [saved, shown, refused] = await Promise.all([['nl', '--pdf', file], ['nl'], ['de']].map(([lang = '', ...more]) => bed.sluis('sam', 'handover', 'document', `${id}/handover/service-2`, '--lang', lang, ...more)));
  expect(saved?.out).toMatch(/^saved {2}.*overdracht\.pdf {2}sha256 [0-9a-f]{64}, as it stands in the record\n$/);
  expect(shown?.out).toMatch(/Overdracht[\s\S]*No alarm at night[\s\S]*nl {2}sha256 [0-9a-f]{64}/);
  expect(refused?.err).toContain('--lang takes nl, fr, en');
});

test('the project ends; a condition that is open then expires and escalates all the same, until it is met', async () => {
  let asked = false;
  const decide = async (gate: string) => {
    if (gate === 'transition-closed' && !asked) {
      asked = true;
      // Time for the project to end before midnight; if a slow machine needs more, it ends with the condition expired.
      await turn(dayOf(11), 4_000);
      await post('sam', `${CONDITIONAL}/conditions/condition-1-1/renew`, { dueDays: 0, note: 'Tonight' });
    }
    return { outcome: 'approve' };
  };
  expect([await drive({ decide }), asked]).toEqual(['completed', true]);
  await eventually(async () => (await get('')).isOutliving === true, 'what outlives the project');
  await eventually(async () => (await get(CONDITIONAL)).conditions[0].status === 'expired', 'the end of the condition');
  expect((await bed.product.call('sam', 'GET', '/me/inbox?limit=200')).body.items.filter(({ kind }: { kind: string }) => kind === 'acceptance-expired')).toHaveLength(2);
  expect((await bed.product.call('sam', 'GET', '/services')).body.items).toMatchObject([{ name: 'Mail', status: 'transferred', conditions: [{ status: 'expired' }] }]);
  expect(await bed.product.call('sam', 'POST', `${base()}${CONDITIONAL}/articles`, { title: 'Late', text: 'Too late' })).toMatchObject({ status: 409, body: { code: 'handover-closed' } });
  await post('olga', `${CONDITIONAL}/conditions/condition-1-1/renew`, { dueDays: 5, note: 'Its owner left' });
  await post('sam', `${CONDITIONAL}/conditions/condition-1-1/meet`, { note: 'Standby runs' });
  await bed.product.engine.client.workflow.getHandle(`project/${id}/phase/handover/1/handover`).result();
  expect(await get('')).toMatchObject({ isOpen: false, isOutliving: false });
  await eventually(async () => (await verifyLog(bed.product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
