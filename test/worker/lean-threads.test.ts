/** The threads of workflows do without some of what the SDK does: what matters of it they still do. */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { eventually } from '../support/engine';
import { type TestTemporal, startTemporal } from '../support/temporal';

const ROOT = join(__dirname, '..', '..');
const QUEUE = 'lean';

let temporal: TestTemporal;
let connection: Connection;
let client: Client;
let worker: ChildProcess;
let ended: Promise<unknown>;
const logged: string[] = [];

beforeAll(async () => {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { stdio: 'pipe' });
  temporal = await startTemporal();
  connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection });
  worker = fork(join(ROOT, 'test', 'support', 'lean-worker.cjs'), [temporal.address, QUEUE], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  ended = once(worker, 'exit');
  worker.on('message', (message: { logged?: string }) => { if (message.logged !== undefined) logged.push(message.logged); });
  await Promise.race([once(worker, 'message'), ended.then(() => { throw new Error('the worker ended before it was ready'); })]);
});
afterAll(async () => {
  worker.kill('SIGKILL');
  await ended;
  await connection.close();
  await temporal.close();
});

const failuresOf = async (workflowId: string): Promise<string[]> => {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => failed?.failure?.message ?? []);
};

test('what a workflow logs is heard, each line once, also after a step in which it logged nothing', async () => {
  const handle = await client.workflow.start('tells', { workflowId: 'tells', taskQueue: QUEUE, args: [] });
  await eventually(() => Promise.resolve(logged.includes('begins')), 'the first line');
  await handle.signal('go-on');
  await handle.signal('go-on');
  expect(await handle.result()).toBe('told');
  await eventually(() => Promise.resolve(logged.includes('ends')), 'the last line');
  expect(logged.filter((line) => line === 'begins' || line === 'ends')).toEqual(['begins', 'ends']);
});

test('a workflow that never ends its step fails its task, and the thread goes on with others', async () => {
  const stuck = await client.workflow.start('loops', { workflowId: 'loops', taskQueue: QUEUE, args: [] });
  await eventually(async () => (await failuresOf('loops')).length > 0, 'a workflow task that failed');
  expect((await failuresOf('loops'))[0]).toMatch(/timed out after 300ms/);
  const other = await client.workflow.start('tells', { workflowId: 'other', taskQueue: QUEUE, args: [] });
  await other.signal('go-on');
  await other.signal('go-on');
  expect(await other.result()).toBe('told');
  await stuck.terminate();
});
