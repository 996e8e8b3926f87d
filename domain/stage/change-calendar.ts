/** What became known of the calendar: due dates that are still to come are counted anew. */
import { replaces, type WorkingCalendar } from '../calendar';
import { foldAll } from '../fold';
import { shiftedDays } from '../ladder';
import type { Context } from '../process';
import { dueAt } from './advance';
import { evolve } from './evolve';
import { plannedTask } from './gate';
import type { StageEvent, StageState } from './types';

/** The events of a later version of the calendar; none for one that is known. */
export function changeCalendar(state: StageState, calendar: WorkingCalendar, context: Context): StageEvent[] {
  if (!replaces(calendar, state.input.calendar)) return [];
  const changed: StageEvent = { type: 'calendar-changed', calendar };
  const after = foldAll(state, [changed], context, evolve);
  const since = state.heldAt ?? context.now;
  const shift = { since, onFrom: since, before: state.input.calendar, after: calendar };
  return [changed, ...Object.entries(state.tasks).flatMap(([key, task]): StageEvent[] => {
    const isOpen = task.status !== 'waiting' && task.status !== 'done' && task.status !== 'dropped';
    if (!isOpen || task.dueAt === undefined || task.dueAt <= since) return [];
    const planned = plannedTask(state, key);
    const readyAt = task.readyAt ?? since;
    // A date that the plan gives is given anew; one that was moved since has as many working days left as it had.
    const isAsPlanned = planned !== undefined && dueAt(state, planned, readyAt).dueAt === task.dueAt;
    const next = isAsPlanned ? dueAt(after, planned, readyAt).dueAt : shiftedDays(shift, task.dueAt);
    return next === undefined || next === task.dueAt ? [] : [{ type: 'task-redated', task: key, dueAt: next }];
  })];
}
