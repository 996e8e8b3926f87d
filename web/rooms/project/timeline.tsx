/** When everything was promised, is planned, and is expected. */
import { Group, Loader, SegmentedControl, Stack, Switch, Text, Title } from '@mantine/core';
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { memo, startTransition, useCallback, useDeferredValue, useMemo, useOptimistic, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { comparisonQuery, projectTasksQuery } from '../../data/project';
import { Helped } from '../../parts/help';
import { ProblemAlert } from '../../parts/problem';
import { Day } from '../../parts/when';
import { useLinks } from './links';
import { hasEnded, type Parts } from './parts';
import classes from './project.module.css';
import { ZOOMS, type Zoom } from './search';
import { TimelineChart } from './timeline-chart';
import { itemsByTask, rowsOf, settledByTask } from './timeline-rows';
import { TimelineTable } from './timeline-table';
import print from './timeline.module.css';

/** Tasks that decide on the end, at most so many. */
const CRITICAL = 5;
/** Of fewer runs the range is rough, and says so. */
const RUNS_FOR_A_RANGE = 100;

const forecastQuery = (project: string) => queryOptions({
  // Not of the keys that the feed makes stale: it costs seconds, and changes little from one event to the next.
  queryKey: ['forecast', project, language()], staleTime: 60_000,
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/forecast', { params: { path: { project } }, signal })),
});

// The drawing alone changes with its scale.
const Expected = memo(function Expected({ forecast, project }: { readonly forecast: Schema<'Forecast'>; readonly project: string }): React.JSX.Element {
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
        {forecast.runs < RUNS_FOR_A_RANGE && <Text size="sm" c="dimmed">{t('few-runs', { count: forecast.runs })}</Text>}
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
});

/** Once what was chosen is on the screen. */
const drawn = (): Promise<void> => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); });

const route = getRouteApi('/inside/projects/$project');

export function Timeline({ project, plan }: Parts): React.JSX.Element {
  const { t } = useTranslation('timeline');
  const { zoom = 'month', table = false, items: open = '' } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project' });
  const { data: comparison } = useSuspenseQuery(comparisonQuery(project.id));
  const forecast = useQuery({ ...forecastQuery(project.id), enabled: !hasEnded(project) });
  const [now] = useState(Date.now);
  const { data: tasks } = useQuery(projectTasksQuery(project.id));
  const items = useMemo(() => itemsByTask(tasks ?? []), [tasks]);
  const settled = useMemo(() => settledByTask(tasks ?? []), [tasks]);
  const unfolded = useMemo(() => new Set(open === '' ? [] : open.split(',')), [open]);
  const rows = useMemo(() => rowsOf({ comparison, plan, forecast: forecast.data, items, settled, unfolded }), [comparison, plan, forecast.data, items, settled, unfolded]);
  const phases = useMemo(() => rows.filter(({ kind }) => kind === 'phase'), [rows]);
  const set = (search: object): void => void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  // The control shows at once what was chosen, then the drawing follows, then the address.
  const [chosen, choose] = useOptimistic(zoom);
  const scale = useDeferredValue(chosen);
  const zoomTo = (next: Zoom): void => startTransition(async () => {
    choose(next);
    await drawn();
    await navigate({ search: (before) => ({ ...before, zoom: next }), replace: true, resetScroll: false });
  });
  const fold = useCallback((key: string): void => void navigate({ search: (before) => {
    const next = new Set(before.items?.split(','));
    if (!next.delete(key)) next.add(key);
    return { ...before, items: next.size === 0 ? undefined : [...next].join(',') };
  }, replace: true, resetScroll: false }), [navigate]);
  return (
    <Stack gap="lg">
      {forecast.isLoading && <Group gap="sm" wrap="nowrap" role="status"><Loader size={16} className="no-print" /><Text size="sm" c="dimmed">{t('computing')}</Text></Group>}
      {forecast.isError && <ProblemAlert error={forecast.error} again={() => void forecast.refetch()} />}
      {forecast.data && <Expected forecast={forecast.data} project={project.id} />}
      <Group gap="md" className="no-print">
        {!table && <SegmentedControl aria-label={t('zoom')} value={chosen} onChange={(next) => zoomTo(next as Zoom)} data={ZOOMS.map((each) => ({ value: each, label: t(`zoom-${each}`) }))} />}
        <Switch label={t('as-table')} checked={table} onChange={(event) => set({ table: event.currentTarget.checked || undefined })} />
        {!table && <ul className={print['legend']}>{(['baseline', 'plan', 'actual', 'forecast'] as const).map((each) => <li key={each}><span className={print['sample']}><span className={print[each]} /></span>{t(`legend-${each}`)}</li>)}</ul>}
      </Group>
      {table ? <TimelineTable rows={rows} caption={t('caption')} unfolded={unfolded} fold={fold} /> : <TimelineChart rows={rows} zoom={scale} now={now} unfolded={unfolded} fold={fold} />}
      {!table && <div className={print['paper']}><TimelineTable rows={phases} caption={t('caption')} unfolded={unfolded} fold={fold} /></div>}
    </Stack>
  );
}
