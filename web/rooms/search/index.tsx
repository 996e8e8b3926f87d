/** One field over projects, tasks, evidence, decisions, people, services and articles. */
import { Anchor, Badge, Group, Mark, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { useMe } from '../../data/me';
import { useChosenInSight } from '../../parts/in-sight';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { When } from '../../parts/when';
import { type Hit, hrefOf, isQuestion, type Kind, KINDS, searchQuery } from './queries';
import classes from './search.module.css';

const route = getRouteApi('/inside/search');

function Title({ hit }: { readonly hit: Hit }): React.JSX.Element {
  const router = useRouter();
  const href = hrefOf(hit, useMe());
  if (href === null) return <Text fw={600} className="said">{hit.title}</Text>;
  const isFile = hit.file !== null;
  return <Anchor fw={600} className="said" href={href} {...(isFile ? { download: true } : { onClick: (event: React.MouseEvent) => { if (!event.metaKey && !event.ctrlKey) { event.preventDefault(); router.history.push(href); } } })}>{hit.title}</Anchor>;
}

function Found({ hit }: { readonly hit: Hit }): React.JSX.Element {
  const { t } = useTranslation('search');
  return (
    <li className={classes['hit']}>
      <Group gap="xs"><Badge color="gray">{t(`one-${hit.kind}`)}</Badge><Title hit={hit} /></Group>
      {hit.snippet.length > 0 && (
        // oxlint-disable-next-line react/no-array-index-key -- pieces of a text have no names, and stay in their order
        <Text size="sm" className="said reading">{hit.snippet.map(({ text, hit: isFound }, place) => (isFound ? <Mark key={place}>{text}</Mark> : <span key={place}>{text}</span>))}</Text>
      )}
      <Text size="xs" c="dimmed">
        {/* A project that is found by its name says it once. */}
        {hit.projectName !== hit.title && <span className="said">{hit.projectName}</span>}{hit.projectName !== hit.title && hit.projectName !== null && hit.at !== null && ' · '}{hit.at !== null && <When at={hit.at} />}
      </Text>
    </li>
  );
}

export function Search(): React.JSX.Element {
  const { t } = useTranslation('search');
  const { q = '', kind } = route.useSearch();
  const navigate = useNavigate({ from: '/search' });
  const [typed, setTyped] = useState(q);
  const query = useQuery(searchQuery(q, kind));
  const row = useChosenInSight(kind ?? 'all');
  const ask = useDebouncedCallback((words: string) => void navigate({ search: { ...(words !== '' && { q: words }), ...(kind && { kind }) }, replace: true }), 250);
  const items = isQuestion(q) ? query.data?.items ?? [] : [];
  return (
    <Page title={t('title')}>
      <Stack gap="md">
        <TextInput type="search" size="md" maw={640} aria-label={t('label')} placeholder={t('placeholder')} leftSection={<IconSearch size={18} aria-hidden />} value={typed} maxLength={300} autoFocus
          onChange={(event) => { setTyped(event.currentTarget.value); ask(event.currentTarget.value.trim()); }} />
        <SegmentedControl ref={row} className={classes['kinds'] ?? ''} aria-label={t('kind')} value={kind ?? 'all'} data={[{ value: 'all', label: t('kind-all') }, ...KINDS.map((each) => ({ value: each, label: t(`kind-${each}`) }))]}
          onChange={(next) => void navigate({ search: { ...(q !== '' && { q }), ...(next !== 'all' && { kind: next as Kind }) }, replace: true })} />
        {!isQuestion(q) && <Text c="dimmed" className="reading">{t('hint')}</Text>}
        {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
        {isQuestion(q) && query.isPending && <Structure />}
        {isQuestion(q) && query.data && <Text size="sm" role="status" c="dimmed">{t('found', { count: items.length })}</Text>}
        {isQuestion(q) && query.data && items.length === 0 && <Text c="dimmed" className="reading">{t('none')}</Text>}
        <ul className={classes['hits']} aria-busy={query.isPlaceholderData}>
          {/* oxlint-disable-next-line react/no-array-index-key -- one place can be found for several texts */}
          {items.map((hit, place) => <Found key={place} hit={hit} />)}
        </ul>
      </Stack>
    </Page>
  );
}
