/** Who decided what, and the project as it was known at any moment. */
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { infiniteQueryOptions, useSuspenseInfiniteQuery, useSuspenseQueries } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Schema } from '../../data/api';
import { changesQuery, peopleQuery, projectKey, projectTasksQuery, type AsOf } from '../../data/project';
import { Empty } from '../../parts/empty';
import { Helped } from '../../parts/help';
import { quoted } from '../../parts/label';
import { roleWords } from '../../parts/role-words';
import { momentText } from '../../parts/when';
import { ApprovalThen, RoomOf, useLinks } from './links';
import type { Parts } from './parts';
import classes from './record.module.css';
import { DECISIONS, isDecision, sentenceOf, type Called } from './record-words';
import { Then } from './then';
import { TimeSlider } from './time-slider';

const LIMIT = 100;

const logQuery = (project: string, all: boolean, until: AsOf) => infiniteQueryOptions({
  queryKey: [...projectKey(project), 'events', all, until ?? 'now'], initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => answerOf(api.GET('/api/v1/projects/{project}/events', { params: { path: { project }, query: {
    order: 'latest', limit: LIMIT, ...(!all && { types: DECISIONS.join(',') }), ...(until !== undefined && { until }), ...(pageParam !== undefined && { after: pageParam }),
  } }, signal })),
  getNextPageParam: ({ nextAfter }) => nextAfter ?? undefined, select: ({ pages }) => pages.flatMap(({ items }) => (all ? items : items.filter(isDecision))),
});

function useCalled({ phases, roles, program }: Schema<'Project'>, id: string): Called {
  const { t } = useTranslation();
  const [tasks, people, changes] = useSuspenseQueries({ queries: [projectTasksQuery(id), peopleQuery(), changesQuery(id)] });
  return useMemo(() => {
    const ofTask = new Map(tasks.data.map((each) => [`${each.phase}/${each.task}`, each.name]));
    const ofPerson = new Map([...people.data, ...roles.flatMap(({ persons }) => persons)].map((each) => [each.id, each.name]));
    const phase = (key: string): string => phases.find((each) => each.phase === key)?.name ?? key;
    return {
      phase, gate: (key) => phases.find((each) => each.phase === key)?.gate?.name ?? phase(key), task: (of, key) => ofTask.get(`${of}/${key}`) ?? key, person: (each) => ofPerson.get(each) ?? each,
      role: (key) => roles.find((each) => each.key === key)?.name ?? roleWords(t, key), program: (key) => (program?.key === key ? program.name : key), change: (each) => changes.data.find(({ id: of }) => of === each)?.title ?? each,
    };
  }, [phases, roles, program, tasks.data, people.data, changes.data, t]);
}

const route = getRouteApi('/inside/projects/$project');

/** @param at the moment that the record is looked at as of. */
function Entry({ event, called, project, at }: { readonly event: Schema<'LoggedEvent'>; readonly called: Called; readonly project: string; readonly at: AsOf }): React.JSX.Element {
  const { t } = useTranslation('record');
  const links = useLinks(project);
  const { text, said, approval, isDecided, task, room } = sentenceOf(event, called, t);
  const { by } = event;
  const who = by.kind === 'system' ? t('by-itself')
    : [by.onBehalfOf === undefined ? called.person(by.person) : t('on-behalf', { person: called.person(by.person), of: called.person(by.onBehalfOf) }), by.role === undefined ? [] : called.role(by.role)].flat().join(', ');
  // What follows from a decision has that in the place of who did it.
  const toApproval = t(isDecided ? 'by-decision' : 'to-approval');
  return (
    <li>
      <Text size="sm" c="dimmed" component="time" dateTime={event.at} className={classes['at']}>{momentText(event.at)}</Text>
      <div className={classes['what']}>
        <Text size="sm" className="said">{text}</Text>
        {said !== null && <Text size="sm" className="said" lineClamp={6}>{quoted(said)}</Text>}
        <Text size="sm" c="dimmed" className="said">
          {!isDecided && who}{approval !== null && <>{!isDecided && ' · '}{at === undefined && <>{links(task?.phase ?? '').approval(approval, toApproval)} · </>}<ApprovalThen approval={approval} at={at ?? event.at}>{at === undefined ? t('to-approval-then') : toApproval}</ApprovalThen></>}{task && <> · {links(task.phase).task(task.task, t('to-task'))}</>}
          {room && <> · <RoomOf project={project} room={room}>{t(`to-${room.of}`)}</RoomOf></>}
        </Text>
      </div>
    </li>
  );
}

export function Record({ project, may }: Parts): React.JSX.Element {
  const { t } = useTranslation('record');
  const { at, all = false } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$project' });
  const log = useSuspenseInfiniteQuery(logQuery(project.id, all, at));
  const called = useCalled(project, project.id);
  const set = (search: object): void => void navigate({ search: (before) => ({ ...before, ...search }), replace: true, resetScroll: false });
  return (
    <>
      <TimeSlider from={project.startedAt} to={project.endedAt} at={at} choose={(chosen) => set({ at: chosen })} />
      {at !== undefined && <Then project={project.id} at={at} />}
      <Stack component="section" gap="sm">
        <Group justify="space-between" gap="sm">
          <Helped topic="record"><Title order={2}>{t('log')}</Title></Helped>
          <Group gap="md" className="no-print">
            <Switch label={t('all')} checked={all} onChange={(event) => set({ all: event.currentTarget.checked || undefined })} />
            {may.takeRecord && <Button component="a" variant="default" size="xs" leftSection={<IconDownload size={16} aria-hidden />} href={`/api/v1/projects/${encodeURIComponent(project.id)}/record`} download>{t('take')}</Button>}
          </Group>
        </Group>
        {log.data.length === 0 && <Empty title={t('none')}>{t('none-text')}</Empty>}
        <ol className={classes['log']} reversed>{log.data.map((each) => <Entry key={each.position} event={each} called={called} project={project.id} at={at} />)}</ol>
        {log.hasNextPage && <Button variant="default" className="no-print" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>{t('more')}</Button>}
        {may.takeRecord && <Text size="sm" c="dimmed" className="reading no-print">{t('take-text')}</Text>}
      </Stack>
    </>
  );
}
