import { own } from '../fold';
import type { Key } from '../process';
import { sprintsOf } from './items';
import type { AskedOfBacklog, BacklogEvent, BacklogState, ItemState } from './types';

/** What a backlog's state calls for by itself: what the gate asks of it, and boards of teams that work in flow for as long as the phase is open. */
export function advance(state: BacklogState): readonly BacklogEvent[] {
  if (state.status !== 'open' || !state.phaseOpen) return [];
  const judged = judgeCriteria(state);
  if (judged) return [judged];
  if (state.revision || state.heldAt !== undefined) return [];
  return state.input.iterations.teams.filter(({ key, days }) => days === undefined && sprintsOf(state, key).open.every(({ stage }) => stage === 'over'))
    .map(({ key }): BacklogEvent => ({ type: 'sprint-opened', team: key, number: sprintsOf(state, key).last + 1, start: true }));
}

/** Which criteria of the gate are met, if that is different from what the stage knows. */
function judgeCriteria(state: BacklogState): BacklogEvent | undefined {
  const { asked = [] } = state.input;
  const met = Object.fromEntries(asked.map((criterion) => [criterion.key, isMet(state, criterion)]));
  const known = state.met ?? {};
  const isSame = Object.keys(known).length === asked.length && asked.every(({ key }) => own(known, key) === met[key]);
  return isSame ? undefined : { type: 'criteria-judged', met };
}

function isMet({ items }: BacklogState, { items: kind, label, accepted = 0 }: AskedOfBacklog): boolean {
  const asked = Object.entries(items).filter(([, item]) => item.status !== 'dropped' && (kind === undefined ? item.kind !== 'epic' : item.kind === kind) && (label === undefined || item.labels?.includes(label)));
  return asked.length >= accepted && asked.every(([key, item]) => isDone(items, key, item));
}

/** An epic is done when all that belongs to it is, and something does. */
function isDone(items: BacklogState['items'], key: Key, { kind, status }: ItemState): boolean {
  if (kind !== 'epic') return status === 'done';
  const parts = Object.values(items).filter((item) => item.epic === key && item.status !== 'dropped');
  return parts.length > 0 && parts.every((part) => part.status === 'done');
}
