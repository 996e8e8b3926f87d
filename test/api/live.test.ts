/** Both views of a project, the read model's and the workflows' own, agree after any sequence of commands. */
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { DRAWN, SMALL_ROLES } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

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

test.each([1, 2, 3])('seed %i', async (seed) => {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const id = await product.startProject(`Seed ${seed}`);
  const tasks = ['design/draw', 'design/check', 'build/rack', 'build/cable', 'close/archive', ...Array.from({ length: 8 }, (_, index) => `control/log-${index + 1}`)];
  const outcomes = ['approve', 'approve', 'rework', 'approve-with-conditions', 'stop'];
  const statuses = new Map<number, number>();
  let view = await bothViews(id);
  let ready: string[] = [];

  const orders: (() => Promise<{ status: number }>)[] = [
    ...Array.from({ length: 6 }, () => async () => {
      // Half of them where something can be done, so that the project gets on.
      const [phase, task] = (random(2) === 0 && ready.length > 0 ? pick(ready) : pick(tasks)).split('/');
      const verb = pick(['complete', 'complete', 'complete', 'claim', 'release', 'reopen']);
      const body = verb === 'reopen' ? { reason: 'again' } : verb === 'complete' && task === 'draw' ? { evidence: DRAWN } : {};
      return product.call(pick(['eva', 'edo', 'mia', 'sam']), 'POST', `/projects/${id}/phases/${phase}/tasks/${task}/${verb}`, body);
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
    () => product.call('mia', 'PUT', `/projects/${id}/roles`, { roles: pick([SMALL_ROLES, { engineer: ['eva'] }, { sponsor: ['sam', 'sol'] }]) }),
  ];
  for (let round = 0; round < 14; round += 1) {
    const { body } = await product.call('aude', 'GET', `/projects/${id}/tasks?status=ready`);
    ready = body.items.map((each: { phase: string; task: string }) => `${each.phase}/${each.task}`);
    const answers = await Promise.all(Array.from({ length: 6 }, () => pick(orders)()));
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    view = await bothViews(id);
  }
  // The sequence did something: commands were accepted, others refused, none failed.
  expect(statuses.get(200)).toBeGreaterThan(12);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
});
