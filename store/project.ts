/** Appending and projecting a batch, with what is to be done about its outcome. */
import type { Pool } from 'pg';
import type { Batch } from '../workflows/contract';
import { type Appended, appendBatch } from './append';
import type { Processes } from './fold';
import { repairStream } from './repair';

/** The part of a logger (pino's shape) that is told of what went wrong. */
interface ProjectionLog {
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/**
 * Appends and projects a batch in one transaction, and repairs the read model where the batch took the place of other events. Repeating
 * it is harmless.
 * @param mayBeEarly Whether batches before it may be on another way; see `appendBatch`.
 * @throws the driver's error when the database is away or out of resources.
 */
export async function projectBatch(
  { pool, processes, log }: { readonly pool: Pool; readonly processes: Processes; readonly log: ProjectionLog }, batch: Batch, mayBeEarly = false,
): Promise<Appended> {
  const { stream } = batch;
  const appended = await appendBatch(pool, batch, mayBeEarly);
  switch (appended.outcome) {
    case 'superseded':
      log.warn({ stream, seq: batch.events[0]?.seq }, 'a workflow task was lost after its projection; its repetition took its place in the log');
      // The rows of what was discarded are still there. Should this fail, upkeep does it.
      await repairStream(pool, processes, stream).catch((error: unknown) => {
        log.error({ stream, error: String(error) }, 'the read model of a stream is stale and waits for repair');
      });
      break;
    case 'stale':
      log.error({ stream, reason: appended.reason }, 'the read model of a stream is stale and waits for repair');
      break;
    case 'broken':
      log.error({ stream, reason: appended.reason }, 'a stream is stopped: what it sent does not continue the log');
      break;
    default:
  }
  return appended;
}
