import { addWorkingDays } from '../calendar';
import { type PendingRung, rungTimes, type Shift, shiftedDays, shiftedRungs, shiftOfHold } from '../ladder';
import type { Recorded } from '../process';
import { unreachable } from '../unreachable';
import type { ApprovalEvent, ApprovalInput, ApprovalState, Electorate } from './types';

/** What there is of an electorate. */
function electorateIn({ electorate, chairs, vetoes, barred, standIns, deputies }: Electorate): Electorate {
  return {
    electorate, ...(chairs && { chairs }), ...(vetoes && { vetoes }), ...(barred && { barred }), ...(standIns && { standIns }), ...(deputies && { deputies }),
  };
}

export function initial(input: ApprovalInput): ApprovalState {
  return { input, status: 'opening', ...electorateIn(input), step: 0, votes: [], openedAt: 0, stepOpenedAt: 0, settled: 0 };
}

/** When the voters are reminded and the escalation role is told, counted from `from`; only what the policy asks for. */
function clocks(state: ApprovalState, from: number): Pick<ApprovalState, 'remindAt' | 'escalateAt'> {
  const { calendar, policy } = state.input;
  return {
    ...(policy.remindAfterDays !== undefined && { remindAt: addWorkingDays(calendar, from, policy.remindAfterDays) }),
    ...(policy.escalateAfterDays !== undefined && { escalateAt: addWorkingDays(calendar, from, policy.escalateAfterDays) }),
  };
}

/** The due date of a step that opens now, and the moments of its rungs; only what the policy has. */
function ladder(state: ApprovalState, from: number, step: number): Pick<ApprovalState, 'dueAt' | 'rungs'> {
  const { calendar, policy } = state.input;
  const { dueDays, steps, parallel } = policy;
  const dueAt = dueDays === undefined ? undefined : addWorkingDays(calendar, from, dueDays);
  const rungs = policy.ladder && rungTimes(policy.ladder, calendar, from, dueAt)
    .filter(({ rung }) => parallel || (policy.ladder?.[rung]?.step ?? steps[step]?.key) === steps[step]?.key);
  return { ...(dueAt !== undefined && { dueAt }), ...(rungs && { rungs }) };
}

/** The due date and the rungs to come, each with as much left as it had. */
function shifted({ input: { policy }, dueAt, rungs }: ApprovalState, shift: Shift): { dueAt?: number; rungs?: readonly PendingRung[] } {
  return {
    ...(dueAt !== undefined && { dueAt: shiftedDays(shift, dueAt) }), ...(rungs && { rungs: shiftedRungs(policy.ladder ?? [], rungs, shift) }),
  };
}

/** A moment moved by a pause, to the end of the working day it then falls on. */
function moved(state: ApprovalState, at: number | undefined, byMs: number): number | undefined {
  return at === undefined ? undefined : addWorkingDays(state.input.calendar, at + byMs - 1, 0);
}

export function evolve(state: ApprovalState, { event, at }: Recorded<ApprovalEvent>): ApprovalState {
  switch (event.type) {
    case 'approval-opened':
      return { ...state, status: 'open', openedAt: at, stepOpenedAt: at, ...clocks(state, at), ...ladder(state, at, 0), ...(state.input.held && { heldAt: at }) };
    case 'vote-cast': return { ...state, votes: [...state.votes, { ...event.vote, at }] };
    case 'vote-withdrawn': {
      const { person, conditions } = event;
      return { ...state, votes: state.votes.filter((vote) => vote.person !== person), ...(conditions && { owed: [...(state.owed ?? []), ...conditions] }) };
    }
    case 'step-opened': return { ...state, step: state.step + 1, stepOpenedAt: at, ...clocks(state, at), ...ladder(state, at, state.step + 1) };
    case 'electorate-changed': {
      const { chairs: _chairs, vetoes: _vetoes, barred: _barred, standIns: _standIns, deputies: _deputies, ...rest } = state;
      return { ...rest, ...electorateIn(event) };
    }
    case 'approval-unreachable': {
      const { unreachable: _, ...rest } = state;
      return event.steps.length > 0 ? { ...rest, unreachable: event.steps } : rest;
    }
    case 'approval-reminded': {
      const { remindAt } = clocks(state, at);
      return remindAt === undefined ? state : { ...state, remindAt };
    }
    case 'approval-escalated': {
      const { escalateAt: _, ...rest } = state;
      return rest;
    }
    case 'calendar-changed': {
      const { remindAt, escalateAt } = state;
      const since = state.heldAt ?? at;
      const shift: Shift = { since, onFrom: since, before: state.input.calendar, after: event.calendar };
      return {
        ...state, input: { ...state.input, calendar: event.calendar }, ...shifted(state, shift),
        ...(remindAt !== undefined && { remindAt: shiftedDays(shift, remindAt) }), ...(escalateAt !== undefined && { escalateAt: shiftedDays(shift, escalateAt) }),
      };
    }
    case 'rung-reached': {
      const { type: _, ...rung } = event;
      const [, ...rungs] = state.rungs ?? [];
      return { ...state, rungs, climbed: [...(state.climbed ?? []), { ...rung, at }] };
    }
    case 'revision-prepared': return { ...state, revision: { revision: event.revision, kind: event.kind } };
    case 'revision-aborted': return settle(state, event.revision);
    case 'revision-committed': {
      const settled = settle(state, event.revision);
      if (event.kind === 'hold') return { ...settled, heldAt: at };
      if (event.kind === 'cancel' || event.kind === 'migrate') return settled;
      const { heldAt: _, remindAt, escalateAt, ...rest } = settled;
      const paused = event.pausedMs ?? 0;
      const remind = moved(state, remindAt, paused);
      const escalate = moved(state, escalateAt, paused);
      const pause = shiftOfHold(state.input.calendar, state.heldAt ?? at, at);
      return {
        ...rest, ...(remind !== undefined && { remindAt: remind }), ...(escalate !== undefined && { escalateAt: escalate }), ...shifted(state, pause),
      };
    }
    case 'approval-decided':
      return { ...state, status: 'decided', outcome: event.outcome, endedAt: at, ...(event.byPolicy && { byPolicy: event.byPolicy }) };
    case 'approval-withdrawn': return { ...state, status: 'withdrawn', endedAt: at };
    case 'approval-cancelled': return { ...state, status: 'cancelled', endedAt: at };
    default: return unreachable(event);
  }
}

function settle(state: ApprovalState, revision: number): ApprovalState {
  const { revision: _, ...rest } = state;
  return { ...rest, settled: revision };
}
