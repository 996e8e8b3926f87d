/** The threads of workflows do without some of what the SDK does: what matters of it they still do. */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { breakOff } from '../../worker/break-off';
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

test('one that never ends fails alone, whatever else the thread is asked meanwhile', async () => {
  const start = (type: string, workflowId: string) => client.workflow.start(type, { workflowId, taskQueue: QUEUE, args: [] });
  const others = Array.from({ length: 12 }, (_, at) => `with-${at}`);
  const [stuck, ...beside] = await Promise.all([start('loops', 'loops-beside'), ...others.map((id) => start('tells', id))]);
  await eventually(async () => (await failuresOf('loops-beside')).length > 0, 'a workflow task that failed');
  for (const each of beside) for (let signal = 0; signal < 2; signal += 1) await each.signal('go-on');
  expect(await Promise.all(beside.map((each) => each.result()))).toEqual(others.map(() => 'told'));
  expect((await Promise.all(others.map(failuresOf))).flat()).toEqual([]);
  expect((await failuresOf('loops-beside'))[0]).toMatch(/timed out after 300ms/);
  await stuck?.terminate();
});

test('a worker that stood still as a whole fails no step', async () => {
  const paused = await client.workflow.start('tells', { workflowId: 'paused', taskQueue: QUEUE, args: [] });
  for (let signal = 0; signal < 2; signal += 1) {
    worker.kill('SIGSTOP');
    await paused.signal('go-on');
    await sleep(700);
    worker.kill('SIGCONT');
  }
  expect(await paused.result()).toBe('told');
  expect(await failuresOf('paused')).toEqual([]);
});

test('a thread that is not there, or does not obey, is told of', async () => {
  await expect(breakOff(9_999, 100)).rejects.toThrow('thread 9999 could not be interrupted');
});

test('a workflow that never ends a later step does not hold up its worker for ever', async () => {
  const start = (type: string, workflowId: string) => client.workflow.start(type, { workflowId, taskQueue: QUEUE, args: [] });
  const stuck = await start('loopsLater', 'loops-later');
  await stuck.signal('go-on');
  // The step fails, or Node ends the process.
  let hasEnded = false;
  void ended.then(() => { hasEnded = true; });
  await eventually(async () => hasEnded || (await failuresOf('loops-later')).length > 0, 'a workflow task that failed, or the end of the process');
  await stuck.terminate();
});
