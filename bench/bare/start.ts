/** Starts bare Temporal beside the product: a worker and an API, each a process, on the same server. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { freePort } from '../support/ports';
import { http } from '../support/client';

export interface Bare {
  /** Sends one command to a workflow, through HTTP. */
  command(workflow: string): Promise<void>;
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

function start(name: 'worker' | 'api', env: Record<string, string>): Promise<ChildProcess> {
  const child = fork(join(__dirname, `${name}.ts`), [], {
    env: { ...process.env, ...env }, execArgv: ['--require', join(__dirname, '..', 'support', 'typescript.cjs')], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`the ${name} of bare Temporal ended with ${code}`)));
  });
}

export async function startBare(temporalAddress: string): Promise<Bare> {
  const port = await freePort();
  const env = { BARE_ADDRESS: temporalAddress, BARE_PORT: String(port) };
  const children = await Promise.all([start('worker', env), start('api', env)]);
  return {
    command: async (workflow) => {
      await http('POST', `http://127.0.0.1:${port}/workflows/${workflow}/command`, undefined, {}, randomUUID());
    },
    pids: children.flatMap(({ pid }) => pid ?? []),
    stop: async () => {
      await Promise.all(children.map((child) => new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.send({ stop: true });
      })));
    },
  };
}
