/** What I was told: each sentence leads to its thing. */
import { ActionIcon, Anchor, Button, SegmentedControl, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { Empty } from '../../parts/empty';
import { useListKeys } from '../../parts/keys';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { dayText, When } from '../../parts/when';
import classes from './inbox.module.css';
import { inboxQuery, type Notice } from './queries';
import { hrefOf } from './where';

const route = getRouteApi('/inside/inbox');
const STALE = [['inbox']];

function Sentence({ notice, read }: { readonly notice: Notice; readonly read: () => void }): React.JSX.Element {
  const { t } = useTranslation('inbox');
  const router = useRouter();
  const href = hrefOf(notice);
  const text = notice.text ?? t('unknown-kind');
  if (href === null) return <Text size="sm" className="said" tabIndex={0} data-row data-id={notice.id}>{text}</Text>;
  const go = (event: React.MouseEvent): void => {
    if (notice.readAt === null) read();
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    router.history.push(href);
  };
  return <Anchor href={href} size="sm" className="said" onClick={go} data-row data-id={notice.id}>{text}</Anchor>;
}

function Row({ notice, read }: { readonly notice: Notice; readonly read: () => void }): React.JSX.Element {
  const { t } = useTranslation('inbox');
  const isUnread = notice.readAt === null;
  return (
    <li className={classes['row']} data-unread={isUnread || undefined}>
      <span className={classes['mark']}>{isUnread && <VisuallyHidden>{t('is-unread')}</VisuallyHidden>}</span>
      <div className={classes['what']}>
        <Sentence notice={notice} read={read} />
        <Text size="xs" c="dimmed"><span className="said">{notice.projectName}</span>{notice.projectName !== null && ' · '}<When at={notice.at} /></Text>
      </div>
      {isUnread && <ActionIcon variant="subtle" size={36} aria-label={t('mark-read', { text: notice.text ?? t('unknown-kind') })} title={t('mark-read-short')} onClick={read}><IconCheck size={18} aria-hidden /></ActionIcon>}
    </li>
  );
}

export function Inbox(): React.JSX.Element {
  const { t } = useTranslation('inbox');
  const { t: common } = useTranslation();
  const { unread: isOnlyUnread = false } = route.useSearch();
  const navigate = useNavigate({ from: '/inbox' });
  const query = useInfiniteQuery(inboxQuery(isOnlyUnread));
  const list = useRef<HTMLDivElement>(null);
  const reading = useCommand((notification: string) => answerOf(api.POST('/api/v1/me/inbox/{notification}/read', { params: { path: { notification } }, body: {} })), STALE);
  const readingAll = useCommand((until: string) => answerOf(api.POST('/api/v1/me/inbox/read', { body: { until } })), STALE);
  const { items = [], unread = 0 } = query.data ?? {};
  const latest = items[0];
  const days = Map.groupBy(items, ({ at }) => dayText(at));
  useListKeys(() => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])], (row) => {
    const notice = items.find(({ id }) => id === row.dataset['id']);
    if (notice?.readAt === null) reading.mutate(notice.id);
  });
  const error = query.error ?? reading.error ?? readingAll.error;
  return (
    <Page title={t('title')} action={latest && unread > 0 && <Button variant="default" loading={readingAll.isPending} leftSection={<IconCheck size={16} aria-hidden />} onClick={() => readingAll.mutate(latest.at)}>{t('mark-all')}</Button>}>
      <SegmentedControl w="fit-content" aria-label={t('show')} value={isOnlyUnread ? 'unread' : 'all'} onChange={(shown) => void navigate({ search: shown === 'unread' ? { unread: true } : {}, replace: true })}
        data={[{ value: 'all', label: t('show-all') }, { value: 'unread', label: t('show-unread') }]} />
      <Text size="sm" role="status" c="dimmed">{query.data ? t('unread', { count: unread }) : ''}</Text>
      {error && <ProblemAlert error={error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {query.data && items.length === 0 && <Empty title={t(isOnlyUnread ? 'all-read' : 'nothing')}>{t(isOnlyUnread ? 'all-read-text' : 'nothing-text')}</Empty>}
      <Stack gap="lg" ref={list} aria-busy={query.isPlaceholderData}>
        {[...days].map(([day, found]) => (
          <Stack component="section" gap="xs" key={day}>
            <Title order={2} size="h3">{day}</Title>
            <ul className={classes['list']}>{found.map((each) => <Row key={each.id} notice={each} read={() => reading.mutate(each.id)} />)}</ul>
          </Stack>
        ))}
      </Stack>
      {query.hasNextPage && <Button variant="default" w="fit-content" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{common('more')}</Button>}
    </Page>
  );
}
