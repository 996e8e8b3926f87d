/** A server that speaks gRPC as far as the API's calls to Temporal need it, and refuses what it is told to: no real one does that at a given moment. */
import { once } from 'node:events';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { CommandConnection } from '../../api/commands/connection';
import type { CommandAnswer } from '../../workflows/contract';

export interface GrpcError {
  readonly code: number;
  readonly message: string;
}

export interface RefusingServer {
  readonly connection: Awaited<ReturnType<typeof CommandConnection.connect>>;
  /** The next calls of this method are refused, or get no answer, one after the other; those after them are answered. The count begins anew. */
  refuse(method: string, errors: readonly (GrpcError | 'silence')[]): void;
  /** How many calls of this method have come since. */
  count(method: string): number;
  close(): Promise<void>;
}

export const ANSWER: CommandAnswer = { seq: 1, hash: 'h', events: [] };
const { UpdateWorkflowExecutionResponse } = temporal.api.workflowservice.v1;
const updated = UpdateWorkflowExecutionResponse.encode({
  updateRef: { workflowExecution: { workflowId: 'project/p', runId: 'r' }, updateId: 'k' },
  stage: temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
  outcome: { success: { payloads: [defaultPayloadConverter.toPayload(ANSWER)] } },
}).finish();

/** One message as gRPC frames it: not compressed, its length, its bytes. */
function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

export async function startRefusingServer(): Promise<RefusingServer> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const plans = new Map<string, { readonly errors: readonly (GrpcError | 'silence')[]; calls: number }>();
  const server = http2.createServer();
  server.on('stream', (stream, headers) => {
    const method = String(headers[':path']).split('/').at(-1) ?? '';
    const plan = plans.get(method) ?? { errors: [], calls: 0 };
    plans.set(method, plan);
    const error = plan.errors[plan.calls];
    plan.calls += 1;
    if (error === 'silence') return;
    stream.on('wantTrailers', () => stream.sendTrailers(error ? { 'grpc-status': error.code, 'grpc-message': encodeURI(error.message) } : { 'grpc-status': 0 }));
    stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
    stream.resume();
    if (error) stream.end();
    else stream.end(frame(method === 'UpdateWorkflowExecution' ? updated : new Uint8Array()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await CommandConnection.connect({ address: `127.0.0.1:${(server.address() as AddressInfo).port}` });
  return {
    connection,
    refuse: (method, errors) => { plans.set(method, { errors, calls: 0 }); },
    count: (method) => plans.get(method)?.calls ?? 0,
    close: async () => {
      await connection.close();
      server.close();
    },
  };
}
