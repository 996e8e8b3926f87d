/** The approval: people decide, by a policy of steps with quorums, on one digest of evidence. */
import type { Due, Effect, Process, Recorded, Row } from '../process';
import type { ApprovalRow } from '../rows';
import { decide } from './decide';
import { evolve, initial } from './evolve';
import type { ApprovalCommand, ApprovalEvent, ApprovalInput, ApprovalState } from './types';
import { currentStep, waitingFor } from './votes';

function due(state: ApprovalState): Due<ApprovalCommand> | null {
  if (state.status !== 'open' || state.revision || state.heldAt !== undefined) return null;
  const times = [state.remindAt, state.escalateAt].filter((at) => at !== undefined);
  return times.length > 0 ? { at: Math.min(...times), command: { type: 'remind' } } : null;
}

function react(state: ApprovalState, { event, seq }: Recorded<ApprovalEvent>): readonly Effect[] {
  const { project, phase, gate, change, parent, id, round, digest, policy } = state.input;
  const about = change === undefined ? { project, phase, gate, approval: id } : { project, change, approval: id };
  const tellVoters = (notice: 'approval-open' | 'approval-reminder'): Effect[] =>
    [{ kind: 'notify', to: { persons: waitingFor(state) }, notice, about }];
  switch (event.type) {
    case 'approval-opened':
    case 'step-opened': return tellVoters('approval-open');
    case 'approval-reminded': return tellVoters('approval-reminder');
    case 'approval-escalated':
      return policy.escalateTo === undefined ? [] : [{ kind: 'notify', to: { roles: [policy.escalateTo] }, notice: 'approval-escalated', about }];
    case 'revision-prepared':
      return [{ kind: 'message', to: parent, message: { type: 'prepared', revision: event.revision, child: id, seq, digest, ended: false } }];
    case 'approval-decided': {
      const { outcome, conditions, rework, reworkPhases, reason } = event;
      return [
        { kind: 'message', to: parent, message: { type: 'approval-decided', round, digest, outcome, conditions, rework, ...(reworkPhases && { reworkPhases }), ...(reason && { reason }) } },
        { kind: 'notify', to: { persons: state.votes.map((vote) => vote.person) }, notice: 'approval-decided', about: { ...about, outcome } },
      ];
    }
    // What they voted on has changed: what is different is told where the approval is read.
    case 'approval-withdrawn':
      return [{ kind: 'notify', to: { persons: state.votes.map((vote) => vote.person) }, notice: 'approval-asked-anew', about }];
    default: return [];
  }
}

function rows(state: ApprovalState): readonly Row[] {
  if (state.status === 'opening') return [];
  const { project, phase, gate, change, round, digest, id } = state.input;
  const data: ApprovalRow = {
    project, phase, gate, ...(change !== undefined && { change }), round, digest, status: state.status,
    step: state.status === 'open' ? (currentStep(state)?.key ?? null) : null,
    electorate: state.electorate, waitingFor: waitingFor(state), votes: state.votes,
    openedAt: state.openedAt, endedAt: state.endedAt ?? null, outcome: state.outcome ?? null,
  };
  return [{ table: 'approval', id, data }];
}

export const approval: Process<ApprovalInput, ApprovalState, ApprovalCommand, ApprovalEvent> = {
  name: 'approval', initial, decide, evolve, due, react, rows,
  isFinal: (state) => state.status === 'decided' || state.status === 'withdrawn' || state.status === 'cancelled',
  opening: { type: 'open' },
};
