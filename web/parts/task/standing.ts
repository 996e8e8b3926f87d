/** What somebody may do with a task, as far as their roles tell, or in the name of somebody absent; the API judges. */
import type { Schema } from '../../data/api';
import { isOffice } from '../../data/me';
import type { Task } from './values';

/** How a task stands that is still to be delivered. */
export const UNDELIVERED: readonly Task['status'][] = ['waiting', 'ready', 'claimed'];

export interface Standing {
  /** Holds the role that does the task. */
  readonly holds: boolean;
  readonly isMine: boolean;
  /** In whose name they work on it or check it, where they can not in their own. */
  readonly absent: Task['onBehalfOf'][number] | undefined;
  readonly mayWork: boolean;
  readonly mayCheck: boolean;
  /** Delivered it, and nobody has checked it since. */
  readonly didIt: boolean;
  /** In whose name they delivered it, where it was not their own. */
  readonly deliveredFor: string | undefined;
  /** Decides on what others may only do: does the task, answers for it, or steers the project. */
  readonly answers: boolean;
  readonly mayAssign: boolean;
}

type Of = Pick<Task, 'project' | 'role' | 'accountable' | 'assignee' | 'status' | 'doneBy' | 'doneThrough' | 'checkedBy' | 'former'> & Partial<Pick<Task, 'onBehalfOf'>>;

export function standingOf(task: Of, me: Schema<'Me'>): Standing {
  const here = me.projects.find(({ id }) => id === task.project);
  const roles = here?.roles ?? [];
  const { status } = task;
  const holds = roles.includes(task.role.key);
  const isAccountable = task.accountable !== null && roles.includes(task.accountable.key);
  const isMine = task.assignee?.id === me.id;
  const steers = here?.steers === true || isOffice(me);
  const isOver = status === 'done' || status === 'to-check';
  const tookPart = task.doneBy?.id === me.id || task.doneThrough?.id === me.id;
  const [voice] = task.onBehalfOf ?? [];
  // What they delivered they take back in that name, and do nothing else in it.
  const absent = isOver && tookPart ? undefined : voice;
  const deliveredFor = isOver && task.doneThrough?.id === me.id ? voice?.id : undefined;
  return {
    holds, isMine, absent, answers: holds || isAccountable || absent !== undefined || steers, mayWork: (status === 'ready' && holds) || (status === 'claimed' && isMine) || (absent !== undefined && UNDELIVERED.includes(status)),
    mayCheck: status === 'to-check' && !tookPart && (holds || isAccountable || absent !== undefined),
    deliveredFor, didIt: ((holds && task.doneBy?.id === me.id) || deliveredFor !== undefined) && task.checkedBy === null && !task.former && isOver,
    // Out of another's hands only by who steers, or answers for it.
    mayAssign: UNDELIVERED.includes(status) && !task.former && (steers || isAccountable || (holds && (task.assignee === null || isMine))),
  };
}
