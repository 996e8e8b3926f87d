/** Who has how much to do, week by week, and what makes it. */
import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { useMe } from '../../data/me';
import { useChosenInSight } from '../../parts/in-sight';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { Detail } from './detail';
import { Heat } from './heat';
import { WEEKS_SHOWN, workloadQuery } from './queries';
import { WEEKS, type WorkloadSearch } from './search';
import classes from './workload.module.css';

const route = getRouteApi('/inside/workload');
const LEGEND = ['none', 'free', 'some', 'full', 'over', 'away'] as const;

export function Workload(): React.JSX.Element {
  const { t } = useTranslation('workload');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/workload' });
  const me = useMe();
  const query = useInfiniteQuery(workloadQuery(search.weeks ?? WEEKS_SHOWN, search.project));
  const set = (changed: Partial<Record<keyof WorkloadSearch, unknown>>): void => void navigate({
    search: (before) => Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined)) as WorkloadSearch, replace: true, resetScroll: false,
  });
  const row = useChosenInSight(String(search.weeks ?? WEEKS_SHOWN));
  const pages = query.data?.pages ?? [];
  const weeks = pages[0]?.weeks ?? [];
  const people = pages.flatMap(({ items }) => items);
  const chosen = people.find(({ person }) => person.id === search.person) ?? (people.length === 1 ? people[0] : undefined);
  const place = Math.max(0, weeks.findIndex(({ from }) => from === search.week));
  return (
    <Page title={t('title')} help="workload">
      <Group gap="sm" className="no-print">
        <SegmentedControl ref={row} className={classes['weeks'] ?? ''} aria-label={t('weeks-ahead')} value={String(search.weeks ?? WEEKS_SHOWN)} onChange={(next) => set({ weeks: Number(next) === WEEKS_SHOWN ? undefined : Number(next), week: undefined })}
          data={WEEKS.map((each) => ({ value: String(each), label: t('weeks', { count: each }) }))} />
        {me.projects.length > 0 && <Select aria-label={t('project')} placeholder={t('all-projects')} w={260} clearable searchable clearButtonProps={{ 'aria-label': t('all-projects') }} value={search.project ?? null}
          data={me.projects.map(({ id, name }) => ({ value: id, label: name ?? id }))} onChange={(project) => set({ project: project ?? undefined, person: undefined })} />}
      </Group>
      {query.error && !query.data && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {query.data && (
        <div className={classes['halves']} aria-busy={query.isPlaceholderData}>
          <Stack gap="sm" miw={0}>
            <Heat weeks={weeks} people={people} chosen={chosen?.person.id} place={place} choose={(person, week) => set({ person, week })} />
            <ul className={classes['legend']} aria-hidden>{LEGEND.map((each) => <li key={each}><i className={classes['swatch']} data-full={each} />{t(`full-${each}`)}</li>)}</ul>
            {query.hasNextPage && <Button variant="default" w="fit-content" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>}
          </Stack>
          {chosen && weeks[place] ? <Detail load={chosen} week={weeks[place]} place={place} /> : <Text size="sm" c="dimmed">{t('choose')}</Text>}
        </div>
      )}
    </Page>
  );
}
