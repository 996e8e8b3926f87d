/** The handover of a phase: services go over to those who run them, with evidence, knowledge, sign-offs and conditions. */
import type { Process } from '../process';
import { decide } from './decide';
import { evolve, initial } from './evolve';
import { react } from './react';
import { due } from './reminders';
import { rows } from './rows';
import type { HandoverCommand, HandoverEvent, HandoverInput, HandoverState } from './types';

export const handover: Process<HandoverInput, HandoverState, HandoverCommand, HandoverEvent> = {
  name: 'handover', initial, decide, evolve, due, react, rows, isFinal: ({ status }) => status === 'ended', opening: { type: 'open' },
};
