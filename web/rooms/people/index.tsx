/** Everybody, as the project office sees them, and the groups that templates name. */
import { Badge, Button, Checkbox, Group, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { joined } from '../../parts/joined';
import { useListKeys } from '../../parts/keys';
import { RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { roleWords } from '../../parts/role-words';
import { dayText, untilText } from '../../parts/when';
import { Groups } from './groups';
import rows from '../../parts/rows.module.css';
import { directoryQuery, type Entry, useGroupNames } from './queries';

const route = getRouteApi('/inside/people');

function Name({ entry }: { readonly entry: Entry }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <div>
      <RoomLink to="/people/$person" params={{ person: entry.id }} fw={600} className="said" data-row>{entry.name}</RoomLink>
      {entry.globalRoles.length > 0 && <Text size="xs" c="dimmed">{entry.globalRoles.map((role) => roleWords(t, role)).join(' · ')}</Text>}
    </div>
  );
}

/** Whether somebody is there. */
function Presence({ entry }: { readonly entry: Entry }): React.JSX.Element | null {
  const { t } = useTranslation('people');
  if (entry.leftAt !== null) return <Badge color="gray">{t('left', { day: dayText(entry.leftAt), name: entry.successor?.name ?? '' })}</Badge>;
  return entry.absentUntil === null ? null : <Badge color="yellow" c="var(--mantine-color-text)">{t('absent-until', { day: untilText(entry.absentUntil) })}</Badge>;
}

function People(): React.JSX.Element {
  const { t } = useTranslation('people');
  const { t: common } = useTranslation();
  const { q, left = false } = route.useSearch();
  const navigate = useNavigate({ from: '/people' });
  const [typed, setTyped] = useState(q ?? '');
  const groupNames = useGroupNames();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const query = useInfiniteQuery(directoryQuery(q, left));
  const list = useRef<HTMLDivElement>(null);
  useListKeys(() => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]);
  const set = (words: string, withLeft: boolean): void => void navigate({ search: { ...(words !== '' && { q: words }), ...(withLeft && { left: true }) }, replace: true });
  const find = useDebouncedCallback((words: string) => set(words, left), 250);
  return (
    <Stack gap="md" ref={list}>
      <Group gap="sm">
        <TextInput aria-label={t('find')} placeholder={t('find')} w={{ base: '100%', xs: 288 }} leftSection={<IconSearch size={16} aria-hidden />} value={typed} onChange={(event) => { const { value } = event.currentTarget; setTyped(value); find(value.trim()); }} />
        <Checkbox label={t('also-left')} checked={left} onChange={(event) => set(typed.trim(), event.currentTarget.checked)} />
      </Group>
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {query.data?.length === 0 && <Text c="dimmed">{t('nobody-found')}</Text>}
      {query.data && query.data.length > 0 && (isNarrow ? (
        <ul className={rows['list']}>
          {query.data.map((each) => <li key={each.id}><Name entry={each} /><Presence entry={each} /><Text size="sm" c="dimmed">{joined([each.manager && t('reports-to', { name: each.manager.name }), t('projects', { count: each.projects })])}</Text></li>)}
        </ul>
      ) : (
        <Table verticalSpacing="sm" stickyHeader>
          <Table.Thead><Table.Tr><Table.Th>{t('name')}</Table.Th><Table.Th>{t('manager')}</Table.Th><Table.Th>{t('groups')}</Table.Th><Table.Th ta="right">{t('open-projects')}</Table.Th><Table.Th>{t('presence')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {query.data.map((each) => (
              <Table.Tr key={each.id}>
                <Table.Td><Name entry={each} /></Table.Td><Table.Td className="said">{each.manager?.name}</Table.Td><Table.Td className="said">{groupNames(each.groups)}</Table.Td>
                <Table.Td ta="right">{each.projects}</Table.Td><Table.Td><Presence entry={each} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ))}
      {query.hasNextPage && <Button variant="default" w="fit-content" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common('more')}</Button>}
    </Stack>
  );
}

export function Directory(): React.JSX.Element {
  const { t } = useTranslation('people');
  const { view } = route.useSearch();
  const navigate = useNavigate({ from: '/people' });
  return (
    <Page title={t('title')}>
      <SegmentedControl w="fit-content" aria-label={t('view')} value={view ?? 'people'} data={[{ value: 'people', label: t('view-people') }, { value: 'groups', label: t('view-groups') }]}
        onChange={(next) => void navigate({ search: next === 'groups' ? { view: 'groups' } : {}, replace: true })} />
      {view === 'groups' ? <Groups /> : <People />}
    </Page>
  );
}
