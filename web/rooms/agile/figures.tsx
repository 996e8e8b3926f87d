/** A sprint in figures: what is left and what is done by working day, how work flows, and what changed after the start. */
import { AreaChart, BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { Empty } from '../../parts/empty';
import { ProblemAlert } from '../../parts/problem';
import { Day, shortDayText } from '../../parts/when';
import classes from './agile.module.css';
import type { Parts } from './parts';
import { figuresQuery } from './queries';
import { weeksOf } from './weeks';

/** From the last column, which is done, to the first. */
const TINTS = ['green.7', 'blue.6', 'cyan.5', 'indigo.4', 'violet.5', 'grape.6', 'gray.6'];
/** The legend in the order of the series, not of the alphabet. */
const AS_GIVEN = { itemSorter: null } as const;
/** The middle of what is counted. */
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

export function Figures({ place, backlog, team, number }: Parts): React.JSX.Element {
  const { t } = useTranslation('agile');
  const query = useQuery({ ...figuresQuery({ ...place, team: team.key, number: number ?? 0 }), enabled: number !== undefined });
  if (number === undefined) return <Empty title={t('no-sprint')}>{t('no-sprint-text')}</Empty>;
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const { days, ahead, changes, cycle } = query.data;
  if (days.length === 0) return <Empty title={t('no-figures')}>{t('no-figures-text')}</Empty>;
  const unit = t(`axis-${backlog.unit}`);
  const amount = (estimate: number): string => estimate.toLocaleString(language());
  const label = (day: (typeof days)[number], index: number): string => (index === 0 ? t('start-day') : shortDayText(day.at));
  const burn = days.map((day, index) => ({ day: label(day, index), [t('remaining')]: day.remaining.estimate, [t('ideal')]: Math.round(day.ideal * 10) / 10, [t('scope')]: day.scope.estimate, [t('done-so-far')]: day.done.estimate }));
  // The whole timebox lies on the axis, also what is still to come.
  const toCome = ahead.map(({ at, ideal }) => ({ day: shortDayText(at), [t('ideal')]: Math.round(ideal * 10) / 10 }));
  const isFlow = team.sprintDays === null;
  const flow = days.map((day, index) => ({ day: label(day, index), ...Object.fromEntries(backlog.columns.map(({ key, name }) => [name, day.columns[key] ?? 0])) }));
  const weeks = isFlow ? weeksOf(days[0]?.at ?? '', days.at(-1)?.at ?? '', cycle.map(({ deliveredAt }) => deliveredAt)).map(({ at, count }) => ({ week: t('week-of', { day: shortDayText(at) }), [t('done-so-far')]: count })) : [];
  const common = { h: 280, dataKey: 'day', withLegend: true, legendProps: AS_GIVEN, withDots: days.length < 3, yAxisLabel: unit, yAxisProps: { allowDecimals: false }, tickLine: 'y' as const } as const;
  return (
    <Stack gap="xl">
      {!isFlow && <Stack component="section" gap="xs">
        <Title order={2}>{t('burndown')}</Title>
        <div role="img" aria-label={t('burndown-said', { from: days[0]?.remaining.estimate ?? 0, to: days.at(-1)?.remaining.estimate ?? 0, unit })}>
          <LineChart {...common} data={[...burn, ...toCome]} series={[{ name: t('remaining'), color: 'blue.7' }, { name: t('ideal'), color: 'gray.6', strokeDasharray: '5 5' }]} curveType="linear" />
        </div>
      </Stack>}
      {!isFlow && <Stack component="section" gap="xs">
        <Title order={2}>{t('burnup')}</Title>
        <div role="img" aria-label={t('burnup-said', { done: days.at(-1)?.done.estimate ?? 0, scope: days.at(-1)?.scope.estimate ?? 0, unit })}>
          <LineChart {...common} data={[...burn, ...toCome]} series={[{ name: t('scope'), color: 'gray.6' }, { name: t('done-so-far'), color: 'green.7' }]} curveType="linear" />
        </div>
      </Stack>}
      <Stack component="section" gap="xs">
        <Title order={2}>{t('flow-title')}</Title>
        <div role="img" aria-label={t('flow-said')}>
          <AreaChart h={280} dataKey="day" data={flow} type="stacked" withLegend legendProps={AS_GIVEN} withDots={false} yAxisLabel={t('axis-items')} yAxisProps={{ allowDecimals: false }} curveType="linear" series={backlog.columns.toReversed().map(({ name }, index) => ({ name, color: TINTS[index % TINTS.length] ?? 'gray.6' }))} />
        </div>
        {cycle.length === 1 && <Text size="sm">{t('cycle-of-one', { count: cycle[0]?.workingDays ?? 0 })}</Text>}
        {cycle.length > 1 && <Text size="sm">{t('cycle', { count: median(cycle.map(({ workingDays }) => workingDays)), items: cycle.length })}</Text>}
      </Stack>
      {isFlow && (
        <Stack component="section" gap="xs">
          <Title order={2}>{t('throughput')}</Title>
          <div role="img" aria-label={t('throughput-said', { weeks: weeks.length, items: cycle.length })}>
            <BarChart h={220} dataKey="week" data={weeks} yAxisLabel={t('axis-items')} yAxisProps={{ allowDecimals: false }} series={[{ name: t('done-so-far'), color: 'green.7' }]} />
          </div>
        </Stack>
      )}
      <Stack component="section" gap="xs">
        <Title order={2}>{t('as-table')}</Title>
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing={4}>
            <Table.Thead><Table.Tr><Table.Th>{t('day')}</Table.Th><Table.Th>{t('remaining')}</Table.Th><Table.Th>{t('done-so-far')}</Table.Th><Table.Th>{t('scope')}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{days.map((day, index) => <Table.Tr key={day.at}><Table.Td>{label(day, index)}</Table.Td><Table.Td>{amount(day.remaining.estimate)}</Table.Td><Table.Td>{amount(day.done.estimate)}</Table.Td><Table.Td>{amount(day.scope.estimate)}</Table.Td></Table.Tr>)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
      {changes.length > 0 && (
        <Stack component="section" gap="xs">
          <Title order={2}>{t('after-start')}</Title>
          <ul className={classes['list']}>
            {changes.map((each) => <li key={`${each.at} ${each.item} ${each.change}`}><Text size="sm">#{each.item} {t(`change-${each.change}`)}{each.estimate !== null && ` (${t(`unit-${backlog.unit}`, { count: each.estimate })})`} · {each.person !== null && `${each.person.name} · `}<Day at={each.at} /></Text></li>)}
          </ul>
        </Stack>
      )}
    </Stack>
  );
}
