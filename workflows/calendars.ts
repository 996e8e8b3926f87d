import { proxyActivities } from '@temporalio/workflow';
import type { SluisActivities } from './contract';

/** Without limit of attempts: what was announced reaches every running project. */
const activities = proxyActivities<SluisActivities>({ startToCloseTimeout: '5 minutes', retry: { maximumInterval: '1 minute' } });

/** What an announcement sets going at once; the hourly upkeep does the same. */
export async function calendars(): Promise<void> {
  await activities.resolveCalendars();
}
