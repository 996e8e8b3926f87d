/** Many tasks go to one person, with an answer for each. */
import { Button, Group, Select } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { projectQuery } from '../../data/project';
import { ProblemAlert } from '../problem';
import { type ManyResult, refsOf, resultOf } from './many';
import type { Task } from './values';

type Assignable = Pick<Task, 'project' | 'phase' | 'task' | 'name' | 'role'>;

interface Props {
  /** Of those that are chosen, what the reader may assign. */
  readonly tasks: readonly Assignable[];
  readonly tell: (result: ManyResult) => void;
}

export function AssignMany({ tasks, tell }: Props): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const [isOpen, setIsOpen] = useState(false);
  if (tasks.length === 0) return null;
  if (!isOpen) return <Button size="sm" variant="default" onClick={() => setIsOpen(true)}>{t('assign-many', { count: tasks.length })}</Button>;
  return <Choice tasks={tasks} tell={tell} close={() => setIsOpen(false)} />;
}

function Choice({ tasks, tell, close }: Props & { readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('task');
  const [person, setPerson] = useState<string | null>(null);
  const projects = useQueries({ queries: [...new Set(tasks.map(({ project }) => project))].map((project) => projectQuery(project)) });
  const command = useCommand(
    (asked: { readonly person: string; readonly tasks: readonly Assignable[] }, header) => answerOf(api.POST('/api/v1/tasks/assign', { params: { header }, body: { person: asked.person, tasks: refsOf(asked.tasks) } })),
    [['tasks'], ['project'], ['portfolio']], ({ items }, asked) => {
      tell(resultOf(items, asked.tasks, (count) => t('assigned-many', { count, name: names.get(asked.person) ?? '' })));
      close();
    });
  const holders = tasks.flatMap(({ project, role }) => projects.find(({ data }) => data?.id === project)?.data?.roles.find(({ key }) => key === role.key)?.persons ?? []);
  const names = new Map(holders.map(({ id, name }) => [id, name]));
  // Who can take only some of them, is told so: the others would be refused.
  const options = [...Map.groupBy(holders, ({ id }) => id)].map(([id, { length }]) => ({ value: id, label: length < tasks.length ? t('takes-some', { name: names.get(id) ?? id, count: length }) : (names.get(id) ?? id) }));
  return (
    <div>
      <Group gap="xs">
        <Select size="sm" w={240} searchable autoFocus aria-label={t('assign-to')} placeholder={t('assign-to')} nothingFoundMessage={t('nobody-found')} disabled={projects.some(({ isPending }) => isPending)} data={options} value={person} onChange={setPerson} />
        <Button size="sm" disabled={person === null} loading={command.isPending} onClick={() => { if (person !== null) command.mutate({ person, tasks }); }}>{t('assign-many', { count: tasks.length })}</Button>
        <Button size="sm" variant="subtle" onClick={close}>{t('cancel')}</Button>
      </Group>
      {command.error && <ProblemAlert error={command.error} />}
    </div>
  );
}
