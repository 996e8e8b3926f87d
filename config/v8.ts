/** How V8 runs the worker and the API: processes that live for months, where its defaults are for pages that are soon left again. */
import { setFlagsFromString } from 'node:v8';

/**
 * By how much a heap may grow, in percent of what was alive, before all of it is collected. By itself V8 waits in the worker, on a machine with much memory, for up
 * to four times of it: workflows that left the memory and were loaded again are then most of what it takes. In the API it does that after a fifth, every few seconds under
 * load, and who asks meanwhile waits for 50 to 100 ms of the processor.
 */
const HEAP_GROWING_PERCENT = 50;

/**
 * After how many bytes of its bytecode a function is looked at for compiling it. By itself V8 waits seven times as long. A request, as a step of a workflow, goes through
 * much code, and through each of it a few times only: it took thousands of requests until a list was as fast as it gets.
 */
const INTERRUPT_BUDGET = 10_000;

/** To be called before anything else is done; holds for all threads of the process. */
export function tuneV8(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
}
