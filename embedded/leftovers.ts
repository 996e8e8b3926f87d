import { endProcess, isRunning } from './processes';
import type { Say } from './progress';
import { readRunState } from './run-state';

const GRACE_MS = 10_000;

/**
 * Ends what a run that was killed left behind, as `run.json` recorded it: two servers on one set of files would ruin them.
 * The caller holds the lock, so that nothing found here belongs to a run under way.
 */
export async function endLeftovers(runStatePath: string, say: Say): Promise<void> {
  const left = Object.values(readRunState(runStatePath)?.parts ?? {}).filter(isRunning);
  if (left.length === 0) return;
  say(`  … ending ${left.length} process${left.length === 1 ? '' : 'es'} that an earlier run left behind`);
  await Promise.all(left.map((record) => endProcess(record, GRACE_MS)));
}
