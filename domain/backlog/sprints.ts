/** What a backlog makes of what its sprints tell. Closing a sprint never fails: whatever it had is the backlog's again, or the next one's. */
import { own } from '../fold';
import { lastOrder, sprintsOf, teamOf } from './items';
import { ordersAfter } from './order';
import { baselineEvents } from './scope';
import type { BacklogCommand, BacklogEvent, BacklogState, LeftItem } from './types';

type SprintNews = Extract<BacklogCommand, { type: 'sprint-started' | 'items-left' | 'sprint-over' | 'sprint-closed' }>;

export function hearSprint(state: BacklogState, command: SprintNews): BacklogEvent[] {
  const { team, number } = command;
  const known = sprintsOf(state, team).open.find((sprint) => sprint.number === number);
  if (!known) return [];
  switch (command.type) {
    case 'sprint-started': return known.stage !== 'planning' ? [] : [{ type: 'sprint-started', team, number }, ...(teamOf(state, team)?.days === undefined ? [] : baselineEvents(state))];
    case 'items-left': return left(state, command, command.items);
    case 'sprint-over': return known.stage === 'over' ? [] : over(state, command, known.stage === 'running');
    case 'sprint-closed': return [...left(state, command, [...command.items, ...onTheWay(state, command)]), ...actions(state, command), { type: 'sprint-closed', team, number }];
  }
}

/** Those that this sprint really has. */
function left(state: BacklogState, { team, number }: SprintNews, items: readonly LeftItem[]): BacklogEvent[] {
  const own_ = items.filter(({ item }) => {
    const sprint = own(state.items, item)?.sprint;
    return sprint?.team === team && sprint.number === number;
  });
  return own_.length > 0 ? [{ type: 'items-left', team, number, items: own_ }] : [];
}

/** Items that the sprint never got: it was closed before they came. */
function onTheWay(state: BacklogState, { team, number, items }: Extract<SprintNews, { type: 'sprint-closed' }>): LeftItem[] {
  return Object.entries(state.items).filter(([item, { sprint }]) => sprint?.team === team && sprint.number === number && !items.some((each) => each.item === item))
    .map(([item]) => ({ item, how: 'refused' }));
}

/** What was not finished goes where the team says; the next sprint begins, where the team says so, or may begin. */
function over(state: BacklogState, command: Extract<SprintNews, { type: 'sprint-over' }>, hadStarted: boolean): BacklogEvent[] {
  const { team: key, number } = command;
  const team = teamOf(state, key);
  const events: BacklogEvent[] = [{ type: 'sprint-over', team: key, number }, ...left(state, command, command.items)];
  // One that never ran keeps no other one waiting.
  if (!hadStarted) return events;
  const { last, open } = sprintsOf(state, key);
  const next = open.find(({ stage }) => stage === 'planning')?.number;
  const goesOn = state.phaseOpen && team?.days !== undefined;
  const carried = goesOn && team.leftovers === 'next' ? command.items.filter(({ how }) => how === 'carried').map(({ item }) => item) : [];
  if (next === undefined && !(goesOn && (team.startsItself || carried.length > 0))) return events;
  const to = next ?? last + 1;
  if (next === undefined) events.push({ type: 'sprint-opened', team: key, number: to });
  if (carried.length > 0) events.push({ type: 'items-planned', team: key, number: to, items: carried, from: number });
  events.push({ type: 'sprint-freed', team: key, number: to, ...(goesOn && team.startsItself && { start: true as const }) });
  return events;
}

/** What the retrospective wants to be done is work like any other. */
function actions(state: BacklogState, { team, number, actions: titles }: Extract<SprintNews, { type: 'sprint-closed' }>): BacklogEvent[] {
  if (titles.length === 0) return [];
  const orders = ordersAfter(lastOrder(state.items), titles.length);
  return [{ type: 'items-added', of: { team, number }, items: titles.map(({ owner, due, ...title }, index) => ({ kind: 'task', title, ...(owner !== undefined && { owner, action: true as const }), ...(due !== undefined && { due }), item: String(state.last + 1 + index), order: orders[index] ?? '' })) }];
}
