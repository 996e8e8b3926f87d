/** Which projects need attention, and why. */
import { Button, Checkbox, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { IconDownload, IconFilter, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { anyProjectQuery, programsQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { DemoProgress, FirstMinutes } from '../../parts/first-minutes';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { PortfolioBoard } from './board';
import { choicesQuery, csvHref, type Item, portfolioQuery } from './queries';
import { COURSES, type Grouping, type PortfolioSearch, type Sort, VIEWS, type View } from './search';
import { PortfolioList, PortfolioTable } from './table';
import { PortfolioTimeline } from './timeline';

const NONE: readonly Item[] = [];
const FILTERS = ['course', 'template', 'program', 'manager', 'mine', 'ended'] as const;

const route = getRouteApi('/inside/portfolio');

function Filters({ search, set, choices }: { readonly search: PortfolioSearch; readonly set: (changed: Partial<Record<keyof PortfolioSearch, unknown>>) => void; readonly choices: readonly Item[] }): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState(search.q ?? '');
  const find = useDebouncedCallback((q: string) => set({ q: q === '' ? undefined : q }), 250);
  const programs = useQuery(programsQuery());
  const isPhone = useMediaQuery('(max-width: 36em)', undefined, { getInitialValueInEffect: false });
  // On a phone the projects come first.
  const count = FILTERS.filter((each) => search[each] !== undefined).length;
  const [isOpen, setOpen] = useState(count > 0);
  const options = (pairs: Iterable<readonly [string, string]>) => [...new Map(pairs)].map(([value, label]) => ({ value, label }));
  const choosers = [
    { field: 'course', width: 160, data: options(COURSES.map((each) => [each, common(`course-${each}`)])) },
    { field: 'template', width: 220, data: options(choices.map(({ template }) => [template.key, template.name])) },
    ...(programs.data?.length === 0 ? [] : [{ field: 'program', width: 180, data: options((programs.data ?? []).map(({ program, name }) => [program, name ?? program])) } as const]),
    { field: 'manager', width: 180, data: options(choices.flatMap(({ managers }) => managers.map(({ id, name }) => [id, name] as const))) },
  ] as const;
  return (
    <Group gap="sm" className="no-print">
      <TextInput aria-label={t('find')} placeholder={t('find')} w={{ base: '100%', xs: 220 }} leftSection={<IconSearch size={16} aria-hidden />} value={typed} onChange={(event) => { setTyped(event.currentTarget.value); find(event.currentTarget.value.trim()); }} />
      {isPhone && <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{count > 0 ? t('filters-set', { count }) : t('filters')}</Button>}
      {(!isPhone || isOpen) && <>
        {choosers.map(({ field, width, data }) => (
          <Select key={field} aria-label={t(field)} placeholder={t(field)} w={{ base: '100%', xs: width }} clearable searchable={field !== 'course'} data={data} value={search[field] ?? null} onChange={(chosen) => set({ [field]: chosen ?? undefined })} clearButtonProps={{ 'aria-label': t(`any-${field}`) }} />
        ))}
        <Checkbox label={t('mine')} checked={search.mine === true} onChange={(event) => set({ mine: event.currentTarget.checked ? true : undefined })} />
        <Checkbox label={t('also-ended')} checked={search.ended === true} onChange={(event) => set({ ended: event.currentTarget.checked ? true : undefined })} />
      </>}
    </Group>
  );
}

export function Portfolio(): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const { t: common } = useTranslation();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/portfolio' });
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const query = useQuery(portfolioQuery(search));
  const choices = useQuery(choicesQuery());
  const set = (changed: Partial<Record<keyof PortfolioSearch, unknown>>): void => void navigate({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...changed }).filter(([, value]) => value !== undefined)) as PortfolioSearch, replace: true });
  const { view = 'table', sort = 'attention' } = search;
  // What was chosen shows as chosen at once; what it draws follows.
  const drawn = useDeferredValue(view);
  const items = query.data?.items ?? NONE;
  const sortBy = useCallback((by: Sort): void => void navigate({ search: ({ sort: _, ...before }: PortfolioSearch) => (by === 'attention' ? before : { ...before, sort: by }), replace: true }), [navigate]);
  const groupBy = useCallback((by: Grouping): void => void navigate({ search: ({ by: _, ...before }: PortfolioSearch) => (by === 'course' ? before : { ...before, by }), replace: true }), [navigate]);
  const isFiltered = Object.keys(search).some((key) => key !== 'view' && key !== 'sort' && key !== 'by');
  // Where nothing is, nothing is filtered or exported: the way to the first project is what there is to see.
  const isNone = query.data !== undefined && items.length === 0 && !isFiltered;
  const any = useQuery({ ...anyProjectQuery(), enabled: isNone });
  const isEmpty = isNone && any.data === false;
  return (
    <Page title={t('title')} help="course" action={!isEmpty && <Group gap="sm" className="no-print">
      <SegmentedControl aria-label={t('view')} value={view} onChange={(next) => set({ view: next === 'table' ? undefined : next as View })} data={VIEWS.map((each) => ({ value: each, label: t(`view-${each}`) }))} />
      <Button component="a" href={csvHref(search)} download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>{t('csv')}</Button>
    </Group>}>
      {!isEmpty && <Filters search={search} set={set} choices={choices.data?.items ?? []} />}
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {(query.isPending || (isNone && any.isPending)) && <Structure />}
      {query.data && items.length > 0 && (
        <>
          <DemoProgress />
          <Text size="sm" role="status">{COURSES.filter((course) => query.data.counts[course]).map((course) => `${query.data.counts[course]} ${common(`course-${course}`).toLowerCase()}`).join(' · ')}</Text>
          <div aria-busy={query.isPlaceholderData || drawn !== view}>
            {drawn === 'timeline' ? <PortfolioTimeline items={items} /> : drawn === 'board' ? <PortfolioBoard items={items} by={search.by ?? 'course'} group={groupBy} />
              : isNarrow ? <PortfolioList items={items} /> : <PortfolioTable items={items} sort={sort} setSort={sortBy} />}
          </div>
          {query.data.nextCursor !== null && <Text size="sm" c="dimmed">{t('narrow-it', { count: items.length })}</Text>}
        </>
      )}
      {query.data && items.length === 0 && isFiltered && <Text c="dimmed">{t('none-fits')}</Text>}
      {isNone && any.data === true && <Empty title={t('none-open')}>{t('none-open-text')}</Empty>}
      {any.error && <ProblemAlert error={any.error} again={() => void any.refetch()} />}
      {isEmpty && <FirstMinutes />}
    </Page>
  );
}
