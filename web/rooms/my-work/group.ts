/** What is most urgent comes first. */
import type { Schema } from '../../data/api';
import type { Kind } from './search';

export type MyTask = Schema<'MyTask'>;

export const URGENCIES = ['late', 'soon', 'later', 'undated'] as const;
export type Urgency = (typeof URGENCIES)[number];

const WEEK = 7 * 86_400_000;

/** @param now milliseconds since 1970. */
export function urgencyOf(dueAt: string | null, now: number): Urgency {
  if (dueAt === null) return 'undated';
  const left = Date.parse(dueAt) - now;
  return left < 0 ? 'late' : left < WEEK ? 'soon' : 'later';
}

export function isOfKind(task: MyTask, kind: Kind): boolean {
  switch (kind) {
    case 'all': return true;
    case 'check': return task.status === 'to-check';
    case 'conditions': return task.condition !== null;
    case 'blocked': return task.blocked !== null;
  }
}

/** Whether a task can be completed together with others: nothing has to be filled in. */
export const needsNothing = ({ status, blocked, fields, checklist }: MyTask): boolean =>
  (status === 'ready' || status === 'claimed') && blocked === null && !fields.some(({ required }) => required)
  && !checklist.some(({ required, tickedBy }) => required && tickedBy === null);
