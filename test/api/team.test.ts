/** What concerns the people of a team: their anonymous pulse, attacked, and their workload. */
import { HOURS_PER_DAY } from '../../domain/workload';
import { createHash, createHmac } from 'node:crypto';
import { answerPulse, tidyPulses } from '../../store/pulse';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';

const SECRET = 'a secret of the tests, long enough for it';
const TEAM = ['eva', 'edo', 'leo', 'sol', 'mia'];
const ANSWERS = { goal: 5, means: 3, team: 4, pace: 1 };
const entry = (key: string) => ({ key, name: smallText(key) });

let product: Product;
let id: string;
const base = (): string => `/projects/${id}/phases/control`;
const get = async (who: string, path: string) => (await product.call(who, 'GET', `${base()}${path}`)).body;
const post = (who: string, path: string, body: object = {}) => product.call(who, 'POST', `${base()}${path}`, body);
const answer = (who: string, answers: object = ANSWERS, number = 1) => post(who, `/sprints/alpha/${number}/pulse/answer`, { answers });
const query = async (text: string, values: unknown[] = []) => (await product.engine.database.pool.query(text, values)).rows;

/** Plans, starts and ends a sprint. */
async function endSprint(number: number): Promise<void> {
  expect((await post('eva', '/sprints', { team: 'alpha' })).status).toBe(200);
  await eventually(async () => (await post('eva', `/sprints/alpha/${number}/goal`, { goal: 'A goal' })).status === 200, 'the sprint');
  await eventually(async () => (await post('eva', `/sprints/alpha/${number}/start`)).status === 200, 'the start');
  expect((await post('sam', `/sprints/alpha/${number}/cancel`, { reason: 'Enough' })).status).toBe(200);
}

beforeAll(async () => {
  product = await startProduct({}, undefined, { pulseKey: SECRET });
  const version = smallVersion('3.0.0', ({ phases }) => {
    Object.assign(phases.find(({ key }) => key === 'control') ?? {}, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), entry('ready')], unit: 'hours', teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 10 }, { ...entry('small'), roles: ['security'], sprintDays: 10 }],
    } });
  });
  expect((await product.call('olga', 'POST', '/templates', { text: version })).status).toBe(201);
  id = (await product.call('olga', 'POST', '/projects', { name: 'Team', template: 'small', version: '3.0.0', roles: { ...SMALL_ROLES, engineer: TEAM } })).body.id;
  await eventually(async () => (await product.call('eva', 'GET', `${base()}/backlog`)).status === 200, 'the backlog');
  await endSprint(1);
});
afterAll(async () => { await product.close(); });

/** All rows of all tables, as text; with the number of the transaction that wrote each. */
async function dump(): Promise<string[]> {
  const tables = await query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  const rows = await Promise.all(tables.map(async ({ tablename }) => (await query(`SELECT xmin::text AS xmin, to_jsonb(t)::text AS row FROM "${tablename}" t`)).map(({ xmin, row }) => `${tablename} ${xmin} ${row}`)));
  return rows.flat();
}

describe('the pulse of a team', () => {
  test('is asked in the language of who is asked, of the team alone, and takes a value for each statement', async () => {
    const pulse = await get('eva', '/sprints/alpha/1/pulse?lang=nl');
    expect(pulse).toMatchObject({ state: 'open', needs: 4, answers: 0, members: 5, mine: 'may', mayClose: false, results: null });
    expect(pulse.questions.map(({ key }: { key: string }) => key)).toEqual(['goal', 'means', 'team', 'pace']);
    expect(pulse.questions[3].name).toBe('Dit tempo kunnen we volhouden.');
    for (const who of ['sam', 'olga']) {
      expect(await get(who, '/sprints/alpha/1/pulse')).toMatchObject({ mine: 'not-in-team' });
      expect(await answer(who)).toMatchObject({ status: 403, body: { code: 'pulse-of-team' } });
    }
    expect(await answer('pia')).toMatchObject({ status: 403 });
    expect(await answer('eva', { goal: 5, pace: 9 })).toMatchObject({ status: 422 });
    expect(await answer('eva', { goal: 5, means: 3, team: 4 })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/answers/pace', code: 'required' }] } });
    expect(await answer('eva', { ...ANSWERS, salary: 1 })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/answers/salary', code: 'unknown' }] } });
    expect(await post('eva', '/sprints/alpha/1/pulse/close')).toMatchObject({ status: 409, body: { code: 'pulse-too-few' } });
  });

  test('who joins the team after its sprint began is not one more who could be made to answer', async () => {
    await product.call('mia', 'POST', `/projects/${id}/roles`, { roles: { engineer: [...TEAM, 'aude'] } });
    expect(await answer('aude')).toMatchObject({ status: 403, body: { code: 'pulse-of-team' } });
  });

  test('one answer: no row, no log line and no transaction of the database joins it to a person, and it can’t be given twice or changed', async () => {
    const before = new Set(await dump());
    const logged = product.logged.length;
    expect((await answer('eva')).status).toBe(204);
    expect(await answer('eva', { goal: 1, means: 1, team: 1, pace: 1 })).toMatchObject({ status: 409, body: { code: 'pulse-answered' } });
    expect(await get('eva', '/sprints/alpha/1/pulse')).toMatchObject({ mine: 'answered', answers: 1, results: null });
    // What the transaction of the answer left in the database: one row of sums, and one that names nobody.
    const after = (await dump()).filter((row) => !before.has(row));
    const transaction = after.find((row) => row.startsWith('pulses '))?.split(' ')[1];
    const left = after.filter((row) => row.split(' ')[1] === transaction);
    expect(left.map((row) => row.split(' ')[0]).sort()).toEqual(['pulse_marks', 'pulses']);
    for (const row of after.filter((each) => each.startsWith('pulse'))) expect(row).not.toMatch(/eva|\d{4}-\d\d-\d\d/);
    // Not by guessing either: no digest that can be made without the secret is there.
    const mark = (await query('SELECT mark FROM pulse_marks'))[0].mark;
    const sprint = `project/${id}/phase/control/1/sprint/alpha/1`;
    for (const text of ['eva', `${sprint}\neva`, `${sprint}eva`, `${sprint} eva`]) expect(createHash('sha256').update(text).digest('hex')).not.toBe(mark);
    expect(createHmac('sha256', SECRET).update(`${sprint}\neva`).digest('hex')).toBe(mark);
    // Answers are in no request that is logged with a person.
    const lines = product.logged.slice(logged).map((line) => JSON.parse(line) as { route?: string; person?: string }).filter(({ route }) => route?.endsWith('/pulse/answer'));
    expect(lines.map(({ person }) => person)).toEqual([undefined, undefined]);
    expect((await query("SELECT FROM commands WHERE stream LIKE '%/sprint/alpha/1' AND at > now() - interval '2 seconds' AND id LIKE '%pulse%'"))).toHaveLength(0);
  });

  test('three answers show nothing, to nobody; the fourth alone does not either, but the team can close it then', async () => {
    for (const who of ['edo', 'leo']) expect((await answer(who, { goal: 4, means: 3, team: 4, pace: 2 })).status).toBe(204);
    for (const who of ['eva', 'mia', 'sam', 'olga', 'aude']) {
      expect(await get(who, '/sprints/alpha/1/pulse')).toMatchObject({ answers: 3, results: null, mayClose: false });
      expect(await get(who, '/pulse?team=alpha')).toEqual({ items: [] });
    }
    expect(await post('eva', '/sprints/alpha/1/pulse/close')).toMatchObject({ status: 409, body: { code: 'pulse-too-few' } });
    expect((await answer('sol', { goal: 1, means: 3, team: 5, pace: 2 })).status).toBe(204);
    expect(await get('olga', '/sprints/alpha/1/pulse')).toMatchObject({ state: 'open', answers: 4, results: null, mayClose: false });
    for (const who of ['olga', 'sam']) expect(await post(who, '/sprints/alpha/1/pulse/close')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    expect(await get('edo', '/sprints/alpha/1/pulse')).toMatchObject({ mayClose: true });
    expect((await post('edo', '/sprints/alpha/1/pulse/close')).status).toBe(204);
    expect(await answer('mia')).toMatchObject({ status: 409, body: { code: 'pulse-closed' } });
    const { state, results } = await get('olga', '/sprints/alpha/1/pulse');
    expect(state).toBe('closed');
    expect(results).toMatchObject([
      { question: { key: 'goal' }, average: 3.5, counts: [1, 0, 0, 2, 1] }, { question: { key: 'means' }, average: 3, counts: [0, 0, 4, 0, 0] }, { question: { key: 'team' }, counts: [0, 0, 0, 3, 1] }, { question: { key: 'pace' }, average: 1.8 },
    ]);
    // That somebody answered is forgotten with it.
    expect(await query('SELECT FROM pulse_marks')).toHaveLength(0);
  });

  test('closes by itself once everybody has answered, and shows how it went from sprint to sprint', async () => {
    await product.call('mia', 'POST', `/projects/${id}/roles`, { roles: { engineer: TEAM } });
    await endSprint(2);
    const all = await Promise.all(TEAM.map((who) => answer(who, { goal: 5, means: 5, team: 5, pace: 5 }, 2)));
    expect(all.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    expect(await get('sam', '/sprints/alpha/2/pulse')).toMatchObject({ state: 'closed', answers: 5, results: [{ average: 5 }, { average: 5 }, { average: 5 }, { average: 5 }] });
    expect((await get('sam', '/pulse?team=alpha')).items).toMatchObject([{ number: 1, answers: 4 }, { number: 2, answers: 5, results: [{ question: { key: 'goal' }, average: 5 }, {}, {}, {}] }]);
  });

  test('of a sprint that is closed too few answers are forgotten; under another secret, or without one, none are taken', async () => {
    await endSprint(3);
    expect((await answer('eva', ANSWERS, 3)).status).toBe(204);
    const place = { sprint: `project/${id}/phase/control/1/sprint/alpha/3`, project: id, phase: 'control', team: 'alpha', number: 3 };
    expect(await answerPulse(product.engine.database, place, { keyId: 'another', mark: 'eva again', everyone: [], values: ANSWERS })).toBe('closed');
    const other = await product.serve({});
    expect(await product.call('edo', 'POST', `${other.url}/api/v1${base()}/sprints/alpha/3/pulse/answer`, { answers: ANSWERS })).toMatchObject({ status: 409, body: { code: 'pulse-closed' } });
    expect((await product.call('edo', 'GET', `${other.url}/api/v1${base()}/sprints/alpha/3/pulse`)).body).toMatchObject({ state: 'off' });
    await other.close();
    expect((await post('eva', '/sprints/alpha/3/close')).status).toBe(200);
    expect(await get('eva', '/sprints/alpha/3/pulse')).toMatchObject({ state: 'closed', results: null });
    await tidyPulses(product.engine.database);
    expect(await query('SELECT counts FROM pulses WHERE number = 3')).toEqual([{ counts: {} }]);
    expect(await query('SELECT FROM pulse_marks')).toHaveLength(0);
  });

  test('a team of fewer than four is not asked', async () => {
    expect((await post('sol', '/sprints', { team: 'small' })).status).toBe(200);
    await eventually(async () => (await post('sol', '/sprints/small/1/goal', { goal: 'x' })).status === 200, 'the sprint');
    expect((await post('sol', '/sprints/small/1/start')).status).toBe(200);
    expect((await post('sam', '/sprints/small/1/cancel', { reason: 'x' })).status).toBe(200);
    expect(await get('sol', '/sprints/small/1/pulse')).toMatchObject({ state: 'too-small' });
    expect(await post('sol', '/sprints/small/1/pulse/answer', { answers: ANSWERS })).toMatchObject({ status: 409, body: { code: 'pulse-too-few' } });
  });
});

test('a template asks its own statements, or none', async () => {
  const versionWith = (version: string, pulse: unknown) => smallVersion(version, ({ phases }) => {
    Object.assign(phases.find(({ key }) => key === 'control') ?? {}, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [entry('todo'), entry('ready')], pulse, teams: [{ ...entry('alpha'), roles: ['engineer'], sprintDays: 10 }],
    } });
  });
  expect((await product.call('olga', 'POST', '/templates/check', { text: versionWith('4.0.0', [entry('joy'), entry('joy')]) })).body.problems).toMatchObject([{ code: 'duplicate-key' }]);
  for (const [version, pulse, questions] of [['4.0.0', [entry('joy')], [{ key: 'joy', name: 'joy (fr)' }]], ['5.0.0', [], []]] as const) {
    expect((await product.call('olga', 'POST', '/templates', { text: versionWith(version, pulse) })).status).toBe(201);
    const started = (await product.call('olga', 'POST', '/projects', { name: 'Own', template: 'small', version, roles: SMALL_ROLES })).body.id as string;
    const at = `/projects/${started}/phases/control/sprints`;
    await eventually(async () => (await product.call('eva', 'POST', at, { team: 'alpha' })).status === 200, 'the sprint');
    await eventually(async () => (await product.call('eva', 'GET', `${at}/alpha/1/pulse?lang=fr`)).status === 200, 'the pulse');
    expect((await product.call('eva', 'GET', `${at}/alpha/1/pulse?lang=fr`)).body).toMatchObject({ state: questions.length === 0 ? 'none' : 'waiting', questions });
  }
});

describe('the workload', () => {
  const load = async (who: string, search = '') => (await product.call(who, 'GET', `/workload${search}`)).body;
  const names = (body: { items: { person: { id: string } }[] }) => body.items.map(({ person }) => person.id);
  let other: string;

  beforeAll(async () => {
    // Eva is at a task of a project that Mia manages, and at one that Leo does, which Mia does not see.
    other = (await product.call('olga', 'POST', '/projects', { name: 'Secret', template: 'small', roles: { manager: ['leo'], engineer: ['eva'], sponsor: ['sol'], security: ['sol'] } })).body.id;
    for (const project of [id, other]) {
      const task = `/projects/${project}/phases/design/tasks/draw`;
      await eventually(async () => (await product.call('eva', 'POST', `${task}/claim`, {})).status === 200, 'the task');
      expect((await product.call('eva', 'POST', `${task}/effort`, { remaining: 20 })).status).toBe(200);
    }
    await post('eva', '/backlog/items', { items: [{ title: 'Log in', estimate: 12 }, { title: 'Log out' }, { title: 'Done', estimate: 5 }] });
    await post('eva', '/sprints', { team: 'alpha' });
    await post('eva', '/sprints/alpha/4/plan', { items: ['1', '2', '3'] });
    await post('eva', '/sprints/alpha/4/goal', { goal: 'A goal' });
    await eventually(async () => (await get('eva', '/sprints/alpha/4')).cards?.length === 3, 'the cards');
    await post('eva', '/sprints/alpha/4/start');
    for (const item of ['1', '2', '3']) await post('eva', `/sprints/alpha/4/cards/${item}/take`, { person: 'eva' });
    expect((await post('eva', '/sprints/alpha/4/cards/3/move', { from: 'todo', to: 'ready' })).status).toBe(200);
  });

  test('is of all projects: tasks until they are due, items of sprints that run, against the hours that there are', async () => {
    const { weeks, hoursPerDay, items: [eva] } = await load('eva', '?person=eva&weeks=4');
    expect(hoursPerDay).toBe(7.6);
    expect(weeks).toHaveLength(4);
    expect(eva).toMatchObject({ person: { id: 'eva', name: 'EVA' }, elsewhere: [0, 0, 0, 0] });
    // Of what nobody said how long it takes: her item, and what she alone can do as the only engineer of the other project.
    const unknown = eva.parts.filter(({ hours }: { hours: number | null }) => hours === null);
    expect(eva.unknown).toBe(unknown.length);
    expect(unknown.every(({ kind, project }: Record<string, unknown>) => kind === 'item' || project === other)).toBe(true);
    expect(eva.capacity).toEqual(weeks.map(({ workingDays }: { workingDays: number }) => Math.round(workingDays * 76) / 10));
    expect(eva.load.reduce((sum: number, each: number) => sum + each, 0)).toBeCloseTo(20 + 20 + 12, 0);
    expect(eva.parts.filter((each: Record<string, unknown>) => each['kind'] === 'item' || each['hours'] !== null).map(({ kind, key, hours, basis, projectName }: Record<string, unknown>) => [kind, key, hours, basis, projectName]).sort()).toEqual([
      ['item', '1', 12, 'estimate', 'Team'], ['item', '2', null, null, 'Team'], ['task', 'draw', 20, 'said', 'Secret'], ['task', 'draw', 20, 'said', 'Team'],
    ]);
    expect(eva.parts.find(({ kind }: { kind: string }) => kind === 'item')).toMatchObject({ name: 'Log in', team: 'alpha', phase: 'control', phaseName: 'control (en)', until: expect.any(String) });
  });

  test('a manager sees their people, and of other projects the hours alone; nobody sees more than is theirs to see', async () => {
    const mia = await load('mia', '?weeks=4');
    expect(names(mia)).toEqual(expect.arrayContaining(['edo', 'eva', 'leo', 'mia', 'sam', 'sol']));
    const eva = mia.items.find(({ person }: { person: { id: string } }) => person.id === 'eva');
    expect(eva.elsewhere.reduce((sum: number, each: number) => sum + each, 0)).toBeCloseTo(20, 0);
    expect(eva.parts.map(({ project }: { project: string }) => project)).toEqual([id, id, id]);
    expect(JSON.stringify(mia)).not.toContain(other);
    expect(JSON.stringify(mia)).not.toContain('Secret');
    expect(names(await load('edo'))).toEqual(['edo']);
    expect(await product.call('edo', 'GET', '/workload?person=eva')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    expect(await product.call('edo', 'GET', `/workload?project=${other}`)).toMatchObject({ status: 404 });
    expect(names(await load('aude'))).toEqual(['aude']);
    expect(names(await load('olga'))).toEqual(expect.arrayContaining(['edo', 'eva', 'leo', 'mia', 'sam', 'sol']));
    expect(names(await load('olga', `?project=${other}`))).toEqual(['eva', 'leo', 'sol']);
    const first = await load('olga', '?limit=2');
    expect(names(first)).toHaveLength(2);
    expect(names(await load('olga', `?limit=2&cursor=${first.nextCursor}`))).not.toContain(names(first)[0]);
  });

  test('a line manager sees their reports, and absences take hours away', async () => {
    expect((await product.call('olga', 'PUT', '/people/edo/manager', { manager: 'pia' })).status).toBe(200);
    await eventually(async () => names(await load('pia', '?person=edo')).length === 1, 'the report');
    const before = (await load('edo')).items[0].capacity;
    const until = new Date(Date.now() + 40 * 86_400_000).toISOString();
    expect((await product.call('edo', 'POST', '/me/delegations', { to: 'sol', until })).status).toBe(200);
    await eventually(async () => (await load('edo')).items[0].capacity[1] === 0, 'the absence');
    const after = (await load('edo')).items[0].capacity;
    expect(after.slice(1, 5)).toEqual([0, 0, 0, 0]);
    // Of this week nothing is left but what of today was before it.
    expect(after[0]).toBeLessThanOrEqual(HOURS_PER_DAY);
    expect(after.at(-1)).toBe(before.at(-1));
  });
});
