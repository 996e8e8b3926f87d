/**
 * Where the SDK's thread for workflows begins: changes some of what the SDK does there, then loads the SDK's own script.
 * - It keeps no stack trace of every promise that a workflow makes, for the query `__stack_trace` alone: a third of what the thread does.
 *   Without it that query answers an error. Hooks of others stay: the workflows' own `AsyncLocalStorage` needs one.
 * - No call into a workflow's code is watched from within. The SDK has Node watch each of them, four or more per activation, and each time
 *   Node starts a system thread for that and ends it again, which takes longer than most of the calls. The thread is watched from outside
 *   instead: see `lean-threads.ts`.
 * - The answer to an activation says whether the workflow logged anything: see there, too.
 */
import { dirname, join } from 'node:path';
import vm, { type RunningScriptOptions } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { AT_NOTHING } from './thread-state';

interface Completion {
  hasLogged?: boolean;
}

interface Workflow {
  readonly activator: { readonly sinkCalls: readonly unknown[] };
  activate(activation: unknown): Promise<Completion>;
}

interface VmShared {
  readonly globalHandlers: { setPromiseHook(): void };
  readonly BaseVMWorkflow: { readonly prototype: Workflow };
}

const { script, isAt } = workerData as { readonly script: string; readonly isAt: BigInt64Array };
const { globalHandlers, BaseVMWorkflow } = require(join(dirname(script), 'vm-shared.js')) as VmShared;
globalHandlers.setPromiseHook = () => undefined;

const { runInContext } = vm.Script.prototype;
vm.Script.prototype.runInContext = function (this: vm.Script, context: vm.Context, options?: RunningScriptOptions): unknown {
  return runInContext.call(this, context, { ...options, timeout: undefined }) as unknown;
};

const { activate } = BaseVMWorkflow.prototype;
BaseVMWorkflow.prototype.activate = async function (this: Workflow, activation: unknown): Promise<Completion> {
  const completion = await activate.call(this, activation);
  completion.hasLogged = this.activator.sinkCalls.length > 0;
  return completion;
};

// Workflows run in the part of a request that is synchronous; where it is broken off, what it was at stays written there.
const port = parentPort as NonNullable<typeof parentPort>;
const on = port.on.bind(port);
port.on = ((event: 'message', listen: (request: { readonly requestId: bigint }) => void) => on(event, (request: { readonly requestId: bigint }) => {
  Atomics.store(isAt, 0, request.requestId);
  listen(request);
  Atomics.store(isAt, 0, AT_NOTHING);
})) as typeof port.on;

require(script);
