/** The process that runs workflows and activities. Any number of them may run against one Temporal server and one database. */
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../activities';
import { loadConnectedConfig, temporalConnectionOptions } from '../config';
import { announceReady, onStop } from '../config/lifecycle';
import { dataConverter } from '../config/payloads';
import { tuneV8 } from '../config/v8';
import { PROCESSES } from '../domain/processes';
import { RULES } from '../domain/rules';
import { openDatabase } from '../store/client';
import { openFileStore } from '../store/files/open';
import { createWorker } from './create';
import { ensureUpkeep } from './upkeep';

async function main(): Promise<void> {
  tuneV8();
  const config = loadConnectedConfig();
  const log = pino({ name: 'worker', level: config.logLevel });
  Runtime.install({
    // The product ends its processes itself, in its order.
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      log[level === 'ERROR' ? 'error' : 'warn']({ ...meta }, message);
    }),
  });
  const connection = await NativeConnection.connect(temporalConnectionOptions(config.temporal));
  const client = new Client({ connection, namespace: config.temporal.namespace, dataConverter });
  const database = openDatabase(config.databaseUrl, {
    max: config.databaseConnections,
    onError: (error) => log.warn({ error: error.message }, 'a database connection broke'),
  });
  const activities = createActivities({
    database, client, log, files: await openFileStore(config), fileDays: config.files.days, processes: PROCESSES, rules: RULES,
  });
  const worker = await createWorker(config, connection, activities);
  const running = worker.run();
  onStop(async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
    await database.close();
    await connection.close();
  }, config.shutdownSeconds * 2_500);
  running.catch((error: unknown) => {
    log.fatal({ error }, 'the worker ended');
    process.exit(1);
  });
  announceReady();
  await ensureUpkeep(client, config.temporal.taskQueue).catch((error: unknown) => {
    log.error({ error }, 'the hourly upkeep could not be scheduled');
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
