/** Somebody who can not decide in time lets a colleague do it, from the gate itself. */
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { peopleQuery } from '../../data/project';
import { DateField } from '../../parts/date-field';
import { ProblemAlert } from '../../parts/problem';
import { beginningOf, dayOf, today } from '../../parts/when';
import { type Approval, projectOf } from './queries';

const WEEK_MS = 7 * 86_400_000;

/** Stands within the form of the decision, so it is none itself. */
export function Delegate({ approval }: { readonly approval: Approval }): React.JSX.Element {
  const { t } = useTranslation('gate');
  const me = useMe();
  const project = projectOf(approval.id);
  const [isOpen, setIsOpen] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const [until, setUntil] = useState(() => dayOf(Date.now() + WEEK_MS));
  const people = useQuery({ ...peopleQuery(), enabled: isOpen });
  const delegating = useCommand<{ readonly to: string; readonly until: string; readonly project: string }, unknown>(
    (body, header) => answerOf(api.POST('/api/v1/me/delegations', { params: { header }, body })), [['approvals'], ['project', project], ['people']],
    () => { notifications.show({ message: t('delegated') }); setIsOpen(false); },
  );
  if (!isOpen) return <Button variant="subtle" w="fit-content" px={0} onClick={() => setIsOpen(true)}>{t('delegate')}</Button>;
  return (
    <Stack gap="sm" component="section" aria-label={t('delegate')}>
      <Text size="sm" fw={600}>{t('delegate')}</Text>
      <Text size="sm" c="dimmed">{t('delegate-text')}</Text>
      <Group gap="sm" align="flex-end">
        <Select label={t('delegate-to')} required searchable flex="1 1 200px" data={(people.data ?? []).filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name }))} value={to} onChange={setTo} />
        <DateField label={t('delegate-until')} required min={today()} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
      </Group>
      {(delegating.error ?? people.error) && <ProblemAlert error={(delegating.error ?? people.error) as Error} />}
      <Group gap="sm">
        <Button loading={delegating.isPending} disabled={to === null || until === ''} onClick={() => to !== null && delegating.mutate({ to, until: beginningOf(until, 1), project })}>{t('delegate-do')}</Button>
        <Button variant="subtle" onClick={() => setIsOpen(false)}>{t('cancel')}</Button>
      </Group>
    </Stack>
  );
}
