/** What who receives a service misses is done again, and that alone. */
import type { TextRef } from '../evidence-types';
import { own } from '../fold';
import type { Instant, Key } from '../process';
import { isSettled, lastNumber, plannedEntry } from './entries';
import { dueIn } from './evolve';
import type { HandoverEvent, HandoverState, ServiceState } from './types';

/** The events by which these entries are open again, and another session follows on each of these. @param reason what is missing, in words. */
export function reopen(state: HandoverState, service: ServiceState, key: Key, missing: readonly Key[], now: Instant, reason?: TextRef): HandoverEvent[] {
  let last = lastNumber(service.sessions, 'session');
  return missing.flatMap((name): HandoverEvent[] => {
    const entry = own(service.entries, name);
    if (entry) return isSettled(entry) ? [{ type: 'entry-reopened', service: key, entry: name, ...(reason && { missing: reason }), ...dueIn(state.input.calendar, now, plannedEntry(state, name, entry)?.dueDays) }] : [];
    const session = own(service.sessions, name);
    if (session?.status !== 'confirmed') return [];
    last += 1;
    return [{ type: 'session-incomplete', service: key, session: name, ...(reason && { missing: reason }) }, following(service, key, name, `session-${last}`, reason)];
  });
}

/** The session that follows one that left something to be wished for. */
export function following({ sessions }: ServiceState, service: Key, before: Key, session: Key, wanted?: TextRef): HandoverEvent {
  const { kind = 'session', topic, subject } = own(sessions, before) ?? {};
  return { type: 'session-planned', service, session, kind, follows: before, ...(topic !== undefined && { topic }), ...(subject && { subject }), ...(wanted && { wanted }) };
}
