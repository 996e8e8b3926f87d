/** The rows of the read model that a stage answers for. */
import { isProvisional } from '../calendar';
import { own } from '../fold';
import type { Key, Recorded, Row } from '../process';
import type { StageRow, TaskRow } from '../rows';
import { itemsWaitedFor, waitsFor } from './advance';
import { isMet, openApproval, plannedTask, responsibleRole } from './gate';
import { isFormer, placeOf, type StageTask, tasksOf } from './tasks';
import type { StageEvent, StageState } from './types';
import { checklistOf, effortOf, effortOfStage } from './work';

function taskRow(state: StageState, key: Key): Row {
  const { project, id, phase } = state.input;
  const planned = plannedTask(state, key);
  const task = own(state.tasks, key) ?? { status: 'waiting' as const, reopened: 0 };
  const data: TaskRow = {
    project, phase: phase.key, stage: id, task: key, status: task.status, reopened: task.reopened,
    position: placeOf(phase, key), ...(isFormer(phase, key) && { former: true as const }),
    role: responsibleRole(state, key),
    assignee: task.assignee ?? null, readyAt: task.readyAt ?? null, dueAt: task.dueAt ?? null,
    doneBy: task.doneBy ?? null, doneAt: task.doneAt ?? null, evidence: task.evidence ?? null, condition: task.condition ?? null,
    waitingFor: planned && task.status === 'waiting' ? waitsFor(state, planned) : [],
    ...(planned && task.status === 'waiting' && awaitedItems(state, planned)),
    ...(planned?.item !== undefined && { item: planned.item }), ...(planned?.budget !== undefined && { budget: planned.budget }),
    ...(planned && task.status === 'to-check' && { accountable: planned.rasci.a }),
    ...(task.checkedBy !== undefined && { checkedBy: task.checkedBy }),
    ...(task.adopted && { adopted: task.adopted }),
    ...(task.doneThrough !== undefined && { doneThrough: task.doneThrough }), ...(task.checkedThrough !== undefined && { checkedThrough: task.checkedThrough }),
    ...(task.blocked && { blocked: task.blocked }), ...effortOf(state, key), ...workOf(state, key),
    ...(task.dueAt !== undefined && isProvisional(state.input.calendar, task.dueAt) && { dueIsProvisional: true as const }),
    ...(task.climbed && { climbed: task.climbed }),
  };
  return { table: 'task', id: `${id}/task/${key}`, data };
}

function awaitedItems(state: StageState, task: StageTask): Pick<TaskRow, 'waitingForItems'> {
  const items = itemsWaitedFor(state, task);
  return items.length > 0 ? { waitingForItems: items } : {};
}

function workOf(state: StageState, key: Key): Pick<TaskRow, 'checklist' | 'comments' | 'attachments'> {
  const { comments, attachments = {} } = own(state.work ?? {}, key) ?? {};
  const files = Object.values(attachments);
  const checklist = checklistOf(state, key);
  return { ...(checklist.length > 0 && { checklist }), ...(comments !== undefined && { comments }), ...(files.length > 0 && { attachments: files }) };
}

function stageRow(state: StageState): Row {
  const { project, phase, id, round } = state.input;
  const statuses = Object.values(state.tasks).map((task) => task.status);
  const doneTasks = statuses.filter((status) => status === 'done').length;
  const data: StageRow = {
    project, phase: phase.key, round, status: state.status,
    gate: phase.gate?.key ?? null, gateStatus: state.gate.status, gateRound: state.gate.round,
    gateDigest: state.gate.digest ?? null, gateOutcome: state.gate.outcome ?? null,
    ...(state.gate.byPolicy && { gateByPolicy: state.gate.byPolicy }),
    ...(state.gate.adopted && { gateAdopted: state.gate.adopted }),
    approval: openApproval(state) ?? null,
    criteria: (phase.gate?.criteria ?? []).map((each) => ({ key: each.key, kind: each.kind, mandatory: each.mandatory, met: isMet(state, each) })),
    doneTasks, openTasks: statuses.filter((status) => status !== 'done' && status !== 'dropped').length,
    ...effortOfStage(state), ...(state.openConditions && state.openConditions.length > 0 && { openConditions: state.openConditions }),
  };
  return { table: 'stage', id, data };
}

/** Tasks whose row an event may change: the one it names, and those that wait for it. */
function touchedTasks(state: StageState, event: StageEvent): readonly Key[] {
  switch (event.type) {
    case 'task-completed':
    case 'task-confirmed':
    case 'task-reopened':
    case 'completion-withdrawn':
    case 'task-dropped':
    case 'task-waiting':
    case 'task-ready': {
      const dependents = tasksOf(state.input.phase).filter((task) => task.after.some((each) => 'task' in each && each.task === event.task));
      return [event.task, ...dependents.map((task) => task.key)];
    }
    case 'task-delivered':
    case 'task-sent-back':
    case 'task-redated':
    case 'task-rung-reached':
    case 'task-claimed':
    case 'task-released':
    case 'task-assigned':
    case 'task-blocked':
    case 'task-unblocked':
    case 'task-commented':
    case 'checklist-changed':
    case 'attachments-changed':
    case 'effort-logged':
    case 'condition-set': return [event.task];
    case 'stage-opened':
    case 'calendar-changed':
    case 'tasks-adopted': return Object.keys(state.tasks);
    case 'revision-committed': return event.kind === 'resume' || event.slice ? Object.keys(state.tasks) : [];
    case 'phase-reached':
      return tasksOf(state.input.phase).filter((task) => task.after.some((each) => 'task' in each ? false : ('phase' in each ? each.phase : each.backlog) === event.phase)).map((task) => task.key);
    case 'items-stood': return tasksOf(state.input.phase).filter((task) => task.after.some((each) => 'backlog' in each)).map((task) => task.key);
    default: return [];
  }
}

export function rows(state: StageState, recorded?: Recorded<StageEvent>): readonly Row[] {
  if (state.status === 'opening') return [];
  const tasks = recorded ? touchedTasks(state, recorded.event) : Object.keys(state.tasks);
  return [stageRow(state), ...tasks.map((key) => taskRow(state, key))];
}
