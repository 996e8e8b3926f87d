/** The engine for a test file: a real Temporal server, a real database, a worker in this process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, WithStartWorkflowOperation } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { defineUpdate } from '@temporalio/workflow';
import { createActivities } from '../../activities';
import { CommandConnection } from '../../api/commands/connection';
import { type ConnectedConfig, loadConnectedConfig } from '../../config';
import { dataConverter } from '../../config/payloads';
import type { Plan } from '../../domain/plan';
import { PROCESSES } from '../../domain/processes';
import type { Authority } from '../../domain/process';
import { RULES } from '../../domain/rules';
import { type Database, openDatabase } from '../../store/client';
import { prepareIncoming } from '../../store/files/incoming';
import { openDiskStore } from '../../store/files/disk';
import type { FileStore } from '../../store/files/store';
import { createWorker } from '../../worker/create';
import type { CommandAnswer, CommandEnvelope, SluisActivities } from '../../workflows/contract';
import { UPDATE_COMMAND, projectStream } from '../../workflows/contract';
import { type TestDatabase, createTestDatabase } from './database';
import { ROLES } from './plans';
import { type TemporalOptions, type TestTemporal, startTemporal } from './temporal';
import { workflowBundle } from './workflow-bundle';
import { PEOPLE } from './world';

/** What hangs on purpose is given up after it; twice as long, and the worker is broken off as if it hung itself: more than a busy machine needs. */
const WORKER_STOPS_IN_S = 5;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Engine {
  readonly config: ConnectedConfig;
  readonly client: Client;
  /** Of the API: it leaves it to the API when a command is sent again. */
  readonly commandClient: Client;
  readonly connection: NativeConnection;
  readonly database: Database;
  readonly files: FileStore;
  /** Where those are. */
  readonly folder: string;
  readonly testDatabase: TestDatabase;
  readonly temporal: TestTemporal;
  /**
   * Runs a worker; stop it with what it returns.
   * @param instead Stands in for some of the activities, such as one that takes its time.
   */
  startWorker(instead?: (activities: SluisActivities) => Partial<SluisActivities>): Promise<() => Promise<void>>;
  close(): Promise<void>;
}


/**
 * @param through Gives the address by which the database is reached, of its own one: a test can put a proxy between.
 * @throws Error that says what to install when a real part is missing.
 */
export async function startEngine(env: Record<string, string> = {}, through: (url: string) => Promise<string> = async (url) => url, server: TemporalOptions = {}): Promise<Engine> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const [temporal, testDatabase] = await Promise.all([startTemporal(server), createTestDatabase()]);
  const url = await through(testDatabase.url);
  const config = loadConnectedConfig({ DATABASE_URL: url, TEMPORAL_ADDRESS: temporal.address, SLUIS_IN_FLIGHT: '100', ...env });
  const connection = await NativeConnection.connect({ address: temporal.address });
  const commandConnection = await CommandConnection.connect({ address: temporal.address });
  const client = new Client({ connection, dataConverter });
  const commandClient = new Client({ connection: commandConnection, dataConverter });
  const database = openDatabase(url, { max: 6, first: 2 });
  const folder = mkdtempSync(join(tmpdir(), 'sluis-files-'));
  const files = openDiskStore(join(folder, 'files'), join(folder, 'incoming'));
  await prepareIncoming(files.incoming);
  const stops = new Set<() => Promise<void>>();
  const startWorker: Engine['startWorker'] = async (instead = () => ({})) => {
    const activities = createActivities({ database, client, files, fileDays: config.files.days, log: silent, processes: PROCESSES, rules: RULES });
    const worker: Worker = await createWorker({ ...config, shutdownSeconds: WORKER_STOPS_IN_S }, connection, { ...activities, ...instead(activities) }, { workflowBundle: await workflowBundle() });
    const running = worker.run();
    const stop = async (): Promise<void> => {
      stops.delete(stop);
      worker.shutdown();
      await running;
    };
    stops.add(stop);
    return stop;
  };
  return {
    config, client, commandClient, connection, database, files, folder, testDatabase, temporal, startWorker,
    close: async () => {
      for (const stop of stops) await stop();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
      await connection.close();
      await commandConnection.close();
      await Promise.all([testDatabase.close(), temporal.close()]);
    },
  };
}

let commands = 0;
/** Gives a command to a stream as the API does; what the answer hands out is left to the caller, who says with `more` that it may. */
export async function command(
  engine: Engine, stream: string, body: CommandEnvelope['command'], authority: Authority, id = `c${commands += 1}`,
  more: Pick<CommandEnvelope, 'projects' | 'logged'> = {},
): Promise<CommandAnswer> {
  const envelope: CommandEnvelope = { id, hash: JSON.stringify(body), authority, command: body, ...more };
  return engine.client.workflow.getHandle(stream).executeUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND, { args: [envelope], updateId: id });
}

const COMMAND = defineUpdate<CommandAnswer, [CommandEnvelope]>(UPDATE_COMMAND);

/** Starts a stream by its first command, as the API does. @param type of its workflow. */
export async function startStream(
  engine: Engine, type: string, stream: string, input: object, body: CommandEnvelope['command'], authority: Authority, id = `start-${stream}`,
): Promise<CommandAnswer> {
  const envelope: CommandEnvelope = { id, hash: JSON.stringify(body), authority, command: body };
  return engine.client.workflow.executeUpdateWithStart(COMMAND, {
    args: [envelope], updateId: id,
    startWorkflowOperation: new WithStartWorkflowOperation(type, {
      workflowId: stream, taskQueue: engine.config.temporal.taskQueue, args: [{ input, rules: RULES }],
      workflowIdConflictPolicy: 'USE_EXISTING', workflowIdReusePolicy: 'REJECT_DUPLICATE',
    }),
  });
}

/** Starts a project. @returns the answer; its phases open afterwards. */
export const startProject = (engine: Engine, project: string, plan: Plan): Promise<CommandAnswer> =>
  startStream(engine, 'projectLifecycle', projectStream(project), { project, plan }, { type: 'start', name: { text: 'n' }, roles: ROLES }, PEOPLE.olga);

/** Number of events in the history of the newest run of a workflow. */
export async function historyLength(engine: Engine, stream: string): Promise<number> {
  return Number((await engine.client.workflow.getHandle(stream).describe()).historyLength);
}

/** Waits until a check holds: longer than a busy machine needs, and less than the minute after which a workflow tries again by itself. */
export async function eventually<T>(check: () => Promise<T | undefined | false>, what: string, limitMs = 45_000): Promise<T> {
  const until = Date.now() + limitMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > until) throw new Error(`waited ${limitMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

