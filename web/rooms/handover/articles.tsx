/** What a service desk is to know about a service: found by searching, read here. */
import { Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changing, useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { ProblemAlert } from '../../parts/problem';
import { Day } from '../../parts/when';
import type { Parts } from './board';
import classes from './handover.module.css';
import { atService, placeText, type Service, useDo } from './queries';

type Article = Service['articles'][number];

const articlePlace = (place: Parts['place'], { service }: Service, article?: Article): string => `${placeText(place)}/${atService(service)} article ${article?.key ?? 'new'}`;

function ArticleForm({ place, service, article, close }: Pick<Parts, 'place' | 'service'> & { readonly article?: Article; readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const draft = useDraft(articlePlace(place, service, article), { title: article?.title ?? '', text: article?.text ?? '' });
  const { title, text } = draft.value;
  const write = changing(draft);
  const leave = (): void => {
    draft.clear();
    close();
  };
  const doing = useDo(place, leave, draft.name);
  const isWhole = title.trim() !== '' && text.trim() !== '';
  const at = `${atService(service.service)}/articles${article ? `/${encodeURIComponent(article.key)}/change` : ''}`;
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); if (isWhole) doing.mutate({ at, body: { title, text } }); }}>
      <DraftNote draft={draft} />
      <TextInput label={t('article-title')} required maxLength={300} value={title} onChange={(event) => write({ title: event.currentTarget.value })} />
      <Textarea label={t('article-text')} required autosize minRows={4} maxLength={20_000} value={text} onChange={(event) => write({ text: event.currentTarget.value })} />
      <Group gap="sm"><Button type="submit" disabled={!isWhole} loading={doing.isPending}>{t('save')}</Button><Button variant="subtle" onClick={leave}>{t('cancel')}</Button></Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

function ArticleRow({ place, service, article, writes }: Pick<Parts, 'place' | 'service'> & { readonly article: Article; readonly writes: boolean }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [isAsked, setIsAsked] = useState(false);
  const doing = useDo(place);
  const name = article.title ?? t('erased');
  if (isAsked) return <li><ArticleForm place={place} service={service} article={article} close={() => setIsAsked(false)} /></li>;
  return (
    <li>
      <Stack gap={6}>
        <div>
          <Text fw={500} className="said">{name}</Text>
          <Text size="sm" c="dimmed">{article.by?.name}{article.at !== null && <>, <Day at={article.at} /></>}</Text>
        </div>
        <Text size="sm" className="said reading" style={{ whiteSpace: 'pre-line' }}>{article.text ?? t('erased')}</Text>
        {writes && (
          <Group gap="xs" className="no-print">
            <Button size="compact-sm" variant="subtle" aria-label={t('article-change', { name })} onClick={() => setIsAsked(true)}>{t('change')}</Button>
            <Button size="compact-sm" variant="subtle" aria-label={t('article-drop', { name })} loading={doing.isPending} onClick={() => doing.mutate({ at: `${atService(service.service)}/articles/${encodeURIComponent(article.key)}/drop`, body: {} })}>{t('drop')}</Button>
          </Group>
        )}
        {doing.error && <ProblemAlert error={doing.error} />}
      </Stack>
    </li>
  );
}

/** What is known of a service grows also once it was transferred. */
export function Articles({ place, handover, service, may }: Parts): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const [isAsked, setIsAsked] = useState(false);
  const writes = handover.isOpen && !handover.isHeld && service.status !== 'withdrawn' && may.tell;
  if (service.articles.length === 0 && !writes) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={3}>{t('articles')}</Title>
      {service.articles.length > 0 && <ul className={classes['list']}>{service.articles.map((article) => <ArticleRow key={article.key} place={place} service={service} article={article} writes={writes} />)}</ul>}
      {writes && !isAsked && <Button className="no-print" variant="default" w="fit-content" onClick={() => setIsAsked(true)}>{t('write-article')}</Button>}
      {isAsked && <ArticleForm place={place} service={service} close={() => setIsAsked(false)} />}
    </Stack>
  );
}
