/** The whole embedded product on a data folder of its own, started by its one command. */
import { rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { dataFolder } from '../../../embedded/data-folder';
import { readDemoTokens } from '../../../embedded/demo-tokens';
import { isRunning, type ProcessRecord } from '../../../embedded/processes';
import { readRunState, type PartName, type RunState } from '../../../embedded/run-state';
import { type Child, failedTasksIn, findStablePort, startProgram, tailOf, until } from './child';
import { makeFolder } from './guard';
import { isReady, type Rig } from './rig';
import { prepareDatabase } from './seed';

const ROOT = join(__dirname, '..', '..', '..');
const START_LIMIT_MS = 180_000;

/** `whole`: the supervisor's process group and every part at once; `supervisor`: that process alone. */
export type ProductTarget = PartName | 'supervisor' | 'whole';

export interface ProductRig extends Rig {
  /** Processes of this product that run now. */
  running(): ProcessRecord[];
  /** Starts the product without waiting for it. */
  launch(): void;
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Prepares a product that is not started yet. */
export async function createProduct(): Promise<ProductRig> {
  const root = makeFolder('product');
  const folder = dataFolder(root);
  const log = join(root, 'supervisor.log');
  const port = await findStablePort();
  const url = `http://127.0.0.1:${port}`;
  let supervisor: Child | undefined;
  let prepared = false;

  const state = (): RunState => {
    const found = readRunState(folder.run);
    if (!found) throw new Error('the product has no run.json');
    return found;
  };
  const running = (): ProcessRecord[] => {
    const found = readRunState(folder.run);
    return found ? [found.supervisor, ...Object.values(found.parts)].filter(isRunning) : [];
  };

  /**
   * While one of its parts is down, another product on this machine may take the port that everybody prefers: then these tests
   * would speak to it. So those ports are occupied while this product chooses its own.
   */
  async function avoidKnownPorts(): Promise<() => void> {
    const servers = await Promise.all([7233, 8233, 5433].map((known) => new Promise<net.Server | undefined>((resolve) => {
      const server = net.createServer().once('error', () => resolve(undefined));
      server.listen(known, '127.0.0.1', () => resolve(server));
    })));
    return () => servers.forEach((server) => server?.close());
  }

  function launch(): void {
    if (supervisor?.isRunning()) return;
    supervisor = startProgram(process.execPath, [join(ROOT, 'bin', 'sluis.mjs'), 'server'], {
      log, cwd: ROOT, detached: true, lastSignal: 'SIGTERM',
      env: { ...process.env, SLUIS_DATA: root, PORT: String(port), SLUIS_LOG_LEVEL: 'warn', SLUIS_SHUTDOWN_SECONDS: '2', DATABASE_URL: '', TEMPORAL_ADDRESS: '' },
    });
  }

  async function untilReady(): Promise<void> {
    await until('the product to be ready', START_LIMIT_MS, async () => {
      if (!supervisor?.isRunning()) throw new Error(`the product ended:\n${tailOf(log)}`);
      const found = readRunState(folder.run);
      return found?.ready === true && found.supervisor.pid === supervisor.pid && await isReady(url);
    }, 100);
  }

  return {
    url,
    targets: ['worker', 'api', 'temporal', 'postgres', 'supervisor', 'whole'] satisfies ProductTarget[],
    get databaseUrl() { return state().databaseUrl; },
    get temporalAddress() { return state().temporalAddress; },
    get tokens() { return new Map(readDemoTokens(folder.demoTokens).map(({ person, token }) => [person, token])); },
    running, launch,
    kill: async (target) => {
      const found = readRunState(folder.run);
      if (target === 'whole') {
        if (supervisor?.isRunning()) killNow(-supervisor.pid);
        for (const { pid } of Object.values(found?.parts ?? {}).filter(isRunning)) killNow(pid);
        await supervisor?.ended;
      } else if (target === 'supervisor') await supervisor?.end('SIGKILL');
      else {
        const record = found?.parts[target as PartName];
        if (!record || !isRunning(record)) return;
        killNow(record.pid);
        await until(`the ${target} to be dead`, 10_000, () => !isRunning(record), 10);
      }
    },
    revive: async () => {
      const release = await avoidKnownPorts();
      try {
        launch();
        await untilReady();
      } finally {
        release();
      }
      if (prepared) return;
      await prepareDatabase(state().databaseUrl);
      prepared = true;
    },
    failedTasks: () => failedTasksIn(join(folder.logs, 'worker.log')),
    logs: () => [log, ...['temporal', 'postgres', 'worker', 'api'].map((name) => join(folder.logs, `${name}.log`))]
      .map((path) => `── ${path}\n${tailOf(path)}`).join('\n'),
    close: async () => {
      await supervisor?.end('SIGTERM', 30_000);
      const left = running();
      for (const { pid } of left) killNow(pid);
      rmSync(root, { recursive: true, force: true });
      if (left.length > 0) throw new Error(`the product left ${left.length} processes behind`);
    },
  };
}
