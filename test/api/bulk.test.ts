/** Many tasks in one request, over HTTP. */
import { startProduct, type Product } from '../support/product';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(async () => { await product.close(); });

const ROLES = { manager: ['mia'], engineer: ['eva'], sponsor: ['sam'], security: ['sol'] };
const draw = { drawing: { name: 'drawing.pdf', url: 'https://files.example/drawing.pdf' }, pages: 4, kind: 'final', note: 'As built' };
const start = async (): Promise<string> => (await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', version: '1.0.0', roles: ROLES })).body.id;
const complete = (tasks: object[], who = 'eva', key?: string) => product.call(who, 'POST', '/tasks/complete', { tasks }, key === undefined ? {} : { key });

test('tasks of several projects and phases are completed at once, each with its answer, and once however often it is sent', async () => {
  const [one, other] = [await start(), await start()];
  await new Promise((resolve) => { setTimeout(resolve, 1_500); });
  const tasks = [
    { project: one, phase: 'design', task: 'draw', evidence: draw }, { project: one, phase: 'design', task: 'check' },
    ...Array.from({ length: 8 }, (_, index) => ({ project: other, phase: 'control', task: `log-${index + 1}` })),
    { project: one, phase: 'build', task: 'rack' }, { project: 'p-none', phase: 'design', task: 'draw' }, { project: one, phase: 'none', task: 'draw' },
    { project: other, phase: 'design', task: 'draw', evidence: { ...draw, page: 'no link' } }, { project: other, phase: 'design', task: 'draw', evidence: { ...draw, pages: 0 } },
    { project: other, phase: 'control', task: 'log-1' },
  ];
  const { status, body } = await complete(tasks, 'eva', 'bulk-1');
  expect(status).toBe(200);
  expect(body.items.map(({ outcome, problem }: { outcome: string; problem: { code: string } | null }) => problem?.code ?? outcome)).toEqual([
    ...Array.from({ length: 10 }, () => 'completed'), 'task-not-ready', 'unknown-project', 'unknown-phase', 'evidence-invalid', 'evidence-invalid', 'phase-closed',
  ]);
  expect(body.items[13].problem.errors).toEqual([expect.objectContaining({ pointer: '/evidence/page' })]);
  expect(body.items[14].problem.errors).toEqual([expect.objectContaining({ pointer: '/evidence/pages' })]);
  const events = async () => (await product.log('mia', other)).filter(({ type }: { type: string }) => type === 'task-completed' || type === 'tasks-refused').length;
  const before = await events();
  const again = await complete(tasks, 'eva', 'bulk-1');
  expect(again.body.items.slice(0, 10)).toEqual(body.items.slice(0, 10));
  expect(again.body.items[15]).toEqual(body.items[15]);
  expect(await events()).toBe(before);
  const done = (await product.call('mia', 'GET', `/projects/${one}/phases/design/tasks/draw`)).body;
  expect(done).toMatchObject({ status: 'done', evidence: { note: 'As built', drawing: { name: 'drawing.pdf' } } });
});

test('who may not is told so, per task; too many, none and strange keys are refused as a whole', async () => {
  const project = await start();
  await new Promise((resolve) => { setTimeout(resolve, 1_500); });
  const { body } = await complete([{ project, phase: 'control', task: 'log-1' }], 'sam');
  expect(body.items).toMatchObject([{ outcome: 'refused', problem: { code: 'not-permitted' } }]);
  expect((await complete([], 'eva')).status).toBe(422);
  expect((await complete(Array.from({ length: 501 }, () => ({ project, phase: 'control', task: 'log-1' })), 'eva')).status).toBe(422);
  const same = await complete(Array.from({ length: 500 }, () => ({ project, phase: 'control', task: 'log-1' })), 'eva');
  expect(same.body.items.filter(({ outcome }: { outcome: string }) => outcome === 'completed')).toHaveLength(1);
});

test('a refusal says who and what, in the words of the project: beside others that are done, and where nothing can be', async () => {
  const project = await start();
  await new Promise((resolve) => { setTimeout(resolve, 1_500); });
  const at = (phase: string, task: string) => ({ project, phase, task });
  await product.call('eva', 'POST', `/projects/${project}/phases/control/tasks/log-1/block`, { reason: 'No access' });
  const name = (await product.call('eva', 'GET', '/me')).body.name as string;
  const told = async (...tasks: object[]) => (await product.call('eva', 'POST', '/tasks/complete', { tasks }, { headers: { 'accept-language': 'en' } })).body.items
    .map(({ problem }: { problem: { detail: string } | null }) => problem?.detail ?? null);
  const blocked = `Someone said that this task can not be gone on with (${name}); it has to be unblocked first.`;
  expect(await told(at('control', 'log-1'), at('control', 'log-2'))).toEqual([blocked, null]);
  expect(await told(at('control', 'log-1'), at('design', 'check'), at('build', 'rack'))).toEqual([
    blocked, 'This task can not be worked on yet: it waits for draw (en).', 'This task can not be worked on yet: it waits for build (en).',
  ]);
});
