/** An empty product shows the way. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { mayStart, signInQuery, useMe } from '../../data/me';
import { Empty } from '../../parts/empty';
import { RoomButton } from '../../parts/link';
import { ProblemAlert } from '../../parts/problem';

const POLL_MS = 700;

function DemoPortfolio(): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const client = useQueryClient();
  const progress = useQuery({ queryKey: ['demo'], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/demo/portfolio', { signal })), refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false) });
  const making = useMutation({ mutationFn: () => answerOf(api.POST('/api/v1/demo/portfolio', { body: {} })), onSuccess: (data) => client.setQueryData(['demo'], data) });
  const { state, total = 1, projects = [] } = progress.data ?? {};
  useEffect(() => { if (projects.length > 0) void client.invalidateQueries({ queryKey: ['portfolio'] }); }, [client, projects.length]);
  if (state === 'running') {
    return <Stack gap={4} maw={420}><Text size="sm" role="status">{t('demo-progress', { done: projects.length, total })}</Text><Progress value={(100 * projects.length) / total} aria-label={t('demo')} /><Text size="xs">{t('may-leave')}</Text></Stack>;
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>{t('demo')}</Button>
      {making.error && <ProblemAlert error={making.error} />}
      {state === 'failed' && <Text size="sm" role="alert">{t('demo-failed')}</Text>}
    </Stack>
  );
}

export function FirstMinutes(): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const me = useMe();
  const ways = useQuery(signInQuery);
  return (
    <Empty title={t('none')}>
      {mayStart(me) ? (
        <Stack gap="md">
          <Text>{t('none-office')}</Text>
          <Group gap="sm" align="flex-start">
            <RoomButton to="/projects/new">{t('start')}</RoomButton>
            {ways.data?.demo && <DemoPortfolio />}
          </Group>
        </Stack>
      ) : t('none-text')}
    </Empty>
  );
}
