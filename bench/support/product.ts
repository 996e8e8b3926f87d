/** The product as people start it, in a data folder of its own, with people and templates to measure with. */
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type RunState, readRunState } from '../../embedded/run-state';
import type { Watched } from './machine';
import { until } from './measure';
import { freePort } from './ports';
import { type Postgres, startPostgres } from './postgres';

const ROOT = path.join(__dirname, '..', '..');

export interface Product {
  /** Base of the API. */
  readonly api: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly folder: string;
  /** Process ids; `postgres` is the embedded one, or the server that was started for it. */
  readonly pids: Readonly<Record<'temporal' | 'postgres' | 'worker' | 'api', number | undefined>>;
  readonly watched: Watched;
  /** Tokens of the office that starts projects, of someone in the team, and of an approver. */
  readonly tokens: Readonly<Record<'office' | 'team' | 'approver', string>>;
  stop(): Promise<void>;
}

/** A started `sluis server`; `began` is the moment of its start by `performance.now()`. */
export interface Server {
  readonly url: string;
  readonly began: number;
  state(): RunState | undefined;
  stop(): Promise<void>;
}

/** Starts `sluis server` on a data folder; does not wait until it is ready. */
export async function spawnServer(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const port = await freePort();
  const log = fs.openSync(path.join(folder, 'server.log'), 'a');
  const profiles = process.env['BENCH_PROFILE'];
  const profiling = profiles ? { BENCH_PROFILE: path.resolve(profiles), NODE_OPTIONS: `--require ${path.join(__dirname, 'profile.cjs')}` } : {};
  const began = performance.now();
  const child = spawn(process.execPath, [path.join(ROOT, 'bin', 'sluis.mjs'), 'server'], {
    cwd: ROOT, stdio: ['ignore', log, log],
    env: { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', HOST: '127.0.0.1', PORT: String(port), SLUIS_DATA: folder, SLUIS_DEMO: 'off',
      ...profiling, ...env },
  });
  fs.closeSync(log);
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { hasEnded = true; resolve(); }); });
  return {
    url: `http://127.0.0.1:${port}`, began,
    state: () => {
      if (hasEnded) throw new Error(`sluis server ended:\n${fs.readFileSync(path.join(folder, 'server.log'), 'utf8').slice(-2000)}`);
      return readRunState(path.join(folder, 'run.json'));
    },
    stop: async () => {
      if (!hasEnded) child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 60_000);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** A folder for one benchmark, below the system's folder for temporary files; remove it with `removeFolder`. */
export const makeFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-bench-'));
export function removeFolder(folder: string): void {
  if (process.env['BENCH_KEEP'] !== '1') fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Starts everything: a database, the product, people with tokens, the templates of the benchmarks.
 * @param options.env settings of the product.
 */
export async function startProduct(options: { embedded: boolean; env?: Readonly<Record<string, string>> }): Promise<Product> {
  const folder = makeFolder();
  let postgres: Postgres | undefined;
  let server: Server | undefined;
  const stop = async (): Promise<void> => {
    await server?.stop();
    await postgres?.close();
    removeFolder(folder);
  };
  try {
    if (!options.embedded) postgres = await startPostgres(folder);
    const data = path.join(folder, 'data');
    fs.mkdirSync(data);
    const running = await spawnServer(data, { ...(postgres ? { DATABASE_URL: postgres.url } : {}), ...options.env });
    server = running;
    await until(() => Promise.resolve(running.state()?.ready === true), 'sluis server', { everyMs: 20, limitMs: 120_000 });
    const state = running.state() as RunState;
    const { temporal, worker, api } = state.parts;
    const database = postgres ? postgres.pid : state.parts.postgres?.pid;
    const engine = [temporal, worker, api, state.supervisor].flatMap((part) => part?.pid ?? []);
    const tokens = await furnish(state.databaseUrl);
    return {
      api: `${running.url}/api/v1`, databaseUrl: state.databaseUrl, temporalAddress: state.temporalAddress, folder, tokens, stop,
      pids: { temporal: temporal?.pid, postgres: database, worker: worker?.pid, api: api?.pid },
      watched: { engine, database },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function furnish(databaseUrl: string): Promise<Product['tokens']> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', path.join(__dirname, 'typescript.cjs'), path.join(__dirname, 'furnish.ts')], { env: { ...process.env, FURNISH: databaseUrl } });
  return JSON.parse(stdout) as Product['tokens'];
}
