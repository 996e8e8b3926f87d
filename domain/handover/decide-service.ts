/** Judges what people want to do with a service as a whole: what is said of it, its sign-off, its conditions, handing it over and back. */
import { addWorkingDays, dateAfter, localDate } from '../calendar';
import { digestOf } from '../digest';
import { type FieldProblem, refuse } from '../errors';
import { isDate } from '../date';
import { own } from '../fold';
import { holdersOf } from '../permissions';
import type { Decision, Instant, Key } from '../process';
import { UNASKS } from '../rules';
import type { Actor } from './decide';
import { exitProblem, supportOf } from './early-life-support';
import { isSettled, MAX_SERVICES, missingOf } from './entries';
import { reopen } from './going-back';
import type { AdoptedService, HandoverEvent, HandoverState, PersonCommand, ServiceFacts, ServiceState } from './types';

type ServiceCommand = Extract<PersonCommand, { type: 'add-services' | 'change-service' | 'withdraw-service' | 'ask-sign-off' | 'transfer' | 'hand-back' | 'meet-condition' | 'renew-condition' }>;
type Of<T extends ServiceCommand['type']> = Extract<ServiceCommand, { type: T }>;

const MAX_LEVELS = 20;
/** Longest time for which something may be accepted, in working days: as with gates. */
const MAX_CONDITION_DAYS = 500;

const accept = (...events: HandoverEvent[]): Decision<HandoverEvent> => ({ ok: true, events });

export function decideService(state: HandoverState, command: ServiceCommand, actor: Actor): Decision<HandoverEvent> {
  if (command.type === 'add-services') return addServices(state, command, actor.now);
  const service = own(state.services, command.service);
  if (!service) return refuse('unknown-service', { service: command.service });
  switch (command.type) {
    case 'change-service': return changeService(state, service, command);
    case 'withdraw-service': return accept({ type: 'service-withdrawn', service: command.service, reason: command.reason });
    case 'ask-sign-off': return askSignOff(state, service, command, actor);
    case 'transfer': return transfer(state, service, command, actor);
    case 'hand-back': return handBack(state, service, command, actor);
    case 'meet-condition':
    case 'renew-condition': return decideCondition(state, service, command, actor);
  }
}

/** What does not fit in what is said of a service. @param at JSON pointer of it. */
function problemsOf({ input: { handover, planRoles }, roles }: HandoverState, { owner, teams = [], levels = [] }: Partial<ServiceFacts>, at: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (owner !== undefined && !holdersOf(handover.serviceOwner, planRoles, roles).includes(owner)) problems.push({ pointer: `${at}/owner`, code: 'choice', expected: handover.serviceOwner });
  const known = handover.teams.map(({ key }) => key);
  if (teams.some((team) => !known.includes(team))) problems.push({ pointer: `${at}/teams`, code: 'choice', expected: known.join(', ') });
  if (new Set(teams).size < teams.length) problems.push({ pointer: `${at}/teams`, code: 'duplicate' });
  if (levels.length > MAX_LEVELS) problems.push({ pointer: `${at}/levels`, code: 'range', expected: `0 – ${MAX_LEVELS}` });
  levels.forEach(({ target, unit }, index) => {
    if (!(target >= 0) || (unit === 'percent' && target > 100)) problems.push({ pointer: `${at}/levels/${index}/target`, code: 'range', expected: unit === 'percent' ? '0 – 100' : '0 – …' });
  });
  return problems;
}

/** Longest time for which the handover of a service may have run elsewhere, in days. */
const MAX_ELSEWHERE_DAYS = 800;

/** What happened elsewhere is behind, in its order. @param at JSON pointer of it. */
function adoptedProblems({ input: { calendar } }: HandoverState, { since, accepted }: AdoptedService, at: string, now: Instant): FieldProblem[] {
  const today = localDate(calendar, now);
  const within = (pointer: string, date: string, from: string): FieldProblem[] => {
    if (!isDate(date)) return [{ pointer, code: 'format', expected: 'YYYY-MM-DD' }];
    return date > today ? [{ pointer, code: 'future', expected: `≤ ${today}` }] : date < from ? [{ pointer, code: 'range', expected: `≥ ${from}` }] : [];
  };
  return [...within(`${at}/since`, since, dateAfter(today, -MAX_ELSEWHERE_DAYS)), ...(accepted ? within(`${at}/accepted/on`, accepted.on, since) : [])];
}

function addServices(state: HandoverState, { services }: Of<'add-services'>, now: Instant): Decision<HandoverEvent> {
  if (services.length === 0) return refuse('service-invalid', undefined, [{ pointer: '/services', code: 'required' }]);
  if (Object.keys(state.services).length + services.length > MAX_SERVICES) return refuse('handover-full', { limit: MAX_SERVICES });
  const fields = services.flatMap((facts, index) => [...problemsOf(state, facts, `/services/${index}`), ...(facts.adopted ? adoptedProblems(state, facts.adopted, `/services/${index}/adopted`, now) : [])]);
  const items = [...Object.values(state.services).filter(({ status }) => status !== 'withdrawn'), ...services].flatMap(({ item }) => item ?? []);
  services.forEach(({ item }, index) => {
    if (item !== undefined && items.filter((each) => each === item).length > 1) fields.push({ pointer: `/services/${index}/item`, code: 'duplicate' });
  });
  if (fields.length > 0) return refuse('service-invalid', undefined, fields);
  return accept({ type: 'services-added', services: services.map((facts, index) => ({ ...facts, service: `service-${state.last + index + 1}` })) });
}

function changeService(state: HandoverState, service: ServiceState, { service: key, change }: Of<'change-service'>): Decision<HandoverEvent> {
  const { name, owner, teams, levels } = change;
  const fields = problemsOf(state, { ...(owner && { owner }), ...(teams && { teams }), ...(levels && { levels }) }, '/change');
  if (fields.length > 0) return refuse('service-invalid', { service: key }, fields);
  const before = { name: service.name, owner: service.owner ?? null, teams: service.teams ?? null, levels: service.levels ?? null };
  const after = { ...before, ...(name && { name }), ...(owner !== undefined && { owner }), ...(teams !== undefined && { teams }), ...(levels !== undefined && { levels }) };
  return digestOf(before) === digestOf(after) ? accept() : accept({ type: 'service-changed', service: key, change });
}

/** It is asked for once; whenever something changes afterwards, it is asked anew by itself. */
function askSignOff(state: HandoverState, service: ServiceState, { service: key }: Of<'ask-sign-off'>, { person }: Actor): Decision<HandoverEvent> {
  const missing = missingOf(state, service);
  if (missing.length > 0) return refuse('service-not-ready', { service: key, missing });
  const { status } = service.signOff;
  return status === 'waiting' || status === 'refused' ? accept({ type: 'sign-off-wanted', service: key, person }) : accept();
}

function transfer(state: HandoverState, service: ServiceState, { service: key }: Of<'transfer'>, { person, now }: Actor): Decision<HandoverEvent> {
  if (service.status !== 'early-life') return refuse('service-not-handed-over', { service: key, status: service.status });
  if (!isSigned(service)) return refuse('service-not-signed', { service: key });
  const support = supportOf(state, key);
  const rejection = support && exitProblem(state, support.policy, support.of, support.life, now);
  return rejection ? { ok: false, rejection } : accept({ type: 'service-transferred', service: key, person });
}

const isSigned = ({ signOff: { status } }: ServiceState): boolean => status === 'signed' || status === 'signed-with-conditions';

/** Who receives it gives it back while the project is still there, and says what is missing: that alone is done again. */
function handBack(state: HandoverState, service: ServiceState, { service: key, reason, missing }: Of<'hand-back'>, { person, now, rules }: Actor): Decision<HandoverEvent> {
  if (service.status !== 'early-life') return refuse('service-not-handed-over', { service: key, status: service.status });
  const known = [...Object.entries(service.entries).filter(([, entry]) => isSettled(entry)), ...Object.entries(service.sessions).filter(([, { status }]) => status === 'confirmed')].map(([each]) => each);
  const fields: FieldProblem[] = missing.length === 0 ? [{ pointer: '/missing', code: 'required', expected: known.join(', ') }] : [];
  missing.forEach((each, index) => { if (!known.includes(each)) fields.push({ pointer: `/missing/${index}`, code: 'choice', expected: known.join(', ') }); });
  if (fields.length > 0) return refuse('service-invalid', { service: key }, fields);
  const names: readonly Key[] = [...new Set(missing)];
  // A criterion that came afterwards may have had it asked for anew.
  const asked: HandoverEvent[] = rules >= UNASKS && service.signOff.status === 'open' ? [{ type: 'sign-off-withdrawn', service: key, round: service.signOff.round }] : [];
  return accept(...asked, { type: 'service-handed-back', service: key, reason, missing: names, person }, ...reopen(state, service, key, names, now, reason));
}

function decideCondition(state: HandoverState, service: ServiceState, command: Of<'meet-condition' | 'renew-condition'>, { person, now }: Actor): Decision<HandoverEvent> {
  const condition = own(service.conditions, command.condition);
  if (!condition) return refuse('unknown-condition', { condition: command.condition });
  if (condition.status === 'met') return refuse('condition-over', { condition: command.condition });
  const { service: key, condition: name, note } = command;
  if (command.type === 'meet-condition') return accept({ type: 'condition-met', service: key, condition: name, note, person });
  const { dueDays } = command;
  if (!Number.isInteger(dueDays) || dueDays < 0 || dueDays > MAX_CONDITION_DAYS) return refuse('condition-invalid', undefined, [{ pointer: '/dueDays', code: 'range', expected: `0 – ${MAX_CONDITION_DAYS}` }]);
  return accept({ type: 'condition-renewed', service: key, condition: name, dueAt: addWorkingDays(state.input.calendar, now, dueDays), note, person });
}
