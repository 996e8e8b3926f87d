/** A backlog and the sprints of its teams: what comes next, and what is going on today. */
import { Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQueries } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { planQuery, projectQuery } from '../../data/project';
import { RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { part } from '../../parts/part';
import classes from './agile.module.css';
import { backlogQuery, sprintsQuery, useMayInBacklog } from './queries';
import { VIEWS, type AgileSearch, type View } from './search';

const ROOMS = {
  board: part(() => import('./board'), 'Board'),
  backlog: part(() => import('./backlog'), 'BacklogView'),
  figures: part(() => import('./figures'), 'Figures'),
  forecast: part(() => import('./forecast'), 'Forecast'),
  review: part(() => import('./review'), 'Review'),
} as const;

const route = getRouteApi('/inside/projects/$project/phases/$phase/agile');

export function Agile(): React.JSX.Element {
  const { t } = useTranslation('agile');
  const { project, phase } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project/phases/$phase/agile' });
  const place = { project, phase };
  const [{ data: backlog }, { data: plan }, { data: view }] = useSuspenseQueries({ queries: [backlogQuery(place), planQuery(project), projectQuery(project)] });
  const [first] = backlog.teams;
  const team = backlog.teams.find(({ key }) => key === search.team) ?? first;
  const may = useMayInBacklog(backlog, plan.managerRole.key, team?.key);
  const sprints = useQuery({ ...sprintsQuery(place, team?.key ?? ''), enabled: team !== undefined });
  const set = (changed: Partial<AgileSearch>): void => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true, resetScroll: false });
  if (!team) return <Page title={backlog.phaseName}><Text c="dimmed">{t('no-team')}</Text></Page>;
  const current = team.sprints.find(({ stage }) => stage === 'running') ?? team.sprints.at(-1);
  const number = search.number ?? current?.number ?? sprints.data?.[0]?.number;
  const { view: chosen = current === undefined ? 'backlog' : 'board' } = search;
  // The backlog and its forecast are of all teams together.
  const isOfTeam = chosen !== 'backlog' && chosen !== 'forecast';
  const Room = ROOMS[chosen];
  return (
    <Page title={backlog.phaseName}>
      <Stack gap={4}>
        <Text className="said"><RoomLink to="/projects/$project" params={{ project }} underline="always">{view.name ?? t('nameless')}</RoomLink></Text>
        {backlog.goal !== null && <div><Text size="sm" c="dimmed">{t('product-goal')}</Text><Text size="sm" className="said reading">{backlog.goal}</Text></div>}
        {backlog.isHeld && <Text size="sm">{t('held')}</Text>}
      </Stack>
      <Group gap="sm" className="no-print">
        <SegmentedControl className={classes['views'] ?? ''} aria-label={t('view')} value={chosen} onChange={(next) => set({ view: next as View })} data={VIEWS.map((each) => ({ value: each, label: t(`view-${each}`) }))} />
        {isOfTeam && backlog.teams.length > 1 && <Select aria-label={t('team')} w={160} allowDeselect={false} data={backlog.teams.map(({ key, name }) => ({ value: key, label: name }))} value={team.key} onChange={(key) => set({ team: key ?? undefined, number: undefined } as Partial<AgileSearch>)} />}
        {isOfTeam && (sprints.data?.length ?? 0) > 0 && (
          <Select aria-label={t('sprint')} w={240} allowDeselect={false} value={String(number)} onChange={(next) => set({ number: Number(next) })}
            data={(sprints.data ?? []).map((each) => ({ value: String(each.number), label: `${t(team.sprintDays === null ? 'flow' : 'sprint-number', { number: each.number })} · ${t(`status-${each.status}`)}` }))} />
        )}
      </Group>
      <Suspense fallback={<Structure />}><Room key={`${team.key} ${number}`} place={place} backlog={backlog} may={may} team={team} number={number} set={set} /></Suspense>
    </Page>
  );
}
