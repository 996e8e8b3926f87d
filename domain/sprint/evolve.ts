import type { LeftItem } from '../backlog/types';
import { own } from '../fold';
import type { Instant, PersonId, Recorded } from '../process';
import type { Replaced } from '../project/types';
import { unreachable } from '../unreachable';
import { firstColumn, lastColumn } from './cards';
import type { CardState, SprintEvent, SprintInput, SprintState } from './types';

export function initial(input: SprintInput): SprintState {
  const { roles, absences } = input;
  return { input, status: 'opening', free: !input.waits, roles, ...(absences && { absences }), cards: {}, impediments: [], notes: [] };
}

function changeCards(state: SprintState, items: readonly string[], change: (card: CardState, item: string) => CardState): SprintState {
  const next = { ...state.cards };
  for (const item of items) {
    const card = own(next, item);
    if (card) next[item] = change(card, item);
  }
  return { ...state, cards: next };
}

const leave = (state: SprintState, left: readonly LeftItem[]): SprintState => {
  const how = new Map(left.map((each) => [each.item, each.how]));
  return changeCards(state, [...how.keys()], (card, item) => ({ ...card, left: how.get(item) ?? 'carried' }));
};

/** One that comes again, after it had left, has its past with it. */
function add(state: SprintState, event: Extract<SprintEvent, { type: 'cards-added' }>, at: Instant): SprintState {
  const cards = event.cards.map(({ item, ...facts }): [string, CardState] => {
    const { left: _, ...before } = own(state.cards, item) ?? {};
    return [item, { ...before, ...facts, column: firstColumn(state), addedAt: at, ...(state.status === 'running' && !state.scoped?.includes(item) && { late: true as const }) }];
  });
  return { ...state, cards: { ...state.cards, ...Object.fromEntries(cards) } };
}

function move(state: SprintState, card: CardState, to: string, person: PersonId, at: Instant): CardState {
  const { deliveredAt: _, ...rest } = card;
  return {
    ...rest, column: to, movedBy: person, movedAt: at, ...(card.startedAt === undefined && to !== firstColumn(state) && { startedAt: at }),
    ...(to === lastColumn(state) && { deliveredAt: at }),
  };
}

/** Who left is at nothing any more: their successor is. */
function handOver(state: SprintState, replaced: Replaced | undefined): SprintState {
  if (!replaced) return state;
  const { person, by } = replaced;
  const theirs = Object.entries(state.cards).filter(([, card]) => card.person === person && card.acceptedAt === undefined).map(([item]) => item);
  const next = changeCards(state, theirs, (card) => ({ ...card, person: by }));
  const to = <T extends { readonly owner?: PersonId }>(each: T): T => (each.owner === person ? { ...each, owner: by } : each);
  return { ...next, impediments: next.impediments.map((each) => (each.resolvedAt === undefined ? to(each) : each)), notes: next.notes.map(to) };
}

function withAvailability(state: SprintState, person: PersonId, days: number | null): SprintState {
  const others = Object.fromEntries(Object.entries(state.availability ?? {}).filter(([key]) => key !== person));
  return { ...state, availability: days === null ? others : { ...others, [person]: days } };
}

export function evolve(state: SprintState, { event, at }: Recorded<SprintEvent>): SprintState {
  switch (event.type) {
    case 'sprint-opened': return { ...state, status: 'planning' };
    case 'goal-set': return { ...state, goal: event.goal };
    case 'availability-set': return withAvailability(state, event.person, event.days);
    case 'event-planned': return { ...state, events: { ...state.events, [event.event]: { at: event.at, hours: event.hours } } };
    case 'cards-added': return add(state, event, at);
    case 'card-changed':
      return changeCards(state, [event.item], ({ estimate: _, ...card }) => ({ ...card, title: event.title, ...(event.estimate !== undefined && { estimate: event.estimate }) }));
    case 'sprint-freed': return { ...state, free: true };
    case 'sprint-started':
      return { ...state, status: 'running', startedAt: at, scope: event.scope, capacity: event.capacity, ...(event.endsAt !== undefined && { endsAt: event.endsAt }), ...(event.items && { scoped: event.items }) };
    case 'card-moved': return changeCards(state, [event.item], (card) => move(state, card, event.to, event.person, at));
    case 'card-taken':
      return changeCards(state, [event.item], ({ person: _, ...card }) => ({ ...card, ...(event.person !== null && { person: event.person }) }));
    case 'remaining-set': return changeCards(state, [event.item], (card) => ({ ...card, remaining: event.hours }));
    case 'card-ticked': return changeCards(state, [event.item], (card) => ({ ...card, ticked: event.ticked }));
    case 'cards-removed': return leave(state, event.items.map((item) => ({ item, how: 'removed' })));
    case 'card-accepted': return changeCards(state, [event.item], (card) => ({ ...card, acceptedAt: at }));
    case 'card-returned': {
      const { to } = event;
      return changeCards(state, [event.item], (card) => ({
        ...(to === undefined ? { ...card, left: 'returned' as const } : move(state, card, to, event.person, at)), returned: (card.returned ?? 0) + 1,
      }));
    }
    case 'impediment-raised': {
      const { text, owner, item, person } = event;
      return { ...state, impediments: [...state.impediments, { text, by: person, at, ...(owner !== undefined && { owner }), ...(item !== undefined && { item }) }] };
    }
    case 'impediment-resolved':
      return { ...state, impediments: state.impediments.map((each, index) => (index + 1 === event.impediment ? { ...each, resolvedAt: at, resolvedBy: event.person } : each)) };
    case 'note-added': {
      const { kind, text, person, owner, due } = event;
      return { ...state, notes: [...state.notes, { kind, text, by: person, votes: [], ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) }] };
    }
    case 'action-assigned': {
      const { owner, due } = event;
      return { ...state, notes: state.notes.map(({ owner: _owner, due: _due, ...note }, index) => (index + 1 === event.note ? { ...note, ...(owner !== null && { owner }), ...(due !== null && { due }) } : state.notes[index] ?? note)) };
    }
    case 'note-voted': {
      const votes = (before: readonly PersonId[]): readonly PersonId[] => (event.vote ? [...before, event.person] : before.filter((person) => person !== event.person));
      return { ...state, notes: state.notes.map((note, index) => (index + 1 === event.note ? { ...note, votes: votes(note.votes) } : note)) };
    }
    case 'recognition-given': {
      const { kind, text, by, person } = event;
      return { ...state, recognitions: [...state.recognitions ?? [], { kind, text, by, to: person, at }] };
    }
    case 'recognition-withdrawn':
      return { ...state, recognitions: (state.recognitions ?? []).map((each, index) => (index + 1 === event.recognition ? { ...each, withdrawn: true as const } : each)) };
    case 'sprint-cancelled': return { ...state, cancelReason: event.reason };
    case 'sprint-held': return { ...state, heldAt: at };
    case 'sprint-resumed': {
      const { heldAt: _, ...rest } = state;
      return { ...rest, ...(event.endsAt !== undefined && { endsAt: event.endsAt }), ...(event.closesAt !== undefined && { closesAt: event.closesAt }) };
    }
    case 'sprint-over': return { ...leave(state, event.left), status: 'over', over: event.because, overAt: at, result: event.result };
    case 'sprint-closed': return { ...leave(state, event.left), status: 'closed', closedAt: at, result: event.result };
    case 'sprint-ended': return { ...state, status: 'ended', closedAt: at };
    case 'roles-changed': return handOver({ ...state, roles: event.roles }, event.replaced);
    case 'absences-changed': return { ...state, absences: event.absences };
    case 'calendar-changed': return { ...state, input: { ...state.input, calendar: event.calendar }, ...(event.endsAt !== undefined && { endsAt: event.endsAt }) };
    case 'cards-refused': return state;
    default: return unreachable(event);
  }
}
