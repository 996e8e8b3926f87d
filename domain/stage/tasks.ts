/** The tasks of a stage: as planned, those per inventory item once for each item. */
import { itemTaskKey } from '../inventory';
import { own } from '../fold';
import type { Dependency, PlanPhase, StageTask } from '../plan';
import type { Key } from '../process';

export type { StageTask } from '../plan';

// A plan never changes: what follows from it alone is computed once, for whatever workflow asks.
const expanded = new WeakMap<PlanPhase, { readonly tasks: readonly StageTask[]; readonly byKey: ReadonlyMap<Key, StageTask>; readonly places: ReadonlyMap<Key, number> }>();

function expand(phase: PlanPhase) {
  const known = expanded.get(phase);
  if (known) return known;
  const itemsOf = new Map(phase.tasks.map(({ key, items }) => [key, items]));
  const tasks = phase.tasks.flatMap((task): StageTask[] => {
    const { items, ...rest } = task;
    if (!items) return [{ ...rest, planned: task.key, after: task.after.flatMap((one) => dependencies(one, itemsOf, undefined)) }];
    return items.map((item) => ({
      ...rest, planned: task.key, key: itemTaskKey(task.key, item), item,
      after: task.after.flatMap((one) => dependencies(one, itemsOf, item)),
      ...(task.due?.from === 'task' && itemsOf.get(task.due.task) && { due: { ...task.due, task: itemTaskKey(task.due.task, item) } }),
    }));
  });
  const made = { tasks, byKey: new Map([...(phase.former ?? []), ...tasks].map((task) => [task.key, task])), places: new Map(tasks.map(({ key }, index) => [key, index])) };
  expanded.set(phase, made);
  return made;
}

/** A task per item waits for that of the same item, any other task for those of all items. */
function dependencies(one: Dependency, itemsOf: ReadonlyMap<Key, readonly string[] | undefined>, item: string | undefined): Dependency[] {
  if (!('task' in one)) return [one];
  const items = itemsOf.get(one.task);
  if (!items) return [one];
  if (item === undefined) return items.map((each) => ({ task: itemTaskKey(one.task, each) }));
  return items.includes(item) ? [{ task: itemTaskKey(one.task, item) }] : [];
}

/** All tasks of a phase, in the order of the plan; none of former plans. */
export function tasksOf(phase: PlanPhase): readonly StageTask[] {
  return expand(phase).tasks;
}

/** A task of a phase by its key in the stage, those of former plans included; tasks that a gate set as conditions are none. */
export function taskOf(phase: PlanPhase, key: Key): StageTask | undefined {
  return expand(phase).byKey.get(key);
}

/** The place of a task in the order of the plan; what is not in it comes after all that is. */
export function placeOf(phase: PlanPhase, key: Key): number {
  const { tasks, places } = expand(phase);
  return places.get(key) ?? tasks.length;
}

/** Whether a task belongs to a plan that the stage moved on from. */
export const isFormer = (phase: PlanPhase, key: Key): boolean => phase.former?.some((task) => task.key === key) ?? false;

/** The value under the key of a planned task for each of its items (or the one, for a task without items). */
export function ofPlanned<V>(phase: PlanPhase, planned: Key, values: Readonly<Record<Key, V>>): (V | undefined)[] {
  return tasksOf(phase).filter((task) => task.planned === planned).map((task) => own(values, task.key));
}
