import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOf, ApiProblem, createClient, NoAnswer } from '../../client';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { SMALL_ROLES } from '../support/template';

let product: Product;
beforeAll(async () => { product = await startProduct(); });
afterAll(() => product.close());

test('a program starts a project, sees what its people have to do, and does it', async () => {
  const olga = product.client('olga');
  const { id } = await answerOf(olga.POST('/api/v1/projects', { params: { header: {} as never }, body: { name: 'By a program', template: 'small', roles: SMALL_ROLES } }));
  const eva = product.client('eva');
  await eventually(async () => (await answerOf(eva.GET('/api/v1/tasks', { params: { query: { mine: 'true' } } }))).items.some(({ project }) => project === id), 'her tasks');
  const path = { project: id, phase: 'control', task: 'log-1' };
  const headers = { 'Idempotency-Key': 'program-1' };
  const done = await answerOf(eva.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/complete', { params: { path, header: headers }, body: { evidence: {} } }));
  expect(done).toMatchObject({ replayed: false });
  expect(await answerOf(eva.POST('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/complete', { params: { path, header: headers }, body: { evidence: {} } })))
    .toMatchObject({ replayed: true });
  const task = await answerOf(eva.GET('/api/v1/projects/{project}/phases/{phase}/tasks/{task}', { params: { path } }));
  expect(task.status).toBe('done');
});

test('ids with slashes arrive whole', async () => {
  const approval = 'project/p-0/phase/design/1/approval/design-gate/1';
  await expect(answerOf(product.client('olga').GET('/api/v1/approvals/{approval}', { params: { path: { approval } } }))).rejects.toMatchObject({ problem: { code: 'unknown-approval' } });
});

test('a refusal is a problem with its code, in the language asked for', async () => {
  const client = createClient({ url: product.url, token: product.tokens.get('mia') ?? '', language: () => 'nl' });
  const refused = await answerOf(client.GET('/api/v1/projects/{project}', { params: { path: { project: 'p-0' } } })).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ status: 404, problem: { code: 'unknown-project' } });
  expect((refused as ApiProblem).problem.title).toMatch(/niet/);
});

test('where nothing answers, and where something else does, that is said', async () => {
  await expect(answerOf(createClient({ url: 'http://127.0.0.1:9' }).GET('/api/v1/me'))).rejects.toBeInstanceOf(NoAnswer);
  const proxy = createServer((_, response) => { response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad gateway</h1>'); }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  await expect(answerOf(createClient({ url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }).GET('/api/v1/me'))).rejects.toBeInstanceOf(NoAnswer);
  proxy.close();
});
