import { fork, spawn, execFile, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { DataFolder } from './data-folder';
import { LogFile } from './log-file';
import { Part, type PartOptions } from './part';
import { tryPort } from './ports';
import type { Say } from './progress';
import type { ProcessRecord } from './processes';
import { settingArguments } from './temporal-settings';

/** Histories must reach back at least as far as anybody may want to compare them with the log. */
const RETENTION = '90d';

type Common = { readonly folder: DataFolder; readonly say: Say; changed(record: ProcessRecord | undefined): void };

/** The built root, where the scripts of the parts lie. */
const BUILD = join(__dirname, '..');

/**
 * The Temporal server. It leads a process group of its own: Ctrl-C, which reaches the whole group of the supervisor, must not
 * end it under the worker that still needs it.
 */
export function temporalPart(common: Common & {
  readonly program: string;
  readonly port: number;
  readonly uiPort: number;
  readonly namespace: string;
}): Part {
  const { folder, program, port, namespace } = common;
  const log = new LogFile(join(folder.logs, 'temporal.log'));
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(common.uiPort),
    '--db-filename', folder.temporalDatabase, '--namespace', namespace, '--log-level', 'error',
    '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL', ...settingArguments()];
  return new Part({
    ...shared(common, 'Temporal server', log),
    launch: () => withLog(log, (output) => spawn(program, args, { detached: true, stdio: ['ignore', output, output] })),
    async waitReady() {
      await untilListening(port);
      await setRetention(program, port, namespace);
    },
    requestStop: (child) => { child.kill('SIGTERM'); },
    givesWay: true,
    stopLimitMs: 10_000,
  });
}

/** The embedded PostgreSQL. */
export function postgresPart(common: Common & { readonly port: number }): Part {
  const env = { SLUIS_PGLITE_FOLDER: common.folder.postgres, SLUIS_PGLITE_PORT: String(common.port) };
  return nodePart(common, 'database', 'postgres', join(BUILD, 'embedded', 'pglite-process.js'), env, 10_000);
}

/** Stack traces tell lines of the sources. */
const TRACES = '--enable-source-maps';

/**
 * With what Node starts each part; V8 reads it before any code runs, and what it heeds later is set in `main.ts`. The API sees to its traces by itself (`config/traces.ts`). Of what is
 * young in the worker 4 MiB are collected at once: under load V8 lets that grow to 16, and keeps as much again for its own use, in each thread and for ever after. The API, which
 * has one thread and makes more garbage, would collect for twice as long.
 */
const FLAGS = { postgres: [TRACES], worker: [TRACES, '--max-semi-space-size=4'], api: [] } as const;

/** The worker or the API; `env` tells it where the servers are. */
export function productPart(
  common: Common & { readonly stopLimitMs: number },
  name: 'worker' | 'api',
  env: Record<string, string>,
): Part {
  const title = name === 'api' ? 'API' : name;
  return nodePart(common, title, name, join(BUILD, name, 'main.js'), env, common.stopLimitMs);
}

/**
 * For GNU's allocator, which reads it before anything else runs; others don't know it. Threads that allocate from heaps of their own each
 * keep what they once needed, and large buffers come to lie in these heaps, too: of a worker's memory 100 MiB and more.
 */
const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };

function nodePart(
  common: Common, title: string, name: keyof typeof FLAGS, script: string, env: Record<string, string>, stopLimitMs: number,
): Part {
  const log = new LogFile(join(common.folder.logs, `${name}.log`));
  return new Part({
    ...shared(common, title, log),
    launch: () => withLog(log, (output) => fork(script, [], {
      env: { ...ALLOCATOR, ...process.env, ...env },
      execArgv: [...FLAGS[name]],
      stdio: ['ignore', output, output, 'ipc'],
    })),
    waitReady: untilReadyMessage,
    givesWay: name === 'worker',
    requestStop: (child) => { if (child.connected) child.send({ stop: true }, () => undefined); else child.kill('SIGTERM'); },
    stopLimitMs,
  });
}

function shared(common: Common, name: string, log: LogFile): Pick<PartOptions, 'name' | 'say' | 'changed' | 'readyLimitMs' | 'lastWords'> {
  return { name, say: common.say, changed: (record) => common.changed(record), readyLimitMs: 60_000, lastWords: () => log.tail() };
}

function withLog(log: LogFile, launch: (output: number) => ChildProcess): ChildProcess {
  const output = log.open();
  try {
    return launch(output);
  } finally {
    closeSync(output);
  }
}

/** Settles with the message `{ ready: true }` of a child. */
function untilReadyMessage(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) resolve();
    });
  });
}

/** Settles once something listens on the port of the loopback address; the caller sets the limit. */
async function untilListening(port: number): Promise<void> {
  while (await tryPort(port) !== undefined) await sleep(20);
}

/** Also proves that the server answers: its port opens a moment before the namespace can be used. */
async function setRetention(program: string, port: number, namespace: string): Promise<void> {
  const args = ['operator', 'namespace', 'update', '--address', `127.0.0.1:${port}`, '--namespace', namespace, '--retention', RETENTION];
  for (let attempt = 1; ; attempt += 1) {
    try {
      await promisify(execFile)(program, args, { timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt >= 40) throw error;
      await sleep(100);
    }
  }
}
