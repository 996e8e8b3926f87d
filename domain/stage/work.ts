/** What is kept of the work on a task beside what it delivers: talk, checklist and hours. */
import { own, withKey } from '../fold';
import type { Instant, Key } from '../process';
import { unreachable } from '../unreachable';
import { plannedTask } from './gate';
import type { ChecklistItem, StageEvent, StageState, TaskWork } from './types';

type WorkEvent = Extract<StageEvent, { type: 'task-commented' | 'checklist-changed' | 'attachments-changed' | 'effort-logged' | 'task-reopened' | 'task-sent-back' }>;

/** Hours are kept to the hundredth: sums of what people say are what people would write. */
export const inHours = (hours: number): number => Math.round(hours * 100) / 100;

/** The state after an event that concerns the work on a task. */
export function withWork(state: StageState, { event, at }: { readonly event: WorkEvent; readonly at: Instant }): StageState {
  const before = own(state.work ?? {}, event.task);
  const after = next(before ?? {}, event, at);
  return after === before || (!before && Object.keys(after).length === 0) ? state : { ...state, work: withKey(state.work ?? {}, event.task, after) };
}

function next(work: TaskWork, event: WorkEvent, at: Instant): TaskWork {
  switch (event.type) {
    case 'task-commented': return { ...work, comments: event.comment };
    case 'effort-logged':
      return { ...work, spent: inHours((work.spent ?? 0) + event.hours), ...(event.remaining !== undefined && { remaining: event.remaining }) };
    case 'checklist-changed': {
      const { added = [], ticked = [], unticked = [], removed = [], person } = event;
      const gone = new Set(removed);
      const items = new Map(Object.entries(work.checklist ?? {}).filter(([key]) => !gone.has(key)));
      for (const { key, text } of added) items.set(key, { text });
      for (const key of ticked) items.set(key, { ...textOf(items.get(key)), by: person, at });
      for (const key of unticked) items.set(key, textOf(items.get(key)));
      const ownItems = (work.ownItems ?? 0) + added.length;
      return { ...work, checklist: Object.fromEntries([...items].filter(([, item]) => item.text || item.by !== undefined)), ...(ownItems > 0 && { ownItems }) };
    }
    case 'attachments-changed': {
      const { added = [], removed = [], person } = event;
      const gone = new Set(removed);
      const kept = Object.entries(work.attachments ?? {}).filter(([sha256]) => !gone.has(sha256));
      return { ...work, attachments: Object.fromEntries([...kept, ...added.map((file) => [file.sha256, { ...file, person, at }] as const)]) };
    }
    case 'task-reopened':
    case 'task-sent-back': {
      // How much is left of it was said of what it was before.
      if (work.remaining === undefined) return work;
      const { remaining: _, ...rest } = work;
      return rest;
    }
    default: return unreachable(event);
  }
}

const textOf = (item: ChecklistItem | undefined): ChecklistItem => (item?.text ? { text: item.text } : {});

export interface ListedItem extends ChecklistItem {
  readonly key: Key;
  readonly required: boolean;
}

/** The checklist of a task: the items of the plan in their order, then one's own in theirs. */
export function checklistOf(state: StageState, task: Key): readonly ListedItem[] {
  const items = own(state.work ?? {}, task)?.checklist ?? {};
  const planned = plannedTask(state, task)?.checklist ?? [];
  const added = Object.entries(items).filter(([, { text }]) => text).sort(([one], [other]) => Number(one) - Number(other));
  return [...planned.map(({ key, required }) => ({ key, required, ...own(items, key) })), ...added.map(([key, item]) => ({ key, required: false, ...item }))];
}

/** Required items that nobody has ticked. */
export function openItems(state: StageState, task: Key): Key[] {
  return checklistOf(state, task).filter(({ required, by }) => required && by === undefined).map(({ key }) => key);
}

/** Hours worked on a task and still to be worked; undefined where nobody said. Of a task that is over nothing remains. */
export function effortOf(state: StageState, task: Key): { readonly spent?: number; readonly remaining?: number } {
  const { spent, remaining } = own(state.work ?? {}, task) ?? {};
  const status = own(state.tasks, task)?.status;
  const left = status === 'done' || status === 'dropped' ? (spent ?? remaining) === undefined ? undefined : 0 : remaining;
  return { ...(spent !== undefined && { spent }), ...(left !== undefined && { remaining: left }) };
}

/** The hours of all tasks of a stage together; nothing where nobody said anything. */
export function effortOfStage(state: StageState): { readonly spent?: number; readonly remaining?: number } {
  const all = Object.keys(state.work ?? {}).map((task) => effortOf(state, task));
  const sum = (of: 'spent' | 'remaining'): number | undefined => {
    const said = all.flatMap((each) => each[of] ?? []);
    return said.length > 0 ? inHours(said.reduce((total, hours) => total + hours, 0)) : undefined;
  };
  const [spent, remaining] = [sum('spent'), sum('remaining')];
  return { ...(spent !== undefined && { spent }), ...(remaining !== undefined && { remaining }) };
}
