import type { Client } from '@temporalio/client';
import { WORKFLOW_TEXTS } from '../workflows/contract';
import { beat } from './heartbeat';

/**
 * Deletes the workflows that kept texts while the database was away and have ended, with their histories: a text that is erased is to
 * stand nowhere.
 * @returns how many.
 */
export async function forgetTexts({ options, workflow, workflowService }: Client): Promise<number> {
  let deleted = 0;
  for await (const { workflowId, runId } of workflow.list({ query: `WorkflowType = '${WORKFLOW_TEXTS}' AND ExecutionStatus != 'Running'` })) {
    beat();
    await workflowService.deleteWorkflowExecution({ namespace: options.namespace, workflowExecution: { workflowId, runId } });
    deleted += 1;
  }
  return deleted;
}
