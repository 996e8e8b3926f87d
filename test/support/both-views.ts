/** Both views of a project, the read model's and the workflows' own, agree after any sequence of commands: tests for files of theirs. */
import { isDeepStrictEqual } from 'node:util';
import { eventually } from './engine';
import { startProduct, type Product } from './product';
import type { TemporalOptions } from './temporal';
import { DRAWN, SMALL_ROLES, smallTask, smallText, smallVersion } from './template';

const step = (key: string, roles: string[]) => ({ key, name: smallText(key), roles, quorum: 'any' });
/** Small changes the sponsor decides on, others security. */
const CONTROL = {
  tolerance: { days: 1, cost: 100, tasks: 1 }, exceptionsTo: 'sponsor',
  levels: [
    { key: 'minor', name: smallText('minor'), upTo: { days: 5, cost: 5_000 }, approval: { steps: [step('sponsor', ['sponsor'])], reasonRequired: [] } },
    { key: 'major', name: smallText('major'), approval: { steps: [step('security', ['security'])], reasonRequired: [] } },
  ],
};

let product: Product;

async function start(server: TemporalOptions): Promise<void> {
  const versions = {
    '1.1.0': smallVersion('1.1.0', (template) => { Object.assign(template, { changeControl: CONTROL }); }),
    '1.2.0': smallVersion('1.2.0', (template) => {
      Object.assign(template, { changeControl: CONTROL });
      template.phases[1]?.tasks.push(smallTask('label', { after: ['rack'] }));
      template.phases[3]?.tasks.pop();
    }),
  };
  product = await startProduct({}, undefined, {}, server);
  for (const text of Object.values(versions)) expect((await product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
}
/** A small generator (mulberry32): the same seed gives the same sequence. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface View {
  readonly status: string;
  readonly phases: readonly { readonly phase: string; readonly gate: { readonly approval: string | null; readonly digest: string | null } | null }[];
}

async function bothViews(id: string): Promise<View> {
  let views: unknown[] = [];
  await eventually(async () => {
    const answers = await Promise.all(['', '?live=true'].map((query) => product.call('aude', 'GET', `/projects/${id}${query}`)));
    views = answers.map(({ body }) => body);
    return isDeepStrictEqual(views[0], views[1]) && (views[0] as { changing: unknown }).changing === null;
  }, 'both views to agree', 10_000).catch(() => undefined);
  expect(views[1]).toEqual(views[0]);
  return views[0] as View;
}

/** What happened over all seeds. */
const happened = new Set<string>();

async function tryOut(seed: number, version: string): Promise<void> {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const { status: started, body: { id } } = await product.call('olga', 'POST', '/projects', { name: `Seed ${seed}`, template: 'small', version, roles: SMALL_ROLES });
  expect(started).toBe(201);
  const tasks = ['design/draw', 'design/check', 'build/rack', 'build/cable', 'close/archive', ...Array.from({ length: 8 }, (_, index) => `control/log-${index + 1}`)];
  const outcomes = ['approve', 'approve', 'rework', 'approve-with-conditions', 'stop'];
  const statuses = new Map<number, number>();
  let view = await bothViews(id);
  let ready: string[] = [];

  const failures: unknown[] = [];
  const orders: (() => Promise<{ status: number; body?: unknown }>)[] = [
    ...Array.from({ length: 6 }, () => async () => {
      // Most of them where something can be done, so that the project gets on.
      const [phase, task] = (random(4) > 0 && ready.length > 0 ? pick(ready) : pick(tasks)).split('/');
      const verb = pick(['complete', 'complete', 'complete', 'complete', 'complete', 'complete', 'claim', 'release', 'reopen', 'withdraw', 'block', 'unblock', 'comments']);
      const body = verb === 'reopen' || verb === 'block' ? { reason: 'again' } : verb === 'comments' ? { text: 'seen' } : verb === 'complete' && task === 'draw' ? { evidence: DRAWN } : {};
      return product.call(pick(['eva', 'eva', 'edo', 'mia']), 'POST', `/projects/${id}/phases/${phase}/tasks/${task}/${verb}`, body);
    }),
    ...Array.from({ length: 2 }, () => async () => {
      const gate = view.phases.map((phase) => phase.gate).find((each) => each?.approval);
      if (!gate?.approval) return { status: 0 };
      const outcome = pick(outcomes);
      return product.call(pick(['sam', 'sol', 'mia']), 'POST', `/approvals/${encodeURIComponent(gate.approval)}/decide`, {
        outcome, digest: gate.digest, reason: 'because', ...(outcome === 'rework' && { rework: [pick(['draw', 'check', 'rack'])] }),
        ...(outcome === 'approve-with-conditions' && { conditions: [{ defect: 'd', plan: 'p', owner: 'engineer', dueDays: 2 }] }),
      });
    }),
    () => product.call('mia', 'POST', `/projects/${id}/${pick(['hold', 'resume', 'resume'])}`, {}).then(async ({ status }) =>
      (status === 422 ? product.call('mia', 'POST', `/projects/${id}/hold`, { reason: 'wait' }) : { status })),
    () => product.call('mia', 'POST', `/projects/${id}/phases/${pick(['design', 'build'])}/reopen`, { reason: 'again' }),
    ...(version === '1.0.0' ? [] : [
      () => product.call('eva', 'POST', `/projects/${id}/changes`, { title: 'More', reason: 'because', operations: [pick([
        { op: 'add-task', phase: pick(['build', 'control', 'close']), task: { key: `more-${random(1_000)}`, title: 'More', responsible: 'engineer', dueDays: 2, budget: pick([0, 90, 9_000]) } },
        { op: 'set-task', phase: 'close', task: 'archive', dueDays: 3 + random(20) },
      ])] }),
      async () => {
        const { body } = await product.call(pick(['sam', 'sol']), 'GET', '/approvals?mine=true');
        const change = body.items.find((each: { project: string; change: unknown }) => each.project === id && each.change !== null);
        return change === undefined ? { status: 0 } : product.call(pick(['sam', 'sol']), 'POST', `/approvals/${encodeURIComponent(change.id)}/decide`, { outcome: pick(['approve', 'approve', 'stop']), digest: change.digest, reason: 'because' });
      },
      () => product.call('olga', 'POST', `/projects/${id}/migrations`, { version: '1.2.0' }),
    ]),
    () => product.call('mia', 'PUT', `/projects/${id}/roles`, { roles: pick([SMALL_ROLES, { engineer: ['eva'] }, { sponsor: ['sam', 'sol'] }]) }),
  ];
  for (let round = 0; round < 20; round += 1) {
    const { body } = await product.call('aude', 'GET', `/projects/${id}/tasks?status=ready`);
    ready = body.items.map((each: { phase: string; task: string }) => `${each.phase}/${each.task}`);
    const answers = await Promise.all(Array.from({ length: 6 }, () => pick(orders)()));
    for (const { status, body: said } of answers) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) failures.push(said);
    }
    view = await bothViews(id);
  }
  const cancelled = await product.call('mia', 'POST', `/projects/${id}/cancel`, { reason: 'enough' });
  if (cancelled.status === 200) await eventually(async () => (await bothViews(id)).status === 'cancelled', 'the end');
  const { rows } = await product.engine.database.pool.query<{ type: string }>('SELECT DISTINCT type FROM events WHERE project = $1', [id]);
  for (const { type } of rows) happened.add(type);
  happened.add(`ended on ${(await product.call('aude', 'GET', `/projects/${id}`)).body.template.version}`);
  // The sequence did something: commands were accepted, others refused, none failed.
  expect(statuses.get(200)).toBeGreaterThan(12);
  expect(failures).toEqual([]);
}

/** Defines the tests. @param seeds A seed, and the version of the template. @param far What must have happened over all of them. */
export function testBothViews(seeds: readonly (readonly [number, string])[], far: readonly string[], server: TemporalOptions = {}): void {
  beforeAll(() => start(server));
  afterAll(async () => { await product?.close(); });
  test.each(seeds)('seed %i, version %s', tryOut);
  test('the sequences went far', () => {
    expect([...happened]).toEqual(expect.arrayContaining([...far]));
  });
}

/** What happens in most sequences. */
export const OFTEN: readonly string[] = ['phase-passed', 'vote-cast', 'change-requested', 'revision-committed', 'task-blocked', 'task-commented', 'project-ended'];
