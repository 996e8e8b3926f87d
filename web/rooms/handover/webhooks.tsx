/** Other systems that tell figures: made here with a secret that is shown once, given another, and stopped. */
import { Badge, Button, Code, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { ProblemAlert } from '../../parts/problem';
import { Day, today, When } from '../../parts/when';
import type { Parts } from './board';
import classes from './handover.module.css';
import type { Place } from './queries';

type Webhook = Schema<'Webhook'>;
type Made = Schema<'WebhookMade'>;
type Deed = 'rotate' | 'revoke';

const keyOf = ({ project, phase }: Place) => ['project', project, 'handover', phase, 'webhooks'] as const;
const webhooksQuery = (place: Place) => queryOptions({
  queryKey: keyOf(place), queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/handover/webhooks', { params: { path: { ...place } }, signal })),
});

/** How a message is sent and signed, for a terminal. */
const example = (url: string, service: string): string => `url='${url}'
secret='…'
ts=$(date +%s); id=$(uuidgen)
body='{"entries":[{"service":"${service}","date":"${today()}","figures":{"incidents":{"p1":0,"p2":0,"p3":1,"p4":2},"serviceLevel":99.5,"defects":2,"calls":14}}]}'
sig=$(printf '%s.%s.%s' "$ts" "$id" "$body" | openssl dgst -sha256 -hmac "$secret" -r | cut -d' ' -f1)
curl -H 'Content-Type: application/json' -H "Sluis-Timestamp: $ts" -H "Sluis-Delivery: $id" -H "Sluis-Signature: v1=$sig" -d "$body" "$url"`;

function Copied({ value, label }: { readonly value: string; readonly label: string }): React.JSX.Element {
  const { t } = useTranslation('handover');
  return <CopyButton value={value}>{({ copied, copy }) => <Button size="compact-sm" variant="default" onClick={copy}>{copied ? t('copied') : label}</Button>}</CopyButton>;
}

/** A secret, while it can be read. */
function Secret({ made, service }: { readonly made: Made; readonly service: string }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const url = `${window.location.origin}${made.url}`;
  const text = example(url, service);
  if (made.secret === null) return <Text size="sm">{t('webhook-made-before')}</Text>;
  return (
    <Stack gap="xs" role="status" className={classes['secret']}>
      <Text size="sm" fw={600}>{t('webhook-secret-once', { name: made.name })}</Text>
      <Group gap="xs"><Code className={classes['code']}>{made.secret}</Code><Copied value={made.secret} label={t('copy-secret')} /></Group>
      <Text size="sm">{t('webhook-address')}</Text>
      <Group gap="xs"><Code className={classes['code']}>{url}</Code><Copied value={url} label={t('copy-address')} /></Group>
      <Group gap="xs" justify="space-between"><Text size="sm">{t('webhook-example')}</Text><Copied value={text} label={t('copy-example')} /></Group>
      <Code block tabIndex={0} role="region" aria-label={t('webhook-example')}>{text}</Code>
    </Stack>
  );
}

function Row({ webhook, act, busy }: { readonly webhook: Webhook; readonly act: (deed: Deed) => void; readonly busy: boolean }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [asked, setAsked] = useState<Deed>();
  const { name, createdBy, createdAt, usedAt, revokedAt } = webhook;
  return (
    <li>
      <Group justify="space-between" gap="xs" align="flex-start">
        <div>
          <Text fw={500} className="said">{name}</Text>
          <Text size="sm" c="dimmed">{t('webhook-by', { name: createdBy.name })} <Day at={createdAt} /> · {usedAt === null ? t('webhook-unused') : <>{t('webhook-used')} <When at={usedAt} /></>}</Text>
        </div>
        {revokedAt === null ? asked === undefined && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" aria-label={t('rotate-named', { name })} onClick={() => setAsked('rotate')}>{t('rotate')}</Button>
            <Button size="compact-sm" variant="default" aria-label={t('revoke-named', { name })} onClick={() => setAsked('revoke')}>{t('revoke')}</Button>
          </Group>
        ) : <Badge variant="light" color="gray">{t('webhook-revoked')}</Badge>}
      </Group>
      {asked !== undefined && revokedAt === null && (
        <Stack gap="xs" mt="xs">
          <Text size="sm" className="said">{t(`${asked}-sure`, { name })}</Text>
          <Group gap="xs">
            <Button size="compact-sm" color={asked === 'revoke' ? 'red' : undefined} loading={busy} onClick={() => { act(asked); setAsked(undefined); }}>{t(asked)}</Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setAsked(undefined)}>{t('cancel')}</Button>
          </Group>
        </Stack>
      )}
    </li>
  );
}

export function Webhooks({ place, service, handover }: Parts): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [name, setName] = useState('');
  const [made, setMade] = useState<Made>();
  const query = useQuery(webhooksQuery(place));
  const path = { ...place };
  const making = useCommand<{ readonly name: string }, Made>(
    (body, header) => answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/handover/webhooks', { params: { path, header }, body })), [keyOf(place)], (output) => { setMade(output); setName(''); });
  const acting = useCommand<{ readonly id: string; readonly deed: Deed }, Made | undefined>(async ({ id, deed }, header) => {
    const params = { path: { ...path, webhook: id }, header };
    if (deed === 'rotate') return answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/handover/webhooks/{webhook}/rotate', { params, body: {} }));
    await answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/handover/webhooks/{webhook}/revoke', { params, body: {} }));
    return undefined;
  }, [keyOf(place)], (output) => setMade(output));
  const error = making.error ?? acting.error;
  return (
    <Stack component="section" gap="xs" className="no-print">
      <Title order={3}>{t('webhooks')}</Title>
      <Text size="sm" c="dimmed" className="reading">{t('webhooks-text')}</Text>
      {query.error && !query.data && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.data && query.data.items.length > 0 && <ul className={classes['list']}>{query.data.items.map((each) => <Row key={each.id} webhook={each} busy={acting.isPending} act={(deed) => acting.mutate({ id: each.id, deed })} />)}</ul>}
      {made && <Secret made={made} service={service.service} />}
      {handover.isOpen && (
        <Group component="form" gap="sm" align="flex-end" className="reading" onSubmit={(event: React.FormEvent) => { event.preventDefault(); if (name.trim() !== '') making.mutate({ name }); }}>
          <TextInput label={t('webhook-name')} maxLength={100} flex="1 1 16rem" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={name.trim() === ''} loading={making.isPending}>{t('webhook-make')}</Button>
        </Group>
      )}
      {error && <ProblemAlert error={error} />}
    </Stack>
  );
}
