/** How a run is asked what it holds, without ending the workflow task that it is at. */
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { ANSWERED, type Answers, UPDATE_ASK } from '../workflows/contract';

/** Of a worker that does not know the update yet. */
const UNKNOWN = /^No registered handler for update/;

/**
 * Asks the open run of a workflow by an update that is refused with the answer: it is no event of the history, and waits until the workflow task under
 * way has ended. A query would end that task while its batch is on its way: see `docs/adr/0034-runs-answer-by-refusing.md`.
 * @throws WorkflowNotFoundError when there is no open run; what the client throws.
 */
export async function askRun<Q extends keyof Answers>(client: Pick<Client, 'workflow'>, workflowId: string, question: Q): Promise<Answers[Q]> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    await handle.executeUpdate<never, [Q]>(UPDATE_ASK, { args: [question] });
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
    if (!(cause instanceof ApplicationFailure)) throw error;
    if (cause.type === ANSWERED) return cause.details?.[0] as Answers[Q];
    if (UNKNOWN.test(cause.message)) return handle.query<Answers[Q], []>(question);
    throw error;
  }
  throw new Error(`the run of ${workflowId} took the question ${question} for a command`);
}
