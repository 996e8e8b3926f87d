/** What people wait for me to do, the most urgent first. */
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { Empty } from '../../parts/empty';
import { Page } from '../../parts/page';
import { Day, When } from '../../parts/when';
import classes from './my-work.module.css';
import { myApprovals, myTasks } from './queries';

const GROUPS = ['late', 'soon', 'later', 'undated'] as const;
type Urgency = (typeof GROUPS)[number];
const WEEK = 7 * 86_400_000;

/** @param now milliseconds since 1970. */
export function urgencyOf(dueAt: string | null, now: number): Urgency {
  if (dueAt === null) return 'undated';
  const left = Date.parse(dueAt) - now;
  return left < 0 ? 'late' : left < WEEK ? 'soon' : 'later';
}

function Approval({ approval }: { readonly approval: Schema<'ApprovalItem'> }): React.JSX.Element {
  const { t } = useTranslation('my-work');
  return (
    <li className={classes['item']}>
      <div>
        <Text fw={600} className="said">{approval.gateName ?? approval.change?.title}</Text>
        <Text size="sm" c="dimmed" className="said">{[approval.projectName, approval.phaseName].filter(Boolean).join(' · ')}</Text>
        {approval.onBehalfOf.length > 0 && <Badge>{t('on-behalf-of', { names: approval.onBehalfOf.map(({ name }) => name).join(', ') })}</Badge>}
      </div>
      <Text size="sm">{t('since')} <When at={approval.openedAt} /></Text>
    </li>
  );
}

function Task({ task }: { readonly task: Schema<'MyTask'> }): React.JSX.Element {
  const { t } = useTranslation('my-work');
  return (
    <li className={classes['item']}>
      <div>
        <Text fw={600} className="said">{task.name}</Text>
        <Text size="sm" c="dimmed" className="said">{[task.projectName, task.phaseName, task.item?.name].filter(Boolean).join(' · ')}</Text>
      </div>
      {task.dueAt && <Text size="sm">{t('due')} <Day at={task.dueAt} /></Text>}
    </li>
  );
}

function More({ query }: { readonly query: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; readonly fetchNextPage: () => unknown } }): React.JSX.Element | null {
  const { t } = useTranslation('app');
  return query.hasNextPage ? <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button> : null;
}

export function MyWork(): React.JSX.Element {
  const { t } = useTranslation('my-work');
  const approvals = useSuspenseInfiniteQuery(myApprovals());
  const tasks = useSuspenseInfiniteQuery(myTasks());
  const now = Date.now();
  const groups = Map.groupBy(tasks.data, (task) => urgencyOf(task.dueAt, now));
  return (
    <Page title={t('title')}>
      {approvals.data.length === 0 && tasks.data.length === 0 && <Empty title={t('nothing')}>{t('nothing-text')}</Empty>}
      {approvals.data.length > 0 && (
        <Stack component="section" gap="xs">
          <Title order={2}>{t('decide')} <Text span c="dimmed">{approvals.data.length}</Text></Title>
          <ul className={classes['list']}>{approvals.data.map((each) => <Approval key={each.id} approval={each} />)}</ul>
          <More query={approvals} />
        </Stack>
      )}
      {GROUPS.map((urgency) => {
        const found = groups.get(urgency);
        return found && (
          <Stack component="section" gap="xs" key={urgency}>
            <Title order={2}><Group gap="xs" component="span">{t(urgency)} <Text span c="dimmed">{found.length}</Text></Group></Title>
            <ul className={classes['list']}>{found.map((each) => <Task key={`${each.project}/${each.phase}/${each.task}`} task={each} />)}</ul>
          </Stack>
        );
      })}
      <More query={tasks} />
    </Page>
  );
}
