import { ownerProblems } from '../backlog/items';
import type { LeftItem } from '../backlog/types';
import { addWorkingDays, localDate, replaces } from '../calendar';
import { refuse } from '../errors';
import { foldAll, own } from '../fold';
import { shiftedDays, shiftOfHold } from '../ladder';
import { actingPerson, entitlingRole, steeringRoles } from '../permissions';
import { eventHoursAtMost } from '../plan';
import type { Context, Decision, Instant, Key } from '../process';
import { KEEPS_DAYS, KEEPS_SCOPE, PLANS_AHEAD, rulesOf } from '../rules';
import { unreachable } from '../unreachable';
import { capacityOf, columnsOf, endOfTimebox, isHere, isToJudge, lastColumn, membersOf, resultOf, tally, unfinished, workColumn } from './cards';
import { evolve } from './evolve';
import type { CardState, OverBecause, SprintCommand, SprintEvent, SprintState } from './types';

const PERSON_COMMANDS = [
  'set-goal', 'set-availability', 'plan-event', 'start', 'move-card', 'take-card', 'set-remaining', 'tick-card', 'remove-cards', 'accept', 'return', 'raise-impediment',
  'resolve-impediment', 'add-note', 'assign-action', 'vote-note', 'recognise', 'withdraw-recognition', 'cancel', 'close',
] as const;
type PersonCommand = Extract<SprintCommand, { type: (typeof PERSON_COMMANDS)[number] }>;
type Of<T extends PersonCommand['type']> = Extract<PersonCommand, { type: T }>;

/** Of cards, impediments and notes; beyond them a sprint is none any more. */
export const MAX_CARDS = 1_000;
const MAX_NOTES = 200;
const MAX_HOURS = 10_000;
/** Working days after its timebox in which a sprint is closed, or is closed by itself. */
const CLOSES_AFTER_DAYS = 10;

const isPersonCommand = (command: SprintCommand): command is PersonCommand => (PERSON_COMMANDS as readonly string[]).includes(command.type);
const accept = (...events: SprintEvent[]): Decision<SprintEvent> => ({ ok: true, events });

/** Judges a command on a sprint. Refusals: see `domain/errors.ts`. */
export function decide(state: SprintState, command: SprintCommand, context: Context): Decision<SprintEvent> {
  return isPersonCommand(command) ? decidePerson(state, command, context) : decideSystem(state, command, context);
}

/** Only the Product Owner accepts, returns and cancels; the team does all else, with who helps it. */
function allowedRoles({ input }: SprintState, { type }: PersonCommand): readonly Key[] {
  const { productOwner, facilitator } = input.iterations;
  if (type === 'accept' || type === 'return' || type === 'cancel') return [productOwner];
  const helping = [...input.team.roles, ...(facilitator === undefined ? [] : [facilitator])];
  switch (type) {
    case 'move-card':
    case 'take-card':
    case 'set-remaining':
    case 'tick-card':
    case 'vote-note': return helping;
    case 'close':
    case 'recognise':
    case 'withdraw-recognition':
    case 'resolve-impediment': return [...helping, productOwner, ...steeringRoles(input.managerRole)];
    default: return [...helping, productOwner];
  }
}

function decidePerson(state: SprintState, command: PersonCommand, context: Context): Decision<SprintEvent> {
  const allowed = allowedRoles(state, command);
  const role = entitlingRole(context.authority, allowed);
  if (role === undefined) return refuse('not-permitted', { roles: [...new Set(allowed)] });
  if (state.status === 'closed' || state.status === 'ended') return refuse('sprint-closed');
  if (state.heldAt !== undefined) return refuse('project-held');
  const decision = judge(state, command, actingPerson(context.authority) ?? '', context);
  return decision.ok ? { ...decision, role } : decision;
}

function judge(state: SprintState, command: PersonCommand, person: string, context: Context): Decision<SprintEvent> {
  const { status } = state;
  switch (command.type) {
    case 'set-goal': return status === 'over' ? refuse('sprint-over') : accept({ type: 'goal-set', goal: command.goal });
    case 'set-availability':
      if (status !== 'planning') return refuse(status === 'over' ? 'sprint-over' : 'sprint-running');
      return judgeAvailability(state, command);
    case 'plan-event': return planEvent(state, command, person, context);
    case 'start': return start(state, context);
    case 'move-card': return moveCard(state, command, person);
    case 'take-card': return onCard(state, command.item, (card) => {
      if (command.person !== null && !membersOf(state).includes(command.person)) return refuse('assignee-not-eligible', { person: command.person, role: state.input.team.roles.join(', ') }, [{ pointer: '/person', code: 'choice' }]);
      return (card.person ?? null) === command.person ? accept() : accept({ type: 'card-taken', item: command.item, person: command.person });
    });
    case 'set-remaining': return onCard(state, command.item, (card) => {
      if (!(command.hours >= 0 && command.hours <= MAX_HOURS)) return refuse('item-invalid', { item: command.item }, [{ pointer: '/hours', code: 'range', expected: `0 – ${MAX_HOURS}` }]);
      return card.remaining === command.hours ? accept() : accept({ type: 'remaining-set', item: command.item, hours: command.hours });
    });
    case 'tick-card': return onCard(state, command.item, (card) => tickCard(state, command, card));
    case 'remove-cards': return removeCards(state, command, person);
    case 'accept': return onDelivered(state, command.item, () => accept({ type: 'card-accepted', item: command.item, person }));
    case 'return': return onDelivered(state, command.item, () => accept({
      type: 'card-returned', item: command.item, person, reason: command.reason, ...(status === 'running' && { to: workColumn(state) }),
    }));
    case 'raise-impediment': {
      if (state.impediments.length >= MAX_NOTES) return refuse('sprint-full', { limit: MAX_NOTES });
      if (command.item !== undefined && !own(state.cards, command.item)) return refuse('unknown-item', { item: command.item });
      const { text, owner, item } = command;
      return accept({ type: 'impediment-raised', impediment: state.impediments.length + 1, text, person, ...(owner !== undefined && { owner }), ...(item !== undefined && { item }) });
    }
    case 'resolve-impediment': {
      const known = state.impediments[command.impediment - 1];
      if (!known) return refuse('unknown-impediment', { impediment: command.impediment });
      return known.resolvedAt === undefined ? accept({ type: 'impediment-resolved', impediment: command.impediment, person }) : accept();
    }
    case 'add-note': {
      const { kind, text, owner, due } = command;
      if (state.notes.length >= MAX_NOTES) return refuse('sprint-full', { limit: MAX_NOTES });
      if (kind !== 'action' && (owner !== undefined || due !== undefined)) return refuse('item-invalid', undefined, [{ pointer: owner === undefined ? '/due' : '/owner', code: 'unknown' }]);
      const fields = ownerProblems(state.roles, command, localDate(state.input.calendar, context.now), '');
      if (fields.length > 0) return refuse('item-invalid', undefined, fields);
      return accept({ type: 'note-added', note: state.notes.length + 1, kind, text, person, ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) });
    }
    case 'assign-action': return assignAction(state, command, context);
    case 'vote-note': {
      const note = state.notes[command.note - 1];
      if (!note) return refuse('unknown-note', { note: command.note });
      return note.votes.includes(person) === command.vote ? accept() : accept({ type: 'note-voted', note: command.note, person, vote: command.vote });
    }
    case 'recognise': return recognise(state, command, context);
    case 'withdraw-recognition': {
      const given = state.recognitions?.[command.recognition - 1];
      if (!given) return refuse('unknown-recognition', { recognition: command.recognition });
      if (!isVoiceOf(given.by, context)) return refuse('recognition-not-yours');
      return given.withdrawn ? accept() : accept({ type: 'recognition-withdrawn', recognition: command.recognition });
    }
    case 'cancel': {
      if (status === 'over') return refuse('sprint-over');
      const cancelled: SprintEvent = { type: 'sprint-cancelled', reason: command.reason, person };
      return accept(cancelled, ...over(state, 'cancelled'));
    }
    case 'close': return status === 'over' ? accept(...close(state)) : refuse('sprint-not-over');
    default: return unreachable(command);
  }
}

/** Something is done with a card that is on the board of a running sprint, or is planned. */
function onCard(state: SprintState, item: string, judgeCard: (card: CardState) => Decision<SprintEvent>): Decision<SprintEvent> {
  const card = own(state.cards, item);
  if (!card || !isHere(card)) return refuse('unknown-item', { item });
  if (state.status === 'over') return refuse('sprint-over');
  return card.acceptedAt === undefined ? judgeCard(card) : refuse('item-over', { item, status: 'done' });
}

/** The Product Owner judges what is delivered, also when the time is over. */
function onDelivered(state: SprintState, item: string, judgeCard: () => Decision<SprintEvent>): Decision<SprintEvent> {
  const card = own(state.cards, item);
  if (!card || !isHere(card)) return refuse('unknown-item', { item });
  if (state.status === 'planning') return refuse('sprint-not-started');
  if (card.acceptedAt !== undefined) return refuse('item-over', { item, status: 'done' });
  return isToJudge(state, card) ? judgeCard() : refuse('item-not-delivered', { item });
}

function judgeAvailability(state: SprintState, { person, days }: Of<'set-availability'>): Decision<SprintEvent> {
  const length = state.input.team.days ?? 0;
  if (!membersOf(state).includes(person)) return refuse('assignee-not-eligible', { person, role: state.input.team.roles.join(', ') }, [{ pointer: '/person', code: 'choice' }]);
  if (days !== null && !(days >= 0 && days <= length)) return refuse('item-invalid', undefined, [{ pointer: '/days', code: 'range', expected: `0 – ${length}` }]);
  return (own(state.availability ?? {}, person) ?? null) === days ? accept() : accept({ type: 'availability-set', person, days });
}

/** Whether a person gives the command, for themselves or in the name of another. */
const isVoiceOf = (person: string, { authority }: Context): boolean => authority.kind === 'person' && authority.person === person;

/** Thanks are one's own: they are given in no other name, to somebody with a part in the project, and never to oneself. */
function recognise(state: SprintState, { person, kind, text }: Of<'recognise'>, context: Context): Decision<SprintEvent> {
  if (state.status === 'planning') return refuse('sprint-not-started');
  const given = state.recognitions ?? [];
  if (given.length >= MAX_NOTES) return refuse('sprint-full', { limit: MAX_NOTES });
  if (isVoiceOf(person, context)) return refuse('recognition-of-oneself');
  if (context.authority.kind !== 'person' || !Object.values(state.roles).some((holders) => holders.includes(person))) {
    return refuse('item-invalid', undefined, [{ pointer: '/person', code: 'choice' }]);
  }
  return accept({ type: 'recognition-given', recognition: given.length + 1, kind, text, person, by: context.authority.person });
}

/**
 * Events lie within their sprint, on no day that is over, and take no longer than the Scrum Guide has it for one of that length. Review and retrospective may
 * still be planned when the time is over and the sprint is not closed; the planning is before the start.
 */
function planEvent(state: SprintState, { event, at, hours: given }: Of<'plan-event'>, person: string, context: Context): Decision<SprintEvent> {
  const { now } = context;
  const { team, calendar } = state.input;
  const most = eventHoursAtMost(event, team.days);
  const hours = given ?? team.events?.[event] ?? most;
  if (!(hours > 0 && hours <= most)) return refuse('event-too-long', { event, limit: most, ...(team.days !== undefined && { days: team.days }) }, [{ pointer: '/hours', code: 'range', expected: `≤ ${most}` }]);
  if (event === 'planning' && state.status !== 'planning') return refuse(state.status === 'over' ? 'sprint-over' : 'sprint-running');
  if (event === 'daily' && state.status === 'over') return refuse('sprint-over');
  const { startedAt, endsAt, overAt } = state;
  const last = overAt === undefined ? endsAt : closesAt(state);
  const day = (moment: Instant): string => localDate(calendar, moment);
  if (startedAt !== undefined && (at < startedAt || (last !== undefined && at > last))) {
    return refuse('event-outside', { event, from: day(startedAt), ...(last !== undefined && { until: day(last) }) }, [{ pointer: '/at', code: 'range', expected: `${day(startedAt)} – ${last === undefined ? '' : day(last)}` }]);
  }
  const before = own(state.events ?? {}, event);
  if (before?.at === at && before.hours === hours) return accept();
  if (rulesOf(context) >= PLANS_AHEAD && day(at) < day(now)) return refuse('event-past', { event, from: day(now) }, [{ pointer: '/at', code: 'range', expected: `≥ ${day(now)}` }]);
  return accept({ type: 'event-planned', event, at, hours, person });
}

/** Only actions are somebody's: other notes are said, and stay so. */
function assignAction(state: SprintState, { note: number, owner, due }: Of<'assign-action'>, { now }: Context): Decision<SprintEvent> {
  const note = state.notes[number - 1];
  if (note?.kind !== 'action') return refuse('unknown-note', { note: number });
  if ((note.owner ?? null) === owner && (note.due ?? null) === due) return accept();
  // What stays as it is may lie behind us.
  const fields = ownerProblems(state.roles, { ...(note.owner !== owner && { owner }), ...(note.due !== due && { due }) }, localDate(state.input.calendar, now), '');
  return fields.length > 0 ? refuse('item-invalid', undefined, fields) : accept({ type: 'action-assigned', note: number, owner, due });
}

function start(state: SprintState, context: Context): Decision<SprintEvent> {
  if (state.status !== 'planning') return refuse(state.status === 'over' ? 'sprint-over' : 'sprint-running');
  if (!state.free) return refuse('sprint-waits', { number: state.input.number - 1 });
  if (!state.goal) return refuse('sprint-goal-missing');
  return accept(started(state, context));
}

function started(state: SprintState, context: Context): SprintEvent {
  const { now } = context;
  const { days } = state.input.team;
  const planned = Object.entries(state.cards).filter(([, card]) => isHere(card));
  return {
    type: 'sprint-started', scope: tally(planned.map(([, card]) => card)), capacity: capacityOf(state, now),
    ...(rulesOf(context) >= KEEPS_SCOPE && { items: planned.map(([item]) => item) }),
    ...(days !== undefined && { endsAt: endOfTimebox(state.input.calendar, now, days) }),
  };
}

/** Who took a card from a column in which it is no longer is told who moved it, and where to. */
function moveCard(state: SprintState, { item, from, to }: Of<'move-card'>, person: string): Decision<SprintEvent> {
  return onCard(state, item, (card) => {
    if (state.status !== 'running') return refuse('sprint-not-started');
    const column = state.input.iterations.columns.find(({ key }) => key === to);
    if (!column) return refuse('item-invalid', { item }, [{ pointer: '/to', code: 'choice', expected: columnsOf(state).join(', ') }]);
    if (card.column !== from) {
      return refuse('item-moved', { item, to: card.column, ...(card.movedBy !== undefined && { person: card.movedBy }), ...(card.movedAt !== undefined && { at: new Date(card.movedAt).toISOString() }) });
    }
    if (card.column === to) return accept();
    const there = Object.values(state.cards).filter((each) => isHere(each) && each.column === to && each.acceptedAt === undefined).length;
    if (column.wip !== undefined && there >= column.wip) return refuse('wip-exceeded', { column: to, limit: column.wip });
    const moved: SprintEvent = { type: 'card-moved', item, from, to, person };
    if (to !== lastColumn(state)) return accept(moved);
    const open = state.input.iterations.done.filter((entry) => !card.ticked?.includes(entry));
    if (open.length > 0) return refuse('done-open', { item, missing: open });
    // In flow there is no review that would wait for the end of a sprint.
    return state.input.team.days === undefined ? accept(moved, { type: 'card-accepted', item, person }) : accept(moved);
  });
}

function tickCard(state: SprintState, { item, tick = [], untick = [] }: Of<'tick-card'>, card: CardState): Decision<SprintEvent> {
  const definition = state.input.iterations.done;
  if ([...tick, ...untick].some((entry) => !definition.includes(entry))) return refuse('item-invalid', { item }, [{ pointer: '/tick', code: 'choice', expected: definition.join(', ') }]);
  const before = card.ticked ?? [];
  const ticked = definition.filter((entry) => (before.includes(entry) || tick.includes(entry)) && !untick.includes(entry));
  return ticked.length === before.length && ticked.every((entry) => before.includes(entry)) ? accept() : accept({ type: 'card-ticked', item, ticked });
}

function removeCards(state: SprintState, { items }: Of<'remove-cards'>, person: string): Decision<SprintEvent> {
  for (const item of items) {
    const judged = onCard(state, item, () => accept());
    if (!judged.ok) return judged;
  }
  return items.length > 0 ? accept({ type: 'cards-removed', items: [...new Set(items)], person }) : accept();
}

/** The timebox is over: what was not finished leaves the sprint, what was delivered waits to be judged. One that never started leaves nothing behind. */
function over(state: SprintState, because: OverBecause): SprintEvent[] {
  const ended: SprintEvent = { type: 'sprint-over', because, result: resultOf(state), left: unfinished(state, because === 'time' ? 'carried' : 'returned') };
  return state.status === 'planning' ? [ended, { type: 'sprint-closed', result: resultOf(state), left: [] }] : [ended];
}

/** Closing never fails: what nobody judged is the backlog's again. */
function close(state: SprintState): SprintEvent[] {
  const left = Object.entries(state.cards).filter(([, card]) => isToJudge(state, card)).map(([item]): LeftItem => ({ item, how: 'returned' }));
  return [{ type: 'sprint-closed', result: resultOf(state), left }];
}

/** When a sprint whose time is over closes by itself. */
export const closesAt = ({ input, overAt, closesAt: kept }: SprintState): Instant => kept ?? addWorkingDays(input.calendar, overAt ?? 0, CLOSES_AFTER_DAYS);

function decideSystem(state: SprintState, command: Exclude<SprintCommand, PersonCommand>, context: Context): Decision<SprintEvent> {
  if (context.authority.kind !== 'system') return refuse('system-only');
  const { now } = context;
  const isLive = state.status === 'planning' || state.status === 'running';
  switch (command.type) {
    case 'open': {
      if (state.status !== 'opening') return accept();
      const opened: SprintEvent = { type: 'sprint-opened' };
      return state.input.start ? accept(opened, started(foldAll(state, [opened], context, evolve), context)) : accept(opened);
    }
    case 'take-items': {
      const fresh = command.items.filter(({ item }) => { const card = own(state.cards, item); return !card || !isHere(card); });
      if (fresh.length === 0) return accept();
      const isFull = Object.values(state.cards).filter(isHere).length + fresh.length > MAX_CARDS;
      if (!isLive || isFull) return accept({ type: 'cards-refused', items: fresh.map(({ item }) => item) });
      return accept({ type: 'cards-added', cards: fresh, ...(command.person !== undefined && { person: command.person }) });
    }
    case 'item-changed': {
      const card = own(state.cards, command.item);
      if (!card || !isHere(card) || !isLive || card.acceptedAt !== undefined) return accept();
      const { item, title, estimate } = command;
      return accept({ type: 'card-changed', item, title, ...(estimate !== undefined && { estimate }) });
    }
    case 'freed': {
      if (state.status !== 'planning') return accept();
      const freed: SprintEvent = { type: 'sprint-freed' };
      return command.start && state.heldAt === undefined ? accept(freed, started(state, context)) : accept(freed);
    }
    case 'hold': return state.heldAt === undefined && state.status !== 'closed' && state.status !== 'ended' ? accept({ type: 'sprint-held' }) : accept();
    case 'resume': {
      if (state.heldAt === undefined) return accept();
      const { endsAt } = state;
      const { calendar } = state.input;
      const rest = shiftOfHold(calendar, state.heldAt, now);
      const keeps = rulesOf(context) >= KEEPS_DAYS;
      const moves = state.status === 'running' && endsAt !== undefined;
      return accept({
        type: 'sprint-resumed', ...(moves && { endsAt: keeps ? shiftedDays(rest, endsAt) : addWorkingDays(calendar, endsAt + (now - state.heldAt) - 1, 0) }),
        ...(keeps && state.status === 'over' && { closesAt: shiftedDays(rest, closesAt(state)) }),
      });
    }
    case 'finish': return isLive ? accept(...over(state, 'phase')) : accept();
    case 'end': return state.status === 'closed' || state.status === 'ended' ? accept() : accept({ type: 'sprint-ended' });
    case 'time-up': {
      if (state.heldAt !== undefined) return accept();
      if (state.status === 'running' && state.endsAt !== undefined && now >= state.endsAt) return accept(...over(state, 'time'));
      return state.status === 'over' && now >= closesAt(state) ? accept(...close(state)) : accept();
    }
    case 'roles-changed': return accept({ type: 'roles-changed', roles: command.roles, ...(command.replaced && { replaced: command.replaced }) });
    case 'absences-changed': return accept({ type: 'absences-changed', absences: command.absences });
    case 'calendar-changed': {
      const { calendar, team } = state.input;
      if (!replaces(command.calendar, calendar)) return accept();
      // One that was moved since stays where it is.
      const isAsPlanned = state.status === 'running' && team.days !== undefined && state.endsAt === endOfTimebox(calendar, state.startedAt ?? 0, team.days) && state.endsAt > now;
      return accept({ type: 'calendar-changed', calendar: command.calendar, ...(isAsPlanned && { endsAt: Math.max(now, endOfTimebox(command.calendar, state.startedAt ?? 0, team.days ?? 1)) }) });
    }
    // Its backlog is gone: people find it in the record.
    case 'child-lost': return accept();
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}
