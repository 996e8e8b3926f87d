/** With no worker or no Temporal server: a clear answer in time, nothing half done, and the same key is safe. */
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';

let product: Product;
let id: string;
beforeAll(async () => {
  product = await startProduct();
  id = await product.startProject();
  await eventually(async () => (await product.call('eva', 'GET', `/projects/${id}/tasks?phase=control&status=ready`)).body.items.length === 8, 'the tasks');
});
afterAll(async () => { await product.close(); });

const path = (task: string, verb: string) => `/projects/${id}/phases/control/tasks/${task}/${verb}`;
const completions = async (task: string): Promise<number> =>
  (await product.log('aude', id))
    .filter((each: { type: string; event: { task?: string } }) => each.type === 'task-completed' && each.event.task === task).length;

test('without a worker a command is answered 503 in time, a full queue at once; with a worker the same keys are carried out once', async () => {
  await product.stopWorker();
  const { url, close } = await product.serve({ deadlineMs: 1_500, queue: { inFlight: 1, bound: 1 } });
  const send = (task: string, key: string) => product.call('eva', 'POST', `${url}/api/v1${path(task, 'complete')}`, {}, { key });
  const keys = ['log-1', 'log-2', 'log-3'].map((task) => ({ task, key: randomUUID() }));
  const begun = Date.now();
  const answers = await Promise.all(keys.map(async ({ task, key }, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 100));
    return { ...await send(task, key), after: Date.now() - begun };
  }));
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [503, 'engine-unavailable'], [503, 'engine-unavailable'], [503, 'queue-full'],
  ]);
  expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['5', '5', '1']);
  expect(answers[2]?.after).toBeLessThan(1_000);

  // A client that goes away while it waits leaves no command behind.
  const gone = new AbortController();
  const running = send('log-4', randomUUID());
  await new Promise((resolve) => setTimeout(resolve, 100));
  const waiting = product.call('eva', 'POST', `${url}/api/v1${path('log-5', 'complete')}`, {}, { signal: gone.signal });
  await new Promise((resolve) => setTimeout(resolve, 100));
  gone.abort();
  await expect(waiting).rejects.toThrow();
  await running;

  await product.engine.startWorker();
  for (const { task, key } of keys) {
    await eventually(async () => (await send(task, key)).status === 200, task);
    expect(await completions(task)).toBe(1);
  }
  expect(await completions('log-5')).toBe(0);
  await close();
});

test('without a Temporal server commands and live views say that the engine is away; reads go on', async () => {
  const { url, close } = await product.serve({ deadlineMs: 1_000 });
  process.kill(product.engine.temporal.pid, 'SIGSTOP');
  try {
    expect((await product.call('eva', 'POST', `${url}/api/v1${path('log-6', 'claim')}`)).body).toMatchObject({ status: 503, code: 'engine-unavailable' });
    expect((await product.call('eva', 'GET', `${url}/api/v1/projects/${id}?live=true`)).body.code).toBe('engine-unavailable');
    expect((await product.call('eva', 'GET', `${url}/api/v1/projects/${id}`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ temporal: false, database: true });
  } finally {
    process.kill(product.engine.temporal.pid, 'SIGCONT');
  }
  await eventually(async () => (await product.call('eva', 'POST', path('log-7', 'claim'))).status === 200, 'the engine to answer again');
  await close();
});
