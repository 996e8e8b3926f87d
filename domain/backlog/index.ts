/** The backlog of a phase: what its teams have to do, in order; it hands items to sprints and takes back what they do not finish. */
import type { Due, Process } from '../process';
import { decide } from './decide';
import { evolve, initial } from './evolve';
import { openSprints, react } from './react';
import { rows } from './rows';
import type { BacklogCommand, BacklogEvent, BacklogInput, BacklogState } from './types';

const DAY_MS = 86_400_000;

/** A daily look after the sprints. */
function due(state: BacklogState): Due<BacklogCommand> | null {
  return state.status === 'open' && openSprints(state).length > 0 ? { at: state.lookedAt + DAY_MS, command: { type: 'look' } } : null;
}

export const backlog: Process<BacklogInput, BacklogState, BacklogCommand, BacklogEvent> = {
  name: 'backlog', initial, decide, evolve, due, react, rows, isFinal: ({ status }) => status === 'ended', opening: { type: 'open' },
};
