import type { Client } from '@temporalio/client';
import type { FileStore } from '../../store/files/store';
import type { Deps } from '../deps';
import type { Reads } from '../reads';

/** `TASK_QUEUE_TYPE_WORKFLOW` of Temporal's protocol. */
const WORKFLOW_TASKS = 1;
/** A worker asks for work at least this often, as its polls end after a minute. */
const POLLED_WITHIN_MS = 70_000;

/** Makes the checks behind `/readyz`: each answers whether its part is well, or throws. */
export function createHealth(client: Client, taskQueue: string, reads: Pick<Reads, 'ping'>, files: Pick<FileStore, 'check'>): Deps['health'] {
  const { namespace } = client.options;
  const service = client.workflowService;
  return {
    temporal: async () => {
      await service.describeNamespace({ namespace });
      return true;
    },
    database: async () => {
      await reads.ping();
      return true;
    },
    files: async () => {
      await files.check();
      return true;
    },
    worker: async () => {
      const { pollers } = await service.describeTaskQueue({
        namespace, taskQueue: { name: taskQueue }, taskQueueType: WORKFLOW_TASKS,
      });
      return (pollers ?? []).some(({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < POLLED_WITHIN_MS);
    },
  };
}
