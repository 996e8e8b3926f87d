import { sprintsOf } from './items';
import type { BacklogEvent, BacklogState } from './types';

/** What a backlog's state calls for by itself: a team that works in flow has its board for as long as the phase is open. */
export function advance(state: BacklogState): readonly BacklogEvent[] {
  if (state.status !== 'open' || !state.phaseOpen || state.revision || state.heldAt !== undefined) return [];
  return state.input.iterations.teams.filter(({ key, days }) => days === undefined && sprintsOf(state, key).open.every(({ stage }) => stage === 'over'))
    .map(({ key }): BacklogEvent => ({ type: 'sprint-opened', team: key, number: sprintsOf(state, key).last + 1, start: true }));
}
