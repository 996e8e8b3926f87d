/** What time itself brings to a stage: reminders of due tasks, and the daily look after its approval. */
import { type PendingRung, rungTimes } from '../ladder';
import type { Due, Instant, Key } from '../process';
import { openApproval } from './gate';
import { taskOf } from './tasks';
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

// Tasks never change, and what comes next of one is asked whenever something happens.
const nextRungs = new WeakMap<TaskState, { readonly input: StageState['input']; readonly next: PendingRung | undefined }>();

/** The next rung of a task's ladder. */
function nextRung({ input }: StageState, key: Key, task: TaskState): PendingRung | undefined {
  const known = nextRungs.get(task);
  if (known?.input === input) return known.next;
  const ladder = taskOf(input.phase, key)?.ladder;
  const isOpen = task.dueAt !== undefined && (task.status === 'ready' || task.status === 'claimed' || task.status === 'to-check');
  const reached = new Set(task.climbed?.map(({ rung }) => rung));
  const next = ladder && isOpen ? rungTimes(ladder, input.calendar, task.readyAt ?? 0, task.dueAt).find(({ rung }) => !reached.has(rung)) : undefined;
  nextRungs.set(task, { input, next });
  return next;
}

function dueRung(state: StageState, key: Key, task: TaskState, now: Instant): StageEvent[] {
  const next = nextRung(state, key, task);
  const rung = next && taskOf(state.input.phase, key)?.ladder?.[next.rung];
  if (!rung || next.at > now) return [];
  return [{ type: 'task-rung-reached', task: key, rung: next.rung, do: rung.do, ...('to' in rung && { to: rung.to }) }];
}

const clocksRun = (state: StageState): boolean =>
  (state.status === 'open' || state.status === 'passed') && !state.revision && state.heldAt === undefined;

/** The reminders and rungs that are due at `now`, one per task. One that was missed by more than a day is told as overdue only. */
export function dueReminders(state: StageState, now: Instant): StageEvent[] {
  if (!clocksRun(state)) return [];
  return Object.entries(state.tasks).flatMap(([task, each]): StageEvent[] => {
    const next = nextReminder(each);
    if (!next || next.at > now) return dueRung(state, task, each, now);
    return (each.dueAt ?? 0) <= now ? [{ type: 'task-overdue', task }] : [{ type: 'task-due-soon', task }];
  });
}

export function due(state: StageState): Due<StageCommand> | null {
  if (state.status !== 'open' && state.status !== 'passed') return null;
  const dues: Due<StageCommand>[] = [];
  if (clocksRun(state)) {
    let first = Infinity;
    for (const [key, task] of Object.entries(state.tasks)) {
      first = Math.min(first, nextReminder(task)?.at ?? Infinity, nextRung(state, key, task)?.at ?? Infinity);
    }
    if (first < Infinity) dues.push({ at: first, command: { type: 'remind' } });
  }
  if (openApproval(state) !== undefined) dues.push({ at: Math.max(state.lookedAt, state.gate.openedAt ?? 0) + DAY_MS, command: { type: 'look' } });
  return dues.reduce<Due<StageCommand> | null>((first, each) => (!first || each.at < first.at ? each : first), null);
}
