import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem';
import type { JobName, Jobs } from './jobs';

/** Beside this file in the build; where this runs from its source (tests), in the build of the whole. */
const BESIDE = join(__dirname, 'process.js');
const SCRIPT = existsSync(BESIDE) ? BESIDE : join(__dirname, '..', '..', 'dist', 'api', 'apart', 'process.js');
const LIMIT_MS = 60_000;
const MEMORY_MB = 512;
/** More at once would take the machine from those who work on projects. */
const AT_ONCE = 2;

let running = 0;

/** Whether somebody has something computed. */
export const isBusy = (): boolean => running > 0;

/** A job that took too long, or more memory than it may. */
export class JobGaveUp extends Error {
  override readonly name = 'JobGaveUp';
}

/**
 * Does a job that may take seconds in a process of its own, within a minute.
 * @throws Problem `queue-full` while others are at work; JobGaveUp.
 */
export async function runApart<N extends JobName>(name: N, ...args: Parameters<Jobs[N]>): Promise<ReturnType<Jobs[N]>> {
  if (running >= AT_ONCE) throw new Problem('queue-full');
  running += 1;
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
    running -= 1;
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
