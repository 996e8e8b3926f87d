/** Services that operations take over: what comes, when, what is missing, and how early-life support goes. */
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Badge, Button, Group, Select, Stack, Text, Title } from '@mantine/core';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { Empty } from '../../parts/empty';
import { labelOf } from '../../parts/label';
import { RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { Day, dayText, noon, shortDayText } from '../../parts/when';
import { STATUSES, type ServicesSearch } from './search';
import classes from './services.module.css';

type Service = Schema<'ServiceOfProject'>;
const route = getRouteApi('/inside/services');
const TONES = { 'preparing': 'gray', 'early-life': 'blue', 'handed-back': 'orange', 'transferred': 'green', 'withdrawn': 'gray' } as const;

const servicesQuery = (search: ServicesSearch) => infiniteQueryOptions({
  queryKey: ['services', 'list', search, language()], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/services', { params: { query: { ...search, ...(pageParam !== undefined && { cursor: pageParam }) } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => items),
});

const workloadQuery = (team: string | undefined) => queryOptions({
  queryKey: ['services', 'workload', team ?? 'all', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/services/workload', { params: { query: team === undefined ? {} : { team } }, signal })),
});

/** What is over at midnight is said of the day before. */
const lastMoment = (at: string): string => new Date(Date.parse(at) - 1).toISOString();

/** When it comes: as forecast, with the plan beside it; without a forecast that is said. */
function Expected({ service: { forecast, transferBy, acceptBy, status } }: { readonly service: Service }): React.JSX.Element | null {
  const { t } = useTranslation('services');
  const planned = transferBy ?? acceptBy;
  const isLate = planned !== null && Date.parse(planned) < Date.now();
  const span = forecast?.transfer ?? forecast?.accept;
  if (status === 'transferred' || status === 'withdrawn' || (!span && planned === null)) return null;
  return (
    <Stack gap={0}>
      {span && <Text size="sm">{t(forecast?.transfer ? 'transfer-expected' : 'accept-expected')} <Day at={lastMoment(span.p50)} /></Text>}
      {span && span.p80 !== span.p50 && <Text size="sm" c="dimmed">{t('in-80')} <Day at={lastMoment(span.p80)} /></Text>}
      {planned !== null && planned !== span?.p50 && <Text size="sm" c={isLate ? 'var(--at-risk)' : 'dimmed'}>{!span && `${t('no-forecast')} · `}{t(isLate ? 'was-planned' : 'planned')} <Day at={lastMoment(planned)} /></Text>}
    </Stack>
  );
}

/** Names that are told of what is missing. */
const NAMED = 4;

const named = ({ missing, missingCount }: Service, t: TFunction<'services'>): string => {
  const names = missing.slice(0, missingCount > NAMED ? NAMED - 1 : NAMED).map(({ name }) => name).join(', ');
  return missingCount > NAMED ? t('and-others', { names, count: missingCount - NAMED + 1 }) : names;
};

function Row({ service }: { readonly service: Service }): React.JSX.Element {
  const { t } = useTranslation('services');
  const { support } = service;
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <Stack gap={2} flex="1 1 18rem" miw={0}>
          <Text fw={600} className="said"><RoomLink to="/projects/$project/phases/$phase/handover" params={{ project: service.project.key, phase: service.phase.key }} search={{ service: service.service }}>{service.name ?? t('erased')}</RoomLink></Text>
          <Text size="sm" c="dimmed" className="said">{service.project.name} · {service.teams.map(({ name }) => name).join(', ')}{service.owner && ` · ${service.owner.name}`}</Text>
          {service.missingCount > 0 && (service.status === 'preparing' || service.status === 'handed-back') && <Text size="sm">{t('missing', { count: service.missingCount, what: named(service, t) })}</Text>}
          {service.approval !== null && <Text size="sm"><RoomLink to="/approvals/$" params={{ _splat: service.approval }}>{t('waits-for-signature')}</RoomLink></Text>}
          {service.conditions.map((each) => <Text key={each.key} size="sm" className="said" c={each.status === 'expired' ? 'var(--off-course)' : undefined}>{t(each.status === 'expired' ? 'condition-expired' : 'condition-open', { what: each.defect ?? t('erased'), owner: each.owner.name })} <Day at={each.dueAt} /></Text>)}
          {support && service.status === 'early-life' && (
            <Group gap={6} mt={4}>
              <Text size="sm">{t('support-until', { day: dayText(noon(support.until)) })}{support.extensions > 0 && ` · ${t('extended', { count: support.extensions })}`}{support.daysMissing > 0 && ` · ${t('days-missing', { count: support.daysMissing })}`}</Text>
              {support.criteria.every(({ verdict }) => verdict === 'met') && <Badge variant="light" color="green">{t('all-met')}</Badge>}
              {support.criteria.filter(({ verdict }) => verdict === 'unmet' || verdict === 'missing').map(({ key, name, verdict, accepted }) => <Badge key={key} variant="light" color={accepted || verdict === 'missing' ? 'yellow' : 'red'}>{labelOf(name)} {accepted ? t('accepted') : t(`verdict-${verdict}`)}</Badge>)}
            </Group>
          )}
        </Stack>
        <Stack gap={2} className={classes['side']}>
          <Badge variant="light" color={TONES[service.status]}>{t(`status-${service.status}`)}</Badge>
          <Expected service={service} />
        </Stack>
      </Group>
    </li>
  );
}

/** What comes to a team, week by week. */
function Workload({ team }: { readonly team: string | undefined }): React.JSX.Element | null {
  const { t } = useTranslation('services');
  const { data } = useQuery(workloadQuery(team));
  if (!data) return null;
  const { weeks } = data;
  const total = (key: 'arriving' | 'sessions' | 'transfers'): number => weeks.reduce((sum, each) => sum + each[key], 0);
  const rows = weeks.map((each) => ({ week: shortDayText(noon(each.from)), [t('arriving')]: each.arriving, [t('sessions')]: each.sessions, [t('in-support')]: each.inSupport, [t('transfers')]: each.transfers }));
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('workload')}</Title>
      <div role="img" aria-label={t('workload-said', { weeks: weeks.length, arriving: total('arriving'), sessions: total('sessions'), transfers: total('transfers'), support: weeks[0]?.inSupport ?? 0 })}>
        <BarChart h={220} data={rows} dataKey="week" type="stacked" withLegend tickLine="y" yAxisProps={{ allowDecimals: false }} series={[{ name: t('arriving'), color: 'blue.7' }, { name: t('sessions'), color: 'cyan.6' }, { name: t('in-support'), color: 'gray.5' }, { name: t('transfers'), color: 'green.7' }]} />
      </div>
    </Stack>
  );
}

export function Services(): React.JSX.Element {
  const { t } = useTranslation('services');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/services' });
  const query = useInfiniteQuery(servicesQuery(search));
  const workload = useQuery(workloadQuery(search.team));
  const set = (changed: { readonly [key in keyof ServicesSearch]: ServicesSearch[key] | undefined }): void => void navigate({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined)) as ServicesSearch, replace: true });
  const items = query.data ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <Page title={t('title')} help="services-when">
      <Group gap="sm" className="no-print">
        <Select aria-label={t('team')} placeholder={t('team')} w={220} clearable searchable clearButtonProps={{ 'aria-label': t('any-team') }} data={(workload.data?.teams ?? []).map(({ key, name }) => ({ value: key, label: name }))} value={search.team ?? null} onChange={(team) => set({ team: team ?? undefined })} />
        <Select aria-label={t('state')} placeholder={t('state')} w={200} clearable clearButtonProps={{ 'aria-label': t('any-state') }} data={STATUSES.map((each) => ({ value: each, label: t(`status-${each}`) }))} value={search.status ?? null} onChange={(status) => set({ status: STATUSES.find((each) => each === status) })} />
      </Group>
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {query.data && items.length === 0 && (isFiltered ? <Text c="dimmed">{t('none-fits')}</Text> : <Empty title={t('empty')}>{t('empty-text')}</Empty>)}
      {items.length > 0 && <>
        <ul className={classes['list']}>{items.map((each) => <Row key={`${each.project.key} ${each.phase.key} ${each.service}`} service={each} />)}</ul>
        {query.hasNextPage && <Button variant="default" w="fit-content" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>}
        <Workload team={search.team} />
      </>}
    </Page>
  );
}
