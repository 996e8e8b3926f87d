/** The rows of the read model that a sprint answers for. */
import type { Recorded, Row } from '../process';
import type { CardRow, SprintRow } from '../rows';
import { resultOf } from './cards';
import type { SprintEvent, SprintState } from './types';

function sprintRow(state: SprintState): Row {
  const { input, status } = state;
  const { project, phase, team, number, id } = input;
  const data: SprintRow = {
    project, phase, team: team.key, number, status, unit: input.iterations.unit, free: state.free, days: team.days ?? null,
    goal: state.goal ?? null, startedAt: state.startedAt ?? null, endsAt: state.endsAt ?? null, overAt: state.overAt ?? null, over: state.over ?? null,
    closedAt: state.closedAt ?? null, heldAt: state.heldAt ?? null, reason: state.cancelReason ?? null,
    capacity: state.capacity ?? null, availability: state.availability ?? {}, ...(state.events && { events: state.events }),
    result: state.startedAt === undefined ? null : resultOf(state), impediments: state.impediments, notes: state.notes, ...(state.recognitions && { recognitions: state.recognitions }),
  };
  return { table: 'sprint', id, data };
}

function cardRow(state: SprintState, item: string): Row[] {
  const card = Object.hasOwn(state.cards, item) ? state.cards[item] : undefined;
  if (!card) return [];
  const { project, phase, id, team, number } = state.input;
  const data: CardRow = { ...card, project, phase, sprint: id, team: team.key, number, item };
  return [{ table: 'card', id: `${id}/card/${item}`, data }];
}

/** Cards whose row an event may change. */
function touched(state: SprintState, event: SprintEvent): readonly string[] {
  switch (event.type) {
    case 'cards-added': return event.cards.map(({ item }) => item);
    case 'cards-removed': return event.items;
    case 'card-changed':
    case 'card-moved':
    case 'card-taken':
    case 'remaining-set':
    case 'card-ticked':
    case 'card-accepted':
    case 'card-returned': return [event.item];
    case 'sprint-over':
    case 'sprint-closed': return event.left.map(({ item }) => item);
    case 'roles-changed': return event.replaced ? Object.keys(state.cards) : [];
    default: return [];
  }
}

/** What a board shows changes with a card alone, as long as it does not change the result. */
const LEAVE_SPRINT: ReadonlySet<SprintEvent['type']> = new Set(['card-taken', 'remaining-set', 'card-ticked']);

export function rows(state: SprintState, recorded?: Recorded<SprintEvent>): readonly Row[] {
  if (state.status === 'opening') return [];
  const cards = (recorded ? touched(state, recorded.event) : Object.keys(state.cards)).flatMap((item) => cardRow(state, item));
  return recorded && LEAVE_SPRINT.has(recorded.event.type) ? cards : [sprintRow(state), ...cards];
}

