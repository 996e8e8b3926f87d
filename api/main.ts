/** The process that serves the API. Any number of them may run against one Temporal server and one database. */
import '../config/traces';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { DefaultLogger } from '@temporalio/worker/lib/logger';
import { Runtime } from '@temporalio/worker/lib/runtime';
import pino from 'pino';
import { loadConnectedConfig, temporalConnectionOptions } from '../config';
import { dataConverter } from '../config/payloads';
import { announceReady, onStop } from '../config/lifecycle';
import { tuneV8 } from '../config/v8';
import { openDatabase } from '../store/client';
import { prepareIncoming } from '../store/files/incoming';
import { openFileStore } from '../store/files/open';
import { createApp } from './app';
import { keepDoing } from './background';
import { CommandConnection } from './commands/connection';
import { createDeps } from './create-deps';
import { keepForecasts } from './forecasts/keep';
import { sealDocuments } from './handover/keep-documents';
import { makeServer } from './http/server';

/** Requests wait for no line of the log to be written: it is written in pieces, and what is left at the end of the process. */
const LOG = { dest: 1, sync: false, minLength: 12_288, periodicFlush: 200 };

/** The part of the connections that is kept for what requests ask first; of few there is none to spare. */
const FIRST = { share: 3 / 8, of: 6 };

async function main(): Promise<void> {
  tuneV8();
  const config = loadConnectedConfig();
  const log = pino({ name: 'api', level: config.logLevel }, pino.destination(LOG));
  Runtime.install({
    // This process ends itself, when its open requests have been answered.
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      log[level === 'ERROR' ? 'error' : 'warn']({ ...meta }, message);
    }),
  });
  const connection = await CommandConnection.connect(temporalConnectionOptions(config.temporal));
  const client = new Client({ connection, namespace: config.temporal.namespace, dataConverter });
  const database = openDatabase(config.databaseUrl, {
    max: config.databaseConnections,
    first: config.databaseConnections < FIRST.of ? 0 : Math.floor(config.databaseConnections * FIRST.share),
    onError: (error) => log.warn({ error: error.message }, 'a database connection broke'),
  });
  const { taskQueue } = config.temporal;
  const files = await openFileStore(config);
  await prepareIncoming(files.incoming);
  const deps = createDeps(client, database, log, {
    taskQueue, queue: config.queue, files, fileLimit: config.files.limit, demo: config.demo, pulseKey: config.pulseKey, pages: join(__dirname, '..', 'web'),
  });
  const server = makeServer(createApp(deps));
  server.listen(config.http.port, config.http.host);
  await once(server, 'listening');
  const forecasts = keepForecasts(deps);
  const ending = new AbortController();
  const documents = keepDoing(deps, () => sealDocuments(deps, ending.signal), 'a handover document could not be kept');
  onStop(async () => {
    forecasts.close();
    documents.close();
    ending.abort();
    const closed = once(server, 'close');
    deps.feed.close();
    server.close();
    // A connection that its client keeps open is idle once its request is answered.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const limit = setTimeout(() => server.closeAllConnections(), config.shutdownSeconds * 1_000);
    await closed;
    clearInterval(idle);
    clearTimeout(limit);
    await database.close();
    await connection.close();
  }, config.shutdownSeconds * 2_500);
  log.info({ port: config.http.port, host: config.http.host }, 'listening');
  announceReady();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
