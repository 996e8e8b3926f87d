/** Who may do what in a handover: those who hand over, and those who receive. */
import { actingPerson, OFFICE, steeringRoles } from '../permissions';
import type { Authority, Key } from '../process';
import { plannedEntry } from './entries';
import { deliverers } from './sign-off';
import type { HandoverState, PersonCommand, ServiceState } from './types';
import { own } from '../fold';

/** Roles of those who hand over, and of those who steer the project. */
export const givingRoles = ({ input: { handover, managerRole } }: HandoverState): readonly Key[] => [...new Set([...handover.delivering, ...steeringRoles(managerRole)])];

/** Roles of those who receive a service: its teams, and who answers for services. */
export function receivingRoles({ input: { handover } }: HandoverState, service: ServiceState): readonly Key[] {
  const teams = handover.teams.filter(({ key }) => !service.teams || service.teams.includes(key));
  return [...new Set([...teams.flatMap(({ roles }) => roles), handover.serviceOwner])];
}

/** Whether somebody, or in whose name they are here, hands over: they do not accept what they hand over. */
export function isDelivering(state: HandoverState, authority: Authority): boolean {
  if (authority.kind !== 'person') return false;
  const giving = deliverers(state);
  return giving.has(authority.person) || giving.has(actingPerson(authority) ?? '');
}

/** Commands by which who receives a service accepts something. */
export const ACCEPTS: readonly PersonCommand['type'][] = ['drop-criterion', 'answer-waiver', 'answer-session', 'transfer', 'hand-back', 'renew-condition', 'accept-unmet'];

/** Roles of which one will do. */
export function allowedRoles(state: HandoverState, command: Exclude<PersonCommand, { type: 'record-figures' }>, service: ServiceState | undefined): readonly Key[] {
  const giving = givingRoles(state);
  // Who hands over does not say that it was accepted, not even elsewhere.
  if (command.type === 'add-services' && command.services.some(({ adopted }) => adopted)) return ['project-office'];
  if (!service) return giving;
  const receiving = receivingRoles(state, service);
  switch (command.type) {
    case 'add-services':
    case 'withdraw-service':
    case 'ask-sign-off': return giving;
    case 'meet-entry':
    case 'propose-waiver': {
      const entry = own(service.entries, command.entry);
      const owner = entry && plannedEntry(state, command.entry, entry)?.owner;
      return owner === undefined ? giving : [owner, ...giving];
    }
    case 'drop-criterion':
    case 'answer-waiver':
    case 'answer-session':
    case 'transfer':
    case 'hand-back':
    case 'accept-unmet': return receiving;
    // Roles of a project that is over are given to nobody else any more: the project office stands in for who left.
    case 'renew-condition': return state.status === 'outliving' ? [...receiving, OFFICE] : receiving;
    case 'meet-condition': {
      const owner = own(service.conditions, command.condition)?.owner;
      return owner === undefined ? giving : [owner, ...giving];
    }
    default: return [...giving, ...receiving];
  }
}
