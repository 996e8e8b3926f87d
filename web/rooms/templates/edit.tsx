/** Write a lifecycle: checked and proved while it is written, then published. */
import { Alert, Button, FileButton, Group, List, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { keepPreviousData, queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { mayStart, useMe } from '../../data/me';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import type { Template } from '../start/template';
import { Proof } from './proof';
import classes from './templates.module.css';

const Editor = lazy(() => import('./editor'));
const route = getRouteApi('/inside/templates/edit');

/** Each starting point has a draft of its own: none takes the place of another. */
const draftOf = (from: string | undefined): string => `sluis-template-draft ${from ?? ''}`;
const CHECK_MS = 700;
const FIRST = 'schema: 1\nkey: my-lifecycle\nversion: 1.0.0\nname: {nl: , fr: , en: }\n';

const checkQuery = (text: string) => queryOptions({
  queryKey: ['check', text, language()], enabled: text.trim() !== '', placeholderData: keepPreviousData, staleTime: Infinity,
  queryFn: ({ signal }) => answerOf(api.POST('/api/v1/templates/check', { body: { text }, signal })),
});

/** What the editor begins with: a version as it was published, or what was written last in this browser. */
const sourceQuery = (from: string | undefined) => queryOptions({
  queryKey: ['templates', 'source', from ?? ''], staleTime: Infinity, gcTime: 0,
  queryFn: async ({ signal }) => {
    const kept = localStorage.getItem(draftOf(from));
    if (kept !== null || from === undefined) return kept ?? FIRST;
    const [template = '', version = ''] = from.split('@');
    const [authored, { stringify }] = await Promise.all([answerOf(api.GET('/api/v1/templates/{template}/versions/{version}', { params: { path: { template, version } }, signal })), import('yaml')]);
    return stringify(authored, { lineWidth: 140 });
  },
});

function Write({ source, from }: { readonly source: string; readonly from: string | undefined }): React.JSX.Element {
  const { t } = useTranslation('templates');
  const me = useMe();
  const navigate = useNavigate();
  const [opened, setOpened] = useState({ text: source, number: 0 });
  const [text, setText] = useState(source);
  const [place, setPlace] = useState<{ line: number }>();
  const [asked] = useDebouncedValue(text, CHECK_MS);
  const check = useQuery(checkQuery(asked));
  const publishing = useCommand((written: string, header) => answerOf(api.POST('/api/v1/templates', { params: { header }, body: { text: written } })), [['templates']], ({ key, version }) => {
    localStorage.removeItem(draftOf(from));
    notifications.show({ message: t('published', { key, version }) });
    void navigate({ to: '/templates/$template/$version', params: { template: key, version } });
  });
  const keep = (written: string): void => {
    setText(written);
    try {
      localStorage.setItem(draftOf(from), written);
    } catch {
      // Then it lasts as long as the page.
    }
  };
  const open = async (file: File | null): Promise<void> => {
    if (!file) return;
    const read = await file.text();
    keep(read);
    setOpened(({ number }) => ({ text: read, number: number + 1 }));
  };
  const { problems = [], findings = [], unexplored = [], ok = false, template = null } = check.data ?? {};
  const isCurrent = asked === text && !check.isFetching && !check.isError;
  const count = problems.length + findings.length;
  const standing = check.isError ? t('not-checked') : !isCurrent ? t('checking') : ok ? t('sound') : count > 0 ? t('problems', { count }) : '';
  return (
    <>
      <Group gap="sm">
        <FileButton accept=".yaml,.yml,.json" onChange={(file) => void open(file)}>{(props) => <Button {...props} variant="default">{t('open-file')}</Button>}</FileButton>
        {mayStart(me) && <Button disabled={!ok || !isCurrent} loading={publishing.isPending} onClick={() => publishing.mutate(text)}>{t('publish')}</Button>}
        <Text size="sm" role="status" c="dimmed">{standing}</Text>
      </Group>
      {publishing.error && <ProblemAlert error={publishing.error} />}
      <div className={classes['write']}>
        <Suspense fallback={<Structure />}><Editor key={opened.number} text={opened.text} label={t('text')} change={keep} problems={isCurrent ? problems : []} place={place} /></Suspense>
        <Stack gap="sm" className={classes['judgement']}>
          {check.error && <ProblemAlert error={check.error} again={() => void check.refetch()} />}
          {ok && isCurrent && <Alert color="green" icon={<IconCheck aria-hidden />} title={t('sound')}>{unexplored.length > 0 ? t('sound-partly') : t('sound-text')}</Alert>}
          {problems.length > 0 && isCurrent && (
            <List size="sm" spacing={4}>{problems.map((each) => (
              <List.Item key={`${each.pointer} ${each.code} ${each.line}`}>
                <UnstyledButton fz="sm" onClick={() => setPlace({ line: each.line ?? 1 })}><Text span size="sm" fw={600}>{t('line', { line: each.line ?? 1 })}</Text> {each.detail}</UnstyledButton>
              </List.Item>
            ))}</List>
          )}
          {findings.length > 0 && isCurrent && <Alert color="red" title={t('unsound', { count: findings.length })}>{t('unsound-text')}</Alert>}
        </Stack>
      </div>
      {findings.length > 0 && template && isCurrent && <Proof findings={findings} template={template as unknown as Template} />}
    </>
  );
}

export function TemplateEditor(): React.JSX.Element {
  const { t } = useTranslation('templates');
  const { from } = route.useSearch();
  const { data } = useSuspenseQuery(sourceQuery(from));
  return <Page title={t('write')}><Text size="sm" c="dimmed" className="reading">{t('write-hint')}</Text><Write key={from ?? ''} source={data} from={from} /></Page>;
}
