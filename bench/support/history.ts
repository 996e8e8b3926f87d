/** How many events stand in the histories of workflows: an exact cost of a command. */
import type { Client } from '@temporalio/client';

interface Mark {
  readonly run: string;
  readonly length: number;
}

/** Follows the histories of workflows across their runs from now on. */
export async function markHistories(client: Client, workflows: readonly string[]): Promise<() => Promise<number>> {
  const marks = new Map<string, Mark>();
  for (const id of workflows) {
    const { runId, historyLength } = await client.workflow.getHandle(id).describe();
    marks.set(id, { run: runId, length: historyLength });
  }
  return async () => {
    let sum = 0;
    for (const [id, { run, length }] of marks) sum += await eventsSince(client, id, run, length);
    return sum;
  };
}

async function eventsSince(client: Client, id: string, run: string, before: number): Promise<number> {
  const { historyLength, status } = await client.workflow.getHandle(id, run).describe();
  const added = historyLength - before;
  if (status.name !== 'CONTINUED_AS_NEW') return added;
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace, execution: { workflowId: id, runId: run }, historyEventFilterType: 2,
  });
  const next = history?.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  return next ? added + await eventsSince(client, id, next, 0) : added;
}
