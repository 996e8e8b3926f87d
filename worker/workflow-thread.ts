/**
 * Where the SDK's thread for workflows begins: changes some of what the SDK does there, then loads the SDK's own script.
 * - It keeps no stack trace of every promise that a workflow makes, for the query `__stack_trace` alone: a third of what the thread does.
 *   Without it that query answers an error. Hooks of others stay: the workflows' own `AsyncLocalStorage` needs one.
 * - An activation is watched as a whole. The SDK has Node watch each of its calls into the workflow's code, four or more, and each time
 *   Node starts a system thread for that and ends it again, which takes longer than most of the calls.
 * - The answer to an activation says whether the workflow logged anything: see `lean-threads.ts`.
 */
import { dirname, join } from 'node:path';
import vm, { type RunningScriptOptions } from 'node:vm';
import { workerData } from 'node:worker_threads';

interface Completion {
  readonly runId: string;
  readonly failed?: unknown;
  hasLogged?: boolean;
}

interface Workflow {
  readonly activator: { readonly info: { readonly runId: string }; readonly sinkCalls: readonly unknown[]; errorToFailure(error: unknown): unknown };
  activate(activation: unknown): Promise<Completion>;
}

interface VmShared {
  readonly globalHandlers: { setPromiseHook(): void };
  readonly BaseVMWorkflow: { readonly prototype: Workflow };
}

const { script } = workerData as { readonly script: string };
const { globalHandlers, BaseVMWorkflow } = require(join(dirname(script), 'vm-shared.js')) as VmShared;
globalHandlers.setPromiseHook = () => undefined;

const CALL = '__sluis_activate';

let call: (() => Promise<Completion>) | undefined;
Object.defineProperty(globalThis, CALL, { value: () => call?.() });
const watchedCall = new vm.Script(`${CALL}()`);

/** How long an activation may take, as the SDK has it for each of its calls: then its workflow task fails, and is tried again. */
let limitMs: number | undefined;
const { runInContext } = vm.Script.prototype;
vm.Script.prototype.runInContext = function (this: vm.Script, context: vm.Context, options?: RunningScriptOptions): unknown {
  if (call !== undefined) return runInContext.call(this, context, { ...options, timeout: undefined }) as unknown;
  limitMs = options?.timeout ?? limitMs;
  return runInContext.call(this, context, options) as unknown;
};

/** Begins an activation, all of it that is synchronous: what comes after that is the SDK's own. @throws when it takes too long. */
function beginWatched(workflow: Workflow, activation: unknown): Promise<Completion> {
  call = () => activate.call(workflow, activation);
  try {
    return watchedCall.runInThisContext({ timeout: limitMs }) as Promise<Completion>;
  } finally {
    call = undefined;
  }
}

async function judge(workflow: Workflow, activation: unknown): Promise<Completion> {
  try {
    return await beginWatched(workflow, activation);
  } catch (error) {
    // What the SDK answers when one of its own calls throws.
    return { runId: workflow.activator.info.runId, failed: { failure: workflow.activator.errorToFailure(error) } };
  }
}

const { activate } = BaseVMWorkflow.prototype;
BaseVMWorkflow.prototype.activate = async function (this: Workflow, activation: unknown): Promise<Completion> {
  const completion = await judge(this, activation);
  completion.hasLogged = this.activator.sinkCalls.length > 0;
  return completion;
};

require(script);
