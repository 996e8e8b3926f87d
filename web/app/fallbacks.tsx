/** What stands in the place of a room: while it comes, when it is not there, when it broke. */
import { Anchor, Container, Skeleton, Stack, Text } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../data/api';
import { Page } from '../parts/page';
import { ProblemAlert } from '../parts/problem';

export function Structure(): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Stack aria-busy aria-label={t('loading')} role="status">
      <Skeleton h={32} w="40%" />
      {['a', 'b', 'c', 'd'].map((each) => <Skeleton key={each} h={64} />)}
    </Stack>
  );
}

/** A room for all addresses that have none. */
export function Gone(): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Page title={t('not-found')}>
      <Text c="dimmed">{t('not-found-text')}</Text>
      <Anchor component={Link} to="/">{t('to-my-work')}</Anchor>
    </Page>
  );
}

export function Crash({ error, reset }: ErrorComponentProps): React.JSX.Element {
  const { t } = useTranslation();
  const queries = useQueryErrorResetBoundary();
  const router = useRouter();
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  const again = (): void => {
    queries.reset();
    reset();
    void router.invalidate();
  };
  return (
    <Container py="xl">
      <Page title={problem?.title ?? t('no-answer')}>
        <ProblemAlert error={error instanceof Error ? error : new Error(String(error))} again={again} isTitled={false} />
        <Anchor component={Link} to="/">{t('to-my-work')}</Anchor>
      </Page>
    </Container>
  );
}
