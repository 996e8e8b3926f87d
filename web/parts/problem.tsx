/** What went wrong: what happened, whether anything was lost, what to do, and the number that finds it in the logs. */
import { Alert, Button, Code, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../data/api';
import { feedState } from '../data/feed';
import { SignInAgain } from './sign-in-again';

interface Props {
  readonly error: Error;
  /** Offered as “try again” where it makes sense. */
  readonly again?: () => void;
  /** Not where a page is called by the problem. */
  readonly isTitled?: boolean;
  readonly children?: React.ReactNode;
}

export function ProblemAlert({ error, again, isTitled = true, children }: Props): React.JSX.Element {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error.problem : undefined;
  const repeat = useEffectEvent(() => { if (!problem && !feedState.get().isLost) again?.(); });
  // What did not answer is asked again once there is a connection.
  useEffect(() => feedState.subscribe(() => repeat()), []);
  const isSignedOut = problem?.status === 401;
  // Who may not, or looks for what is not there, may not the next time either.
  const isFinal = problem?.status === 403 || problem?.status === 404;
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} {...(isTitled && { title: isSignedOut ? t('session-over') : problem?.title ?? t('no-answer') })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{isSignedOut ? t('session-over-text') : problem?.detail ?? t('no-answer-text')}</Text>
        {problem?.errors && problem.errors.length > 0 && (
          <List size="sm">{problem.errors.map((each) => <List.Item key={each.pointer + each.code}><Code>{each.pointer || '/'}</Code> {each.detail}</List.Item>)}</List>
        )}
        {children}
        {isSignedOut && <SignInAgain />}
        {again && !isFinal && !isSignedOut && <Button size="xs" variant="default" onClick={again}>{t('try-again')}</Button>}
        {problem && <Text size="xs" c="dimmed">{t('request-number', { number: problem.instance.replace('urn:uuid:', '') })}</Text>}
      </Stack>
    </Alert>
  );
}
