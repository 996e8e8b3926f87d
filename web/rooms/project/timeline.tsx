/** When everything was promised, is planned, and is expected. */
import { Group, Loader, SegmentedControl, Stack, Switch, Text, Title } from '@mantine/core';
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { comparisonQuery } from '../../data/project';
import { Helped } from '../../parts/help';
import { ProblemAlert } from '../../parts/problem';
import { Day } from '../../parts/when';
import { useLinks } from './links';
import { hasEnded, type Parts } from './parts';
import classes from './project.module.css';
import { ZOOMS, type Zoom } from './search';
import { TimelineChart, type TimelineRow } from './timeline-chart';
import { TimelineTable } from './timeline-table';
import print from './timeline.module.css';

/** Tasks that decide on the end, at most so many. */
const CRITICAL = 5;

const forecastQuery = (project: string) => queryOptions({
  // Not of the keys that the feed makes stale: it costs seconds, and changes little from one event to the next.
  queryKey: ['forecast', project, language()], staleTime: 60_000,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/forecast', { params: { path: { project } }, signal })),
});

function rowsOf(comparison: Schema<'Comparison'>, plan: Schema<'Plan'>, forecast: Schema<'Forecast'> | undefined): TimelineRow[] {
  const gates = new Map(forecast?.gates.map((each) => [each.gate.key, each]));
  const tasks = Map.groupBy(comparison.tasks, ({ phase }) => phase);
  return comparison.phases.flatMap(({ phase, baseline, plan: planned, openedAt, passedAt }) => {
    const gate = plan.phases.find((each) => each.phase === phase.key)?.gate?.gate;
    const expected = passedAt === null && gate !== undefined ? gates.get(gate) : undefined;
    return [
      { key: phase.key, name: phase.name, isPhase: true, baseline, plan: planned, actual: openedAt === null || passedAt === null ? null : { startAt: openedAt, endAt: passedAt }, forecast: expected ?? null },
      ...(tasks.get(phase.key) ?? []).map((each) => ({ key: `${phase.key}/${each.task}`, name: each.name, isPhase: false, baseline: each.baseline, plan: each.plan, actual: null, forecast: null })),
    ];
  });
}

function Expected({ forecast, project }: { readonly forecast: Schema<'Forecast'>; readonly project: string }): React.JSX.Element {
  const { t } = useTranslation('timeline');
  const links = useLinks(project);
  return (
    <div className={classes['columns']}>
      <Stack component="section" gap="xs">
        <Helped topic="dates"><Title order={2}>{t('end')}</Title></Helped>
        {forecast.end ? (
          <dl className={classes['dates']}>
            {(['p50', 'p80', 'p95'] as const).map((each) => [<Text key={`${each} t`} component="dt" size="sm" c="dimmed">{t(each)}</Text>, <Text key={each} component="dd" size="sm"><Day at={(forecast.end as Record<typeof each, string>)[each]} /></Text>])}
          </dl>
        ) : <Text size="sm" className={classes['late']}>{t('stuck', { phases: forecast.stuck.map(({ phase }) => phase.name).join(', ') })}</Text>}
        {forecast.held && <Text size="sm" c="dimmed">{t('held')}</Text>}
        {forecast.unassigned.length > 0 && <Text size="sm" c="dimmed" className="said">{t('unassigned', { roles: forecast.unassigned.map(({ name }) => name).join(', ') })}</Text>}
      </Stack>
      {forecast.critical.length > 0 && (
        <Stack component="section" gap="xs">
          <Title order={2}>{t('critical')}</Title>
          <ul className={classes['list']}>
            {forecast.critical.slice(0, CRITICAL).map(({ phase, task, share }) => (
              <li key={`${phase.key}/${task.key}`} className={classes['row']}>
                <Text size="sm" className="said">{links(phase.key).task(task.key, task.name)} <Text span c="dimmed">{phase.name}</Text></Text>
                <Text size="sm">{t('share', { share: Math.round(share * 100) })}</Text>
              </li>
            ))}
          </ul>
        </Stack>
      )}
    </div>
  );
}

const route = getRouteApi('/inside/projects/$project');

export function Timeline({ project, plan }: Parts): React.JSX.Element {
  const { t } = useTranslation('timeline');
  const { zoom = 'month', table = false } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project' });
  const { data: comparison } = useSuspenseQuery(comparisonQuery(project.id));
  const forecast = useQuery({ ...forecastQuery(project.id), enabled: !hasEnded(project) });
  const [now] = useState(Date.now);
  const rows = useMemo(() => rowsOf(comparison, plan, forecast.data), [comparison, plan, forecast.data]);
  const set = (search: object): void => void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  return (
    <Stack gap="lg">
      {forecast.isLoading && <Group gap="sm" role="status" className="no-print"><Loader size={16} /><Text size="sm" c="dimmed">{t('computing')}</Text></Group>}
      {forecast.isError && <ProblemAlert error={forecast.error} again={() => void forecast.refetch()} />}
      {forecast.data && <Expected forecast={forecast.data} project={project.id} />}
      <Group gap="md" className="no-print">
        {!table && <SegmentedControl aria-label={t('zoom')} value={zoom} onChange={(chosen) => set({ zoom: chosen as Zoom })} data={ZOOMS.map((each) => ({ value: each, label: t(`zoom-${each}`) }))} />}
        <Switch label={t('as-table')} checked={table} onChange={(event) => set({ table: event.currentTarget.checked || undefined })} />
        {!table && <ul className={print['legend']}>{(['baseline', 'plan', 'actual', 'forecast'] as const).map((each) => <li key={each}><span className={print['sample']}><span className={print[each]} /></span>{t(`legend-${each}`)}</li>)}</ul>}
      </Group>
      {table ? <TimelineTable rows={rows} caption={t('caption')} /> : <TimelineChart rows={rows} zoom={zoom} now={now} />}
      {!table && <div className={print['paper']}><TimelineTable rows={rows.filter(({ isPhase }) => isPhase)} caption={t('caption')} /></div>}
    </Stack>
  );
}
