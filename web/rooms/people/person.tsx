/** One person: line manager, groups, absence; and who takes their place everywhere when they leave. */
import { Alert, Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { useMe } from '../../data/me';
import { peopleQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { roleWords } from '../../parts/role-words';
import { dayText, untilText } from '../../parts/when';
import { Leaving } from './leaving';
import { type Entry, entryQuery, useGroupNames } from './queries';

const route = getRouteApi('/inside/people/$person');

function Manager({ entry }: { readonly entry: Entry }): React.JSX.Element {
  const { t } = useTranslation('people');
  const people = useQuery(peopleQuery());
  const [manager, setManager] = useState(entry.manager?.id ?? null);
  const command = useCommand((wanted: { readonly manager: string | null }, header) => answerOf(api.PUT('/api/v1/people/{person}/manager', { params: { path: { person: entry.id }, header }, body: wanted })), [['people']]);
  const names = new Map([...(entry.manager ? [entry.manager] : []), ...people.data ?? []].filter(({ id }) => id !== entry.id).map(({ id, name }) => [id, name]));
  return (
    <Stack gap="xs" maw={480}>
      <Select label={t('manager')} description={t('manager-text')} searchable clearable clearButtonProps={{ 'aria-label': t('no-manager') }} placeholder={t('no-manager')} nothingFoundMessage={t('nobody-found')}
        data={[...names].map(([value, label]) => ({ value, label }))} value={manager} onChange={setManager} />
      {command.error && <ProblemAlert error={command.error} />}
      {manager !== (entry.manager?.id ?? null) && <Button w="fit-content" size="sm" loading={command.isPending} onClick={() => command.mutate({ manager })}>{t('save')}</Button>}
    </Stack>
  );
}

export function Person(): React.JSX.Element {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const { person } = route.useParams();
  const me = useMe();
  const groupNames = useGroupNames();
  const query = useQuery(entryQuery(person));
  const entry = query.data;
  if (query.error) return <Page title={person}><ProblemAlert error={query.error} again={() => void query.refetch()} /></Page>;
  if (query.isPending) return <Structure />;
  if (!entry) return <Page title={person}><Empty title={t('nobody-found')}><RoomLink to="/people">{t('to-people')}</RoomLink></Empty></Page>;
  const facts = [...entry.globalRoles.map((role) => roleWords(common, role)), t('projects', { count: entry.projects }), ...(entry.groups.length > 0 ? [t('in-groups', { groups: groupNames(entry.groups) })] : [])];
  return (
    <Page title={entry.name} action={entry.leftAt === null && <RoomButton variant="default" to="/absence" search={entry.id === me.id ? {} : { person: entry.id }}>{t('absence')}</RoomButton>}>
      <Group gap="4px 16px"><Text size="sm" c="dimmed">{facts.join(' · ')}</Text><RoomLink size="sm" to="/people">{t('to-people')}</RoomLink></Group>
      {entry.absentUntil !== null && <Alert color="yellow" title={t('absent-until', { day: untilText(entry.absentUntil) })} />}
      {entry.leftAt === null ? <Manager key={entry.manager?.id ?? ''} entry={entry} /> : <Alert color="gray" title={t('left', { day: dayText(entry.leftAt), name: entry.successor?.name ?? '' })} />}
      <Stack component="section" gap="md">
        <Title order={2}>{t(entry.leftAt === null ? 'leaves' : 'what-became')}</Title>
        <Leaving entry={entry} />
      </Stack>
    </Page>
  );
}
