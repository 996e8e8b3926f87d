/** The command line as a person runs it, on a data folder of the test's own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFolder } from '../../embedded/data-folder';
import { readRunState, type RunState } from '../../embedded/run-state';

const ROOT = join(__dirname, '..', '..');
const BIN = join(ROOT, 'bin', 'sluis.mjs');
const START_LIMIT_MS = 180_000;

export type Ended = { readonly code: number | null; readonly output: string };
export type Environment = Record<string, string>;

function launch(args: string[], env: Environment, program = [process.execPath, BIN]): { child: ChildProcess; ended: Promise<Ended>; output(): string } {
  const [command = '', ...before] = program;
  const child = spawn(command, [...before, ...args], {
    cwd: ROOT, env: { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const ended = new Promise<Ended>((resolve) => { child.once('close', (code) => resolve({ code, output })); });
  return { child, ended, output: () => output };
}

/** Runs a command to its end. */
export function sluis(args: string[], env: Environment): Promise<Ended> {
  return launch(args, env).ended;
}

export type Server = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What runs, as the product itself recorded it. */
  state(): RunState;
  output(): string;
};

/** Starts the product, by `npm start` if so wished, and waits until it says that it is ready. */
export async function startServer(env: Environment & { SLUIS_DATA: string }, byNpm = false): Promise<Server> {
  const { child, ended, output } = byNpm ? launch(['start'], env, ['npm']) : launch(['server'], env);
  const state = (): RunState => {
    const found = readRunState(dataFolder(env.SLUIS_DATA).run);
    if (!found) throw new Error('there is no run.json');
    return found;
  };
  const limit = Date.now() + START_LIMIT_MS;
  while (!output().includes('Ctrl-C ends it')) {
    if (child.exitCode !== null) throw new Error(`The product ended (${child.exitCode}):\n${output()}`);
    if (Date.now() > limit) {
      child.kill('SIGTERM');
      throw new Error(`The product was not ready in time:\n${output()}`);
    }
    await sleep(50);
  }
  return { child, ended, state, output };
}
