/** A process that does one job and ends. */
import { JOBS, type JobName } from './jobs';

process.once('message', (message) => {
  const { name, args } = message as { readonly name: JobName; readonly args: never[] };
  const answer = (JOBS[name] as (...given: never[]) => object)(...args);
  process.send?.(answer, () => process.exit(0));
});
process.once('disconnect', () => process.exit(1));
