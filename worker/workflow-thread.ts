/**
 * Where the SDK's thread for workflows begins: takes the promise hook of its stack traces away, then loads the SDK's own script. With it
 * the SDK keeps a stack trace of every promise that a workflow makes, for the query `__stack_trace` alone: a third of what the thread
 * does. Without it that query answers an error. Hooks of others stay: the workflows' own `AsyncLocalStorage` needs one.
 */
import { dirname, join } from 'node:path';
import { workerData } from 'node:worker_threads';

interface VmShared {
  readonly globalHandlers: { setPromiseHook(): void };
}

const { script } = workerData as { readonly script: string };
const { globalHandlers } = require(join(dirname(script), 'vm-shared.js')) as VmShared;
globalHandlers.setPromiseHook = () => undefined;
require(script);
