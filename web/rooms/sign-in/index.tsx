/** Where people come in: with a token, or in the demo as anybody. */
import { Alert, Button, Container, Group, Paper, PasswordInput, SimpleGrid, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, hasChosenLanguage } from '../../app/i18n';
import { LanguageChoice } from '../../app/language-choice';
import { ApiProblem, type Schema } from '../../data/api';
import { signIn, signInQuery } from '../../data/me';
import { ProblemAlert } from '../../parts/problem';
import { roleWords } from '../../parts/role-words';
import classes from './sign-in.module.css';

function DemoPeople({ people, busy, choose }: { readonly people: readonly Schema<'DemoPerson'>[]; readonly busy: boolean; readonly choose: (person: Schema<'DemoPerson'>) => void }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <Stack>
      <div>
        <Title order={2}>{t('sign-in-demo')}</Title>
        <Text c="dimmed" size="sm">{t('sign-in-demo-text')}</Text>
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {people.map((person) => (
          <UnstyledButton key={person.id} className={classes['person']} disabled={busy} onClick={() => choose(person)}>
            <Text fw={600}>{person.name}</Text>
            <Text size="sm" c="dimmed">{roleWords(t, person.role)} · {person.language}</Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>{t('sign-in-warning')}</Alert>
    </Stack>
  );
}

export function SignIn(): React.JSX.Element {
  const { t } = useTranslation();
  useDocumentTitle(`${t('sign-in')} · Sluis`);
  const { to } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const ways = useQuery(signInQuery);
  const [token, setToken] = useState('');
  const entering = useMutation({
    mutationFn: signIn, retry: false,
    onSuccess: async () => {
      await router.invalidate();
      router.history.push(to ?? '/');
    },
  });
  const enter = async (person: Schema<'DemoPerson'>): Promise<void> => {
    if (!hasChosenLanguage()) await chooseLanguage(person.language, { keep: false });
    entering.mutate({ demo: person.id });
  };
  const isWrongToken = entering.error instanceof ApiProblem && entering.error.status === 401;
  return (
    <Container component="main" size="sm" py="xl">
      <Stack gap="xl">
        <Group justify="space-between">
          <Group gap="sm"><img src="/icon.svg" alt="" width={36} height={36} /><Title order={1}>Sluis</Title></Group>
          <LanguageChoice />
        </Group>
        {ways.error && <ProblemAlert error={ways.error} again={() => void ways.refetch()} />}
        {entering.error && !isWrongToken && <ProblemAlert error={entering.error} />}
        {ways.data?.demo && <DemoPeople people={ways.data.people} busy={entering.isPending} choose={(person) => void enter(person)} />}
        <Paper withBorder p="lg" component="form" onSubmit={(event) => { event.preventDefault(); entering.mutate({ token: token.trim() }); }}>
          <Stack align="flex-start">
            <Title order={2}>{t('sign-in-token')}</Title>
            <PasswordInput w="100%" label={t('token')} description={t('token-hint')} value={token} onChange={(event) => setToken(event.currentTarget.value)} autoComplete="current-password" error={isWrongToken && t('token-wrong')} />
            <Button type="submit" loading={entering.isPending} disabled={token.trim() === ''}>{t('sign-in')}</Button>
          </Stack>
        </Paper>
      </Stack>
    </Container>
  );
}
