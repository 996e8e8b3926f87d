/** The least a durable command can be: an update that does nothing but answer. */
import { allHandlersFinished, condition, continueAsNew, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';

export async function bare(): Promise<void> {
  setHandler(defineUpdate<string, [unknown]>('command'), () => 'done');
  await condition(() => workflowInfo().continueAsNewSuggested);
  await condition(allHandlersFinished);
  await continueAsNew<typeof bare>();
}
