/** How the activities are called. */
import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { SluisActivities } from '../contract';

/** Bounded as a whole: who sent a command waits for it, and beyond 8 s the server would hear from the workflow task meanwhile. */
export const quick = proxyLocalActivities<Pick<SluisActivities, 'project'>>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '6 seconds',
  retry: { maximumAttempts: 2, initialInterval: '200 milliseconds' },
});
/** Without limit of attempts: a database that is away costs neither history nor commands. */
export const patient = proxyActivities<SluisActivities>({
  startToCloseTimeout: '60 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});
