/** What time itself brings to a stage: reminders of due tasks, and the daily look after its approval. */
import type { Due, Instant } from '../process';
import { openApproval } from './gate';
import type { StageCommand, StageEvent, StageState, TaskState } from './types';

const DAY_MS = 86_400_000;
/** How long before its due date the people of a task are told. */
const SOON_MS = DAY_MS;

/** When the next reminder of a task is due, and which. */
function nextReminder(task: TaskState): { at: Instant; reminder: 'due-soon' | 'overdue' } | null {
  if (task.dueAt === undefined || (task.status !== 'ready' && task.status !== 'claimed') || task.reminded === 'overdue') return null;
  const soonAt = task.dueAt - SOON_MS;
  const tellSoon = task.reminded === undefined && soonAt > (task.readyAt ?? 0);
  return tellSoon ? { at: soonAt, reminder: 'due-soon' } : { at: task.dueAt, reminder: 'overdue' };
}

const clocksRun = (state: StageState): boolean =>
  (state.status === 'open' || state.status === 'passed') && !state.revision && state.heldAt === undefined;

/** The reminders that are due at `now`. One that was missed by more than a day is told as overdue only. */
export function dueReminders(state: StageState, now: Instant): StageEvent[] {
  if (!clocksRun(state)) return [];
  return Object.entries(state.tasks).flatMap(([task, each]): StageEvent[] => {
    const next = nextReminder(each);
    if (!next || next.at > now) return [];
    return (each.dueAt ?? 0) <= now ? [{ type: 'task-overdue', task }] : [{ type: 'task-due-soon', task }];
  });
}

export function due(state: StageState): Due<StageCommand> | null {
  if (state.status !== 'open' && state.status !== 'passed') return null;
  const dues: Due<StageCommand>[] = [];
  if (clocksRun(state)) {
    let first = Infinity;
    for (const task of Object.values(state.tasks)) first = Math.min(first, nextReminder(task)?.at ?? Infinity);
    if (first < Infinity) dues.push({ at: first, command: { type: 'remind' } });
  }
  if (openApproval(state) !== undefined) dues.push({ at: Math.max(state.lookedAt, state.gate.openedAt ?? 0) + DAY_MS, command: { type: 'look' } });
  return dues.reduce<Due<StageCommand> | null>((first, each) => (!first || each.at < first.at ? each : first), null);
}
