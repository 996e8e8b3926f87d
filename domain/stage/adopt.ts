/** What a stage takes over, when it opens, of what was done and decided elsewhere. */
import { isTrue } from '../expression';
import { own } from '../fold';
import type { Key } from '../process';
import type { AdoptedTask } from '../project/adoption';
import { resolveIn } from './gate';
import { tasksOf } from './tasks';
import type { StageEvent, StageState, TaskState } from './types';

type TasksAdopted = Extract<StageEvent, { type: 'tasks-adopted' }>;

/** Who did it is known only by hearsay, so `doneBy` stays empty; when, only if it was told. */
function adoptedTask({ status, at, by, evidence }: AdoptedTask, source: TasksAdopted['source']): TaskState {
  return {
    status, reopened: 0, adopted: { source, ...(by && { by }) },
    ...(status === 'done' && at !== undefined && { doneAt: at }), ...(evidence && { evidence }),
  };
}

/** The tasks of a stage after some were adopted. */
export function withAdopted(tasks: StageState['tasks'], { tasks: adopted, source }: Pick<TasksAdopted, 'tasks' | 'source'>): StageState['tasks'] {
  return { ...tasks, ...Object.fromEntries(adopted.map((each): [Key, TaskState] => [each.task, adoptedTask(each, source)])) };
}

/**
 * The tasks that nobody told of, where the gate was passed: they were done, except those whose condition does not hold for what was told.
 */
function untold(state: StageState, told: readonly AdoptedTask[], source: TasksAdopted['source']): AdoptedTask[] {
  const known = new Set(told.map(({ task }) => task));
  const rest = tasksOf(state.input.phase).filter(({ key }) => !known.has(key));
  const certain = rest.filter(({ when }) => !when).map(({ key }): AdoptedTask => ({ task: key, status: 'done' }));
  const after = { ...state, tasks: withAdopted(state.tasks, { tasks: [...told, ...certain], source }) };
  return rest.map(({ key, when }) => ({ task: key, status: !when || isTrue(when, resolveIn(after)) ? 'done' : 'dropped' }));
}

/** The events that follow the opening of a stage which has something to adopt. */
export function adopt(state: StageState): StageEvent[] {
  const { adopted, phase } = state.input;
  if (!adopted) return [];
  const { source, person } = adopted;
  // The project can have moved to another plan between its start and this phase.
  const told = adopted.tasks.filter(({ task }) => own(state.tasks, task));
  const gate = adopted.gate && adopted.gate.gate === phase.gate?.key ? adopted.gate : undefined;
  const tasks = gate ? [...told, ...untold(state, told, source)] : told;
  return [
    ...(tasks.length > 0 ? [{ type: 'tasks-adopted' as const, source, person, tasks }] : []),
    ...(gate ? [{ type: 'gate-adopted' as const, source, person, ...gate }] : []),
  ];
}
