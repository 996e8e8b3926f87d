import { addWorkingDays, startOfDay, type WorkingCalendar } from '../calendar';
import { own, withKey } from '../fold';
import { shiftedDays } from '../ladder';
import type { Instant, Key, Recorded } from '../process';
import type { Replaced } from '../project/types';
import { settleRevision } from '../revision';
import { unreachable } from '../unreachable';
import { endEarlyLife, evolveEarlyLife, takeOver } from './early-life-support';
import { isDone } from './entries';
import { serviceDigest } from './sign-off';
import type { AcceptanceCondition, EntryState, HandoverEvent, HandoverInput, HandoverState, ServiceFacts, ServiceState, SessionState, SignOffState } from './types';

export function initial(input: HandoverInput): HandoverState {
  const { roles, absences } = input;
  return { input, status: 'opening', roles, ...(absences && { absences }), services: {}, last: 0, settled: 0, lookedAt: 0 };
}

function changeService(state: HandoverState, key: Key, change: (service: ServiceState) => ServiceState): HandoverState {
  const service = own(state.services, key);
  return service ? { ...state, services: withKey(state.services, key, change(service)) } : state;
}

const changeServices = (state: HandoverState, change: (service: ServiceState) => ServiceState): HandoverState =>
  ({ ...state, services: Object.fromEntries(Object.entries(state.services).map(([key, service]) => [key, change(service)])) });

function changeEntry(state: HandoverState, service: Key, key: Key, change: (entry: EntryState) => EntryState): HandoverState {
  return changeService(state, service, (each) => {
    const entry = own(each.entries, key);
    return entry ? { ...each, entries: withKey(each.entries, key, change(entry)) } : each;
  });
}

function changeSession(state: HandoverState, service: Key, key: Key, change: (session: SessionState) => SessionState): HandoverState {
  return changeService(state, service, (each) => {
    const session = own(each.sessions, key);
    return session ? { ...each, sessions: withKey(each.sessions, key, change(session)) } : each;
  });
}

function changeCondition(state: HandoverState, service: Key, key: Key, change: (condition: AcceptanceCondition) => AcceptanceCondition): HandoverState {
  return changeService(state, service, (each) => {
    const condition = own(each.conditions, key);
    return condition ? { ...each, conditions: withKey(each.conditions, key, change(condition)) } : each;
  });
}

const changeSignOff = (state: HandoverState, service: Key, change: (signOff: SignOffState) => SignOffState): HandoverState =>
  changeService(state, service, (each) => ({ ...each, signOff: change(each.signOff) }));

/** When what is to be done in so many working days is due. */
export const dueIn = (calendar: WorkingCalendar, at: Instant, days: number | undefined): Pick<EntryState, 'dueAt'> =>
  (days === undefined ? {} : { dueAt: addWorkingDays(calendar, at, days) });

/** What the template asks of each service. */
function plannedEntries({ input: { handover, calendar } }: HandoverState, at: Instant): ServiceState['entries'] {
  return Object.fromEntries(handover.entries.map(({ key, dueDays }) => [key, { status: 'open', ...dueIn(calendar, at, dueDays) }]));
}

function addService(state: HandoverState, facts: ServiceFacts, at: Instant): ServiceState {
  const topics = state.input.handover.topics.map(({ key, kind }, index): [Key, SessionState] => [`session-${index + 1}`, { kind, status: 'wanted', topic: key }]);
  const since = facts.adopted ? startOfDay(state.input.calendar, facts.adopted.since) : at;
  return {
    ...facts, status: 'preparing', addedAt: at, entries: plannedEntries(state, since), sessions: Object.fromEntries(topics), articles: {}, lastArticle: 0,
    signOff: { status: 'waiting', round: 0 }, conditions: {},
  };
}

/** A service that was accepted elsewhere: nothing of the template is asked of it any more. */
function acceptedElsewhere(state: HandoverState, key: Key, service: ServiceState): ServiceState {
  const accepted = service.adopted?.accepted;
  if (!accepted) return service;
  const settled: ServiceState = { ...service, entries: {}, sessions: {} };
  return { ...settled, signOff: { status: 'signed', round: 0, at: startOfDay(state.input.calendar, accepted.on), digest: serviceDigest(state, key, settled) } };
}

/** What a later plan asks of a service is added, what it does not ask any more goes. Of one that is done nothing changes. */
function underPlan(state: HandoverState, service: ServiceState, at: Instant): ServiceState {
  if (isDone(service) || service.adopted?.accepted) return service;
  const { entries, sessions } = service;
  const planned = Object.entries(plannedEntries(state, at)).map(([key, fresh]): [Key, EntryState] => [key, own(entries, key) ?? fresh]);
  const known = new Set(Object.values(sessions).map(({ topic }) => topic));
  const count = Object.keys(sessions).length;
  const topics = state.input.handover.topics.filter(({ key }) => !known.has(key)).map(({ key, kind }, index): [Key, SessionState] => [`session-${count + index + 1}`, { kind, status: 'wanted', topic: key }]);
  return {
    ...service, entries: Object.fromEntries([...planned, ...Object.entries(entries).filter(([, entry]) => entry.own)]), ...(topics.length > 0 && { sessions: { ...sessions, ...Object.fromEntries(topics) } }),
  };
}

/** An entry without what settled it. */
function opened(entry: EntryState, event: Extract<HandoverEvent, { type: 'entry-reopened' }>): EntryState {
  const { own: criterion, reopened = 0, dueAt } = entry;
  const due = event.dueAt ?? dueAt;
  return { status: 'open', reopened: reopened + 1, ...(criterion && { own: criterion }), ...(due !== undefined && { dueAt: due }), ...(event.missing && { missing: event.missing }) };
}

/** Whoever left is not owner, gives no session, and is not on duty any more from a day on. */
function replaced(service: ServiceState, { person, by }: Replaced, dutyFrom: string | undefined): ServiceState {
  const sessions = Object.entries(service.sessions).map(([key, session]): [Key, SessionState] => (
    session.givenBy === person && (session.status === 'planned' || session.status === 'wanted') ? [key, { ...session, givenBy: by }] : [key, session]));
  const { earlyLife } = service;
  return {
    ...service, ...(service.owner === person && { owner: by }), sessions: Object.fromEntries(sessions),
    ...(earlyLife?.duty && dutyFrom !== undefined && { earlyLife: { ...earlyLife, duty: takeOver(earlyLife.duty, person, by, dutyFrom) } }),
  };
}

/** A service whose early-life support is over. */
function supported(service: ServiceState, at: Instant): ServiceState {
  return service.earlyLife ? { ...service, earlyLife: endEarlyLife(service.earlyLife, at) } : service;
}

/** Nothing, where an event leaves a field as it was. */
function withoutNull(change: Readonly<Record<string, unknown>>): Partial<ServiceState> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)));
}

export function evolve(state: HandoverState, recorded: Recorded<HandoverEvent>): HandoverState {
  const { event, at } = recorded;
  switch (event.type) {
    case 'handover-opened': return { ...state, status: 'open', lookedAt: at };
    case 'services-added': {
      const added = event.services.map(({ service, ...facts }) => [service, acceptedElsewhere(state, service, addService(state, facts, at))] as const);
      return { ...state, services: { ...state.services, ...Object.fromEntries(added) }, last: state.last + added.length };
    }
    case 'service-changed': return changeService(state, event.service, (service) => {
      const kept = Object.entries(service).filter(([field]) => !Object.hasOwn(event.change, field));
      return { ...Object.fromEntries(kept), ...withoutNull(event.change) } as unknown as ServiceState;
    });
    case 'service-withdrawn': return changeService(state, event.service, (service) => ({ ...service, status: 'withdrawn', signOff: { ...unasked(service.signOff), status: 'waiting' } }));
    case 'criterion-added': return changeService(state, event.service, (service) => ({
      ...service, entries: withKey(service.entries, event.entry, { status: 'open', own: event.criterion, ...dueIn(state.input.calendar, at, event.criterion.dueDays) }),
    }));
    case 'criterion-dropped': return changeService(state, event.service, (service) => ({ ...service, entries: Object.fromEntries(Object.entries(service.entries).filter(([key]) => key !== event.entry)) }));
    case 'entry-met': return changeEntry(state, event.service, event.entry, ({ missing: _missing, overdue: _overdue, reason: _reason, waivedBy: _waived, through: _through, ...entry }) => ({
      ...entry, status: 'met', evidence: event.evidence, by: event.person, ...(event.through !== undefined && { through: event.through }), at,
    }));
    case 'entry-reopened': return changeEntry(state, event.service, event.entry, (entry) => opened(entry, event));
    case 'waiver-proposed': return changeEntry(state, event.service, event.entry, ({ missing: _, through: before, ...entry }) => {
      const through = event.through === undefined ? before : event.through ?? undefined;
      return { ...entry, status: 'proposed', reason: event.reason, by: event.person, at, ...(through !== undefined && { through }) };
    });
    case 'waiver-answered': return changeEntry(state, event.service, event.entry, (entry) => {
      if (event.accepted) return { ...entry, status: 'waived', waivedBy: event.person };
      const { reason: _reason, by: _by, at: _at, ...rest } = entry;
      return { ...rest, status: 'open', ...(event.reason && { missing: event.reason }) };
    });
    case 'entry-overdue': return changeEntry(state, event.service, event.entry, (entry) => ({ ...entry, overdue: true }));
    case 'session-planned': {
      const { type: _, service, session, ...facts } = event;
      return changeService(state, service, (each) => ({
        ...each, sessions: withKey(each.sessions, session, { ...own(each.sessions, session), ...facts, status: facts.at === undefined ? 'wanted' : 'planned' }),
      }));
    }
    case 'session-held': return changeSession(state, event.service, event.session, (session) => ({
      ...session, status: 'held', heldAt: event.heldAt, heldBy: event.person, attended: event.attended, ...(event.material && { material: event.material }),
    }));
    case 'session-confirmed': return changeSession(state, event.service, event.session, (session) => ({ ...session, status: 'confirmed', answeredBy: event.person, answeredAt: at }));
    case 'session-incomplete': return changeSession(state, event.service, event.session, (session) => ({
      ...session, status: 'incomplete', ...(event.missing && { missing: event.missing }), ...(event.person !== undefined && { answeredBy: event.person }), answeredAt: at,
    }));
    case 'session-dropped': return changeSession(state, event.service, event.session, (session) => ({ ...session, status: 'dropped' }));
    case 'article-written': return changeService(state, event.service, (service) => ({
      ...service, articles: withKey(service.articles, event.article, { title: event.title, text: event.text, by: event.person, at }),
      lastArticle: own(service.articles, event.article) ? service.lastArticle : service.lastArticle + 1,
    }));
    case 'article-dropped': return changeService(state, event.service, (service) => ({ ...service, articles: Object.fromEntries(Object.entries(service.articles).filter(([key]) => key !== event.article)) }));
    case 'sign-off-wanted': return changeSignOff(state, event.service, (signOff) => ({ ...signOff, wanted: true }));
    case 'sign-off-opened': return changeSignOff(state, event.service, (signOff) => ({ ...unasked(signOff), status: 'open', round: event.round, digest: event.digest, at }));
    case 'sign-off-withdrawn': return changeSignOff(state, event.service, (signOff) => ({ ...unasked(signOff), status: 'waiting', wanted: true }));
    // What the policy itself stopped is asked about again only when somebody wants it.
    case 'sign-off-decided': return changeSignOff(state, event.service, ({ wanted: _, ...signOff }) => ({
      ...signOff, status: SIGNED[event.outcome], at, ...(event.reason && { reason: event.reason }), ...(event.missing.length > 0 && { missing: event.missing }),
      ...(event.outcome !== 'stop' && { wanted: true as const }),
    }));
    case 'condition-agreed': return changeService(state, event.service, (service) => ({ ...service, conditions: withKey(service.conditions, event.condition, { ...event.asked, status: 'open', dueAt: event.dueAt }) }));
    case 'condition-expired': return changeCondition(state, event.service, event.condition, (condition) => ({ ...condition, status: 'expired', expiredAt: at }));
    case 'condition-met': return changeCondition(state, event.service, event.condition, (condition) => ({ ...condition, status: 'met', note: event.note, by: event.person, at }));
    case 'condition-renewed': return changeCondition(state, event.service, event.condition, ({ expiredAt: _, renewed = 0, ...condition }) => ({
      ...condition, status: 'open', dueAt: event.dueAt, note: event.note, by: event.person, at, renewed: renewed + 1,
    }));
    case 'service-accepted': return changeService(state, event.service, ({ handedBack: _, ...service }) => ({ ...service, status: 'early-life' }));
    case 'service-handed-back': return changeService(state, event.service, (service) => ({
      ...supported(service, at), status: 'handed-back', handedBack: { reason: event.reason, missing: event.missing, by: event.person, at }, signOff: { ...unasked(service.signOff), status: 'waiting', wanted: true },
    }));
    case 'service-transferred': return changeService(state, event.service, (service) => ({ ...supported(service, at), status: 'transferred', transferredAt: at }));
    case 'document-sealed': return changeService(state, event.service, (service) => ({ ...service, documents: event.documents }));
    case 'figures-refused': return state;
    case 'early-life-started':
    case 'figures-recorded':
    case 'early-life-extended':
    case 'early-life-judged':
    case 'unmet-accepted':
    case 'duty-set':
    case 'contacts-set': return changeService(state, event.service, (service) => {
      const earlyLife = evolveEarlyLife(service.earlyLife, { ...recorded, event });
      return earlyLife ? { ...service, earlyLife } : service;
    });
    case 'handover-stood': return { ...state, reached: event.reached };
    case 'roles-changed': {
      const { replaced: gone } = event;
      const next = { ...state, roles: event.roles };
      return gone ? changeServices(next, (service) => (isDone(service) ? service : replaced(service, gone, event.dutyFrom))) : next;
    }
    case 'owner-lost': return state;
    case 'absences-changed': return { ...state, absences: event.absences };
    case 'calendar-changed': {
      const since = state.heldAt ?? at;
      const shift = { since, onFrom: since, before: state.input.calendar, after: event.calendar };
      const next = { ...state, input: { ...state.input, calendar: event.calendar } };
      return changeServices(next, (service) => ({
        ...service, entries: Object.fromEntries(Object.entries(service.entries).map(([key, entry]) => [key, entry.dueAt === undefined ? entry : { ...entry, dueAt: shiftedDays(shift, entry.dueAt) }])),
      }));
    }
    case 'revision-prepared': return { ...state, revision: { revision: event.revision, kind: event.kind } };
    case 'revision-aborted': return settleRevision(state, event.revision);
    case 'revision-committed': {
      const settled = settleRevision(state, event.revision);
      if (event.kind === 'hold') return { ...settled, heldAt: at };
      if (event.slice) {
        const next = { ...settled, input: { ...settled.input, ...event.slice } };
        return changeServices(next, (service) => underPlan(next, service, at));
      }
      if (event.kind !== 'resume') return settled;
      const { heldAt: _, ...rest } = settled;
      return rest;
    }
    case 'children-looked-at': return { ...state, lookedAt: at };
    case 'child-lost': return state;
    case 'conditions-outlived': {
      const { heldAt: _heldAt, revision: _revision, ...rest } = state;
      return { ...rest, status: 'outliving' };
    }
    case 'handover-ended': return { ...state, status: 'ended' };
    default: return unreachable(event);
  }
}

const SIGNED = { approve: 'signed', 'approve-with-conditions': 'signed-with-conditions', rework: 'refused', stop: 'refused' } as const;

/** A sign-off without the answer of before. */
function unasked({ round, wanted }: SignOffState): Omit<SignOffState, 'status'> {
  return { round, ...(wanted && { wanted }) };
}
