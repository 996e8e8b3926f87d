import { Context } from '@temporalio/activity';

/** Tells the server that a long activity is alive, and stops it when it was cancelled; does nothing outside an activity. */
export function beat(): void {
  let context: Context;
  try {
    context = Context.current();
  } catch {
    return;
  }
  context.heartbeat();
  context.cancellationSignal.throwIfAborted();
}
