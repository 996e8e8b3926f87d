import { refuse } from '../errors';
import { cascade } from '../fold';
import { actingPerson, entitlingRole } from '../permissions';
import type { Context, Decision } from '../process';
import { rulesOf } from '../rules';
import { advance } from './advance';
import { decideEntry } from './decide-entry';
import { decideKnowledge } from './decide-knowledge';
import { decideService } from './decide-service';
import { decideFigures } from './decide-figures';
import { decideSystem } from './decide-system';
import { decideEarlyLife } from './early-life-support';
import { isDone, isOutlived, serviceOf } from './entries';
import { evolve } from './evolve';
import { type HandoverCommand, type HandoverEvent, type HandoverState, PERSON_COMMANDS, type PersonCommand } from './types';
import { ACCEPTS, allowedRoles, isDelivering } from './who';

const isPersonCommand = (command: HandoverCommand): command is PersonCommand => (PERSON_COMMANDS as readonly string[]).includes(command.type);

/** What can be done with a service that is handed over: conditions stay, and what is known of it grows. */
const AFTERWARDS: readonly PersonCommand['type'][] = ['meet-condition', 'renew-condition', 'write-article', 'drop-article'];

/** What is left to do once the project is over. */
const OUTLIVING: readonly PersonCommand['type'][] = ['meet-condition', 'renew-condition'];

/** Judges a command on a handover. Refusals: see `domain/errors.ts`. */
export function decide(state: HandoverState, command: HandoverCommand, context: Context): Decision<HandoverEvent> {
  const decision = command.type === 'record-figures' ? decideFigures(state, command, context) : isPersonCommand(command) ? decidePerson(state, command, context) : decideSystem(state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: cascade(state, decision.events, context, evolve, (next) => advance(next, context.now)) };
}

function decidePerson(state: HandoverState, command: Exclude<PersonCommand, { type: 'record-figures' }>, context: Context): Decision<HandoverEvent> {
  const { authority } = context;
  const service = command.type === 'add-services' ? undefined : serviceOf(state, command.service);
  if (command.type !== 'add-services' && !service) return refuse('unknown-service', { service: command.service });
  const allowed = allowedRoles(state, command, service);
  const role = entitlingRole(authority, allowed);
  if (authority.kind !== 'person' || role === undefined) return refuse('not-permitted', { roles: allowed });
  if (ACCEPTS.includes(command.type) && isDelivering(state, authority)) return refuse('separation-of-duties');
  const isLeft = state.status === 'outliving' && service !== undefined && isOutlived(service) && OUTLIVING.includes(command.type);
  if (state.status !== 'open' && !isLeft) return refuse('handover-closed');
  if (state.revision) return refuse('project-changing');
  if (state.heldAt !== undefined) return refuse('project-held');
  if (service && isDone(service) && !AFTERWARDS.includes(command.type)) return refuse('service-over', { status: service.status });
  const actor = { person: actingPerson(authority) ?? authority.person, ...(authority.onBehalfOf !== undefined && { through: authority.person }), now: context.now, rules: rulesOf(context) };
  const decision = judge(state, command, actor);
  return decision.ok ? { ...decision, role } : decision;
}

/** In whose name, and the delegate who is at it. */
export interface Actor {
  readonly person: string;
  readonly through?: string;
  readonly now: number;
  /** The rules that the run follows. */
  readonly rules: number;
}

function judge(state: HandoverState, command: Exclude<PersonCommand, { type: 'record-figures' }>, actor: Actor): Decision<HandoverEvent> {
  switch (command.type) {
    case 'accept-unmet':
    case 'set-duty':
    case 'set-contacts': return decideEarlyLife(state, command, actor.person, actor.now, actor.rules);
    case 'add-criterion':
    case 'drop-criterion':
    case 'meet-entry':
    case 'reopen-entry':
    case 'propose-waiver':
    case 'answer-waiver': return decideEntry(state, command, actor);
    case 'plan-session':
    case 'hold-session':
    case 'answer-session':
    case 'drop-session':
    case 'write-article':
    case 'drop-article': return decideKnowledge(state, command, actor);
    default: return decideService(state, command, actor);
  }
}
