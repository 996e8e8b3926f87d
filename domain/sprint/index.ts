/** The sprint: one timebox of a team, from its planning to its retrospective; or the board of a team that works in flow. */
import type { Due, Process } from '../process';
import { closesAt, decide } from './decide';
import { evolve, initial } from './evolve';
import { react } from './react';
import { rows } from './rows';
import type { SprintCommand, SprintEvent, SprintInput, SprintState } from './types';

/** The timebox is over at its end, whatever else happens; and what is over is closed at last. */
function due(state: SprintState): Due<SprintCommand> | null {
  if (state.heldAt !== undefined) return null;
  if (state.status === 'running' && state.endsAt !== undefined) return { at: state.endsAt, command: { type: 'time-up' } };
  return state.status === 'over' ? { at: closesAt(state), command: { type: 'time-up' } } : null;
}

export const sprint: Process<SprintInput, SprintState, SprintCommand, SprintEvent> = {
  name: 'sprint', initial, decide, evolve, due, react, rows,
  isFinal: ({ status }) => status === 'closed' || status === 'ended', opening: { type: 'open' },
};
