/** The stage: tasks in a partial order with their evidence, then the gate. */
import type { Process } from '../process';
import { decide } from './decide';
import { evolve, initial } from './evolve';
import { react } from './react';
import { due } from './reminders';
import { rows } from './rows';
import type { StageCommand, StageEvent, StageInput, StageState } from './types';

export const stage: Process<StageInput, StageState, StageCommand, StageEvent> = {
  name: 'stage', initial, decide, evolve, due, react, rows,
  isFinal: ({ status }) => status === 'ended' || status === 'stopped' || status === 'reworked' || status === 'cancelled',
  opening: { type: 'open' },
};
