/** Judges messages: of the project, of approvals, of time. */
import { addWorkingDays, localDate, replaces } from '../calendar';
import { refuse } from '../errors';
import { own } from '../fold';
import { holdersOf } from '../permissions';
import type { Context, Decision, PersonId, StreamId } from '../process';
import type { RoleHolders } from '../project/types';
import { hearRevision } from '../revision';
import { OUTLIVES, RULES } from '../rules';
import { isDone, isOutlived } from './entries';
import { reopen } from './going-back';
import { dueEvents } from './reminders';
import { openSignOff, serviceDigest } from './sign-off';
import type { HandoverCommand, HandoverEvent, HandoverState, PersonCommand } from './types';

const accept = (...events: HandoverEvent[]): Decision<HandoverEvent> => ({ ok: true, events });

export function decideSystem(state: HandoverState, command: Exclude<HandoverCommand, PersonCommand>, { authority, now, rules = RULES }: Context): Decision<HandoverEvent> {
  if (authority.kind !== 'system') return refuse('system-only');
  if (command.type === 'open') return state.status === 'opening' ? accept({ type: 'handover-opened' }) : accept();
  if (state.status === 'outliving') return accept(...(command.type === 'remind' ? dueEvents(state, now) : command.type === 'seal-document' ? sealed(state, command) : []));
  if (state.status !== 'open') return accept();
  switch (command.type) {
    case 'approval-decided': return accept(...signed(state, command, now));
    case 'roles-changed': return accept(...changed(state, command, now, rules));
    case 'absences-changed': return accept({ type: 'absences-changed', absences: command.absences });
    case 'calendar-changed': return replaces(command.calendar, state.input.calendar) ? accept({ type: 'calendar-changed', calendar: command.calendar }) : accept();
    case 'prepare':
    case 'abort':
    case 'commit': return accept(...hearRevision(state, command));
    case 'seal-document': return accept(...sealed(state, command));
    case 'end': return accept({ type: rules >= OUTLIVES && Object.values(state.services).some(isOutlived) ? 'conditions-outlived' : 'handover-ended' });
    case 'remind': return accept(...dueEvents(state, now));
    case 'look': return accept({ type: 'children-looked-at' });
    case 'child-lost': return accept(...lost(state, command.child));
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

function changed({ input: { calendar, handover, planRoles }, roles: before, services }: HandoverState, command: Extract<HandoverCommand, { type: 'roles-changed' }>, now: number, rules: number): HandoverEvent[] {
  const { roles, replaced } = command;
  if (rules < OUTLIVES) return [{ type: 'roles-changed', roles, ...(replaced && { replaced }) }];
  const owners = (of: RoleHolders): readonly PersonId[] => holdersOf(handover.serviceOwner, planRoles, of);
  const [were, are] = [owners(before), owners(roles)];
  const lost = Object.entries(services).flatMap(([service, each]): HandoverEvent[] => {
    const { owner } = each;
    return owner !== undefined && !isDone(each) && owner !== replaced?.person && were.includes(owner) && !are.includes(owner) ? [{ type: 'owner-lost', service, person: owner }] : [];
  });
  return [{ type: 'roles-changed', roles, ...(replaced && { replaced, dutyFrom: localDate(calendar, now) }) }, ...lost];
}

function sealed({ services }: HandoverState, { service: key, documents }: Extract<HandoverCommand, { type: 'seal-document' }>): HandoverEvent[] {
  const service = own(services, key);
  return service?.status === 'transferred' && !service.documents ? [{ type: 'document-sealed', service: key, documents }] : [];
}

/** The answer counts only for the round that is open and for the evidence as it stands. */
function signed(state: HandoverState, command: Extract<HandoverCommand, { type: 'approval-decided' }>, now: number): HandoverEvent[] {
  const { service: key, round, digest, outcome, rework, reason, byPolicy } = command;
  const service = own(state.services, key);
  if (!service || service.signOff.status !== 'open' || service.signOff.round !== round) return [];
  if (digest !== serviceDigest(state, key, service)) return [{ type: 'sign-off-withdrawn', service: key, round }];
  const missing = outcome === 'rework' ? rework : [];
  const decided: HandoverEvent = { type: 'sign-off-decided', service: key, round, digest, outcome, missing, ...(reason && { reason }), ...(byPolicy && { byPolicy }) };
  if (outcome === 'rework' || outcome === 'stop') return [decided, ...reopen(state, service, key, missing, now, reason)];
  const conditions = command.conditions.map((asked, index): HandoverEvent => ({
    type: 'condition-agreed', service: key, condition: `condition-${round}-${index + 1}`, asked, dueAt: addWorkingDays(state.input.calendar, now, asked.dueDays),
  }));
  return [decided, ...conditions];
}

/** An approval that is gone without an answer: it is asked anew. */
function lost(state: HandoverState, child: StreamId): HandoverEvent[] {
  return Object.entries(state.services).flatMap(([key, service]): HandoverEvent[] => (
    openSignOff(state, key, service) === child ? [{ type: 'child-lost', child }, { type: 'sign-off-withdrawn', service: key, round: service.signOff.round }] : []));
}
