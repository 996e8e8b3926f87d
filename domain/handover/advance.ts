import type { Instant, Key } from '../process';
import type { Reached } from '../plan';
import { advanceEarlyLife, startEarlyLife } from './early-life-support';
import { handedOver, isDone, isOutlived, missingOf } from './entries';
import { clocksRun } from './reminders';
import { serviceDigest } from './sign-off';
import type { HandoverEvent, HandoverState, ServiceState } from './types';

/** What a handover's state calls for by itself: sign-offs that fall or can be asked, services that are accepted, how far all have come. */
export function advance(state: HandoverState, now: Instant): readonly HandoverEvent[] {
  if (state.status === 'outliving' && !Object.values(state.services).some(isOutlived)) return [{ type: 'handover-ended' }];
  if (state.status !== 'open') return [];
  const events = Object.entries(state.services).flatMap(([key, service]) => advanceService(state, key, service, now));
  if (events.length === 0 && clocksRun(state)) events.push(...advanceEarlyLife(state, now));
  if (events.length > 0) return events;
  const reached = reachedBy(state);
  return reached === state.reached ? [] : [{ type: 'handover-stood', reached }];
}

function advanceService(state: HandoverState, key: Key, service: ServiceState, now: Instant): HandoverEvent[] {
  const { status, round, digest, wanted } = service.signOff;
  if (isDone(service)) return [];
  const current = serviceDigest(state, key, service);
  const isSigned = status === 'signed' || status === 'signed-with-conditions';
  if ((isSigned || status === 'open') && digest !== current) return [{ type: 'sign-off-withdrawn', service: key, round, ...(isSigned && { signed: true as const }) }];
  if (isSigned && service.status !== 'early-life') {
    const started = startEarlyLife(state, key, now);
    return [{ type: 'service-accepted', service: key }, ...(started.length > 0 ? started : [{ type: 'service-transferred' as const, service: key }])];
  }
  // While the project settles, or is on hold, nobody is asked.
  if (status === 'open' || isSigned || !wanted || state.revision || state.heldAt !== undefined || missingOf(state, service).length > 0) return [];
  return [{ type: 'sign-off-opened', service: key, round: round + 1, digest: current }];
}

/** How far all services have come; with none, nothing is reached. */
function reachedBy(state: HandoverState): Reached {
  const services = handedOver(state);
  if (services.length === 0) return 'none';
  if (services.every(([, { status }]) => status === 'transferred')) return 'transferred';
  return services.every(([, { status, signOff }]) => status === 'transferred' || (status === 'early-life' && signOff.status.startsWith('signed'))) ? 'accepted' : 'none';
}
