/** When the backlog will be done, by what its teams did before; and what will be done by a day. */
import { Stack, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';
import { DateField } from '../../parts/date-field';
import { ProblemAlert } from '../../parts/problem';
import { Day, today } from '../../parts/when';
import type { Parts } from './parts';
import { itemsQuery, type Place } from './queries';

const RUNS = 10_000;

const forecastQuery = (place: Place, by: string) => queryOptions({
  // Not of the keys that the feed makes stale: it plays thousands of runs, and changes little from one event to the next.
  queryKey: ['forecast', place.project, place.phase, by, language()], staleTime: 60_000, placeholderData: keepPreviousData,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/backlog/forecast', { params: { path: { ...place }, query: { runs: RUNS, ...(by !== '' && { by }) } }, signal })),
});
const velocityQuery = (place: Place) => queryOptions({
  queryKey: ['backlog', place.project, place.phase, 'velocity', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/velocity', { params: { path: { ...place } }, signal })), select: ({ teams }) => teams,
});

export function Forecast({ place, backlog }: Parts): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [by, setBy] = useState('');
  const query = useQuery(forecastQuery(place, by));
  const velocity = useQuery(velocityQuery(place));
  // Epics are done with what belongs to them: they are no work of their own.
  const items = useQuery({ ...itemsQuery(place), select: (all) => all.filter(({ kind }) => kind !== 'epic') });
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const { enough, tooLittle, basis, unestimated, remaining, runs, done, by: until } = query.data;
  /** The last item of so many from the top. */
  const lastDone = (count: number): string => {
    const item = items.data?.[count - 1];
    return item ? `#${item.item} ${item.title ?? t('erased')}` : '–';
  };
  const amount = (count: number): string => t(basis === 'items' ? 'items' : `unit-${backlog.unit}`, { count });
  // Of a team in flow items are counted.
  const isInFlow = (key: string): boolean => backlog.teams.some((team) => team.key === key && team.sprintDays === null);
  return (
    <Stack gap="xl" aria-busy={query.isPlaceholderData}>
      <Stack component="section" gap="xs" className="reading">
        <Title order={2}>{t('when-done')}</Title>
        {!enough && <><Text fw={600}>{t('too-little')}</Text><Text size="sm">{t('left-now', { left: amount(remaining.amount) })}</Text>{tooLittle.map(({ team, has, needs }) => <Text key={team.key} size="sm" c="dimmed">{t('too-little-team', { team: team.name, has, needs })}</Text>)}</>}
        {enough && (
          <>
            <Text size="sm">{t('forecast-basis', { left: amount(remaining.amount), runs })}</Text>
            <Table verticalSpacing={6} maw={420}>
              <Table.Thead><Table.Tr><Table.Th>{t('certainty')}</Table.Th><Table.Th>{t('done-by-then')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{done.map(({ percent, at }) => <Table.Tr key={percent}><Table.Td>{t('percent', { percent })}</Table.Td><Table.Td><Day at={at} /></Table.Td></Table.Tr>)}</Table.Tbody>
            </Table>
            {done.length === 0 && remaining.items > 0 && <Text size="sm">{t('too-far')}</Text>}
            {basis === 'items' && unestimated > 0 && <Text size="sm" c="dimmed">{t('counted-in-items', { count: unestimated })}</Text>}
            {tooLittle.map(({ team, has, needs }) => <Text key={team.key} size="sm" c="dimmed">{t('too-little-team', { team: team.name, has, needs })}</Text>)}
          </>
        )}
      </Stack>
      {enough && (
        <Stack component="section" gap="xs" className="reading">
          <Title order={2}>{t('what-by-day')}</Title>
          <DateField label={t('day')} w="fit-content" min={today()} value={by} onChange={(event) => setBy(event.currentTarget.value)} />
          {until && (
            <Table verticalSpacing={6}>
              <Table.Thead><Table.Tr><Table.Th>{t('certainty')}</Table.Th><Table.Th>{t('at-least')}</Table.Th><Table.Th>{t('until-item')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{until.map((each) => <Table.Tr key={each.percent}><Table.Td>{t('percent', { percent: each.percent })}</Table.Td><Table.Td>{amount(each.amount)}</Table.Td><Table.Td className="said">{lastDone(each.items)}</Table.Td></Table.Tr>)}</Table.Tbody>
            </Table>
          )}
        </Stack>
      )}
      {velocity.data?.some(({ range }) => range !== null) && (
        <Stack component="section" gap="xs">
          <Title order={2}>{t('velocity')}</Title>
          {velocity.data.map(({ team, range, days }) => range && (
            <Text key={team.key} size="sm">{t('velocity-of', { team: team.name, low: range.low, median: range.median, high: t(isInFlow(team.key) ? 'items' : `unit-${backlog.unit}`, { count: range.high }), days })}</Text>
          ))}
        </Stack>
      )}
    </Stack>
  );
}
