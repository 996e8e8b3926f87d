import { proxyActivities } from '@temporalio/workflow';
import type { KeptText } from '../domain/evidence-types';
import type { SluisActivities } from './contract';

/** Without limit of attempts, and more often than the projection is tried (`shell/activities.ts`): a text should be there before what speaks of it. */
const activities = proxyActivities<SluisActivities>({ startToCloseTimeout: '10 seconds', retry: { initialInterval: '1 second', maximumInterval: '4 seconds' } });

/** Holds texts that came while the database was away, until it has them. The upkeep then deletes this workflow, as its history holds them too. */
export async function texts(project: string, kept: readonly KeptText[]): Promise<void> {
  await activities.keepTexts(project, kept);
}
