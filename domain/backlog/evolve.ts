import { own, withKey } from '../fold';
import type { Key, Recorded } from '../process';
import type { Replaced } from '../project/types';
import { settleRevision } from '../revision';
import { unreachable } from '../unreachable';
import { changed, inOrder, sprintsOf } from './items';
import { ordersAfter } from './order';
import type { BacklogEvent, BacklogInput, BacklogState, ItemState, LeftItem, SprintStage } from './types';

export function initial(input: BacklogInput): BacklogState {
  const { roles, absences, openNeeds } = input;
  return { input, ...(openNeeds && { openNeeds }), status: 'opening', phaseOpen: true, roles, ...(absences && { absences }), items: {}, last: 0, teams: {}, settled: 0, lookedAt: 0 };
}

/** The state with some items changed; the record of all is copied once. */
function changeItems(state: BacklogState, items: readonly string[], change: (item: ItemState, key: string) => ItemState): BacklogState {
  const next = { ...state.items };
  for (const key of items) {
    const item = own(next, key);
    if (item) next[key] = change(item, key);
  }
  return { ...state, items: next };
}

function leave(item: ItemState, { how }: LeftItem, at: number): ItemState {
  const { sprint: _, ...rest } = item;
  if (how === 'accepted') return { ...rest, status: 'done', doneAt: at };
  return { ...rest, status: 'open', ...(how === 'carried' && { carried: (item.carried ?? 0) + 1 }) };
}

/** What somebody who left saw to is seen to by who takes their place. */
function handOver(state: BacklogState, replaced: Replaced | undefined): BacklogState {
  if (!replaced) return state;
  const theirs = Object.entries(state.items).filter(([, { owner, status }]) => owner === replaced.person && (status === 'open' || status === 'planned')).map(([item]) => item);
  return theirs.length > 0 ? changeItems(state, theirs, (item) => ({ ...item, owner: replaced.by })) : state;
}

/** Puts a sprint of a team on another stage; null: it is closed. */
function stageSprint(state: BacklogState, team: Key, number: number, stage: SprintStage | null): BacklogState {
  const { last, open } = sprintsOf(state, team);
  const others = open.filter((sprint) => sprint.number !== number);
  const next = stage === null ? others : [...others, { number, stage }].sort((one, other) => one.number - other.number);
  return { ...state, teams: withKey(state.teams, team, { last: Math.max(last, number), open: next }) };
}

export function evolve(state: BacklogState, { event, at }: Recorded<BacklogEvent>): BacklogState {
  switch (event.type) {
    case 'backlog-opened': return { ...state, status: 'open', lookedAt: at };
    case 'phase-turned': {
      // The stage of another round knows nothing yet.
      const { met: _, ...rest } = state;
      return event.open ? { ...rest, phaseOpen: true, ...(event.round !== undefined && { round: event.round }) } : { ...state, phaseOpen: false };
    }
    case 'goal-set': return { ...state, goal: event.goal };
    case 'items-added': {
      const added = event.items.map(({ item, ...facts }): [string, ItemState] => [item, { ...facts, status: 'open' }]);
      return { ...state, items: { ...state.items, ...Object.fromEntries(added) }, last: state.last + added.length };
    }
    case 'item-changed':
      return changeItems(state, [event.item], (item) => {
        const { ready: before, ...rest } = changed(item, event.change);
        const ready = event.ready ?? before ?? [];
        return { ...rest, ...(ready.length > 0 && { ready }) };
      });
    case 'item-moved': return changeItems(state, [event.item], (item) => ({ ...item, order: event.order, movedBy: event.person, movedAt: at }));
    case 'backlog-renumbered': {
      const keys = inOrder(state.items).map(([key]) => key);
      const orders = new Map(ordersAfter(undefined, keys.length).map((order, index) => [keys[index], order]));
      return changeItems(state, keys, (item, key) => ({ ...item, order: orders.get(key) ?? item.order }));
    }
    case 'items-dropped': return changeItems(state, event.items, (item) => ({ ...item, status: 'dropped' }));
    case 'item-finished': return changeItems(state, [event.item], (item) => ({ ...item, status: 'done', doneAt: at, finished: true }));
    case 'items-restored': return changeItems(state, event.items, (item) => ({ ...item, status: 'open' }));
    case 'sprint-opened': return stageSprint(state, event.team, event.number, 'planning');
    case 'items-planned':
      return changeItems(state, event.items, (item) => ({ ...item, status: 'planned', sprint: { team: event.team, number: event.number } }));
    case 'items-left': {
      const how = new Map(event.items.map((each) => [each.item, each]));
      return changeItems(state, [...how.keys()], (item, key) => leave(item, how.get(key) as LeftItem, at));
    }
    case 'sprint-started': return stageSprint(state, event.team, event.number, 'running');
    case 'sprint-over': return stageSprint(state, event.team, event.number, 'over');
    case 'sprint-freed': return state;
    case 'sprint-closed': return stageSprint(state, event.team, event.number, null);
    case 'roles-changed': return handOver({ ...state, roles: event.roles }, event.replaced);
    case 'absences-changed': return { ...state, absences: event.absences };
    case 'calendar-changed': return { ...state, input: { ...state.input, calendar: event.calendar } };
    case 'revision-prepared': return { ...state, revision: { revision: event.revision, kind: event.kind } };
    case 'revision-aborted': return settleRevision(state, event.revision);
    case 'revision-committed': {
      const settled = settleRevision(state, event.revision);
      if (event.kind === 'hold') return { ...settled, heldAt: at };
      if (event.slice) {
        const { asked: _asked, awaited: _awaited, openNeeds: _input, ...input } = settled.input;
        const { openNeeds: _state, ...rest } = settled;
        const { openNeeds, iterations } = event.slice;
        const goal = iterations.scopeControl?.newGoal;
        const isNew = goal !== undefined && goal.text !== input.iterations.scopeControl?.newGoal?.text;
        return { ...rest, input: { ...input, ...event.slice }, ...(openNeeds && { openNeeds }), ...(isNew && { goal }) };
      }
      if (event.kind !== 'resume') return settled;
      const { heldAt: _, ...rest } = settled;
      return rest;
    }
    case 'criteria-judged': return { ...state, met: event.met };
    case 'awaited-judged': return { ...state, stands: event.stands };
    case 'needs-stood': return { ...state, openNeeds: event.open };
    case 'scope-baselined': return { ...state, baseline: { scope: event.scope, at } };
    case 'children-looked-at': return { ...state, lookedAt: at };
    case 'backlog-ended': return { ...state, status: 'ended' };
    default: return unreachable(event);
  }
}
