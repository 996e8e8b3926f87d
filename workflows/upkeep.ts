import { proxyActivities } from '@temporalio/workflow';
import type { SluisActivities } from './contract';

const activities = proxyActivities<SluisActivities>({ startToCloseTimeout: '5 minutes', retry: { maximumAttempts: 5 } });
/** With many runs it takes its time, so that commands come first; the next hour's begins when it has ended. */
const slow = proxyActivities<SluisActivities>({ startToCloseTimeout: '3 hours', heartbeatTimeout: '2 minutes', retry: { maximumAttempts: 5 } });

/** What is done every hour, by schedule: seal the log, bring calendars up to date, tend open runs. */
export async function upkeep(): Promise<void> {
  await activities.resolveCalendars();
  await activities.sealHeads();
  await slow.tendRuns();
}
