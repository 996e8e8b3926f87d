/** Who tells figures: those who hand over, those who receive, and other systems whose signature was checked before. */
import { refuse } from '../errors';
import { own } from '../fold';
import { entitlingRole } from '../permissions';
import type { Context, Decision, Key } from '../process';
import { recordFigures } from './early-life-support';
import type { HandoverCommand, HandoverEvent, HandoverState } from './types';
import { givingRoles, receivingRoles } from './who';

/** Begins the name of a system that tells figures by a signed message. */
export const WEBHOOK_SOURCE = 'webhook/';

/** A service runs on while its project is on hold: its figures are taken then as well. */
export function decideFigures(state: HandoverState, command: Extract<HandoverCommand, { type: 'record-figures' }>, { authority, now }: Context): Decision<HandoverEvent> {
  const rolesOf = (service: Key): readonly Key[] => { const known = own(state.services, service); return known ? [...givingRoles(state), ...receivingRoles(state, known)] : givingRoles(state); };
  const all = [...new Set(command.entries.flatMap(({ service }) => rolesOf(service)))];
  const role = entitlingRole(authority, all);
  if (authority.kind === 'system' ? !authority.source.startsWith(WEBHOOK_SOURCE) || command.source !== 'webhook' : role === undefined) return refuse('not-permitted', { roles: all });
  if (state.status !== 'open') return refuse('handover-closed');
  if (state.revision) return refuse('project-changing');
  const decision = recordFigures(state, command, now, (service) => authority.kind === 'system' || entitlingRole(authority, rolesOf(service)) !== undefined);
  return decision.ok && role !== undefined ? { ...decision, role } : decision;
}
