/** Who holds which role; who steers the project assigns them. */
import { Button, Group, MultiSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { peopleQuery, projectKey } from '../../data/project';
import { Helped } from '../../parts/help';
import { ProblemAlert } from '../../parts/problem';
import { hasEnded, type Parts } from './parts';
import classes from './project.module.css';

type Role = Schema<'Project'>['roles'][number];

function Assign({ role, project, done }: { readonly role: Role; readonly project: string; readonly done: () => void }): React.JSX.Element {
  const { t } = useTranslation('project');
  const people = useQuery(peopleQuery(project));
  const [chosen, setChosen] = useState(role.persons.map(({ id }) => id));
  const command = useCommand(
    (persons: string[], header) => answerOf(api.PUT('/api/v1/projects/{project}/roles', { params: { path: { project }, header }, body: { roles: { [role.key]: persons } } })),
    [projectKey(project), ['tasks'], ['approvals'], ['portfolio']]);
  const known = new Map([...role.persons, ...(people.data ?? [])].map(({ id, name }) => [id, name]));
  return (
    <Stack gap="xs" mt="xs">
      <MultiSelect label={t('who-holds', { role: role.name })} searchable data={[...known].map(([value, label]) => ({ value, label }))} value={chosen} onChange={setChosen} nothingFoundMessage={t('nobody-found')} maxValues={100} />
      {command.isError && <ProblemAlert error={command.error} />}
      <Group gap="xs">
        <Button size="xs" loading={command.isPending} onClick={() => command.mutate(chosen, { onSuccess: done })}>{t('assign')}</Button>
        <Button size="xs" variant="default" onClick={done}>{t('not-now')}</Button>
      </Group>
    </Stack>
  );
}

export function Team({ project, may }: Parts): React.JSX.Element {
  const { t } = useTranslation('project');
  const [open, setOpen] = useState<string | null>(null);
  const mayAssign = may.steer && !hasEnded(project) && !project.changing;
  const kinds = [{ title: t('roles'), roles: project.roles.filter(({ body, former }) => !body && !former) }, { title: t('bodies'), roles: project.roles.filter(({ body, former }) => body && !former) }];
  return (
    <div className={classes['columns']}>
      {kinds.map(({ title, roles }) => roles.length > 0 && (
        <Stack component="section" gap="xs" key={title}>
          <Helped topic="team"><Title order={2}>{title}</Title></Helped>
          <ul className={classes['list']}>
            {roles.map((role) => (
              <li key={role.key}>
                <div className={classes['row']}>
                  <div>
                    <Text size="sm" fw={500} className="said">{role.name}</Text>
                    <Text size="sm" className={`said ${role.persons.length === 0 ? classes['late'] : ''}`}>{role.persons.map(({ name }) => name).join(', ') || t('nobody')}</Text>
                  </div>
                  {mayAssign && !role.body && !/^(group|person):/.test(role.key) && open !== role.key && (
                    <Button size="xs" variant="default" className="no-print" onClick={() => setOpen(role.key)} aria-label={t('assign-role', { role: role.name })}>{t('assign')}</Button>
                  )}
                </div>
                {open === role.key && <Assign role={role} project={project.id} done={() => setOpen(null)} />}
              </li>
            ))}
          </ul>
          {title === t('bodies') && <Text size="sm" c="dimmed">{t('bodies-text')}</Text>}
        </Stack>
      ))}
      {!may.steer && <Text size="sm" c="dimmed">{t('who-assigns')}</Text>}
    </div>
  );
}
