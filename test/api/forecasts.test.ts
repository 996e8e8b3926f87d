/** When a running project would end, over HTTP, with the real engine. */
import { startProduct, type Product } from '../support/product';
import { DRAWN } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const forecast = (project: string, asked = '', who = 'mia', language = 'en') =>
  product.call(who, 'GET', `/projects/${project}/forecast?runs=40${asked}`, undefined, { headers: { 'Accept-Language': language } });

async function task(project: string, phase: string, key: string, what: 'claim' | 'complete', evidence: object = {}): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { status, body } = await product.call('eva', 'POST', `/projects/${project}/phases/${phase}/tasks/${key}/${what}`, what === 'claim' ? undefined : { evidence });
    if (status === 200 || status === 202) return;
    if (attempt > 50) throw new Error(`${phase}/${key}: ${JSON.stringify(body)}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

test('a project is forecast from where it stands, in the language of the reader', async () => {
  const project = await product.startProject();
  const fresh = await forecast(project);
  expect(fresh).toMatchObject({ status: 200, body: {
    project, runs: 40, seed: 1, people: {}, held: false, unassigned: [], outcomes: { completed: 40 }, stuck: [], end: { p50: expect.stringMatching(/^20\d\d-/) },
  } });
  expect(fresh.body.load.find(({ role }: { role: { key: string } }) => role.key === 'engineer')).toMatchObject({ people: 2 });

  await task(project, 'design', 'draw', 'complete', DRAWN);
  await task(project, 'design', 'check', 'claim');
  for (let log = 1; log <= 8; log += 1) await task(project, 'control', `log-${log}`, 'complete');
  const half = await forecast(project, '', 'aude', 'nl');
  expect(half.status).toBe(200);
  expect(half.body.workingDays.p50).toBeLessThan(fresh.body.workingDays.p50);
  // What is done decides on the end only where a gate asks for it again.
  const shareOf = (body: { critical: { task: { key: string }; share: number }[] }): number => body.critical.find(({ task: { key } }) => key === 'draw')?.share ?? 0;
  expect(shareOf(half.body)).toBeLessThan(shareOf(fresh.body) / 2);
  expect(half.body.critical).toContainEqual({ phase: { key: 'close', name: 'close (nl)' }, task: { key: 'archive', name: 'archive (nl)' }, share: 1 });
  expect(half.body.gates[0]).toMatchObject({ gate: { key: 'design-gate', name: 'design-gate (nl)' }, reached: 1 });
  expect(half.body.waiting.gates).toContainEqual(expect.objectContaining({
    gate: { key: 'design-gate', name: 'design-gate (nl)' }, step: { key: 'board', name: 'board (nl)' }, roles: [{ key: 'board', name: 'board (nl)' }],
  }));

  const again = await forecast(project, '', 'aude', 'nl');
  expect([again.body.workingDays, again.body.outcomes]).toEqual([half.body.workingDays, half.body.outcomes]);
  expect((await forecast(project, '&seed=2')).body.critical).not.toEqual(fresh.body.critical);
});

test('other numbers of people are asked about; a role that nobody holds is named; a hold is said', async () => {
  const roles = { manager: ['mia'], sponsor: ['sam'], security: ['sol'] };
  const project = (await product.call('olga', 'POST', '/projects', { name: 'Nobody yet', template: 'small', roles })).body.id as string;
  const one = await forecast(project);
  expect(one.body).toMatchObject({ unassigned: [{ key: 'engineer', name: 'engineer (en)' }], outcomes: { completed: 40 } });
  const four = await forecast(project, '&people=engineer:4');
  expect(four.body.people).toEqual({ engineer: 4 });
  expect(four.body.workingDays.p50).toBeLessThan(one.body.workingDays.p50);
  expect((await product.call('mia', 'POST', `/projects/${project}/hold`, { reason: 'Wait' })).status).toBe(200);
  expect((await forecast(project)).body).toMatchObject({ held: true, outcomes: { completed: 40 } });
});

test('who may not see the project gets no forecast, and what is asked wrongly is said', async () => {
  const project = await product.startProject();
  expect((await forecast(project, '', 'leo')).status).toBe(404);
  for (const [asked, pointer] of [['&people=nobody:2', 'people'], ['&people=board:2', 'people'], ['&people=engineer:0', 'people'], ['&seed=x', 'seed']]) {
    expect((await forecast(project, asked)).body).toMatchObject({ status: 422, errors: [{ pointer: `/query/${pointer}` }] });
  }
  expect((await product.call('mia', 'GET', `/projects/${project}/forecast?runs=2001`)).status).toBe(422);
  await product.call('mia', 'POST', `/projects/${project}/cancel`, { reason: 'Not needed' });
  for (let attempt = 0; (await forecast(project)).status !== 409; attempt += 1) {
    if (attempt > 50) throw new Error('the project does not end');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  expect((await forecast(project)).body.code).toBe('project-ended');
});
