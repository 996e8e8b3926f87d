/** One project: where it is, what holds the next gate, when it will end. */
import { Group, Stack, Tabs, Text } from '@mantine/core';
import { IconLayoutKanban, IconServer2 } from '@tabler/icons-react';
import { useSuspenseQueries } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { courseQuery, planQuery, projectQuery, useMay } from '../../data/project';
import { Structure } from '../../app/fallbacks';
import { Course } from '../../parts/course';
import { useChosenInSight } from '../../parts/in-sight';
import { labelOf } from '../../parts/label';
import { RoomButton, RoomLink } from '../../parts/link';
import { Page } from '../../parts/page';
import { part } from '../../parts/part';
import { ProjectStatus } from '../../parts/project-status';
import { reachesOf, Waterway } from '../../parts/waterway';
import { Actions } from './actions';
import classes from './project.module.css';
import { Overview } from './overview';
import type { Parts } from './parts';
import { TABS, type Tab } from './search';
import { Standing } from './standing';

const LATER = {
  timeline: part(() => import('./timeline'), 'Timeline'),
  tasks: part(() => import('./tasks'), 'Tasks'),
  changes: part(() => import('./changes'), 'Changes'),
  team: part(() => import('./team'), 'Team'),
  record: part(() => import('./record'), 'Record'),
  evidence: part(() => import('./evidence'), 'Evidence'),
};

const route = getRouteApi('/inside/projects/$project');

/** Ways to the backlogs and boards of the phases in which teams work so, and to the services that go over to operations. */
function Rooms({ project, plan }: Parts): React.JSX.Element | null {
  const { t } = useTranslation('project');
  const opened = new Set(project.phases.filter(({ openedAt }) => openedAt !== null).map(({ phase }) => phase));
  const found = plan.phases.filter(({ phase, hasBacklog }) => hasBacklog && opened.has(phase));
  const handovers = plan.phases.filter(({ phase, hasHandover }) => hasHandover && opened.has(phase));
  if (found.length === 0 && handovers.length === 0) return null;
  return (
    <Group gap="sm" className="no-print">
      {found.map(({ phase, name }) => <RoomButton key={phase} variant="default" leftSection={<IconLayoutKanban size={16} aria-hidden />} to="/projects/$project/phases/$phase/agile" params={{ project: project.id, phase }}>{t('backlog-of', { phase: name })}</RoomButton>)}
      {handovers.map(({ phase, name }) => <RoomButton key={phase} variant="default" leftSection={<IconServer2 size={16} aria-hidden />} to="/projects/$project/phases/$phase/handover" params={{ project: project.id, phase }}>{t('handover-of', { phase: name })}</RoomButton>)}
    </Group>
  );
}

export function Project(): React.JSX.Element {
  const { t } = useTranslation('project');
  const { project: id } = route.useParams();
  // What else stands in the address is of its part alone.
  const tab = route.useSearch({ select: (search) => search.tab }) ?? 'overview';
  const navigate = useNavigate({ from: '/projects/$project' });
  const [{ data: project }, { data: plan }, { data: standing }] = useSuspenseQueries({ queries: [projectQuery(id), planQuery(id), courseQuery(id)] });
  const may = useMay(project, plan.managerRole.key);
  const parts = { project, plan, may };
  const row = useChosenInSight(tab);
  const Later = tab === 'overview' ? undefined : LATER[tab];
  return (
    <Page title={project.name ?? t('nameless')} help="waterway" action={may.steer && <Actions {...parts} />}>
      <Group gap="4px 16px" className={classes['facts']}>
        {standing && project.status === 'running' ? <Course course={standing.course} /> : <ProjectStatus status={project.status} />}
        <Text size="sm" c="dimmed" className="said">{project.template.name} {project.template.version}</Text>
        <Text size="sm" c="dimmed">{labelOf(plan.managerRole.name)} {project.roles.find(({ key }) => key === plan.managerRole.key)?.persons.map(({ name }) => name).join(', ') || t('nobody')}</Text>
        <RoomLink size="sm" to="/projects" className="no-print">{t('all-projects')}</RoomLink>
      </Group>
      <Standing project={project} />
      <Waterway reaches={reachesOf(project.phases, plan)} isBrief={tab !== 'overview'} />
      <Rooms {...parts} />
      <Tabs value={tab} onChange={(chosen) => void navigate({ search: { tab: (chosen ?? 'overview') as Tab }, resetScroll: false })} keepMounted={false}>
        <Tabs.List ref={row} className={`no-print ${classes['tabs']}`} aria-label={t('parts')}>
          {TABS.map((each) => <Tabs.Tab key={each} value={each}>{t(`tab-${each}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="lg">
          <Suspense fallback={<Structure />}>
            <Stack gap="xl">{Later ? <Later {...parts} /> : <Overview {...parts} />}</Stack>
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
