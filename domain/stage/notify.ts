/** Whom the people of a task are told of what others do with it. Nobody is told of what they did themselves. */
import { own } from '../fold';
import type { Effect, Key, NoticeKind, PersonId, Recorded } from '../process';
import { unreachable } from '../unreachable';
import { plannedTask, responsibleRole } from './gate';
import type { StageEvent, StageState } from './types';

export type NotifiedEvent = Extract<StageEvent, { type: 'task-ready' | 'task-assigned' | 'task-blocked' | 'task-unblocked' | 'task-commented' }>;

/** The notices of an event; `state` is the one after it. */
export function notify(state: StageState, { event, by }: Recorded<NotifiedEvent>): readonly Effect[] {
  const { input: { project, phase, managerRole } } = state;
  const { task } = event;
  const actor = by.kind === 'person' ? by.person : undefined;
  const tell = (notice: NoticeKind, persons: readonly (PersonId | undefined)[], roles: readonly Key[] = []): Effect[] => {
    const others = [...new Set(persons)].filter((person) => person !== undefined && person !== actor) as PersonId[];
    if (others.length + roles.length === 0) return [];
    return [{ kind: 'notify', to: { persons: others, ...(roles.length > 0 && { roles }) }, notice, about: { project, phase: phase.key, task } }];
  };
  const { assignee } = own(state.tasks, task) ?? {};
  switch (event.type) {
    // Whom it was assigned to beforehand; what is nobody's yet is found in the lists of those who could take it.
    case 'task-ready': return tell('task-ready', [assignee]);
    case 'task-assigned': return [...tell('task-assigned', [event.person]), ...tell('task-unassigned', [event.before])];
    // It concerns whoever has to see to it: who steers, and who answers for the task.
    case 'task-blocked': return tell('task-blocked', [assignee], [managerRole, plannedTask(state, task)?.rasci.a ?? managerRole]);
    case 'task-unblocked': return tell('task-unblocked', [assignee], assignee === undefined ? [responsibleRole(state, task)] : []);
    case 'task-commented':
      return [...tell('task-mentioned', event.mentions), ...tell('task-commented', event.mentions.includes(assignee ?? '') ? [] : [assignee])];
    default: return unreachable(event);
  }
}
