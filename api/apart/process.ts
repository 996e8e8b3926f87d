/** A process that does one job and ends. */
import { Worker } from 'node:worker_threads';
import { JOBS, type JobName } from './jobs';

const LOOK_MS = 500;

/**
 * Ends this process with the one that asked: while it is at work it hears nothing, also not that nobody waits for it any more. A thread does; one whose
 * parent is gone has another.
 */
function endWithParent(): void {
  const watch = `const parent = process.ppid; setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, ${LOOK_MS});`;
  new Worker(watch, { eval: true }).unref();
}

endWithParent();
process.once('message', (message) => {
  const { name, args } = message as { readonly name: JobName; readonly args: never[] };
  const answer = (JOBS[name] as (...given: never[]) => object)(...args);
  process.send?.(answer, () => process.exit(0));
});
process.once('disconnect', () => process.exit(1));
