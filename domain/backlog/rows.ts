/** The rows of the read model that a backlog answers for. */
import { own } from '../fold';
import type { Recorded, Row } from '../process';
import type { BacklogRow, ItemRow } from '../rows';
import type { BacklogEvent, BacklogState } from './types';

function backlogRow(state: BacklogState): Row {
  const { project, phase, id, iterations } = state.input;
  const data: BacklogRow = { project, phase, status: state.status, phaseOpen: state.phaseOpen, goal: state.goal ?? null, iterations, teams: state.teams, heldAt: state.heldAt ?? null, ...(state.openNeeds && { openNeeds: state.openNeeds }), ...(state.baseline && { baseline: state.baseline }) };
  return { table: 'backlog', id, data };
}

function itemRow(state: BacklogState, item: string): Row[] {
  const known = own(state.items, item);
  if (!known) return [];
  const { project, phase, id } = state.input;
  const data: ItemRow = { ...known, project, phase, backlog: id, item };
  return [{ table: 'item', id: `${id}/item/${item}`, data }];
}

/** Items whose row an event may change. */
function touched(state: BacklogState, event: BacklogEvent): readonly string[] {
  switch (event.type) {
    case 'items-added':
    case 'items-left': return event.items.map(({ item }) => item);
    case 'items-dropped':
    case 'items-restored':
    case 'items-planned': return event.items;
    case 'item-changed':
    case 'item-finished':
    case 'item-moved': return [event.item];
    case 'roles-changed': return Object.entries(state.items).flatMap(([item, { owner }]) => (event.replaced && owner === event.replaced.by ? [item] : []));
    case 'backlog-renumbered': return Object.keys(state.items);
    default: return [];
  }
}

export function rows(state: BacklogState, recorded?: Recorded<BacklogEvent>): readonly Row[] {
  if (state.status === 'opening') return [];
  const items = recorded ? touched(state, recorded.event) : Object.keys(state.items);
  const isOfItems = items.length > 0 && recorded !== undefined;
  return [...(isOfItems ? [] : [backlogRow(state)]), ...items.flatMap((item) => itemRow(state, item))];
}
