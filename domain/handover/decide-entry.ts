/** Judges what people want to do with acceptance criteria and items of operational readiness. */
import { digestOf } from '../digest';
import { checkEvidence } from '../evidence';
import { refuse } from '../errors';
import { own } from '../fold';
import { isAssignable } from '../plan';
import type { Decision } from '../process';
import { NAMES_PROPOSER } from '../rules';
import type { Actor } from './decide';
import { isSettled, lastNumber, MAX_OWN, plannedEntry } from './entries';
import { dueIn } from './evolve';
import type { EntryState, HandoverEvent, HandoverState, PersonCommand, ServiceState } from './types';

type EntryCommand = Extract<PersonCommand, { type: 'add-criterion' | 'drop-criterion' | 'meet-entry' | 'reopen-entry' | 'propose-waiver' | 'answer-waiver' }>;
type Of<T extends EntryCommand['type']> = Extract<EntryCommand, { type: T }>;

const MAX_DUE_DAYS = 1_000;

const accept = (...events: HandoverEvent[]): Decision<HandoverEvent> => ({ ok: true, events });

export function decideEntry(state: HandoverState, command: EntryCommand, actor: Actor): Decision<HandoverEvent> {
  const service = own(state.services, command.service);
  if (!service) return refuse('unknown-service', { service: command.service });
  if (command.type === 'add-criterion') return addCriterion(state, service, command);
  const entry = own(service.entries, command.entry);
  if (!entry) return refuse('unknown-entry', { entry: command.entry });
  const { service: key, entry: name } = command;
  switch (command.type) {
    case 'drop-criterion': return entry.own ? accept({ type: 'criterion-dropped', service: key, entry: name }) : refuse('entry-not-own', { entry: name });
    case 'meet-entry': return meet(state, entry, command, actor);
    case 'reopen-entry':
      if (!isSettled(entry)) return refuse('entry-not-settled', { entry: name });
      return accept({ type: 'entry-reopened', service: key, entry: name, missing: command.reason, ...dueIn(state.input.calendar, actor.now, plannedEntry(state, name, entry)?.dueDays) });
    case 'propose-waiver':
      // A criterion that does not apply is not one of this service's: only readiness is the same list for all.
      if (plannedEntry(state, name, entry)?.kind !== 'readiness') return refuse('not-waivable', { entry: name });
      return entry.status === 'waived' ? refuse('entry-settled', { entry: name }) : accept({ type: 'waiver-proposed', service: key, entry: name, reason: command.reason, person: actor.person, ...(actor.rules >= NAMES_PROPOSER && { through: actor.through ?? null }) });
    case 'answer-waiver': return answer(entry, command, actor);
  }
}

function addCriterion(state: HandoverState, service: ServiceState, { service: key, criterion }: Of<'add-criterion'>): Decision<HandoverEvent> {
  const last = lastNumber(service.entries, 'own');
  if (Object.values(service.entries).filter((entry) => entry.own).length >= MAX_OWN) return refuse('handover-full', { limit: MAX_OWN });
  const roles = state.input.planRoles.filter(isAssignable).map((role) => role.key);
  if (!roles.includes(criterion.owner)) return refuse('service-invalid', { service: key }, [{ pointer: '/criterion/owner', code: 'choice', expected: roles.join(', ') }]);
  const { dueDays = 0 } = criterion;
  if (!Number.isInteger(dueDays) || dueDays < 0 || dueDays > MAX_DUE_DAYS) return refuse('service-invalid', { service: key }, [{ pointer: '/criterion/dueDays', code: 'range', expected: `0 – ${MAX_DUE_DAYS}` }]);
  return accept({ type: 'criterion-added', service: key, entry: `own-${last + 1}`, criterion });
}

function meet(state: HandoverState, entry: EntryState, { service, entry: key, evidence }: Of<'meet-entry'>, { person, through }: Actor): Decision<HandoverEvent> {
  const problems = checkEvidence(plannedEntry(state, key, entry)?.evidence ?? [], evidence);
  if (problems.length === 0 && entry.own && Object.keys(evidence).length === 0) problems.push({ pointer: '/evidence/note', code: 'required', expected: 'text' });
  if (problems.length > 0) return refuse('evidence-invalid', { entry: key }, problems);
  if (entry.status === 'met' && digestOf(entry.evidence ?? {}) === digestOf(evidence)) return accept();
  return accept({ type: 'entry-met', service, entry: key, evidence, person, ...(through !== undefined && { through }) });
}

/** Who receives the service answers; never who proposed it. */
function answer(entry: EntryState, command: Of<'answer-waiver'>, { person, through, rules }: Actor): Decision<HandoverEvent> {
  const { service, entry: key, accept: accepted, reason } = command;
  if (entry.status !== 'proposed') return refuse('waiver-not-proposed', { entry: key });
  const proposers = [entry.by, rules >= NAMES_PROPOSER ? entry.through : undefined].filter((each) => each !== undefined);
  if (proposers.some((each) => each === person || each === through)) return refuse('separation-of-duties');
  if (!accepted && !reason) return refuse('reason-required', undefined, [{ pointer: '/reason', code: 'required' }]);
  return accept({ type: 'waiver-answered', service, entry: key, accepted, person, ...(reason && { reason }) });
}
