import type { Client } from '@temporalio/client';
import { WORKFLOW_TEXTS } from '../workflows/contract';
import type { Log } from './deps';
import { beat } from './heartbeat';
import { isNotFound } from './not-found';

/**
 * Deletes the workflows that kept texts while the database was away and have ended, with their histories: a text that is erased is to
 * stand nowhere. What can't be deleted now is left to the next time.
 */
export async function forgetTexts({ options, workflow, workflowService }: Client, log: Log): Promise<void> {
  try {
    for await (const { workflowId, runId } of workflow.list({ query: `WorkflowType = '${WORKFLOW_TEXTS}' AND ExecutionStatus != 'Running'` })) {
      beat();
      await workflowService.deleteWorkflowExecution({ namespace: options.namespace, workflowExecution: { workflowId, runId } }).catch((error: unknown) => {
        // The server still lists what it has deleted.
        if (!isNotFound(error)) throw error;
      });
    }
  } catch (error) {
    log.warn({ error: String(error) }, 'workflows that kept texts while the database was away could not be deleted');
  }
}
