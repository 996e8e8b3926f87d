import { ApplicationFailure } from '@temporalio/common';
import { projectBatch } from '../store/project';
import { type Batch, CHAIN_BROKEN } from '../workflows/contract';
import type { ActivityDeps } from './deps';

/**
 * Appends and projects a batch in one transaction; repeating it is harmless.
 * @throws ApplicationFailure of type `chain-broken`, non-retryable, when the batch does not continue the log; any other error is
 * worth another try.
 */
export async function project({ database, log, processes }: Pick<ActivityDeps, 'database' | 'log' | 'processes'>, batch: Batch): Promise<void> {
  const appended = await projectBatch({ pool: database.pool, processes, log }, batch);
  if (appended.outcome === 'outdated' || appended.outcome === 'early') throw ApplicationFailure.create({ type: appended.outcome, message: appended.reason });
  if (appended.outcome === 'broken') {
    throw ApplicationFailure.create({
      type: CHAIN_BROKEN, nonRetryable: true, message: appended.reason, details: [{ stream: batch.stream, reason: appended.reason }],
    });
  }
}
