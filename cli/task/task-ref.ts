import { UsageError } from '../terminal/usage-error';

/** A task as it is typed: `PROJECT/PHASE/TASK`. */
export interface TaskRef {
  readonly project: string;
  readonly phase: string;
  readonly task: string;
}

/** @throws UsageError that says how it is written. */
export function parseTask(text: string): TaskRef {
  const [, project, phase, task] = /^([^/\s]+)\/([^/\s]+)\/([^/\s]+)$/.exec(text) ?? [];
  if (project === undefined || phase === undefined || task === undefined) {
    throw new UsageError(`${JSON.stringify(text)} names no task: write PROJECT/PHASE/TASK, such as p-4f1c/design/draw.`);
  }
  return { project, phase, task };
}

export type TaskPath = `/projects/${string}/phases/${string}/tasks/${string}`;

/** The address of a task in the API. */
export const pathOf = ({ project, phase, task }: TaskRef): TaskPath => `/projects/${encodeURIComponent(project)}/phases/${encodeURIComponent(phase)}/tasks/${encodeURIComponent(task)}`;
