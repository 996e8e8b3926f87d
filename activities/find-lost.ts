import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { StreamId } from '../domain/process';
import { beat } from './heartbeat';
import { inParallel } from './in-parallel';

/** How a workflow can be gone without having told its parent; one that completed told before. */
const LOST = new Set(['FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);
const WIDTH = 8;

/** Which of these workflows are gone without having told: not found, terminated, failed, cancelled from outside, timed out. */
export async function findLost(client: Client, ids: readonly StreamId[]): Promise<StreamId[]> {
  const lost = new Set<StreamId>();
  await inParallel(ids, WIDTH, async (id) => {
    beat();
    try {
      const { status } = await client.workflow.getHandle(id).describe();
      if (LOST.has(status.name)) lost.add(id);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      lost.add(id);
    }
  });
  return ids.filter((id) => lost.has(id));
}
