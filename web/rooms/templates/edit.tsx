/** Write a lifecycle: checked and proved while it is written, then published. */
import { Alert, Button, Code, Group, List, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { keepPreviousData, queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { mayStart, useMe } from '../../data/me';
import { DraftNote } from '../../parts/draft-note';
import { Page } from '../../parts/page';
import { part } from '../../parts/part';
import { ProblemAlert } from '../../parts/problem';
import { TextFileButton } from '../../parts/text-file';
import type { Template } from '../start/template';
import { knownIn, NOTHING_KNOWN } from './complete';
import { DraftParts } from './draft-parts';
import { useProblemText } from './problem-title';
import { Proof } from './proof';
import type { JsonSchema } from './schema-place';
import { type Beginning, type Source, sourceQuery, keepDraft, dropDraft, watchDraft } from './source';
import classes from './templates.module.css';
import { VersionHint } from './version-hint-view';
import { withVersion } from './version-hint';

const Editor = part(() => import('./editor'), 'default');
const route = getRouteApi('/inside/templates/edit');

const CHECK_MS = 700;

const checkQuery = (text: string) => queryOptions({
  queryKey: ['check', text, language()], enabled: text.trim() !== '', placeholderData: keepPreviousData, staleTime: Infinity,
  queryFn: ({ signal }) => answerOf(api.POST('/api/v1/templates/check', { body: { text }, signal })),
});

const schemaQuery = () => queryOptions({ queryKey: ['templates', 'schema', language()], staleTime: Infinity, queryFn: async ({ signal }) => await answerOf(api.GET('/api/v1/template.schema.json', { signal })) as JsonSchema });

function Write({ source, beginning }: { readonly source: Source; readonly beginning: Beginning }): React.JSX.Element {
  const { t } = useTranslation('templates');
  const textOf = useProblemText();
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { person, from } = beginning;
  const [opened, setOpened] = useState({ text: source.text, number: 0 });
  const [text, setText] = useState(source.text);
  const [{ isFound, isWritten }, setKept] = useState({ isFound: source.isKept, isWritten: source.isKept });
  const [other, setOther] = useState<string>();
  useEffect(() => watchDraft({ person, from }, setOther), [person, from]);
  const [place, setPlace] = useState<{ line: number }>();
  const [asked] = useDebouncedValue(text, CHECK_MS);
  const check = useQuery(checkQuery(asked));
  const schema = useQuery(schemaQuery());
  const publishing = useCommand((written: string, header) => answerOf(api.POST('/api/v1/templates', { params: { header }, body: { text: written } })), [['templates']], ({ key, version }) => {
    dropDraft(beginning);
    notifications.show({ message: t('published', { key, version }) });
    void navigate({ to: '/templates/$template/$version', params: { template: key, version } });
  });
  const keep = (written: string): void => {
    setText(written);
    setKept({ isFound, isWritten: true });
    keepDraft(beginning, written);
  };
  const show = (written: string): void => {
    keep(written);
    setOpened(({ number }) => ({ text: written, number: number + 1 }));
  };
  const discard = async (): Promise<void> => {
    dropDraft(beginning);
    const { text: published } = await client.fetchQuery({ ...sourceQuery(beginning), staleTime: 0 });
    setText(published);
    setKept({ isFound: false, isWritten: false });
    setOpened(({ number }) => ({ text: published, number: number + 1 }));
  };
  const { problems = [], findings = [], unexplored = [], ok = false } = check.data ?? {};
  const template = (check.data?.template ?? null) as unknown as Template | null;
  // What was understood last still names what is written now.
  const [understood, setUnderstood] = useState(template);
  if (template && template !== understood) setUnderstood(template);
  const known = useMemo(() => (understood ? knownIn(understood) : NOTHING_KNOWN), [understood]);
  const isCurrent = asked === text && !check.isFetching && !check.isError;
  const count = problems.length + findings.length;
  const standing = check.isError ? t('not-checked') : !isCurrent ? t('checking') : ok ? t('sound') : count > 0 ? t('problems', { count }) : '';
  return (
    <>
      <Group gap="sm">
        <TextFileButton accept=".yaml,.yml,.json" take={show}>{(props) => <Button {...props} variant="default">{t('open-file')}</Button>}</TextFileButton>
        {mayStart(me) && <Button disabled={!ok || !isCurrent} loading={publishing.isPending} onClick={() => publishing.mutate(text)}>{t('publish')}</Button>}
        <Text size="sm" role="status" c="dimmed">{standing}</Text>
      </Group>
      <DraftNote draft={{ value: text, set: show, clear: () => void discard(), isFound, isWritten }} text={t('kept')} />
      {other !== undefined && other !== text && (
        <Alert role="status" color="yellow" title={t('other-tab')}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('other-tab-text')}</Text>
            <Group gap="xs"><Button size="xs" variant="default" onClick={() => { show(other); setOther(undefined); }}>{t('other-tab-take')}</Button><Button size="xs" variant="default" onClick={() => { keep(text); setOther(undefined); }}>{t('other-tab-keep')}</Button></Group>
          </Stack>
        </Alert>
      )}
      {publishing.error && <ProblemAlert error={publishing.error} />}
      <div className={classes['write']}>
        <Suspense fallback={<Structure />}><Editor key={opened.number} text={opened.text} label={t('text')} change={keep} problems={isCurrent ? problems : []} schema={schema.data} known={known} place={place} /></Suspense>
        <Stack gap="sm" className={classes['judgement']} aria-busy={!check.isError && (!isCurrent || schema.isPending)}>
          {source.isRewritten && <Alert color="gray" title={t('no-text')}>{t('no-text-text', { from })}</Alert>}
          {check.error && <ProblemAlert error={check.error} again={() => void check.refetch()} />}
          {ok && isCurrent && <Alert color="green" icon={<IconCheck aria-hidden />} title={t('sound')}>{unexplored.length > 0 ? t('sound-partly') : t('sound-text')}</Alert>}
          {ok && isCurrent && template && <VersionHint text={asked} template={template} take={(version) => show(withVersion(text, version))} />}
          {problems.length > 0 && isCurrent && (
            <List size="sm" spacing={4}>{problems.map((each) => (
              <List.Item key={`${each.pointer} ${each.code} ${each.line}`}>
                <UnstyledButton fz="sm" onClick={() => setPlace({ line: each.line ?? 1 })}><Text span size="sm" fw={600}>{t('line', { line: each.line ?? 1 })}</Text> {textOf(each)}{each.pointer !== '' && <> <Code>{each.pointer}</Code></>}</UnstyledButton>
              </List.Item>
            ))}</List>
          )}
          {findings.length > 0 && isCurrent && <Alert color="red" title={t('unsound', { count: findings.length })}>{t('unsound-text')}</Alert>}
        </Stack>
      </div>
      {findings.length > 0 && template && isCurrent && <Proof findings={findings} template={template} />}
      {understood && <DraftParts text={asked} template={understood} isRight={ok && isCurrent} />}
    </>
  );
}

export function TemplateEditor(): React.JSX.Element {
  const { t } = useTranslation('templates');
  const { from } = route.useSearch();
  const beginning = { person: useMe().id, from };
  const { data } = useSuspenseQuery(sourceQuery(beginning));
  return <Page title={t('write')}><Text size="sm" c="dimmed" className="reading">{t('write-hint')}</Text><Write key={from ?? ''} source={data} beginning={beginning} /></Page>;
}
