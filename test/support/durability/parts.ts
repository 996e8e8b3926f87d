/** All parts as processes of their own, as in production: Temporal and PostgreSQL servers, a worker, an API. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seed } from '../../../store/seed';
import { startTemporal, type TestTemporal } from '../temporal';
import { type Child, findStablePort, startScript, failedTasksIn, tailOf, until } from './child';
import { guardProcess, makeFolder, releaseProcess } from './guard';
import { createPostgres, type OwnPostgres } from './postgres';
import { isReady, type Rig } from './rig';
import { prepareDatabase } from './seed';

const ROOT = join(__dirname, '..', '..', '..');
const START_LIMIT_MS = 120_000;

export type PartTarget = 'worker' | 'api' | 'temporal' | 'postgres';

export interface PartsRig extends Rig {
  readonly postgres: OwnPostgres;
}

export interface PartsOptions {
  /** Has the worker and the API end themselves at certain points, by chance; see `crash-hook.cjs`. They are started again at once. */
  readonly crash?: Readonly<Record<'worker' | 'api', Readonly<Record<string, number>>>>;
}

/** `PART POINT` → how often; also of points at which none happened. */
type Crashes = Readonly<Record<string, number>>;

/** @throws Error that says what to install when a real part is missing. */
export async function startParts(options: PartsOptions = {}): Promise<PartsRig> {
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { stdio: 'pipe' });
  const folder = makeFolder('durability');
  const folderOf = (name: string): string => {
    mkdirSync(join(folder, name), { mode: 0o755 });
    return join(folder, name);
  };
  // The user that PostgreSQL runs as must be able to pass through.
  execFileSync('chmod', ['755', folder]);
  const postgres = await createPostgres(folderOf('postgres'));
  const temporalFile = join(folderOf('temporal'), 'temporal.db');
  const [temporalPort, apiPort] = [await findStablePort(), await findStablePort()];
  const url = `http://127.0.0.1:${apiPort}`;
  const scripts = new Map<'worker' | 'api', Child>();
  const expected = new WeakSet<Child>();
  let temporal: TestTemporal | undefined;
  let crashing: 'worker' | 'api' | undefined;

  async function startServerOfTemporal(): Promise<void> {
    temporal = await startTemporal({ file: temporalFile, port: temporalPort });
    guardProcess(temporal.pid, 'SIGKILL');
  }

  /** Points at which a part has not crashed yet come first: one that is met more often would hide them. */
  function crashPoints(name: 'worker' | 'api'): string {
    const points = Object.entries(options.crash?.[name] ?? {});
    const counts = crashes();
    const missing = points.filter(([point]) => counts[`${name} ${point}`] === 0);
    return (missing.length > 0 ? missing : points).map(([point, percent]) => `${point}=${percent}`).join(',');
  }

  const scriptEnv = (name: 'worker' | 'api'): NodeJS.ProcessEnv => ({
    ...process.env, NODE_ENV: 'production', SLUIS_LOG_LEVEL: 'warn', SLUIS_IN_FLIGHT: '50', SLUIS_SHUTDOWN_SECONDS: '2',
    DATABASE_URL: postgres.url, TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`, PORT: String(apiPort), HOST: '127.0.0.1',
    ...(crashing === name && { SLUIS_CRASH: crashPoints(name) }),
  });

  /** What runs a script starts it again until it stays: at its start it may find the servers away. */
  async function startUntilReady(name: 'worker' | 'api'): Promise<void> {
    const log = join(folder, `${name}.log`);
    await until(`the ${name} to start`, START_LIMIT_MS, async () => {
      const hook = options.crash && { hook: join(__dirname, 'crash-hook.cjs') };
      const child = startScript(join(ROOT, 'dist', name, 'main.js'), { log, env: scriptEnv(name), ...hook });
      const ready = new Promise<boolean>((resolve) => { child.process.once('message', () => resolve(true)); });
      if (await Promise.race([ready, child.ended.then(() => false)])) {
        scripts.set(name, child);
        void child.ended.then(() => afterEnd(name, child));
        return true;
      }
      return false;
    }, 200);
  }

  /** One that crashed by itself is started again, as whatever supervises it in production would. */
  async function afterEnd(name: 'worker' | 'api', child: Child): Promise<void> {
    if (expected.has(child) || crashing !== name) return;
    await startUntilReady(name).catch(() => undefined);
  }

  function crashes(): Crashes {
    return Object.fromEntries(Object.entries(options.crash ?? {}).flatMap(([name, points]) => {
      const log = join(folder, `${name}.log`);
      const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
      return Object.keys(points).map((point) => [`${name} ${point}`, lines.filter((line) => line === `crashed ${point}`).length]);
    }));
  }

  async function endScript(child: Child | undefined, signal: NodeJS.Signals): Promise<void> {
    if (!child) return;
    expected.add(child);
    await child.end(signal);
  }

  const rig: PartsRig = {
    url, postgres, databaseUrl: postgres.url, temporalAddress: `127.0.0.1:${temporalPort}`, tokens: new Map(),
    targets: ['worker', 'api', 'temporal', 'postgres'] satisfies PartTarget[],
    kill: async (target, chance) => {
      if (target === 'postgres') await postgres.kill(chance.chance(50));
      else if (target === 'temporal' && temporal) {
        process.kill(temporal.pid, 'SIGKILL');
        releaseProcess(temporal.pid);
        await temporal.close();
        temporal = undefined;
      } else await endScript(scripts.get(target as 'worker' | 'api'), 'SIGKILL');
    },
    revive: async (target) => {
      if (target === 'postgres') await postgres.start();
      else if (target === 'temporal') await startServerOfTemporal();
      else await startUntilReady(target as 'worker' | 'api');
    },
    crash: async (part) => {
      crashing = part;
      // What decides on it is read at the start of a process.
      for (const name of ['worker', 'api'] as const) {
        await endScript(scripts.get(name), 'SIGTERM');
        await startUntilReady(name);
      }
    },
    crashes,
    failedTasks: () => failedTasksIn(join(folder, 'worker.log')),
    logs: () => ['worker', 'api', 'postgres/log'].map((name) => `── ${name}\n${tailOf(join(folder, name.includes('/') ? name : `${name}.log`))}`).join('\n'),
    close: async () => {
      crashing = undefined;
      await Promise.all([...scripts.values()].map((child) => endScript(child, 'SIGTERM')));
      const running = temporal;
      await Promise.all([postgres.stop(), running?.close()]);
      if (running) releaseProcess(running.pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };

  try {
    await Promise.all([postgres.start(), startServerOfTemporal()]);
    execFileSync(process.execPath, [join(ROOT, 'test', 'support', 'migrate-child.cjs'), postgres.url], { stdio: 'pipe' });
    const { tokens } = await seed({ databaseUrl: postgres.url, demo: true });
    await prepareDatabase(postgres.url);
    await Promise.all([startUntilReady('worker'), startUntilReady('api')]);
    await until('all parts to be ready', START_LIMIT_MS, () => isReady(url));
    return Object.assign(rig, { tokens: new Map(tokens.map(({ person, token }) => [person, token])) });
  } catch (error) {
    const logs = rig.logs();
    await rig.close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${logs}`, { cause: error });
  }
}
