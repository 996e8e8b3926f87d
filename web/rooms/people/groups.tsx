/** Groups: who belongs to them decides where templates name them. */
import { Button, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { Empty } from '../../parts/empty';
import { ProblemAlert } from '../../parts/problem';
import { NamedPeople } from './named-list';
import rows from '../../parts/rows.module.css';
import { groupsQuery } from './queries';

/** The place of a new one among those that can be open. */
const NEW = ' new';

export function Groups(): React.JSX.Element {
  const { t } = useTranslation('people');
  const query = useQuery(groupsQuery());
  const [open, setOpen] = useState<string>();
  const close = (): void => setOpen(undefined);
  const command = useCommand(
    ({ key, name, persons }: { readonly key: string; readonly name: string; readonly persons: string[] }, header) => answerOf(api.PUT('/api/v1/groups/{group}', { params: { path: { group: key }, header }, body: { name, members: persons } })),
    [['people'], ['approvals'], ['project']], close);
  const form = { label: t('members'), effect: t('group-effect'), most: 200, error: command.error, isPending: command.isPending, save: command.mutate, close };
  const toggle = (key: string): void => { command.reset(); setOpen(key); };
  return (
    <Stack gap="md">
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {query.data?.length === 0 && open !== NEW && <Empty title={t('no-groups')}>{t('no-groups-text')}</Empty>}
      {query.data && query.data.length > 0 && (
        <ul className={rows['list']}>
          {query.data.map(({ group, name, members }) => (
            <li key={group}>
              <div className={rows['row']}>
                <div className={rows['what']}>
                  <Text fw={600} className="said">{name ?? group} <Text span size="sm" c="dimmed" fw={400}>{group}</Text></Text>
                  <Text size="sm" className="said">{members.map((each) => each.name).join(', ') || t('no-members')}</Text>
                </div>
                {open !== group && <Button size="sm" variant="default" onClick={() => toggle(group)} aria-label={t('edit-it', { name: name ?? group })}>{t('edit')}</Button>}
              </div>
              {open === group && <NamedPeople {...form} known={{ key: group, name, persons: members }} />}
            </li>
          ))}
        </ul>
      )}
      {open === NEW ? <NamedPeople {...form} /> : <Button w="fit-content" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => toggle(NEW)}>{t('new-group')}</Button>}
    </Stack>
  );
}
