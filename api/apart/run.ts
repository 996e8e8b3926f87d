import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KeyedQueue } from '../commands/queue';
import { Problem } from '../problem';
import type { JobName, Jobs } from './jobs';

/** Beside this file in the build; where this runs from its source (tests), in the build of the whole. */
const BESIDE = join(__dirname, 'process.js');
const SCRIPT = existsSync(BESIDE) ? BESIDE : join(__dirname, '..', '..', 'dist', 'api', 'apart', 'process.js');
const LIMIT_MS = 60_000;
const MEMORY_MB = 512;
/** More at once would take the machine from those who work on projects. */
const AT_ONCE = 2;
/** Two who write at once, or a check beside a simulation, take turns; whoever would wait for many is told so. */
const WAITING = 6;

const ALL = 'all';
const turns = new KeyedQueue({ inFlight: AT_ONCE, bound: WAITING, total: WAITING });
/** Nobody leaves the queue: a job is short, or has a limit. */
const never = new AbortController().signal;

/** Whether somebody has something computed. */
export const isBusy = (): boolean => turns.load.running > 0;

/** A job that took too long, or more memory than it may. */
export class JobGaveUp extends Error {
  override readonly name = 'JobGaveUp';
}

/**
 * Does a job that may take seconds in a process of its own, within a minute of its turn.
 * @throws Problem `queue-full` while many others wait; JobGaveUp.
 */
export const runApart = <N extends JobName>(name: N, ...args: Parameters<Jobs[N]>): Promise<ReturnType<Jobs[N]>> => turns.run(ALL, never, () => inProcess(name, args));

async function inProcess<N extends JobName>(name: N, args: Parameters<Jobs[N]>): Promise<ReturnType<Jobs[N]>> {
  const child = fork(SCRIPT, [], { execArgv: [`--max-old-space-size=${MEMORY_MB}`], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  try {
    return await new Promise<ReturnType<Jobs[N]>>((resolve, reject) => {
      child.once('message', (answer) => resolve(answer as ReturnType<Jobs[N]>));
      child.once('error', reject);
      child.once('exit', () => reject(new JobGaveUp(`${name} took too long, or too much memory`)));
      child.send({ name, args });
    });
  } finally {
    clearTimeout(limit);
    child.kill('SIGKILL');
  }
}

/** As {@link runApart}; a job that gave up may do better when fewer are at work. @throws Problem `queue-full`. */
export async function runWhenFree<N extends JobName>(name: N, ...args: Parameters<Jobs[N]>): Promise<ReturnType<Jobs[N]>> {
  try {
    return await runApart(name, ...args);
  } catch (error) {
    if (error instanceof JobGaveUp) throw new Problem('queue-full', { cause: error });
    throw error;
  }
}
