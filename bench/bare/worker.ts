/** The worker of bare Temporal, with the bounds that Sluis's has by default. */
import { join } from 'node:path';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { announceReady, onStop } from '../../config/lifecycle';
import { BARE_QUEUE, readEnvironment } from './contract';

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const connection = await NativeConnection.connect({ address: readEnvironment().address });
  const worker = await Worker.create({
    connection, taskQueue: BARE_QUEUE, workflowsPath: join(__dirname, 'workflow.ts'), maxCachedWorkflows: 500, maxConcurrentWorkflowTaskExecutions: 40,
  });
  const running = worker.run();
  onStop(async () => {
    worker.shutdown();
    await running;
    await connection.close();
  });
  announceReady();
  await running;
}

void main();
