/** With the database away, work goes on: commands are accepted and answered 202, and everything is there once it is back. */
import { randomUUID } from 'node:crypto';
import { eventually, historyLength } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { startProxy, type Proxy } from '../support/proxy';
import { DRAWN, SMALL_ROLES } from '../support/template';

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
  const [first, second, third, fourth] = how === 'cut' ? ['log-1', 'log-2', 'log-3', 'log-4'] : ['log-5', 'log-6', 'log-7', 'log-8'];
  const drawing = `/projects/${id}/phases/design/tasks/draw`;
  await product.call('eva', 'POST', path(first as string, 'claim'));
  expect((await product.call('mia', 'GET', `/projects/${id}`)).status).toBe(200);
  const asked = how === 'cut' ? undefined : await eventually(async () => {
    const { body } = await product.call('sam', 'GET', '/approvals?mine=true');
    return body.items?.[0] && (await product.call('sam', 'GET', `/approvals/${encodeURIComponent(body.items[0].id)}`)).body;
  }, 'the gate to ask');
  await proxy[how]();
  const key = randomUUID();
  const begun = Date.now();
  const accepted = await product.call('eva', 'POST', path(first as string, 'complete'), {}, { key });
  expect(accepted).toMatchObject({ status: 202, body: { pending: true } });
  const place = accepted.headers.get('location') as string;
  expect(place).toBe(`/api/v1/commands/${encodeURIComponent(accepted.body.stream)}/${key}`);
  expect((await product.call('eva', 'GET', product.url + place)).status).toBe(202);
  const stream = accepted.body.stream as string;

  const more = await Promise.all([second, third].map((task) => product.call('eva', 'POST', path(task as string, 'complete'))));
  expect(more.map(({ status }) => status)).toEqual([202, 202]);
  // A repeat is known to the workflow, a wrong command still refused.
  expect((await product.call('eva', 'POST', path(first as string, 'complete'), {}, { key })).body).toEqual(accepted.body);
  expect((await product.call('eva', 'POST', path(first as string, 'complete'))).body.code).toBe('task-already-done');
  expect((await product.call('eva', 'POST', path(second as string, 'complete'), { evidence: { a: 1 } }, { key })).body.code).toBe('idempotency-conflict');
  // Texts and links wait for the database as well.
  const said = `${how}: no power in row 7 🔌`;
  const drawn = { ...DRAWN, drawing: { name: `Drawing ${how}`, url: `https://docs.example.org/${how}` }, note: said };
  const texts = [
    await product.call('eva', 'POST', path(fourth as string, 'block'), { reason: said }),
    await product.call('eva', 'POST', `${drawing}/comments`, { text: said }),
    asked === undefined ? await product.call('eva', 'POST', `${drawing}/complete`, { evidence: drawn })
      : await product.call('sam', 'POST', `/approvals/${encodeURIComponent(asked.id)}/decide`, {
        outcome: 'approve-with-conditions', digest: asked.digest, reason: said, conditions: [{ defect: said, plan: 'A second feed', owner: 'engineer', dueDays: 5 }],
      }),
    await product.call('mia', 'POST', `/projects/${id}/hold`, { reason: said }),
  ];
  expect(texts.map(({ status, body }) => body.code ?? status)).toEqual(texts.map(() => 202));
  // What needs the database says so, and that it is safe to repeat.
  const start = await product.call('olga', 'POST', '/projects', { name: 'Move', template: 'small', roles: SMALL_ROLES });
  expect(start).toMatchObject({ status: 503, body: { code: 'database-unavailable' } });
  expect(start.headers.get('retry-after')).toBe('5');
  expect((await product.call('eva', 'GET', '/tasks?mine=true')).body.code).toBe('database-unavailable');
  expect((await (await fetch(`${product.url}/readyz`)).json())).toMatchObject({ database: false, temporal: true });
  // What is tried again in vain leaves no trace; the attempts that last longest may just end.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const history = await historyLength(product.engine, stream);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(await historyLength(product.engine, stream) - history).toBeLessThan(10);

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

  const held = await eventually(async () => {
    const { body } = await product.call('mia', 'GET', `/projects/${id}`);
    return body.status === 'held' && body.reason === said ? body : undefined;
  }, 'the project to be on hold, with the reason', 40_000);
  expect(held.status).toBe('held');
  // A text may come some seconds after what speaks of it.
  await eventually(async () => (await product.call('eva', 'GET', `/projects/${id}/phases/control/tasks/${fourth}`)).body.blocked?.reason === said, 'the reason of the block');
  await eventually(async () => (await product.call('eva', 'GET', `${drawing}/comments`)).body.items[0]?.text === said, 'the comment');
  if (asked !== undefined) {
    const decided = await eventually(async () => {
      const { body } = await product.call('sam', 'GET', `/approvals/${encodeURIComponent(asked.id)}`);
      return body.status === 'decided' && body.votes[0].reason !== null && body;
    }, 'the decision');
    expect(decided).toMatchObject({ votes: [{ person: { id: 'sam' }, reason: said }] });
    return;
  }
  const evidence = await eventually(async () => {
    const { body } = await product.call('eva', 'GET', drawing);
    return body.evidence?.note !== null && body.evidence;
  }, 'the evidence');
  expect(evidence).toMatchObject({ note: said, drawing: drawn.drawing });
  expect((await product.call('mia', 'POST', `/projects/${id}/resume`, {})).status).toBe(200);
  const checked = await eventually(async () => {
    const answer = await product.call('eva', 'POST', `/projects/${id}/phases/design/tasks/check/complete`, {});
    return answer.status === 200 && answer;
  }, 'the project to go on');
  expect(checked.body.events[0]).toMatchObject({ type: 'task-completed' });
});
