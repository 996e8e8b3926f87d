/** An empty product shows the way, wherever one looks first. */
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../data/api';
import { mayStart, signInQuery, useMe } from '../data/me';
import { Empty } from './empty';
import { RoomButton } from './link';
import { ProblemAlert } from './problem';

const POLL_MS = 700;

/** Whether the reader can have examples made here, and how far they are. */
function useDemo() {
  const me = useMe();
  const client = useQueryClient();
  const ways = useQuery(signInQuery);
  const isOffered = mayStart(me) && ways.data?.demo === true;
  const progress = useQuery({ queryKey: ['demo'], enabled: isOffered, queryFn: ({ signal }) => answerOf(api.GET('/api/v1/demo/portfolio', { signal })), refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false) });
  const making = useMutation({ mutationFn: () => answerOf(api.POST('/api/v1/demo/portfolio', { body: {} })), onSuccess: (data) => client.setQueryData(['demo'], data) });
  const { state, total = 1, projects = [] } = progress.data ?? {};
  const done = projects.length;
  useEffect(() => { if (done > 0) void client.invalidateQueries({ queryKey: ['portfolio'] }); }, [client, done]);
  return { isOffered, making, state, total, done };
}

/** How far the examples are: above those that are there already, as below what an empty product says. */
export function DemoProgress(): React.JSX.Element | null {
  const { t } = useTranslation('portfolio');
  const { making, state, total, done } = useDemo();
  if (state === 'running') {
    return <Stack gap={4} maw={420}><Text size="sm" role="status">{t('demo-progress', { done, total })}</Text><Progress value={(100 * done) / total} aria-label={t('demo')} /><Text size="xs">{t('may-leave')}</Text></Stack>;
  }
  if (state !== 'failed') return null;
  return (
    <Alert color="red" role="alert" maw={640}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('demo-failed')}</Text>
        <Button variant="default" size="sm" loading={making.isPending} onClick={() => making.mutate()}>{t('demo')}</Button>
        {making.error && <ProblemAlert error={making.error} />}
      </Stack>
    </Alert>
  );
}

/** Whoever starts projects sees how; all others, who does. */
export function FirstMinutes(): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const me = useMe();
  const { isOffered, making, state } = useDemo();
  if (!mayStart(me)) return <Empty title={t('none')}>{t('none-text')}</Empty>;
  return (
    <Empty title={t('none')}>
      <Stack gap="md">
        <Text>{t(isOffered ? 'none-demo' : 'none-office')}</Text>
        <Group gap="sm" align="flex-start">
          <RoomButton to="/projects/new">{t('start')}</RoomButton>
          {isOffered && state !== 'running' && state !== 'failed' && <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>{t('demo')}</Button>}
        </Group>
        {making.error && <ProblemAlert error={making.error} />}
        <DemoProgress />
      </Stack>
    </Empty>
  );
}
