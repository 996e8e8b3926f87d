import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { dataFolder } from '../../embedded/data-folder';
import { readDemoTokens } from '../../embedded/demo-tokens';
import { findPorts } from '../../embedded/ports';
import { isRunning } from '../../embedded/processes';
import { type Server, sluis, startServer } from './cli';

const root = mkdtempSync(join(tmpdir(), 'sluis-product-'));
const archive = join(root, 'backup.tar.gz');
const first = join(root, 'first');
const second = join(root, 'second');
let port = '';
let server: Server;

/** Runs `work` with a client of the Temporal server that the product started. */
async function withTemporal<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.state().temporalAddress });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** A run that nothing ever touches: no worker listens there. */
const startRun = (workflowId: string) => withTemporal((client) => client.workflow.start('idle', { workflowId, taskQueue: 'nobody' }));
const describeRun = (workflowId: string) => withTemporal((client) => client.workflow.getHandle(workflowId).describe());

async function signIn(): Promise<number> {
  const [token] = readDemoTokens(dataFolder(first).demoTokens);
  const answer = await fetch(`http://localhost:${port}/api/v1/me`, { headers: { authorization: `Bearer ${token?.token ?? ''}` } });
  return answer.status;
}

beforeAll(async () => {
  port = String((await findPorts([0]))[0]);
  server = await startServer({ SLUIS_DATA: first, PORT: port });
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(root, { recursive: true });
});

describe('the product by its one command', () => {
  test('says where it is and gives a token per demo role; its files are its owner\'s alone', async () => {
    const { url, temporalUiUrl } = server.state();
    expect(url).toBe(`http://localhost:${port}`);
    expect(server.output()).toContain(url);
    expect(server.output()).toContain(temporalUiUrl);
    expect(server.output()).toContain('npm run demo');
    for (const { token } of readDemoTokens(dataFolder(first).demoTokens)) expect(server.output()).toContain(token);
    expect(await signIn()).toBe(200);
    for (const path of [dataFolder(first).run, dataFolder(first).demoTokens]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(first).mode & 0o777).toBe(0o700);
  });

  test('the main job runs to its end: a project from initiation to closing', async () => {
    const { code, output } = await sluis(['demo'], { SLUIS_DATA: first });
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    expect(output).toMatch(/Project completed: \d+ events/);
  });

  test('a second start on the same data folder is refused', async () => {
    const { code, output } = await sluis(['server'], { SLUIS_DATA: first, PORT: port });
    expect(code).toBe(1);
    expect(output).toContain(`Sluis already runs on this data folder (process ${server.child.pid}`);
  });

  test('a taken port is refused before anything starts', async () => {
    const { code, output } = await sluis(['server'], { SLUIS_DATA: second, PORT: port });
    expect(code).toBe(1);
    expect(output).toContain(`PORT: port ${port} on 127.0.0.1 is taken`);
    expect(existsSync(dataFolder(second).postgres)).toBe(false);
    expect(existsSync(dataFolder(second).lock)).toBe(false);
    rmSync(second, { recursive: true });
  });

  test('a wrong variable is named', async () => {
    const { code, output } = await sluis(['server'], { SLUIS_DATA: second, PORT: 'three' });
    expect(code).toBe(2);
    expect(output).toContain('PORT: "three" can\'t be used.');
  });

  test.each<[string, Record<string, string>]>([
    ['HOST: a b is no address of this machine (ENOTFOUND)', { HOST: 'a b' }],
    ['SLUIS_DATA: /dev/null can\'t be a data folder (EEXIST)', { SLUIS_DATA: '/dev/null' }],
    ['DATABASE_URL: The database could not be prepared: connect ECONNREFUSED 127.0.0.1:1', { DATABASE_URL: 'postgresql://u:secret-word@127.0.0.1:1/x' }],
    ['TEMPORAL_ADDRESS: no server can be reached at 127.0.0.1:1 (ECONNREFUSED)', { TEMPORAL_ADDRESS: '127.0.0.1:1' }],
    ['TEMPORAL_TLS_CERT: /nofile can\'t be read (ENOENT)', { TEMPORAL_ADDRESS: '127.0.0.1:1', TEMPORAL_TLS_CERT: '/nofile', TEMPORAL_TLS_KEY: '/nofile' }],
  ])('a variable that turns out to be wrong later is named, too: %s', async (message, env) => {
    const [free] = await findPorts([0]);
    const { code, output } = await sluis(['server'], { SLUIS_DATA: second, PORT: String(free), ...env });
    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toMatch(/secret-word|\n {4}at /);
    rmSync(second, { recursive: true, force: true });
  });

  test('a backup while it runs: API and worker stay up, both databases are of one moment', async () => {
    await startRun('before-the-backup');
    const before = server.state().parts;
    const { code, output } = await sluis(['backup', archive], { SLUIS_DATA: first });
    expect([code, output]).toEqual([0, expect.stringContaining('Backup written')]);
    const after = server.state();
    expect(after.ready).toBe(true);
    expect([after.parts.api, after.parts.worker]).toEqual([before.api, before.worker]);
    expect(after.parts.temporal).not.toEqual(before.temporal);
    await startRun('after-the-backup');
    expect(await signIn()).toBe(200);
  });

  test('a database that is killed comes back on the same port', async () => {
    const before = server.state().parts.postgres;
    process.kill(before?.pid ?? 0, 'SIGKILL');
    let status = 0;
    for (const limit = Date.now() + 60_000; status !== 200 && Date.now() < limit; await sleep(100)) {
      status = await signIn().catch(() => 0);
    }
    expect(status).toBe(200);
    expect(server.state().parts.postgres).not.toEqual(before);
  });

  test('ends in good order and leaves no process, lock or state behind', async () => {
    const records = Object.values(server.state().parts);
    expect(records).toHaveLength(4);
    server.child.kill('SIGINT');
    const { code, output } = await server.ended;
    expect([code, output]).toEqual([0, expect.stringMatching(/Ended\.\n$/)]);
    expect(output).not.toContain('was killed');
    expect(records.filter(isRunning)).toEqual([]);
    for (const path of [dataFolder(first).run, dataFolder(first).lock, dataFolder(first).control]) expect(existsSync(path)).toBe(false);
  });

  test('restored elsewhere it is what it was at the backup', async () => {
    const { code, output } = await sluis(['restore', archive], { SLUIS_DATA: second });
    expect([code, output]).toEqual([0, expect.stringContaining('Restored the backup')]);
    server = await startServer({ SLUIS_DATA: second, PORT: port });
    expect((await describeRun('before-the-backup')).status.name).toBe('RUNNING');
    await expect(describeRun('after-the-backup')).rejects.toThrow(/not found/);
    expect(await signIn()).toBe(200);
  });

  test('started by npm it ends in good order when npm is told to end', async () => {
    server.child.kill('SIGTERM');
    await server.ended;
    server = await startServer({ SLUIS_DATA: second, PORT: port }, true);
    const records = Object.values(server.state().parts);
    server.child.kill('SIGTERM');
    expect((await server.ended).output).toMatch(/Ended\.\n$/);
    expect(records.filter(isRunning)).toEqual([]);
    server = await startServer({ SLUIS_DATA: second, PORT: port });
  });

  test('after its supervisor is killed nothing runs for long, and it starts again', async () => {
    const { parts } = server.state();
    server.child.kill('SIGKILL');
    await server.ended;
    server = await startServer({ SLUIS_DATA: second, PORT: port });
    expect(Object.values(parts).filter(isRunning)).toEqual([]);
    expect(await signIn()).toBe(200);
    const verified = await sluis(['audit', 'verify', '--json'], { SLUIS_DATA: second });
    expect(verified.code).toBe(0);
    // What takes longer than a second says so first.
    expect(JSON.parse(verified.output.slice(verified.output.indexOf('{')))).toMatchObject({ ok: true, problems: [] });
  });
});
