/** What a stage's state calls for by itself: tasks that became ready, the gate that can be asked, the end. */
import { addWorkingDays, endOfWork } from '../calendar';
import { own } from '../fold';
import { gateMomentKey } from '../facts';
import { isTrue } from '../expression';
import { awaitedKey, type BacklogDependency, type Dependency, type PlanDue } from '../plan';
import type { Instant, Key } from '../process';
import type { AwaitedStand } from '../backlog/types';
import { criteriaMet, gateDigest, isDelivered, resolveIn } from './gate';
import { type StageTask, tasksOf } from './tasks';
import { unreachable } from '../unreachable';
import type { StageEvent, StageState } from './types';

type DependencyState = 'met' | 'waits' | 'never';

function stateOf(state: StageState, dependency: Dependency): DependencyState {
  if ('task' in dependency) {
    const status = own(state.tasks, dependency.task)?.status;
    return status === 'done' || status === 'dropped' ? 'met' : 'waits';
  }
  if ('backlog' in dependency) {
    const reach = own(state.phases, dependency.backlog);
    if (reach === 'open' || reach === undefined) return own(state.stands ?? {}, awaitedKey(dependency))?.met ? 'met' : 'waits';
    // Nothing more is done in the backlog of a phase that is over.
    return reach === 'passed' ? 'met' : 'never';
  }
  const reach = own(state.phases, dependency.phase);
  if (reach === undefined) return 'waits';
  if (reach === 'passed' || (dependency.reaches === 'open' && reach !== 'skipped')) return 'met';
  return reach === 'open' ? 'waits' : 'never';
}

/** What a waiting task waits for: task keys, `phase:KEY`, or `backlog:PHASE/…` (see `awaitedKey`). */
export function waitsFor(state: StageState, task: StageTask): readonly string[] {
  return task.after.filter((each) => stateOf(state, each) === 'waits')
    .map((each) => ('task' in each ? each.task : 'backlog' in each ? awaitedKey(each) : `phase:${each.phase}`));
}

/** What of backlogs a waiting task waits for, with the items that are left to do. */
export function itemsWaitedFor(state: StageState, task: StageTask): readonly (BacklogDependency & Pick<AwaitedStand, 'left'>)[] {
  return task.after.flatMap((each) => ('backlog' in each && stateOf(state, each) === 'waits' ? [{ ...each, left: own(state.stands ?? {}, awaitedKey(each))?.left ?? [] }] : []));
}

/** What is there of the deliverables for which items of backlogs wait, if that is different from what the project knows. */
function deliverableEvents(state: StageState): StageEvent[] {
  const { announces } = state.input.phase;
  if (!announces) return [];
  const delivered = announces.filter((key) => isDelivered(state, key));
  return delivered.join() === (state.delivered ?? []).join() ? [] : [{ type: 'deliverables-stood', delivered }];
}

/** When a task that becomes ready at `at` is due. */
export function dueAt(state: StageState, task: StageTask | undefined, at: Instant): { dueAt?: Instant } {
  const { calendar } = state.input;
  if (task?.dueDays !== undefined) return { dueAt: addWorkingDays(calendar, at, task.dueDays) };
  const from = task?.due && anchorOf(state, task.due);
  return from === undefined || !task?.due ? {} : { dueAt: addWorkingDays(calendar, from, task.due.days) };
}

/** The moment from which a due date is counted; undefined when it did not come: then the task has none. */
function anchorOf(state: StageState, due: PlanDue): Instant | undefined {
  switch (due.from) {
    case 'phase': return state.openedAt;
    case 'task': return own(state.tasks, due.task)?.doneAt;
    case 'gate': {
      const at = own(state.input.facts ?? {}, gateMomentKey(due.gate));
      return typeof at === 'number' ? at : undefined;
    }
    case 'date': return endOfWork(state.input.calendar, due.date);
    default: return unreachable(due);
  }
}

/** Tasks that become ready, can never come, or must wait again because what they build on was reopened. */
function taskEvents(state: StageState, at: Instant): StageEvent[] {
  return tasksOf(state.input.phase).flatMap((task): StageEvent[] => {
    const { status, adopted } = own(state.tasks, task.key) ?? {};
    if (status === 'done' || (status === 'dropped' && (!task.when || adopted))) return [];
    const dependencies = task.after.map((each) => stateOf(state, each));
    if (dependencies.includes('never')) return status === 'dropped' ? [] : [{ type: 'task-dropped', task: task.key }];
    const free = !dependencies.includes('waits');
    // What its condition asks for can have been reopened and delivered otherwise.
    const wanted = !free || !task.when || isTrue(task.when, resolveIn(state));
    if (!wanted) return status === 'dropped' ? [] : [{ type: 'task-dropped', task: task.key }];
    if (status === 'waiting' || status === 'dropped') {
      if (free) return [{ type: 'task-ready', task: task.key, ...dueAt(state, task, at) }];
      return status === 'waiting' ? [] : [{ type: 'task-waiting', task: task.key }];
    }
    return free ? [] : [{ type: 'task-waiting', task: task.key }];
  });
}

const settled = (state: StageState, key: Key): boolean => {
  const status = own(state.tasks, key)?.status;
  return status === 'done' || status === 'dropped';
};

/** What is still open is not needed any more. */
export function dropOpenTasks(state: StageState): StageEvent[] {
  return Object.keys(state.tasks).filter((key) => !settled(state, key)).map((task): StageEvent => ({ type: 'task-dropped', task }));
}

/** The events that the state calls for now; none when it rests. */
export function advance(state: StageState, at: Instant): readonly StageEvent[] {
  if (state.status === 'passed') {
    return Object.keys(state.tasks).every((key) => settled(state, key)) ? [{ type: 'stage-ended', status: 'ended' }] : [];
  }
  if (state.status !== 'open') return [];
  const events = [...deliverableEvents(state), ...taskEvents(state, at)];
  if (events.length > 0) return events;
  if (!tasksOf(state.input.phase).every((task) => settled(state, task.key))) return [];
  const { gate } = state.input.phase;
  if (!gate) return [{ type: 'stage-passed', outcome: 'no-gate' }];
  if (state.gate.status === 'approved' || state.gate.status === 'approved-with-conditions' || state.gate.status === 'adopted') {
    return [{ type: 'stage-passed', outcome: state.gate.outcome ?? 'approve' }];
  }
  if (state.gate.status !== 'waiting' || !criteriaMet(state, gate)) return [];
  return [{ type: 'gate-opened', round: state.gate.round + 1, digest: gateDigest(state, gate) }];
}
