/** With the database away, work goes on: commands are accepted and answered 202, and everything is there once it is back. */
import { randomUUID } from 'node:crypto';
import { eventually, historyLength } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { startProxy, type Proxy } from '../support/proxy';

let proxy: Proxy;
let product: Product;
let id: string;
beforeAll(async () => {
  product = await startProduct({}, async (url) => {
    proxy = await startProxy(url);
    return proxy.url;
  }, { projectionMs: 3_000 });
  id = await product.startProject();
  await eventually(async () => (await product.call('eva', 'GET', `/projects/${id}/tasks?phase=control&status=ready`)).body.items.length === 8, 'the tasks');
});
afterAll(async () => {
  await proxy.mend();
  await product.close();
  await proxy.close();
});

const path = (task: string, verb: string) => `/projects/${id}/phases/control/tasks/${task}/${verb}`;

test.each(['cut', 'freeze'] as const)('%s: commands answer 202 with a place to ask; reads say that the database is away', async (how) => {
  const [first, second, third] = how === 'cut' ? ['log-1', 'log-2', 'log-3'] : ['log-4', 'log-5', 'log-6'];
  await product.call('eva', 'POST', path(first as string, 'claim'));
  await proxy[how]();
  const key = randomUUID();
  const begun = Date.now();
  const accepted = await product.call('eva', 'POST', path(first as string, 'complete'), {}, { key });
  expect(accepted).toMatchObject({ status: 202, body: { pending: true } });
  const place = accepted.headers.get('location') as string;
  expect(place).toBe(`/api/v1/commands/${encodeURIComponent(accepted.body.stream)}/${key}`);
  expect((await product.call('eva', 'GET', product.url + place)).status).toBe(202);
  const stream = accepted.body.stream as string;
  const history = await historyLength(product.engine, stream);

  const more = await Promise.all([second, third].map((task) => product.call('eva', 'POST', path(task as string, 'complete'))));
  expect(more.map(({ status }) => status)).toEqual([202, 202]);
  // A repeat is known to the workflow, a wrong command still refused.
  expect((await product.call('eva', 'POST', path(first as string, 'complete'), {}, { key })).body).toEqual(accepted.body);
  expect((await product.call('eva', 'POST', path(first as string, 'complete'))).body.code).toBe('task-already-done');
  expect((await product.call('eva', 'POST', path(second as string, 'complete'), { evidence: { a: 1 } }, { key })).body.code).toBe('idempotency-conflict');
  // What needs the database says so, and that it is safe to repeat.
  const reason = await product.call('eva', 'POST', path(first as string, 'reopen'), { reason: 'a text to keep' });
  expect(reason).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
  expect(reason.headers.get('retry-after')).toBe('5');
  expect((await product.call('eva', 'GET', '/tasks?mine=true')).body.code).toBe('database-unavailable');
  expect((await (await fetch(`${product.url}/readyz`)).json())).toMatchObject({ database: false, temporal: true });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await historyLength(product.engine, stream) - history).toBeLessThan(20);

  await proxy.mend();
  const done = await eventually(async () => {
    const asked = await product.call('eva', 'GET', product.url + place);
    return asked.status === 200 ? asked : undefined;
  }, 'the answer', 40_000);
  expect(done.body.events[0]).toMatchObject({ type: 'task-completed' });
  await eventually(async () => {
    const { body } = await product.call('eva', 'GET', `/projects/${id}/tasks?phase=control&status=done`);
    return [first, second, third].every((task) => body.items?.some((each: { task: string }) => each.task === task));
  }, 'the tasks to be done');
  expect(Date.now() - begun).toBeLessThan(60_000);
});
