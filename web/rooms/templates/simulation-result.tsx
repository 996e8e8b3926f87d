/** What a simulation says, drawn and as tables. */
import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LOCALES, language } from '../../app/i18n';
import type { Schema } from '../../data/api';
import { percentText } from '../../parts/number';
import { dayText, shortDayText } from '../../parts/when';
import classes from './simulation.module.css';
import { binAt, binsOf } from './supposed';

type Result = Schema<'SimulationRuns'>;
type WhatIf = NonNullable<Schema<'Simulation'>['whatIf']>;

const SPREAD = ['p50', 'p80', 'p95'] as const;
const SERIES = ['var(--water)', 'var(--at-risk)', 'var(--on-course)', 'var(--quiet)', 'var(--off-course)'] as const;
/** Strokes differ too: colour alone tells nothing to some. */
const DASHES = ['0', '6 3', '2 3', '10 4 2 4', '1 5'] as const;
const CRITICAL_SHOWN = 15;
/** A drawing says what its label and its table say: nobody has to walk through its marks. */
const STILL = { accessibilityLayer: false } as const;

/** Room for what stands above the bars. */
const ABOVE = { top: 20 } as const;

const number = (value: number): string => new Intl.NumberFormat(LOCALES[language()], { maximumFractionDigits: 1 }).format(value);

/** What scrolls sideways on a phone, by keys too. */
function Wide({ label, children }: { readonly label: string; readonly children: React.ReactNode }): React.JSX.Element {
  return <div className={classes['scroll']} tabIndex={0} role="region" aria-label={label}>{children}</div>;
}

function AsTable({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  return <details className={classes['twin']}><summary>{t('as-table')}</summary><Wide label={t('as-table')}>{children}</Wide></details>;
}

/** The days of the end, as a histogram; beside another one where there are two. */
export function Ends({ result, other, wanted }: { readonly result: Result; readonly other: Result | undefined; readonly wanted: number }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  const { end, workingDays, outcomes, runs } = result;
  const stuck = outcomes['stuck'] ?? 0;
  const bins = binsOf(other ? [result.ends, other.ends] : [result.ends]);
  const label = (from: string): string => shortDayText(from);
  const told = other?.end ?? end;
  const series = [{ name: 'before', label: t('before'), color: SERIES[0] }, ...(other ? [{ name: 'after', label: t('after'), color: SERIES[1] }] : [])];
  const rows = bins.map(({ from, runs: [before = 0, after = 0] }) => ({ from: label(from), before, after }));
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">{t('start-runs', { start: dayText(result.start), runs })}{runs < wanted && ` · ${t('fewer', { runs })}`}</Text>
      {end === null || workingDays === null || told === null ? <Text>{t('never')}</Text> : (
        <>
          <Group gap="xl" component="dl" className={classes['figures']}>
            {SPREAD.map((each) => <div key={each}><Text component="dt" size="sm" c="dimmed">{t(each)}</Text><Text component="dd" fw={600}>{dayText(end[each])}</Text><Text component="dd" size="sm">{t('days', { days: number(workingDays[each]) })}</Text></div>)}
          </Group>
          <div role="img" aria-label={t('chart-ends', { p50: dayText(told.p50), p80: dayText(told.p80), p95: dayText(told.p95) })}>
            <BarChart h={240} data={rows} dataKey="from" series={series} withTooltip={false} withLegend={other !== undefined} gridAxis="y" barChartProps={{ ...STILL, margin: ABOVE }} barProps={{ isAnimationActive: false }} yAxisProps={{ allowDecimals: false, width: 40 }}
              referenceLines={SPREAD.map((each) => ({ x: label(binAt(bins, told[each])?.from ?? ''), label: each.toUpperCase(), color: 'var(--mantine-color-text)', labelPosition: 'top' as const }))} />
          </div>
          <AsTable>
            <Table fz="sm" w="auto"><Table.Thead><Table.Tr><Table.Th scope="col">{t('from-day')}</Table.Th><Table.Th scope="col" ta="right">{other ? t('before') : t('runs')}</Table.Th>{other && <Table.Th scope="col" ta="right">{t('after')}</Table.Th>}</Table.Tr></Table.Thead>
              <Table.Tbody>{bins.map(({ from, runs: [before, after] }) => <Table.Tr key={from}><Table.Td>{dayText(from)}</Table.Td><Table.Td ta="right">{before}</Table.Td>{other && <Table.Td ta="right">{after}</Table.Td>}</Table.Tr>)}</Table.Tbody></Table>
          </AsTable>
        </>
      )}
      {stuck > 0 && <Text size="sm" c="var(--off-course)" className="said">▲ {t('stuck', { count: stuck, all: runs, phases: result.stuck.map(({ phase }) => phase.name).join(', ') })}</Text>}
    </Stack>
  );
}

/** Before, after, and what makes the difference. */
export function Compared({ whatIf: { result, comparison }, before }: { readonly whatIf: WhatIf; readonly before: Result }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  const difference = (days: number): string => (days === 0 ? t('as-soon') : days < 0 ? t('sooner', { count: -days }) : t('later', { count: days }));
  const changed = comparison.roles;
  return (
    <Stack gap="md">
      <Wide label={t('compared')}>
        <Table fz="sm" maw={880}>
          <Table.Thead><Table.Tr><Table.Td /><Table.Th scope="col">{t('before')}</Table.Th><Table.Th scope="col">{t('after')}</Table.Th><Table.Th scope="col">{t('difference')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{SPREAD.map((each) => (
            <Table.Tr key={each}><Table.Th scope="row">{t(each)}</Table.Th><Table.Td>{before.end ? dayText(before.end[each]) : t('never')}</Table.Td><Table.Td>{result.end ? dayText(result.end[each]) : t('never')}</Table.Td>
              <Table.Td fw={600}>{before.end && result.end ? difference(comparison.workingDays[each]) : ''}</Table.Td></Table.Tr>
          ))}</Table.Tbody>
        </Table>
      </Wide>
      {changed.length > 0 && (
        <Wide label={t('people-of')}>
          <Table fz="sm" maw={880}>
            <Table.Thead><Table.Tr><Table.Th scope="col">{t('role')}</Table.Th><Table.Th scope="col" ta="right">{t('people')}</Table.Th><Table.Th scope="col" ta="right">{t('peak')}</Table.Th><Table.Th scope="col" ta="right">{t('waited')}</Table.Th><Table.Td /></Table.Tr></Table.Thead>
            <Table.Tbody>{changed.map((each) => (
              <Table.Tr key={each.role.key}><Table.Th scope="row" fw={400} miw={208} className="said">{each.role.name}</Table.Th><Table.Td ta="right">{signed(each.people)}</Table.Td><Table.Td ta="right">{percentText(each.peak, 'exceptZero')}</Table.Td><Table.Td ta="right">{signed(each.waitedDays)}</Table.Td><Table.Td>{each.relieved && t('relieved')}</Table.Td></Table.Tr>
            ))}</Table.Tbody>
          </Table>
        </Wide>
      )}
    </Stack>
  );
}

const signed = (value: number): string => (value > 0 ? `+${number(value)}` : value < 0 ? `−${number(-value)}` : '0');

/** How often each task was on the critical path. */
export function Critical({ result: { critical } }: { readonly result: Result }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed" className="reading">{t('critical-text')}</Text>
      <Wide label={t('critical')}>
        <Table fz="sm" maw={880}>
          <Table.Thead><Table.Tr><Table.Th scope="col">{t('task')}</Table.Th><Table.Th scope="col">{t('phase')}</Table.Th><Table.Th scope="col" ta="right" w={120}>{t('share')}</Table.Th><Table.Td w="30%" visibleFrom="sm" /></Table.Tr></Table.Thead>
          <Table.Tbody>{critical.slice(0, CRITICAL_SHOWN).map(({ phase, task, share }) => (
            <Table.Tr key={`${phase.key}/${task.key}`}><Table.Td miw={160} className="said">{task.name}</Table.Td><Table.Td miw={136} className="said">{phase.name}</Table.Td><Table.Td ta="right">{percentText(share)}</Table.Td><Table.Td visibleFrom="sm"><Progress value={share * 100} aria-hidden role="presentation" /></Table.Td></Table.Tr>
          ))}</Table.Tbody>
        </Table>
      </Wide>
    </Stack>
  );
}

/** The load of the busiest roles over the weeks, and of all as a table. */
export function Load({ result: { load } }: { readonly result: Result }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  const busiest = [...load].sort((one, other) => other.peak - one.peak);
  const drawn = busiest.slice(0, SERIES.length);
  const length = Math.max(0, ...load.map(({ weeks }) => weeks.length));
  const weeks = Array.from({ length }, (_, week) => ({ week: t('week', { week: week + 1 }), ...Object.fromEntries(drawn.map(({ role, weeks: of }) => [role.key, Math.round((of[week] ?? 0) * 100)])) }));
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" className="reading">{t('load-text')}</Text>
      <div role="img" aria-label={t('chart-load', { roles: drawn.map(({ role }) => role.name).join(', '), peak: Math.round((busiest[0]?.peak ?? 0) * 100) })}>
        <LineChart h={260} data={weeks} dataKey="week" unit={percentText(0).replace('0', '')} withDots={false} withTooltip={false} withLegend curveType="stepAfter" lineChartProps={STILL} lineProps={{ isAnimationActive: false }} yAxisProps={{ width: 56 }}
          series={drawn.map(({ role }, place) => ({ name: role.key, label: role.name, color: SERIES[place] ?? SERIES[0], strokeDasharray: DASHES[place] ?? '0' }))} />
      </div>
      <Wide label={t('load')}>
        <Table fz="sm" maw={880}>
          <Table.Thead><Table.Tr><Table.Th scope="col">{t('role')}</Table.Th><Table.Th scope="col" ta="right">{t('people')}</Table.Th><Table.Th scope="col" ta="right">{t('peak')}</Table.Th><Table.Th scope="col" ta="right">{t('waited')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{busiest.map((each) => <Table.Tr key={each.role.key}><Table.Th scope="row" fw={400} miw={208} className="said">{each.role.name}</Table.Th><Table.Td ta="right">{each.people}</Table.Td><Table.Td ta="right">{percentText(each.peak)}</Table.Td><Table.Td ta="right">{number(each.waitedDays)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </Wide>
      <AsTable>
        <Table fz="sm" w="auto"><Table.Thead><Table.Tr><Table.Th scope="col">{t('role')}</Table.Th>{weeks.map(({ week }) => <Table.Th key={week} scope="col" ta="right">{week}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>{busiest.map((each) => <Table.Tr key={each.role.key}><Table.Th scope="row" fw={400} miw={160}>{each.role.name}</Table.Th>{weeks.map(({ week }, place) => <Table.Td key={week} ta="right">{percentText(each.weeks[place] ?? 0)}</Table.Td>)}</Table.Tr>)}</Table.Tbody></Table>
      </AsTable>
    </Stack>
  );
}

export function Gates({ result: { gates } }: { readonly result: Result }): React.JSX.Element {
  const { t } = useTranslation('simulation');
  return (
    <Wide label={t('gates')}>
      <Table fz="sm" maw={880}>
        <Table.Thead><Table.Tr><Table.Th scope="col">{t('gate')}</Table.Th><Table.Th scope="col" ta="right">{t('reached')}</Table.Th>{SPREAD.map((each) => <Table.Th key={each} scope="col">{t(each)}</Table.Th>)}</Table.Tr></Table.Thead>
        <Table.Tbody>{gates.map((each) => <Table.Tr key={each.gate.key}><Table.Th scope="row" fw={400} miw={208} className="said">{each.gate.name}</Table.Th><Table.Td ta="right">{percentText(each.reached)}</Table.Td>{SPREAD.map((of) => <Table.Td key={of}>{dayText(each[of])}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
      </Table>
    </Wide>
  );
}
