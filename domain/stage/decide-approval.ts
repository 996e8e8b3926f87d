/** What a stage makes of the end of its approval. */
import { addWorkingDays } from '../calendar';
import { own } from '../fold';
import type { Context } from '../process';
import { unreachable } from '../unreachable';
import { dropOpenTasks, dueAt } from './advance';
import { gateDigest, openApproval, plannedTask } from './gate';
import type { StageCommand, StageEvent, StageState } from './types';

type ApprovalNews = Extract<StageCommand, { type: 'approval-decided' | 'approval-withdrawn' | 'child-lost' }>;

/**
 * What the news of an approval means, and, where the stage waits for it to agree to a revision, that it no longer has to.
 */
export function decideApproval(state: StageState, command: ApprovalNews, context: Context): StageEvent[] {
  const approval = openApproval(state);
  const events = judgeNews(state, command, context);
  if (events.length === 0 || !state.revision || state.revision.waitingFor !== approval || approval === undefined) return events;
  const { revision, digest } = state.revision;
  return [...events, { type: 'revision-answered', revision, reply: { revision, child: approval, seq: 0, digest, ended: true } }];
}

/** The outcome counts only for the round that is open and the evidence as it stands; otherwise the gate asks anew. */
function judgeNews(state: StageState, command: ApprovalNews, context: Context): StageEvent[] {
  const { gate } = state.input.phase;
  const approval = openApproval(state);
  if (!gate || approval === undefined) return [];
  if (command.type === 'child-lost') {
    return command.child === approval ? [{ type: 'child-lost', child: approval }, { type: 'gate-withdrawn', round: state.gate.round }] : [];
  }
  if (command.round !== state.gate.round) return [];
  if (command.type === 'approval-withdrawn') return [{ type: 'gate-withdrawn', round: command.round }];
  const current = gateDigest(state, gate);
  if (command.digest !== current) return [{ type: 'gate-outcome-refused', round: command.round, digest: command.digest, current }];
  return outcomeEvents(state, command, context);
}

function outcomeEvents(state: StageState, command: Extract<ApprovalNews, { type: 'approval-decided' }>, context: Context): StageEvent[] {
  const { round, digest, outcome, rework, reworkPhases, reason, byPolicy } = command;
  const back = reworkPhases && reworkPhases.length > 0 ? { reworkPhases } : {};
  const decided: StageEvent = { type: 'gate-decided', round, digest, outcome, rework, ...back, ...(reason && { reason }), ...(byPolicy && { byPolicy }) };
  switch (outcome) {
    case 'approve': return [decided];
    case 'approve-with-conditions':
      return [decided, ...command.conditions.map((condition, index): StageEvent => ({
        type: 'condition-set', task: `condition-${round}-${index + 1}`, condition,
        dueAt: addWorkingDays(state.input.calendar, context.now, condition.dueDays),
      }))];
    case 'rework':
      if (back.reworkPhases) return [decided, ...dropOpenTasks(state), { type: 'stage-ended', status: 'reworked' }];
      return [decided, ...rework.filter((task) => own(state.tasks, task)?.status === 'done').map((task): StageEvent => ({
        type: 'task-reopened', task, ...(reason && { reason }), ...dueAt(state, plannedTask(state, task), context.now),
      }))];
    case 'stop': return [decided, { type: 'stage-ended', status: 'stopped' }];
    default: return unreachable(outcome);
  }
}
