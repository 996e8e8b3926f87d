/** The API's connection to Temporal. */
import { NativeConnection } from '@temporalio/worker';

/** The calls that bring a command to its workflow. */
const COMMANDS: ReadonlySet<string> = new Set(['UpdateWorkflowExecution', 'ExecuteMultiOperation']);

interface Request {
  readonly retry: boolean;
}
type Send = (request: Request) => Promise<unknown>;
type SendRequest = (send: Send, method: { readonly name: string }, ...rest: readonly unknown[]) => void;

/**
 * A connection that leaves it to us when a command is sent again (`engine.ts`). By itself it waits a second when the server has no room for a
 * call: for a command that came in the very moment when a run is followed by the next, which is there within some 50 ms.
 */
// @ts-expect-error -- the method that sends is private, and the way to say this of one call alone is not open (`retry` of `RpcCall` in the SDK's bridge)
export class CommandConnection extends NativeConnection {
  override sendRequest(send: Send, method: { readonly name: string }, ...rest: readonly unknown[]): void {
    const once: Send = (request) => send({ ...request, retry: false });
    (NativeConnection.prototype as unknown as { sendRequest: SendRequest }).sendRequest.call(this, COMMANDS.has(method.name) ? once : send, method, ...rest);
  }
}
