/** Runs inside the workflow sandbox during a replay: tells what the code computes now, which the SDK's own replay does not compare. */
import { type Sinks, type WorkflowInterceptorsFactory, proxySinks } from '@temporalio/workflow';

export interface CaptureSinks extends Sinks {
  capture: {
    answered(updateId: string, answer: unknown): void;
    projected(batch: unknown): void;
    /** @param to null: the run that follows this one. */
    sent(to: string | null, what: unknown): void;
  };
}

const { capture } = proxySinks<CaptureSinks>();

export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [{
    // The very promise goes on: one more turn in between would change the order of commands.
    handleUpdate(input, next) {
      const answer = next(input);
      void answer.then((value) => capture.answered(input.updateId, value), (error: unknown) => capture.answered(input.updateId, { refused: String(error) }));
      return answer;
    },
  }],
  outbound: [{
    scheduleLocalActivity(input, next) {
      capture.projected(input.args[0]);
      return next(input);
    },
    scheduleActivity(input, next) {
      if (input.activityType === 'project') capture.projected(input.args[0]);
      return next(input);
    },
    signalWorkflow(input, next) {
      capture.sent(input.target.type === 'external' ? input.target.workflowExecution.workflowId ?? '' : input.target.childWorkflowId, input.args);
      return next(input);
    },
    startChildWorkflowExecution(input, next) {
      capture.sent(input.options.workflowId ?? '', input.options.args);
      return next(input);
    },
    continueAsNew(input, next) {
      capture.sent(null, input.args);
      return next(input);
    },
  }],
});
