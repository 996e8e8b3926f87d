/** Early-life support of a service: figures of each day against their limits, what keeps it from being taken over, who is there. */
import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Badge, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { numberText } from '../../parts/number';
import { ProblemAlert } from '../../parts/problem';
import { Day, dayText, noon, shortDayText } from '../../parts/when';
import { AcceptUnmet } from './accept';
import type { Parts } from './board';
import { Conditions } from './conditions';
import { Contacts } from './contacts';
import { Duty } from './duty';
import classes from './handover.module.css';
import { HandBack } from './hand-back';
import { atService, isWorkable, type Support, supportQuery, useDo } from './queries';
import { Tell } from './tell';
import { Webhooks } from './webhooks';

const TONES = { met: 'green', unmet: 'red', missing: 'yellow', pending: 'gray' } as const;
const MEASURES = ['service-level', 'incidents', 'defects', 'calls'] as const;
type Charted = (typeof MEASURES)[number];

function valueOf({ figures }: Support['days'][number], measure: Charted): number | null {
  if (!figures) return null;
  const { incidents: { p1, p2, p3, p4 }, serviceLevel, defects, calls } = figures;
  switch (measure) {
    case 'service-level': return serviceLevel;
    case 'incidents': return p1 + p2 + p3 + p4;
    case 'defects': return defects;
    case 'calls': return calls;
  }
}

const said = (value: number | null): string | undefined => (value === null ? undefined : numberText(value));

/** Days drawn against the limits that hold on each of them. What was not told is a gap. */
function Chart({ support, measure }: { readonly support: Support; readonly measure: Charted }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const days = support.days.filter(({ isOver, figures }) => isOver || figures);
  const limits = support.criteria.filter((each) => each.measure === measure && each.limit !== null && each.over !== 'total' && each.priorities.length === 0);
  const byPriority = measure === 'incidents';
  const name = t(`measure-${measure}`);
  const data = days.map((day) => ({
    day: shortDayText(noon(day.date)),
    ...(byPriority ? { P1: day.figures?.incidents.p1 ?? null, P2: day.figures?.incidents.p2 ?? null, P3: day.figures?.incidents.p3 ?? null, P4: day.figures?.incidents.p4 ?? null } : { [name]: valueOf(day, measure) }),
  }));
  const series = byPriority ? [{ name: 'P1', color: 'red.7' }, { name: 'P2', color: 'orange.6' }, { name: 'P3', color: 'blue.6' }, { name: 'P4', color: 'gray.6' }] : [{ name, color: 'blue.7' }];
  const last = days.findLast(({ figures }) => figures);
  return (
    <Stack gap="xs">
      <Title order={4}>{name}</Title>
      <div role="img" aria-label={t('chart-said', { what: name, days: days.length, last: said(last ? valueOf(last, measure) : null) ?? t('nothing-told'), limit: limits.map(({ limit }) => said(limit)).join(', ') || t('no-limit') })}>
        <LineChart h={200} data={data} dataKey="day" series={series} curveType="linear" withLegend={byPriority} withDots={days.length < 40} connectNulls={false} tickLine="y" yAxisProps={{ allowDecimals: measure === 'service-level', domain: measure === 'service-level' ? ['auto', 100] : [0, 'auto'] }}
          referenceLines={limits.map(({ limit }) => ({ y: limit ?? 0, label: t('limit-said', { limit: numberText(limit ?? 0) }), color: 'red.7', labelPosition: 'insideBottomRight' as const }))} valueFormatter={numberText} />
      </div>
    </Stack>
  );
}

function Criteria({ support }: { readonly support: Support }): React.JSX.Element {
  const { t } = useTranslation('handover');
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t('exit-criteria')}</Title>
      <ul className={classes['list']}>
        {support.criteria.map(({ key, name, verdict, accepted, value, limit, breached, missing }) => (
          <li key={key}>
            <Group justify="space-between" gap="xs" align="flex-start">
              <div>
                <Text fw={500} className="said">{name}</Text>
                {limit !== null && <Text size="sm" c="dimmed">{value === null ? t('limit-said', { limit: numberText(limit) }) : t('value-limit', { value: numberText(value), limit: numberText(limit) })}</Text>}
                {breached.length > 0 && <Text size="sm">{t('breached-on', { days: breached.map((date) => shortDayText(noon(date))).join(', ') })}</Text>}
                {missing.length > 0 && <Text size="sm">{t('figures-missing-of', { days: missing.map((date) => shortDayText(noon(date))).join(', ') })}</Text>}
              </div>
              <Group gap={6}>{accepted && <Badge variant="light" color="yellow">{t('accepted')}</Badge>}<Badge variant="light" color={TONES[verdict]}>{t(`verdict-${verdict}`)}</Badge></Group>
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function Days({ support }: { readonly support: Support }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const shown = support.days.filter(({ isOver, figures }) => isOver || figures).toReversed();
  if (shown.length === 0) return <Text size="sm" c="dimmed">{t('no-days')}</Text>;
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={4}>
        <Table.Thead><Table.Tr><Table.Th>{t('day')}</Table.Th>{['P1', 'P2', 'P3', 'P4'].map((each) => <Table.Th key={each} ta="right">{each}</Table.Th>)}<Table.Th ta="right">{t('measure-service-level')}</Table.Th><Table.Th ta="right">{t('measure-defects')}</Table.Th><Table.Th ta="right">{t('measure-calls')}</Table.Th><Table.Th>{t('told-by')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {shown.map(({ date, figures, by, source, late, corrections }) => (
            <Table.Tr key={date}>
              <Table.Td className={classes['day']}>{dayText(noon(date))}</Table.Td>
              {figures ? <>
                {(['p1', 'p2', 'p3', 'p4'] as const).map((each) => <Table.Td key={each} ta="right">{figures.incidents[each]}</Table.Td>)}
                <Table.Td ta="right">{numberText(figures.serviceLevel)}</Table.Td><Table.Td ta="right">{figures.defects}</Table.Td><Table.Td ta="right">{figures.calls}</Table.Td>
                <Table.Td>{by?.name ?? t(`source-${source ?? 'hand'}`)}{late && ` · ${t('late')}`}{corrections.length > 0 && ` · ${t('corrected', { count: corrections.length })}`}</Table.Td>
              </> : <Table.Td colSpan={8}><Text size="sm" c="var(--at-risk)">{t('not-told')}</Text></Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export function SupportView(parts: Parts): React.JSX.Element {
  const { t } = useTranslation('handover');
  const { place, handover, service, may } = parts;
  const query = useQuery(supportQuery(place, service.service));
  const doing = useDo(place);
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const support = query.data;
  const works = isWorkable(handover, service) && service.status === 'early-life';
  const isOver = support.outcome !== 'running';
  return (
    <Stack gap="xl">
      <Stack gap="xs">
        <Text>{t('period', { from: dayText(noon(support.from)), until: dayText(noon(support.until)) })} <Badge variant="light" color={support.outcome === 'met' ? 'green' : support.outcome === 'running' ? 'blue' : 'orange'}>{t(`outcome-${support.outcome}`)}</Badge></Text>
        {support.extensions.map((each) => <Text key={each.at} size="sm">{t('extended-by', { count: each.days, what: each.criteria.map(({ name }) => name).join(', ') })} <Day at={each.at} /></Text>)}
        {works && <Group gap="sm" className="no-print" align="flex-start">
          {may.receive && <Button disabled={support.outcome !== 'met'} loading={doing.isPending} onClick={() => doing.mutate({ at: `${atService(service.service)}/transfer`, body: {} })}>{t('take-over')}</Button>}
          {may.receive && <HandBack {...parts} />}
        </Group>}
        {works && may.receive && support.outcome !== 'met' && <Text size="sm" c="dimmed">{isOver ? t('not-yet-unmet') : t('not-yet-running')}</Text>}
        {doing.error && <ProblemAlert error={doing.error} />}
      </Stack>
      <Conditions {...parts} />
      <Criteria support={support} />
      {works && may.receive && (isOver || support.extensions.length > 0) && <AcceptUnmet {...parts} support={support} />}
      {support.days.some(({ figures }) => figures) && <section className={classes['charts']} aria-label={t('figures')}>{MEASURES.map((measure) => <Chart key={measure} support={support} measure={measure} />)}</section>}
      {works && may.tell && <Tell {...parts} support={support} />}
      <Stack component="section" gap="xs">
        <Title order={3}>{t('days')}</Title>
        <Days support={support} />
      </Stack>
      <Duty {...parts} support={support} works={works} />
      <Contacts {...parts} support={support} works={works} />
      {may.manage && <Webhooks {...parts} />}
    </Stack>
  );
}
