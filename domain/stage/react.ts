import { own } from '../fold';
import type { Effect, Message, Recorded, StreamId } from '../process';
import { unreachable } from '../unreachable';
import { approvalInput, approvalStream, applyingPolicy, electorateOf, factsOf, openApproval, plannedTask, responsibleRole } from './gate';
import type { RevisionMessage } from '../revision';
import { tellChildren } from '../revision';
import { notify, type NotifiedEvent } from './notify';
import type { StageEvent, StageState } from './types';

/** How a stage tells its project that it has ended. */
function endMessage(state: StageState, status: Extract<StageEvent, { type: 'stage-ended' }>['status']): Message {
  const { phase, round } = state.input;
  const facts = phase.exports ? { facts: factsOf(state) } : {};
  switch (status) {
    case 'stopped':
      return { type: 'phase-stopped', phase: phase.key, round, ...(phase.gate?.onStop !== undefined && { next: phase.gate.onStop }), ...facts };
    case 'reworked': return { type: 'phase-reworked', phase: phase.key, round, phases: state.gate.reworkPhases ?? [] };
    case 'ended':
    case 'cancelled': return { type: 'phase-ended', phase: phase.key, round };
    default: return unreachable(status);
  }
}

/** What must happen outside because of an event of a stage; `state` is the one after it. */
export function react(state: StageState, recorded: Recorded<StageEvent>): readonly Effect[] {
  const { event, seq } = recorded;
  const { project, phase, parent, id, round } = state.input;
  const { gate } = phase;
  const about = { project, phase: phase.key };
  const approvalOf = (asked: number): StreamId[] => (gate ? [approvalStream(id, gate.key, asked)] : []);
  const open = openApproval(state);
  const tellApproval = (message: RevisionMessage): Effect[] => tellChildren(open === undefined ? [] : [open], message);
  const tellElectorate = (): Effect[] => (gate && open !== undefined
    ? [{ kind: 'message', to: open, message: { type: 'electorate-changed', ...electorateOf(state, applyingPolicy(state, gate)) } }] : []);
  const answer = (revision: number, digest: string): Effect =>
    ({ kind: 'message', to: parent, message: { type: 'prepared', revision, child: id, seq, digest, ended: false } });
  const notifyDoers = (task: string, notice: 'task-due-soon' | 'task-overdue' | 'task-reminder' | 'task-reopened' | 'condition-set'): Effect => {
    const assignee = own(state.tasks, task)?.assignee;
    const accountable = notice === 'task-overdue' ? [plannedTask(state, task)?.rasci.a ?? state.input.managerRole] : [];
    const roles = [...(assignee === undefined ? [responsibleRole(state, task)] : []), ...accountable];
    return { kind: 'notify', to: { roles, persons: assignee === undefined ? [] : [assignee] }, notice, about: { ...about, task } };
  };
  switch (event.type) {
    case 'gate-opened':
      return gate ? [{ kind: 'start-child', process: 'approval', id: approvalStream(id, gate.key, event.round), input: approvalInput(state, gate) }] : [];
    case 'deliverables-stood': return [{ kind: 'message', to: parent, message: { type: 'deliverables-stand', phase: phase.key, round, delivered: event.delivered } }];
    case 'gate-withdrawn':
      return approvalOf(event.round).map((to): Effect => ({ kind: 'message', to, message: { type: 'withdraw' } }));
    case 'roles-changed':
    case 'absences-changed': return tellElectorate();
    case 'task-delivered': {
      const roles = [responsibleRole(state, event.task), plannedTask(state, event.task)?.rasci.a ?? state.input.managerRole];
      return [{ kind: 'notify', to: { roles }, notice: 'task-to-check', about: { ...about, task: event.task } }];
    }
    case 'task-sent-back': {
      // Its deliverer is no longer in the state: whoever holds the role is told.
      return [notifyDoers(event.task, 'task-reopened')];
    }
    case 'task-ready':
    case 'task-assigned':
    case 'task-blocked':
    case 'task-unblocked':
    case 'task-commented': return notify(state, recorded as Recorded<NotifiedEvent>);
    case 'calendar-changed': return open === undefined ? [] : [{ kind: 'message', to: open, message: { type: 'calendar-changed', calendar: event.calendar } }];
    case 'task-rung-reached':
      return [event.to === undefined ? notifyDoers(event.task, 'task-reminder')
        : { kind: 'notify', to: { roles: [event.to] }, notice: 'task-raised', about: { ...about, task: event.task } }];
    case 'task-reopened':
    case 'task-due-soon':
    case 'task-overdue':
    case 'condition-set': return [notifyDoers(event.task, event.type)];
    case 'revision-prepared':
      return event.waitingFor === undefined ? [answer(event.revision, event.digest)]
        : tellApproval({ type: 'prepare', revision: event.revision, kind: event.kind });
    case 'revision-answered': return [answer(event.revision, state.revision?.digest ?? '')];
    case 'revision-committed':
      return [...tellApproval({ type: 'commit', revision: event.revision, kind: event.kind }), ...(event.slice ? tellElectorate() : [])];
    case 'revision-aborted': return tellApproval({ type: 'abort', revision: event.revision, kind: event.kind });
    case 'children-looked-at': return open === undefined ? [] : [{ kind: 'inspect', children: [open] }];
    case 'stage-passed': {
      const facts = phase.exports ? { facts: factsOf(state) } : {};
      const at = state.gate.adopted?.at;
      const adoptedAt = at === undefined ? {} : { adoptedAt: at };
      return [{ kind: 'message', to: parent, message: { type: 'phase-passed', phase: phase.key, round, outcome: event.outcome, ...facts, ...adoptedAt } }];
    }
    case 'stage-ended': return [{ kind: 'message', to: parent, message: endMessage(state, event.status) }];
    default: return [];
  }
}
