import { ApplicationFailure } from '@temporalio/common';
import { appendBatch } from '../store/append';
import { repairStream } from '../store/repair';
import { type Batch, CHAIN_BROKEN } from '../workflows/contract';
import type { ActivityDeps } from './deps';

/**
 * Appends and projects a batch in one transaction; repeating it is harmless.
 * @throws ApplicationFailure of type `chain-broken`, non-retryable, when the batch does not continue the log; any other error is
 * worth another try.
 */
export async function project({ database, log, processes }: Pick<ActivityDeps, 'database' | 'log' | 'processes'>, batch: Batch): Promise<void> {
  const { stream } = batch;
  const appended = await appendBatch(database.pool, batch);
  switch (appended.outcome) {
    case 'appended':
    case 'repeated':
      return;
    case 'superseded':
      log.warn({ stream, seq: batch.events[0]?.seq }, 'a workflow task was lost after its projection; its repetition took its place in the log');
      // The rows of what was discarded are still there. Should this fail, upkeep does it.
      await repairStream(database.pool, processes, stream).catch((error: unknown) => {
        log.error({ stream, error: String(error) }, 'the read model of a stream is stale and waits for repair');
      });
      return;
    case 'stale':
      log.error({ stream, reason: appended.reason }, 'the read model of a stream is stale and waits for repair');
      return;
    case 'outdated':
      throw ApplicationFailure.create({ type: 'outdated', message: appended.reason });
    case 'broken':
      log.error({ stream, reason: appended.reason }, 'a stream is stopped: what it sent does not continue the log');
      throw ApplicationFailure.create({
        type: CHAIN_BROKEN, nonRetryable: true, message: appended.reason, details: [{ stream, reason: appended.reason }],
      });
  }
}
