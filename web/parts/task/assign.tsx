/** A task goes to somebody who could take it. It may stand within another form, so it is none itself. */
import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../../data/project';
import { ProblemAlert } from '../problem';
import { useDeed } from './act';
import type { Task } from './values';

export function Assign({ task }: { readonly task: Task }): React.JSX.Element {
  const { t } = useTranslation('task');
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen) return <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>{t(task.assignee ? 'assign-other' : 'assign')}</Button>;
  return <Choice task={task} close={() => setIsOpen(false)} />;
}

function Choice({ task, close }: { readonly task: Task; readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('task');
  const [person, setPerson] = useState<string | null>(null);
  const project = useQuery(projectQuery(task.project));
  const deed = useDeed(task, close);
  const holders = project.data?.roles.find(({ key }) => key === task.role.key)?.persons ?? [];
  const others = holders.filter(({ id }) => id !== task.assignee?.id);
  return (
    <div>
      <Group gap="xs">
        <Select size="xs" w={220} searchable autoFocus aria-label={t('assign-to')} placeholder={t('assign-to')} nothingFoundMessage={t('nobody-else', { role: task.role.name })} disabled={project.isPending}
          data={others.map(({ id, name }) => ({ value: id, label: name }))} value={person} onChange={setPerson} />
        <Button size="xs" disabled={person === null} loading={deed.isPending} onClick={() => { if (person !== null) deed.mutate({ do: 'assign', person }); }}>{t('assign')}</Button>
        <Button size="xs" variant="subtle" onClick={close}>{t('cancel')}</Button>
      </Group>
      {deed.error && <ProblemAlert error={deed.error} />}
    </div>
  );
}
