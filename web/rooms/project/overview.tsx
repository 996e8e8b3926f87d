/** Where the project is, and the one thing that holds it. */
import { Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { comparisonQuery, courseQuery } from '../../data/project';
import { Empty } from '../../parts/empty';
import { Helped } from '../../parts/help';
import { joined } from '../../parts/joined';
import { RoomLink } from '../../parts/link';
import { moneyText } from '../../parts/money';
import { NextLocks } from '../../parts/waterway';
import { Day } from '../../parts/when';
import { DatesSkeleton } from './skeletons';
import { useLinks } from './links';
import { hasEnded, type Parts } from './parts';
import classes from './project.module.css';

/** Dates that come next, open tasks and conditions together, at most so many. */
const NEXT = 6;

function NextDates({ project }: Pick<Parts, 'project'>): React.JSX.Element | null {
  const { t } = useTranslation('project');
  const links = useLinks(project.id);
  const now = Date.now();
  const dated = project.blocking.flatMap(({ phase, tasks }) => tasks.flatMap(({ task, name, dueAt }) => (dueAt === null ? [] : [{ phase, task, name, dueAt }])))
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt)).slice(0, NEXT);
  if (dated.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('next-dates')}</Title>
      <ul className={classes['list']}>
        {dated.map((each) => (
          <li key={`${each.phase}/${each.task}`} className={classes['row']}>
            <Text size="sm" className="said">{links(each.phase).task(each.task, each.name)}</Text>
            <Text size="sm" className={Date.parse(each.dueAt) < now ? classes['late'] : undefined}><Day at={each.dueAt} />{Date.parse(each.dueAt) < now && ` · ${t('late')}`}</Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function Conditions({ project }: Pick<Parts, 'project'>): React.JSX.Element | null {
  const { t } = useTranslation('project');
  const links = useLinks(project.id);
  if (project.conditions.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('conditions')}</Title>
      <ul className={classes['list']}>
        {project.conditions.map((each) => (
          <li key={`${each.phase}/${each.task}`}>
            <Text size="sm" className="said">{links(each.phase).task(each.task, each.defect ?? t('erased'))}</Text>
            <Text size="sm" c="dimmed" className="said">{joined([each.status === 'done' ? t('condition-met') : t('condition-open'), each.owner.name])}{each.dueAt && each.status !== 'done' && <> · <Day at={each.dueAt} /></>}</Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

function End({ project }: Pick<Parts, 'project'>): React.JSX.Element {
  const { t } = useTranslation('project');
  const comparison = useQuery({ ...comparisonQuery(project.id), enabled: !hasEnded(project) });
  const { data } = comparison;
  return (
    <Stack component="section" gap="xs">
      <Helped topic="dates"><Title order={2}>{t('dates')}</Title></Helped>
      <dl className={classes['dates']}>
        <Text component="dt" size="sm" c="dimmed">{t('started')}</Text><Text component="dd" size="sm"><Day at={project.startedAt} /></Text>
        {project.endedAt && <><Text component="dt" size="sm" c="dimmed">{t('ended')}</Text><Text component="dd" size="sm"><Day at={project.endedAt} /></Text></>}
        {data && <>
          <Text component="dt" size="sm" c="dimmed">{t('promised-end')}</Text><Text component="dd" size="sm"><Day at={data.end.baseline} /></Text>
          <Text component="dt" size="sm" c="dimmed">{t('planned-end')}</Text><Text component="dd" size="sm"><Day at={data.end.plan} /></Text>
          {data.cost.plan > 0 && <><Text component="dt" size="sm" c="dimmed">{t('spent')}</Text><Text component="dd" size="sm">{moneyText(data.cost.actual, data.currency)} / {moneyText(data.cost.plan, data.currency)}</Text></>}
        </>}
      </dl>
      {comparison.isLoading && <DatesSkeleton />}
      {!hasEnded(project) && <RoomLink size="sm" to="/projects/$project" params={{ project: project.id }} search={{ tab: 'timeline' }} className="no-print">{t('to-timeline')}</RoomLink>}
      {comparison.isError && <Text size="sm" c="dimmed">{t('dates-failed')}</Text>}
    </Stack>
  );
}

function Reasons({ project }: Pick<Parts, 'project'>): React.JSX.Element | null {
  const { t } = useTranslation('project');
  const { data } = useQuery({ ...courseQuery(project.id), enabled: !hasEnded(project) });
  if (!data || data.reasons.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Helped topic="course"><Title order={2}>{t('why-course')}</Title></Helped>
      <ul className={classes['list']}>{data.reasons.map((each) => <li key={each.code + each.text}><Text size="sm" className="said">{each.text}</Text></li>)}</ul>
    </Stack>
  );
}

export function Overview({ project }: Parts): React.JSX.Element {
  const { t } = useTranslation('project');
  const links = useLinks(project.id);
  return (
    <div className={classes['columns']}>
      <Stack gap="xl">
        {project.blocking.length > 0
          ? <NextLocks blocking={project.blocking} links={links} />
          : <Empty title={hasEnded(project) ? t('over') : t('nothing-holds')}>{hasEnded(project) ? t(`over-${project.status as 'completed' | 'stopped' | 'cancelled'}`) : t('nothing-holds-text')}</Empty>}
      </Stack>
      <Stack gap="xl">
        <Reasons project={project} />
        <End project={project} />
        <NextDates project={project} />
        <Conditions project={project} />
      </Stack>
    </div>
  );
}
