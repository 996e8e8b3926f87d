import { addWorkingDays } from '../calendar';
import { own, withKey } from '../fold';
import { shiftedDays, shiftOfHold } from '../ladder';
import type { Instant, Key, Recorded, RecordedAuthority } from '../process';
import { unreachable } from '../unreachable';
import { withAdopted } from './adopt';
import { gateDigest } from './gate';
import { tasksOf } from './tasks';
import type { GateState, StageEvent, StageInput, StageSlice, StageState, TaskState } from './types';
import { withWork } from './work';

export function initial(input: StageInput): StageState {
  return {
    input, status: 'opening', roles: input.roles, ...(input.absences && { absences: input.absences }), phases: input.phases, settled: 0, lookedAt: 0, ...(input.openConditions && { openConditions: input.openConditions }), ...(input.handovers && { handovers: input.handovers }), ...(input.stands && { stands: input.stands }),
    tasks: Object.fromEntries(tasksOf(input.phase).map((task) => [task.key, { status: 'waiting' as const, reopened: 0 }])),
    gate: { status: input.phase.gate ? 'waiting' : 'none', round: 0 },
  };
}

function changeTask(state: StageState, key: Key, change: (task: TaskState) => TaskState): StageState {
  const task = own(state.tasks, key);
  return task ? { ...state, tasks: withKey(state.tasks, key, change(task)) } : state;
}

/** Without what completing it left behind. */
function open(task: TaskState): TaskState {
  const { reminded: _reminded, climbed: _climbed, assignee: _assignee, dueAt: _due, adopted: _adopted, ...rest } = undone(task);
  return rest;
}

/** As it was before somebody completed it. */
function undone(task: TaskState): TaskState {
  const { doneBy: _by, doneUnder: _under, doneThrough: _through, doneAt: _at, checkedBy: _checked, checkedThrough: _checkedThrough, evidence: _evidence, ...rest } = task;
  return rest;
}

/** The delegate who did something in another's name. */
const throughOf = (by: RecordedAuthority): string | undefined => (by.kind === 'person' && by.onBehalfOf !== undefined ? by.person : undefined);

const under = (manager: string | undefined): Pick<TaskState, 'doneUnder'> => (manager === undefined ? {} : { doneUnder: manager });

const doneBy = (person: string, by: RecordedAuthority): Pick<TaskState, 'doneBy' | 'doneThrough'> => {
  const through = throughOf(by);
  return { doneBy: person, ...(through !== undefined && { doneThrough: through }) };
};

const checkedBy = (person: string, by: RecordedAuthority): Pick<TaskState, 'checkedBy' | 'checkedThrough'> => {
  const through = throughOf(by);
  return { checkedBy: person, ...(through !== undefined && { checkedThrough: through }) };
};

function unblocked({ blocked: _, ...task }: TaskState): TaskState {
  return task;
}

/** Whether a key names a task that is neither done nor dropped. */
const isOpen = (task: TaskState): boolean => task.status !== 'done' && task.status !== 'dropped';

/** What is due after a hold has as many working days left as it had; by older events it was moved by the time that had passed. */
function movedDueDates(state: StageState, at: Instant, { heldSince, pausedMs = 0 }: Extract<StageEvent, { type: 'revision-committed' }>): StageState['tasks'] {
  const { calendar } = state.input;
  const moved = (dueAt: Instant): Instant =>
    (heldSince === undefined ? addWorkingDays(calendar, dueAt + pausedMs - 1, 0) : shiftedDays(shiftOfHold(calendar, heldSince, at), dueAt));
  return Object.fromEntries(Object.entries(state.tasks).map(([key, task]) => [key, isOpen(task) && task.dueAt !== undefined ? { ...task, dueAt: moved(task.dueAt) } : task]));
}

/** The state under another plan; tasks that it adds wait, those that it does not have stay as they are. */
function underPlan(state: StageState, slice: StageSlice): StageState {
  const { phase } = slice;
  const fresh = tasksOf(phase).map(({ key }) => [key, own(state.tasks, key) ?? { status: 'waiting' as const, reopened: 0 }] as const);
  const { facts } = { ...state.input, ...slice };
  const { openConditions: _conditions, handovers: _handovers, stands: _stands, ...rest } = state;
  const gate = state.status !== 'open' ? state.gate
    : { ...state.gate, status: phase.gate ? (state.gate.status === 'none' ? 'waiting' : state.gate.status) : 'none' as const };
  return {
    ...rest, input: { ...state.input, ...slice, ...(facts && { facts }) }, phases: slice.phases, gate, ...(slice.openConditions && { openConditions: slice.openConditions }), ...(slice.handovers && { handovers: slice.handovers }), ...(slice.stands && { stands: slice.stands }),
    tasks: state.status === 'open' ? { ...Object.fromEntries(fresh), ...state.tasks } : state.tasks,
  };
}

function withoutRevision(state: StageState, revision: number): StageState {
  const { revision: _, ...rest } = state;
  return { ...rest, settled: revision };
}

/** The stage no longer waits for its approval to agree to a revision. */
function answered(state: StageState): StageState {
  if (!state.revision) return state;
  const { waitingFor: _, ...revision } = state.revision;
  return { ...state, revision };
}

function decided(before: GateState, event: Extract<StageEvent, { type: 'gate-decided' }>, at: number): GateState {
  const { byPolicy: _by, ...known } = before;
  const gate = { ...known, outcome: event.outcome, decidedAt: at, ...(event.byPolicy && { byPolicy: event.byPolicy }) };
  const { digest: _, ...rest } = gate;
  switch (event.outcome) {
    case 'approve': return { ...gate, status: 'approved' };
    case 'approve-with-conditions': return { ...gate, status: 'approved-with-conditions' };
    case 'stop': return { ...gate, status: 'stopped' };
    case 'rework': return { ...rest, status: event.reworkPhases ? 'sent-back' : 'waiting', ...(event.reworkPhases && { reworkPhases: event.reworkPhases }) };
    default: return unreachable(event.outcome);
  }
}

export function evolve(state: StageState, { event, at, by }: Recorded<StageEvent>): StageState {
  switch (event.type) {
    case 'stage-opened': return { ...state, status: 'open', openedAt: at, lookedAt: at };
    case 'tasks-adopted': return { ...state, tasks: withAdopted(state.tasks, event) };
    case 'gate-adopted': {
      const { source, at: passedAt, by, note } = event;
      const adopted = { source, ...(by && { by }), ...(passedAt !== undefined && { at: passedAt }), ...(note && { note }) };
      return { ...state, gate: { ...state.gate, status: 'adopted', outcome: 'adopted', adopted } };
    }
    case 'task-ready':
      return changeTask(state, event.task, (task) => ({ ...task, status: 'ready', readyAt: at, ...(event.dueAt !== undefined && { dueAt: event.dueAt }) }));
    case 'task-claimed': return changeTask(state, event.task, (task) => ({ ...task, status: 'claimed', assignee: event.person }));
    case 'task-released':
      return changeTask(state, event.task, ({ assignee: _, ...task }) => ({ ...task, status: task.status === 'claimed' ? 'ready' : task.status }));
    case 'task-assigned':
      return changeTask(state, event.task, (task) => ({ ...task, status: task.status === 'claimed' ? 'ready' : task.status, assignee: event.person }));
    case 'task-completed':
      return changeTask(state, event.task, (task) => ({ ...task, status: 'done', ...doneBy(event.person, by), ...under(event.manager), doneAt: at, evidence: event.evidence }));
    case 'task-delivered':
      return changeTask(state, event.task, (task) => ({ ...task, status: 'to-check', ...doneBy(event.person, by), ...under(event.manager), evidence: event.evidence }));
    case 'task-confirmed':
      return changeTask(state, event.task, (task) => ({ ...task, status: 'done', doneAt: at, ...checkedBy(event.person, by) }));
    case 'task-sent-back':
    case 'task-reopened':
      return withWork(changeTask(state, event.task, (task) => ({
        ...open(task), status: 'ready', readyAt: at, reopened: task.reopened + 1, ...(event.dueAt !== undefined && { dueAt: event.dueAt }),
      })), { event, at });
    case 'completion-withdrawn':
      return changeTask(state, event.task, (task) => ({ ...undone(task), status: 'claimed', assignee: event.person }));
    case 'task-blocked':
      return changeTask(state, event.task, (task) => ({ ...task, blocked: { person: event.person, since: at, reason: event.reason } }));
    case 'task-unblocked': return changeTask(state, event.task, unblocked);
    case 'task-commented':
    case 'checklist-changed':
    case 'attachments-changed':
    case 'effort-logged': return withWork(state, { event, at });
    case 'task-waiting':
      // Whom it was assigned to has not begun: it stays theirs.
      return changeTask(state, event.task, (task) => (
        { ...open(task), status: 'waiting', ...(task.status === 'ready' && task.assignee !== undefined && { assignee: task.assignee }) }));
    case 'task-dropped': return changeTask(state, event.task, (task) => ({ ...unblocked(open(task)), status: 'dropped' }));
    case 'task-redated':
      return changeTask(state, event.task, ({ dueAt: _due, reminded: _reminded, climbed: _climbed, ...task }) => ({ ...task, ...(event.dueAt !== undefined && { dueAt: event.dueAt }) }));
    case 'task-due-soon': return changeTask(state, event.task, (task) => ({ ...task, reminded: 'due-soon' }));
    case 'calendar-changed': return { ...state, input: { ...state.input, calendar: event.calendar } };
    case 'task-rung-reached': {
      const { type: _, task: key, ...rung } = event;
      return changeTask(state, key, (task) => ({ ...task, climbed: [...(task.climbed ?? []), { ...rung, at }] }));
    }
    case 'task-overdue': return changeTask(state, event.task, (task) => ({ ...task, reminded: 'overdue' }));
    case 'condition-set':
      return { ...state, tasks: withKey(state.tasks, event.task, { status: 'ready', readyAt: at, dueAt: event.dueAt, reopened: 0, condition: event.condition }) };
    case 'gate-opened': {
      const { outcome: _outcome, decidedAt: _decided, byPolicy: _by, ...gate } = state.gate;
      return { ...state, gate: { ...gate, status: 'open', round: event.round, digest: event.digest, openedAt: at } };
    }
    case 'gate-withdrawn':
    case 'gate-outcome-refused': {
      const { digest: _, ...gate } = state.gate;
      return { ...state, gate: { ...gate, status: 'waiting' } };
    }
    case 'gate-decided': return { ...state, gate: decided(state.gate, event, at) };
    case 'roles-changed': return { ...state, roles: event.roles };
    case 'absences-changed': return { ...state, absences: event.absences };
    case 'phase-reached': return { ...state, phases: withKey(state.phases, event.phase, event.reach) };
    case 'conditions-met': return { ...state, openConditions: (state.openConditions ?? []).filter((phase) => phase !== event.phase) };
    // Other tasks, as far as the digest that is kept for them is concerned.
    case 'backlog-stood': return { ...state, backlog: event.met, ...(event.anew && { tasks: { ...state.tasks } }) };
    case 'handover-stood': return { ...state, handovers: withKey(state.handovers ?? {}, event.phase, event.reached) };
    case 'items-stood': return { ...state, stands: event.stands };
    case 'deliverables-stood': return { ...state, delivered: event.delivered };
    case 'revision-prepared': {
      const { revision, kind, digest } = event;
      const approval = event.waitingFor;
      return { ...state, revision: { revision, kind, digest, ...(approval !== undefined && { waitingFor: approval }) } };
    }
    case 'revision-answered': return answered(state);
    case 'revision-aborted': return withoutRevision(state, event.revision);
    case 'revision-committed': {
      const settled = withoutRevision(state, event.revision);
      if (event.kind === 'hold') return { ...settled, heldAt: at };
      if (event.slice) return underPlan(settled, event.slice);
      if (event.kind === 'cancel' || event.kind === 'migrate') return settled;
      const { heldAt: _, ...rest } = settled;
      return { ...rest, tasks: movedDueDates(settled, at, event) };
    }
    case 'children-looked-at': return { ...state, lookedAt: at };
    case 'tasks-refused':
    case 'child-lost': return state;
    case 'stage-passed': return { ...state, status: 'passed' };
    case 'stage-ended': return { ...state, status: event.status, endedAt: at };
    default: return unreachable(event);
  }
}

/** Digest of all that a revision must find unchanged between prepare and commit. */
export function stageDigest(state: StageState): string {
  const { gate } = state.input.phase;
  return gate ? gateDigest(state, gate) : '';
}
