/** A Temporal server for a test file: the product's own locator finds the program, the server keeps everything in memory. */
import { spawn } from 'node:child_process';
import net from 'node:net';
import { Connection } from '@temporalio/client';
import { locateTemporal } from '../../embedded/temporal-locate';
import { settingArguments } from '../../embedded/temporal-settings';

export interface TestTemporal {
  readonly address: string;
  readonly pid: number;
  close(): Promise<void>;
}

export interface TemporalOptions {
  readonly file?: string;
  readonly port?: number;
  readonly settings?: readonly string[];
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Ports that are tried. */
const TRIES = 3;

/**
 * Starts a server and waits until it answers.
 * @param options.file Keeps the server's data in this SQLite file, so that it survives a restart on the same `port`.
 * @param options.settings Go before those of the product.
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<TestTemporal> {
  for (let tries = TRIES; ; tries -= 1) {
    try {
      return await start(options);
    } catch (error) {
      // A port that was free a moment ago may be another's by now.
      if (options.port !== undefined || tries === 1) throw error;
    }
  }
}

async function start(options: TemporalOptions): Promise<TestTemporal> {
  const program = await locateTemporal({ cliPath: process.env['TEMPORAL_CLI_PATH'], env: process.env, say: () => undefined });
  const port = options.port ?? await freePort();
  const child = spawn(program, [
    'server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error',
    ...settingArguments(), ...(options.settings ?? []).flatMap((setting) => ['--dynamic-config-value', setting]),
    ...(options.file === undefined ? [] : ['--db-filename', options.file, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL']),
  ], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = `127.0.0.1:${port}`;
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      break;
    } catch (error) {
      if (Date.now() > until || child.exitCode !== null) {
        child.kill('SIGKILL');
        throw new Error(`the Temporal server did not start: ${String(error)}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    address, pid: child.pid ?? 0,
    close: async () => {
      // What is only in memory nobody needs: to end in good order takes it a second, in each test file.
      child.kill(options.file === undefined ? 'SIGKILL' : 'SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(killer);
    },
  };
}
