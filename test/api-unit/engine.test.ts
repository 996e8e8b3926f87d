import { Client } from '@temporalio/client';
import { type Engine, createEngine } from '../../api/commands/engine';
import { ANSWER, type RefusingServer, startRefusingServer } from '../support/refusing-server';

const UPDATE = 'UpdateWorkflowExecution';
const STARTING = { code: 14, message: 'starting' };
const CLOSING = { code: 8, message: 'workflow operation can not be applied because workflow is closing' };
const TASK_FAILED = { code: 9, message: 'Unable to perform workflow execution update due to Workflow Task in failed state.' };
const envelope = { id: 'k', hash: 'h', authority: { kind: 'person', person: 'p', roles: [] }, command: { type: 'claim' } } as const;

let server: RefusingServer;
let engine: Engine;
beforeAll(async () => {
  server = await startRefusingServer();
  engine = createEngine(new Client({ connection: server.connection }), { taskQueue: 'q', deadlineMs: 1_000 });
});
afterAll(() => server.close());

const times = (count: number, error: typeof CLOSING): (typeof CLOSING)[] => Array.from({ length: count }, () => error);

test.each([
  ['is about to be followed by the next', CLOSING],
  ['tries its workflow task anew', TASK_FAILED],
  ['can not be reached', STARTING],
])('a run that %s is asked again, soon', async (_, error) => {
  server.refuse(UPDATE, times(3, error));
  expect(await engine.execute('project/p', envelope)).toEqual(ANSWER);
  expect(server.count(UPDATE)).toBe(4);
});

test('one that does not get over it is unavailable within the deadline', async () => {
  server.refuse(UPDATE, times(50, TASK_FAILED));
  await expect(engine.execute('project/p', envelope)).rejects.toMatchObject({ code: 'engine-unavailable' });
  expect(server.count(UPDATE)).toBeGreaterThan(3);
  expect(server.count(UPDATE)).toBeLessThan(10);
});

test('a server that gives no answer is unavailable at the deadline', async () => {
  server.refuse(UPDATE, [STARTING, 'silence']);
  const began = Date.now();
  await expect(engine.execute('project/p', envelope)).rejects.toMatchObject({ code: 'engine-unavailable' });
  expect(Date.now() - began).toBeLessThan(3_000);
  expect(server.count(UPDATE)).toBe(2);
});

test.each([
  ['has no room for any call is left alone for a second', { code: 8, message: 'namespace rate limit exceeded' }],
  ['finds that it can not be right is not asked again', { code: 9, message: 'something else' }],
])('a server that %s', async (_, error) => {
  server.refuse(UPDATE, [error]);
  await expect(engine.execute('project/p', envelope)).rejects.toMatchObject({ code: 'engine-unavailable' });
  expect(server.count(UPDATE)).toBe(1);
});

test.each([UPDATE, 'ExecuteMultiOperation'])('the connection does not repeat %s by itself', async (method) => {
  server.refuse(method, [STARTING]);
  const send = method === UPDATE ? server.connection.workflowService.updateWorkflowExecution({}) : server.connection.workflowService.executeMultiOperation({});
  await expect(send).rejects.toMatchObject({ code: 14 });
  expect(server.count(method)).toBe(1);
});

test('it does repeat any other call', async () => {
  server.refuse('SignalWorkflowExecution', [STARTING]);
  await server.connection.workflowService.signalWorkflowExecution({});
  expect(server.count('SignalWorkflowExecution')).toBe(2);
});
