/** The approval: people decide, by a policy of steps with quorums, on one digest of evidence. */
import { isProvisional } from '../calendar';
import type { Audience, Due, Effect, NoticeKind, NoticeSubject, PersonId, Process, Recorded, Row } from '../process';
import type { ApprovalRow } from '../rows';
import { RULES, TELLS_DELEGATES } from '../rules';
import { unreachable } from '../unreachable';
import { decide } from './decide';
import { evolve, initial } from './evolve';
import type { ApprovalCommand, ApprovalEvent, ApprovalInput, ApprovalState } from './types';
import { asked, currentStep, delegatesOf, electors, openSteps, raisedTo, standsInAs, waitingFor } from './votes';

function due(state: ApprovalState): Due<ApprovalCommand> | null {
  if (state.status !== 'open' || state.revision || state.heldAt !== undefined) return null;
  const times = [state.remindAt, state.escalateAt, state.rungs?.[0]?.at].filter((at) => at !== undefined);
  return times.length > 0 ? { at: Math.min(...times), command: { type: 'remind' } } : null;
}

/** Whose votes there are, and who gave them. */
const voters = ({ votes }: ApprovalState): readonly string[] => votes.flatMap(({ person, castBy }) => (castBy === undefined ? [person] : [person, castBy]));

function subjectOf({ input: { project, phase, gate, change, service, title, id } }: ApprovalState): NoticeSubject {
  if (service !== undefined) return { project, phase, service, ...(title && { title }), approval: id };
  return change === undefined ? { project, phase, gate, approval: id } : { project, change, approval: id };
}

function react(state: ApprovalState, { event, seq }: Recorded<ApprovalEvent>, rules = RULES): readonly Effect[] {
  const { parent, id, round, digest, policy, managerRole, service } = state.input;
  const about = subjectOf(state);
  const tellVoters = (notice: 'approval-open' | 'approval-reminder'): Effect[] =>
    [{ kind: 'notify', to: { persons: asked(state) }, notice, about }];
  switch (event.type) {
    case 'approval-opened':
    case 'step-opened': return tellVoters('approval-open');
    case 'approval-reminded': return tellVoters('approval-reminder');
    case 'electorate-changed': return event.asked ? [{ kind: 'notify', to: { persons: event.asked }, notice: 'approval-open', about }] : [];
    case 'approval-unreachable':
      return event.steps.length === 0 || managerRole === undefined ? [] : [{ kind: 'notify', to: { roles: [managerRole] }, notice: 'approval-unreachable', about }];
    case 'approval-escalated':
      return policy.escalateTo === undefined ? [] : [{ kind: 'notify', to: { roles: [policy.escalateTo] }, notice: 'approval-escalated', about }];
    case 'rung-reached': return tellOfRung(state, event, rules);
    case 'revision-prepared':
      return [{ kind: 'message', to: parent, message: { type: 'prepared', revision: event.revision, child: id, seq, digest, ended: false } }];
    case 'approval-decided': {
      const { outcome, conditions, rework, reworkPhases, reason, byPolicy } = event;
      return [
        { kind: 'message', to: parent, message: { type: 'approval-decided', ...(service !== undefined && { service }), round, digest, outcome, conditions, rework, ...(reworkPhases && { reworkPhases }), ...(reason && { reason }), ...(byPolicy && { byPolicy }) } },
        { kind: 'notify', to: { persons: voters(state) }, notice: 'approval-decided', about: { ...about, outcome } },
      ];
    }
    // What they voted on has changed: what is different is told where the approval is read.
    case 'approval-withdrawn':
      return [{ kind: 'notify', to: { persons: voters(state) }, notice: 'approval-asked-anew', about }];
    default: return [];
  }
}

/** Whom a rung concerns is told of it. */
function tellOfRung(state: ApprovalState, rung: Extract<ApprovalEvent, { type: 'rung-reached' }>, rules: number): readonly Effect[] {
  const tell = (to: Audience, notice: NoticeKind, outcome?: string): Effect[] =>
    [{ kind: 'notify', to, notice, about: { ...subjectOf(state), ...(outcome !== undefined && { outcome }) } }];
  const waiting = waitingFor(state);
  if (rung.steps.length === 0) return [];
  /** These, and who may vote in the name of one of them. */
  const withDelegates = (persons: readonly PersonId[]): PersonId[] => [...new Set([...persons, ...(rules < TELLS_DELEGATES ? [] : delegatesOf(state, persons))])];
  switch (rung.do) {
    case 'remind': return tell({ persons: withDelegates(waiting) }, 'approval-reminder');
    case 'add-approver':
    case 'move-to-deputy': return tell({ persons: withDelegates(waiting.filter((person) => standsInAs(state, rung.to ?? '', person))) }, 'approval-stand-in');
    case 'raise': {
      const { to = '' } = rung;
      const delegates = rules < TELLS_DELEGATES ? [] : delegatesOf(state, waiting.filter((person) => standsInAs(state, to, person)));
      return tell({ roles: [to], ...(delegates.length > 0 && { persons: delegates }) }, 'approval-raised');
    }
    case 'decide': {
      const everybody = [...new Set([...waiting, ...state.votes.map(({ person }) => person)])];
      return tell({ persons: everybody }, rung.heldBack ? 'approval-held-back' : 'approval-by-policy', rung.outcome);
    }
    default: return unreachable(rung.do);
  }
}

/** What the row says of the ladder; nothing where the policy has none. */
function ladderRow(state: ApprovalState): Partial<ApprovalRow> {
  const { policy: { ladder }, calendar } = state.input;
  const isOpen = state.status === 'open';
  const due = isOpen && state.dueAt !== undefined ? { dueAt: state.dueAt, ...(isProvisional(calendar, state.dueAt) && { dueIsProvisional: true as const }) } : {};
  const byPolicy = state.byPolicy ? { byPolicy: state.byPolicy } : {};
  if (!ladder) return { ...due, ...byPolicy };
  const [next] = isOpen && state.heldAt === undefined ? (state.rungs ?? []) : [];
  const rung = next && ladder[next.rung];
  const raised = isOpen ? [...new Set(openSteps(state).flatMap(({ key }) => raisedTo(state, key)))] : [];
  return {
    ...due, ...byPolicy, climbed: state.climbed ?? [],
    nextRung: next && rung ? { ...next, do: rung.do, ...('to' in rung && { to: rung.to }), ...('outcome' in rung && { outcome: rung.outcome }),
      ...(isProvisional(calendar, next.at) && { isProvisional: true as const }) } : null,
    ...(raised.length > 0 && { raisedTo: raised }),
  };
}

/** Who may vote, with whom the ladder brought. */
const electorateOf = (state: ApprovalState): ApprovalRow['electorate'] =>
  (state.climbed ? Object.fromEntries(Object.keys(state.electorate).map((step) => [step, electors(state, step)])) : state.electorate);

function rows(state: ApprovalState): readonly Row[] {
  if (state.status === 'opening') return [];
  const { project, phase, gate, change, service, title, level, round, digest, id } = state.input;
  const data: ApprovalRow = {
    project, phase, gate, ...(change !== undefined && { change }), ...(service !== undefined && { service }), ...(title && { title }), ...(level !== undefined && { level }), round, digest, status: state.status,
    step: state.status === 'open' ? (currentStep(state)?.key ?? null) : null,
    electorate: electorateOf(state), waitingFor: waitingFor(state), votes: state.votes,
    openedAt: state.openedAt, endedAt: state.endedAt ?? null, outcome: state.outcome ?? null, ...ladderRow(state),
    ...(state.deputies && { deputies: state.deputies, delegates: delegatesOf(state) }), ...(state.unreachable && state.status === 'open' && { unreachable: state.unreachable }),
  };
  return [{ table: 'approval', id, data }];
}

export const approval: Process<ApprovalInput, ApprovalState, ApprovalCommand, ApprovalEvent> = {
  name: 'approval', initial, decide, evolve, due, react, rows,
  isFinal: (state) => state.status === 'decided' || state.status === 'withdrawn' || state.status === 'cancelled',
  opening: { type: 'open' },
};
