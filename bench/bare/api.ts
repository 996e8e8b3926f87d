/** The least that an HTTP API in front of bare Temporal can be: the same framework and the same kind of client as Sluis's. */
import express from 'express';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { announceReady, onStop } from '../../config/lifecycle';
import { readEnvironment } from './contract';

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const { address, port } = readEnvironment();
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.post('/workflows/:id/command', express.json(), async (request, response) => {
    const answer = await client.workflow.getHandle(request.params['id'] ?? '').executeUpdate<string, [unknown]>('command',
      { args: [request.body], updateId: request.get('idempotency-key') ?? '' });
    response.json({ answer });
  });
  const server = app.listen(port, '127.0.0.1', announceReady);
  onStop(async () => {
    server.closeAllConnections();
    server.close();
    await connection.close();
  });
}

void main();
