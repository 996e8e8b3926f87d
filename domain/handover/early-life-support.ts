/** What early-life support does to a service: figures, acceptances and the end of its period. */
import type { ConditionAsked } from '../approval/types';
import { addWorkingDays, dateAfter, localDate, type WorkingCalendar } from '../calendar';
import { refuse, type FieldProblem, type Rejection } from '../errors';
import { isDate } from '../date';
import { own, withKey } from '../fold';
import type { Decision, Instant, Key, PersonId, Recorded } from '../process';
import { NUMBERS_ON } from '../rules';
import { unreachable } from '../unreachable';
import { endOf, type ExitFacts, firstDay, isAgreedOver, judge, lastDay, mayExtend, periodOf, standings } from './early-life';
import type { Duty, EarlyLife, EarlyLifeCommand, EarlyLifeEvent, EarlyLifePolicy, Judgement, RefusedFigures } from './early-life-types';
import { lastNumber } from './entries';
import { judgeFigures } from './figures';

/** What early-life support looks at in a service. */
export interface SupportedService {
  readonly status: string;
  readonly earlyLife?: EarlyLife;
  readonly signOff?: { readonly round: number };
  readonly adopted?: { readonly accepted?: { readonly on: string } };
  readonly sessions: Readonly<Record<Key, { readonly status: string }>>;
  readonly conditions: Readonly<Record<Key, { readonly status: 'open' | 'expired' | 'met'; readonly dueAt: Instant }>>;
}

/** What it looks at in a handover. */
export interface Supporting {
  readonly input: { readonly calendar: WorkingCalendar; readonly handover: { readonly earlyLife?: EarlyLifePolicy } };
  readonly services: Readonly<Record<Key, SupportedService>>;
}

/** What early-life support decides on; the condition that an acceptance sets is a condition of the service as any other. */
export type SupportEvent = EarlyLifeEvent | { readonly type: 'condition-agreed'; readonly service: Key; readonly condition: Key; readonly asked: ConditionAsked; readonly dueAt: Instant };

/** Figures that one command may bring. */
export const MAX_ENTRIES = 500;
const MAX_DUTY = 400;
const MAX_PERSONS = 20;
const MAX_CONTACTS = 30;
/** Days after the period until which people can be put on duty, in case it is lengthened. */
const DUTY_BEYOND = 120;

const accept = (...events: SupportEvent[]): Decision<SupportEvent> => ({ ok: true, events });

/** What the figures of a service do not tell. */
export function factsOf({ earlyLife, sessions, conditions }: SupportedService, now: Instant): ExitFacts {
  const holds = (condition: Key): boolean => {
    const known = own(conditions, condition);
    return known !== undefined && (known.status === 'met' || (known.status === 'open' && now <= known.dueAt));
  };
  return {
    trainingComplete: Object.values(sessions).every(({ status }) => status === 'confirmed' || status === 'dropped' || status === 'incomplete'),
    accepted: new Set((earlyLife?.acceptances ?? []).filter(({ condition }) => holds(condition)).flatMap(({ criteria }) => criteria)),
  };
}

/** The running support of a service: undefined before it begins, and once the service was given back or transferred. */
export function supportOf({ input, services }: Supporting, service: Key): { readonly policy: EarlyLifePolicy; readonly life: EarlyLife; readonly of: SupportedService } | undefined {
  const of = own(services, service);
  const policy = input.handover.earlyLife;
  const life = of?.earlyLife;
  return of && policy && life && life.endedAt === undefined ? { policy, life, of } : undefined;
}

/** The beginning of support, once a service is accepted, here or elsewhere; none where the plan has no early-life support. */
export function startEarlyLife({ input: { calendar, handover }, services }: Supporting, service: Key, now: Instant): readonly EarlyLifeEvent[] {
  const policy = handover.earlyLife;
  const of = own(services, service);
  const elsewhere = of?.signOff?.round === 0 ? of.adopted?.accepted?.on : undefined;
  return policy ? [{ type: 'early-life-started', service, from: firstDay(calendar, policy, elsewhere ?? localDate(calendar, now)), length: policy.days }] : [];
}

/** What keeps a service from being transferred, at this moment; undefined: nothing. */
export function exitProblem({ input: { calendar } }: Pick<Supporting, 'input'>, policy: EarlyLifePolicy, of: SupportedService, life: EarlyLife, now: Instant): Rejection | undefined {
  const period = periodOf(life);
  if (now < endOf(calendar, policy, period)) return { code: 'early-life-not-over', facts: { until: lastDay(calendar, policy, period) } };
  const { outcome, criteria, missing } = judge(calendar, policy, life, factsOf(of, now), now);
  if (outcome === 'met') return undefined;
  return outcome === 'missing' ? { code: 'figures-missing', facts: { days: missing, criteria } } : { code: 'exit-criteria-open', facts: { criteria } };
}

/** Before this a period can't be over, however its days are counted. */
const mayBeOver = (calendar: WorkingCalendar, life: EarlyLife, now: Instant): boolean => localDate(calendar, now) >= dateAfter(life.from, periodOf(life).length);

const same = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((value, index) => value === other[index]);
const isSame = (one: Judgement, other: Judgement): boolean => one.outcome === other.outcome && same(one.criteria, other.criteria) && same(one.missing, other.missing);

/**
 * What the end of a period brings: a criterion that is not met lengthens it, as often as may be; else it is judged, and judged anew when what is
 * known changes. While figures of days are missing that could speak against it, it is not lengthened: it waits for them.
 */
function advanceOne(state: Supporting, service: Key, now: Instant): readonly EarlyLifeEvent[] {
  const { calendar } = state.input;
  const support = supportOf(state, service);
  if (!support || support.of.status !== 'early-life' || !mayBeOver(calendar, support.life, now)) return [];
  const { policy, life, of } = support;
  if (now < endOf(calendar, policy, periodOf(life))) return [];
  const judgement = judge(calendar, policy, life, factsOf(of, now), now);
  const isFullyOver = now >= endOf(calendar, policy, life);
  if (isFullyOver && judgement.outcome === 'unmet' && mayExtend(policy, life)) {
    return [{ type: 'early-life-extended', service, days: policy.extension?.days ?? 0, criteria: judgement.criteria }];
  }
  if (life.judged ? isSame(life.judged, judgement) : !isFullyOver && judgement.outcome !== 'met') return [];
  return [{ type: 'early-life-judged', service, ...judgement }];
}

/** What follows for all services from what is known at a moment. */
export const advanceEarlyLife = (state: Supporting, now: Instant): readonly EarlyLifeEvent[] =>
  Object.keys(state.services).flatMap((service) => advanceOne(state, service, now));

/** Moments at which a period is over of itself. */
export function earlyLifeTimes(state: Supporting): readonly Instant[] {
  return Object.keys(state.services).flatMap((service) => {
    const support = supportOf(state, service);
    return support && support.of.status === 'early-life' && support.life.judged === undefined ? [endOf(state.input.calendar, support.policy, support.life)] : [];
  });
}

/** Judges a command on the early-life support of a service; who may give it is judged before. */
export function decideEarlyLife(state: Supporting, command: Exclude<EarlyLifeCommand, { type: 'record-figures' }>, person: string, now: Instant, rules: number): Decision<SupportEvent> {
  if (!own(state.services, command.service)) return refuse('unknown-service', { service: command.service });
  const support = supportOf(state, command.service);
  if (!support) return refuse('early-life-closed', { service: command.service });
  switch (command.type) {
    case 'accept-unmet': return acceptUnmet(state, command, support, person, now, rules);
    case 'set-duty': return setDuty(state, command, support);
    case 'set-contacts':
      return command.contacts.length > MAX_CONTACTS ? refuse('duty-invalid', undefined, [{ pointer: '/contacts', code: 'range', expected: `0 – ${MAX_CONTACTS}` }]) : accept({ type: 'contacts-set', service: command.service, contacts: command.contacts });
    default: return unreachable(command);
  }
}

type Command<T extends EarlyLifeCommand['type']> = Extract<EarlyLifeCommand, { type: T }>;
type Support = NonNullable<ReturnType<typeof supportOf>>;

/** Takes what can be taken of the services that somebody may speak for; one alone that can't be is refused, of several an event tells which. A list that brings nothing is refused as a whole. */
export function recordFigures(state: Supporting, { entries, source }: Command<'record-figures'>, now: Instant, may: (service: Key) => boolean): Decision<EarlyLifeEvent> {
  if (entries.length === 0 || entries.length > MAX_ENTRIES) return refuse('figures-invalid', undefined, [{ pointer: '/entries', code: 'range', expected: `1 – ${MAX_ENTRIES}` }]);
  const events: EarlyLifeEvent[] = [];
  const refused: RefusedFigures[] = [];
  const rejections: Rejection[] = [];
  const lives = new Map<Key, EarlyLife>();
  for (const [place, entry] of entries.entries()) {
    const { service, date } = entry;
    const life = lives.get(service) ?? supportOf(state, service)?.life;
    const decision = !may(service) ? refuse('not-permitted', { service }) : life ? judgeFigures(entry, source, life, state.input.calendar, now)
      : refuse(own(state.services, service) ? 'early-life-closed' : 'unknown-service', { service });
    if (!decision.ok) {
      const { code, fields } = decision.rejection;
      rejections.push(decision.rejection);
      refused.push({ service, date, place, code, ...(fields && { fields }) });
      continue;
    }
    for (const event of decision.events) {
      // What comes twice in one list is judged as if it came in two.
      if (life && event.type === 'figures-recorded') lives.set(service, withDay(life, event, { at: now }));
      events.push(event);
    }
  }
  const [first] = rejections;
  if (first && entries.length === 1) return { ok: false, rejection: first };
  if (first && refused.length === entries.length) {
    const fields = refused.flatMap(({ place, fields: wrong = [] }) => wrong.map((field): FieldProblem => ({ ...field, pointer: `/entries/${place}${field.pointer}` })));
    return refuse('nothing-recorded', { refused: refused.map(({ place, service, code }) => `${place} ${service} ${code}`) }, fields.length > 0 ? fields : undefined);
  }
  return { ok: true, events: refused.length > 0 ? [...events, { type: 'figures-refused', entries: refused }] : events };
}

/** Once the agreed period is over, what is not met may be taken for a limited time. */
function acceptUnmet({ input: { calendar } }: Supporting, { service, criteria, asked }: Command<'accept-unmet'>, { policy, life, of }: Support, person: string, now: Instant, rules: number): Decision<SupportEvent> {
  if (!isAgreedOver(calendar, policy, life, now)) return refuse('early-life-not-over', { until: lastDay(calendar, policy, { ...life, length: policy.days }) });
  const facts = factsOf(of, now);
  const standing = new Map(standings(calendar, policy, life, facts, now).map((each) => [each.key, each]));
  const open = [...standing.values()].filter(({ key, verdict }) => verdict !== 'met' && !facts.accepted.has(key)).map(({ key }) => key);
  const problems: FieldProblem[] = criteria.flatMap((key, place): FieldProblem[] => (open.includes(key) ? [] : [{ pointer: `/criteria/${place}`, code: 'choice', expected: open.join(', ') }]));
  if (criteria.length === 0) problems.push({ pointer: '/criteria', code: 'required' });
  if (!(Number.isInteger(asked.dueDays) && asked.dueDays >= 1 && asked.dueDays <= policy.acceptanceDays)) problems.push({ pointer: '/dueDays', code: 'range', expected: `1 – ${policy.acceptanceDays}` });
  if (problems.length > 0) return refuse('acceptance-invalid', { service }, problems);
  // Those of a support that ended, when the service was given back, stand with it still.
  const condition = `condition-exit-${(rules >= NUMBERS_ON ? lastNumber(of.conditions, 'condition-exit') : life.acceptances.length) + 1}`;
  return accept(
    { type: 'unmet-accepted', service, criteria: [...new Set(criteria)], condition, person },
    { type: 'condition-agreed', service, condition, asked, dueAt: addWorkingDays(calendar, now, asked.dueDays) },
  );
}

function setDuty({ input: { calendar } }: Supporting, { service, days }: Command<'set-duty'>, { policy, life }: Support): Decision<SupportEvent> {
  const last = dateAfter(lastDay(calendar, policy, life), DUTY_BEYOND);
  const problems: FieldProblem[] = days.flatMap(({ date, persons }, place): FieldProblem[] => {
    if (!isDate(date)) return [{ pointer: `/days/${place}/date`, code: 'format', expected: 'YYYY-MM-DD' }];
    if (date < life.from || date > last) return [{ pointer: `/days/${place}/date`, code: 'range', expected: `${life.from} – ${last}` }];
    return persons.length > MAX_PERSONS ? [{ pointer: `/days/${place}/persons`, code: 'range', expected: `0 – ${MAX_PERSONS}` }] : [];
  });
  if (days.length === 0 || days.length > MAX_DUTY) problems.push({ pointer: '/days', code: 'range', expected: `1 – ${MAX_DUTY}` });
  if (problems.length > 0) return refuse('duty-invalid', { service }, problems);
  const changed = days.filter(({ date, side, persons }) => !same(own(life.duty ?? {}, date)?.[side] ?? [], persons));
  return changed.length === 0 ? accept() : accept({ type: 'duty-set', service, days: changed });
}

/** The support with figures of one more day, or others of a day that it has. */
function withDay(life: EarlyLife, event: Extract<EarlyLifeEvent, { type: 'figures-recorded' }>, told: { readonly at: Instant; readonly by?: string }): EarlyLife {
  const { date, figures, source, late } = event;
  const known = own(life.days, date);
  const { before: earlier = [], late: _, ...last } = known ?? { figures: [], at: 0, source };
  return { ...life, days: withKey(life.days, date, { figures, source, ...told, ...(late && { late }), ...(known && { before: [...earlier, last] }) }) };
}

/** Support after an event of it. @param life undefined before it begins. */
export function evolveEarlyLife(life: EarlyLife | undefined, { event, at, by }: Recorded<EarlyLifeEvent>): EarlyLife | undefined {
  if (event.type === 'early-life-started') return { startedAt: at, from: event.from, length: event.length, days: life?.days ?? {}, extensions: [], acceptances: [] };
  if (!life) return life;
  switch (event.type) {
    case 'figures-recorded': return withDay(life, event, { at, ...(by.kind === 'person' && { by: by.person }) });
    case 'figures-refused': return life;
    case 'early-life-extended': {
      const { judged: _, ...rest } = life;
      return { ...rest, length: life.length + event.days, extensions: [...life.extensions, { at, days: event.days, criteria: event.criteria }] };
    }
    case 'early-life-judged': return { ...life, judged: { outcome: event.outcome, criteria: event.criteria, missing: event.missing } };
    case 'unmet-accepted': return { ...life, acceptances: [...life.acceptances, { criteria: event.criteria, condition: event.condition, person: event.person, at }] };
    case 'duty-set': return { ...life, duty: event.days.reduce((duty, { date, side, persons }) => withKey(duty, date, { ...own(duty, date), [side]: persons }), life.duty ?? {}) };
    case 'contacts-set': return { ...life, contacts: event.contacts };
    default: return unreachable(event);
  }
}

/** Who is there, once somebody takes a leaver's place from a day on. */
export function takeOver(duty: Readonly<Record<string, Duty>>, person: PersonId, by: PersonId, from: string): Readonly<Record<string, Duty>> {
  const now = (persons: readonly PersonId[]): readonly PersonId[] => [...new Set(persons.map((each) => (each === person ? by : each)))];
  return Object.fromEntries(Object.entries(duty).map(([date, sides]): [string, Duty] => [date, date < from ? sides : {
    ...(sides.project && { project: now(sides.project) }), ...(sides.operations && { operations: now(sides.operations) }),
  }]));
}

/** Support once the service was given back or transferred. */
export const endEarlyLife = (life: EarlyLife, at: Instant): EarlyLife => ({ ...life, endedAt: at });
