/** The projects that one may see, each with its small waterway. */
import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { mayStart, useMe } from '../../data/me';
import { programsQuery } from '../../data/project';
import { Course } from '../../parts/course';
import { Empty } from '../../parts/empty';
import { joined } from '../../parts/joined';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { ProjectStatus } from '../../parts/project-status';
import { reachesIn, SmallWaterway } from '../../parts/waterway';
import { Day } from '../../parts/when';
import classes from './projects.module.css';
import { SHOWN, type ProjectsSearch } from './search';

const projectsQuery = ({ show = 'running', q, program }: ProjectsSearch) => infiniteQueryOptions({
  queryKey: ['portfolio', 'projects', show, q ?? '', program ?? '', language()], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/portfolio', { params: { query: {
    sort: 'started', limit: 50, ...(show === 'ended' && { course: 'ended' }), ...(show !== 'running' && { ended: 'true' }), ...(q !== undefined && { q }), ...(program !== undefined && { program }), ...(pageParam !== undefined && { cursor: pageParam }),
  } }, signal })),
  getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => items), placeholderData: keepPreviousData,
});

const route = getRouteApi('/inside/projects');

function Row({ project }: { readonly project: Schema<'PortfolioItem'> }): React.JSX.Element {
  const { t } = useTranslation('projects');
  const end = project.endedAt ?? project.expectedEndAt;
  return (
    <li className={classes['row']}>
      <div className={classes['name']}>
        <RoomLink to="/projects/$project" params={{ project: project.id }} fw={600} className="said" lineClamp={2}>{project.name ?? t('nameless')}</RoomLink>
        <Text size="sm" c="dimmed" className="said">{joined([project.program?.name, project.template.name, ...project.managers.map(({ name }) => name)])}</Text>
      </div>
      <SmallWaterway reaches={reachesIn(project.phases)} />
      <Text size="sm" className="said" lineClamp={2}>{project.next ? (project.next.gate?.name ?? project.next.phase.name) : ''}</Text>
      <Group gap="xs" justify="space-between">
        {project.status === 'running' ? <Course course={project.course} /> : <ProjectStatus status={project.status} />}
        {end && <Text size="sm"><Day at={end} /></Text>}
      </Group>
    </li>
  );
}

export function Projects(): React.JSX.Element {
  const { t } = useTranslation('projects');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/projects' });
  const projects = useInfiniteQuery(projectsQuery(search));
  const me = useMe();
  const programs = useQuery(programsQuery());
  const [typed, setTyped] = useState(search.q ?? '');
  const set = (changed: ProjectsSearch): void => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const find = useDebouncedCallback((q: string) => set({ q: q === '' ? undefined : q } as ProjectsSearch), 250);
  const isFiltered = search.q !== undefined || search.show !== undefined || search.program !== undefined;
  return (
    <Page title={t('title')} action={mayStart(me) && <RoomButton to="/projects/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('start')}</RoomButton>}>
      <Group gap="sm">
        <TextInput aria-label={t('find')} placeholder={t('find')} w={{ base: '100%', xs: 288 }} leftSection={<IconSearch size={16} aria-hidden />} value={typed}
          onChange={(event) => { setTyped(event.currentTarget.value); find(event.currentTarget.value.trim()); }} />
        {programs.data && programs.data.length > 0 && (
          <Select aria-label={t('program')} placeholder={t('program')} w={{ base: '100%', xs: 200 }} clearable searchable clearButtonProps={{ 'aria-label': t('any-program') }} value={search.program ?? null}
            data={programs.data.map(({ program, name }) => ({ value: program, label: name ?? program }))} onChange={(program) => set({ program: program ?? undefined } as ProjectsSearch)} />
        )}
        <SegmentedControl aria-label={t('show')} value={search.show ?? 'running'} onChange={(show) => set({ show } as ProjectsSearch)} data={SHOWN.map((each) => ({ value: each, label: t(`show-${each}`) }))} />
      </Group>
      {projects.isError && <ProblemAlert error={projects.error} again={() => void projects.refetch()} />}
      {projects.isPending && <Structure />}
      {projects.data && projects.data.length === 0 && (
        <Empty title={isFiltered ? t('none-found') : t('none')}>{isFiltered ? t('none-found-text') : mayStart(me) ? t('none-office') : t('none-text')}</Empty>
      )}
      {projects.data && projects.data.length > 0 && (
        <Stack gap="md" align="flex-start">
          <ul className={classes['list']} aria-busy={projects.isPlaceholderData}>{projects.data.map((each) => <Row key={each.id} project={each} />)}</ul>
          {projects.hasNextPage && <Button variant="default" loading={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>{t('more')}</Button>}
        </Stack>
      )}
    </Page>
  );
}
