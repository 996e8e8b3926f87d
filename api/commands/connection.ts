/** The API's connection to Temporal. */
import { NativeConnection } from '@temporalio/worker/lib/connection';

/** The calls that bring a command to its workflow, and ask what became of it. */
const COMMANDS: ReadonlySet<string> = new Set(['UpdateWorkflowExecution', 'ExecuteMultiOperation', 'PollWorkflowExecutionUpdate']);

interface Request {
  readonly retry: boolean;
  /** Milliseconds. */
  readonly timeout: number | null;
}
type Send = (request: Request) => Promise<unknown>;
type SendRequest = (send: Send, method: { readonly name: string }, ...rest: readonly unknown[]) => void;

/** How long one call may take. Shorter than the server itself lets one wait for an answer: then nobody asks on for a command that its sender gave up. */
export const CALL_LIMIT_MS = 10_000;

/**
 * A connection that leaves it to us when a command is sent again (`engine.ts`). By itself it waits a second when the server has no room for a
 * call: for a command that came in the very moment when a run is followed by the next, which is there within some 50 ms.
 *
 * Each call has its limit here. The other way, `withDeadline`, has Node follow every promise of the process from then on, which costs a command
 * a twentieth of its time.
 */
// @ts-expect-error -- the method that sends is private, and the way to say this of one call alone is not open (`retry` of `RpcCall` in the SDK's bridge)
export class CommandConnection extends NativeConnection {
  override sendRequest(send: Send, method: { readonly name: string }, ...rest: readonly unknown[]): void {
    const limited: Send = (request) => send({ ...request, timeout: CALL_LIMIT_MS, retry: request.retry && !COMMANDS.has(method.name) });
    (NativeConnection.prototype as unknown as { sendRequest: SendRequest }).sendRequest.call(this, limited, method, ...rest);
  }
}
