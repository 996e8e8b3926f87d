/** What became of tasks to which the same was done at once: an answer for each. */
import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../label';
import type { TaskPath } from './queries';
import type { Task } from './values';

export type TaskRef = Pick<Task, 'project' | 'phase' | 'task' | 'name'>;

export interface ManyResult {
  readonly said: string;
  readonly refused: readonly { readonly id: string; readonly name: string; readonly why: string }[];
}

/** An id of a task among those of all projects. */
export const idOf = ({ project, phase, task }: TaskPath): string => `${project}/${phase}/${task}`;

export const refsOf = (tasks: readonly TaskPath[]): TaskPath[] => tasks.map(({ project, phase, task }) => ({ project, phase, task }));

/** The answers, with the names of the tasks. @param said of so many for which it could be done. */
export function resultOf(items: readonly (TaskPath & { readonly problem: { readonly detail: string } | null })[], tasks: readonly TaskRef[], said: (done: number) => string): ManyResult {
  const names = new Map(tasks.map((each) => [idOf(each), each.name]));
  const refused = items.flatMap((each) => (each.problem ? [{ id: idOf(each), name: names.get(idOf(each)) ?? each.task, why: each.problem.detail }] : []));
  return { said: said(items.length - refused.length), refused };
}

export function ManyAnswer({ result: { said, refused }, close }: { readonly result: ManyResult; readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Alert role="status" color={refused.length > 0 ? 'yellow' : 'green'} title={said} withCloseButton closeButtonLabel={t('close')} onClose={close}>
      {refused.length > 0 && <List size="sm">{refused.map(({ id, name, why }) => <List.Item key={id}><span className="said">{labelOf(name)}</span> {why}</List.Item>)}</List>}
    </Alert>
  );
}
