/** A process of a test: its output goes to a file, it can be killed by its id, and it is known when it is gone. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { guardProcess, releaseProcess } from './guard';

export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  isRunning(): boolean;
  /** Sends a signal and waits until the process is gone; kills it after `limitMs`. */
  end(signal?: NodeJS.Signals, limitMs?: number): Promise<void>;
}

export interface ChildOptions {
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** A module that is loaded before the script. */
  readonly hook?: string;
  /** Leads a process group of its own. */
  readonly detached?: boolean;
  /** With which signal it is ended should the test run be killed; SIGKILL when not given. */
  readonly lastSignal?: NodeJS.Signals;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts a program. */
export function startProgram(program: string, args: readonly string[], options: ChildOptions): Child {
  const output = openSync(options.log, 'a');
  try {
    const { log: _, lastSignal: __, hook: ___, ...rest } = options;
    return adopt(spawn(program, args, { ...rest, stdio: ['ignore', output, output] }), options);
  } finally {
    closeSync(output);
  }
}

/** Starts a built script of the product as its supervisor would: it ends when this process lets go of it. */
export function startScript(script: string, options: ChildOptions): Child {
  const output = openSync(options.log, 'a');
  try {
    return adopt(fork(script, [], {
      env: options.env, execArgv: ['--enable-source-maps', ...(options.hook === undefined ? [] : ['--require', options.hook])], stdio: ['ignore', output, output, 'ipc'],
    }), options);
  } finally {
    closeSync(output);
  }
}

function adopt(process: ChildProcess, options: ChildOptions): Child {
  const { pid } = process;
  if (pid === undefined) throw new Error(`${process.spawnfile} could not be started`);
  guardProcess(pid, options.lastSignal ?? 'SIGKILL');
  const ended = new Promise<void>((resolve) => {
    process.once('exit', () => {
      releaseProcess(pid);
      resolve();
    });
  });
  const isRunning = (): boolean => process.exitCode === null && process.signalCode === null;
  return {
    pid, process, ended, isRunning,
    end: async (signal = 'SIGKILL', limitMs = 20_000) => {
      if (!isRunning()) return;
      process.kill(signal);
      const killer = setTimeout(() => process.kill('SIGKILL'), limitMs);
      await ended;
      clearTimeout(killer);
    },
  };
}

/** The last lines of a log, to explain a failure. */
export function tailOf(log: string, lines = 15): string {
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}

/** What a worker's log tells of workflow tasks that failed by the workers' own code, each kind once: replays must never do so. */
export function failedTasksIn(log: string): string[] {
  const told = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter((line) => line.includes('Failing workflow task')) : [];
  return [...new Set(told.map((line) => `a workflow task failed: ${/message: "(.*?)"/u.exec(line)?.[1] ?? line}`))];
}

/** Waits until a check holds. @throws Error that names what was waited for. */
export async function until<T>(what: string, limitMs: number, check: () => Promise<T | undefined | false> | T | undefined | false, stepMs = 50): Promise<T> {
  const limit = Date.now() + limitMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > limit) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await wait(stepMs);
  }
}

/**
 * A free port below those that the system hands out by itself. While a server is down, nobody else may get its port: not even one
 * of its own clients, which by chance could connect to itself there.
 */
export async function findStablePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = net.createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => {
        server.close(() => resolve(true));
      });
    });
    if (isFree) return port;
  }
}

/** Whether something listens on a port of the loopback address. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => { socket.destroy(); resolve(false); });
  });
}
