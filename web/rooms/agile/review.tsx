/** Review and retrospective: what is accepted, what the sprint came to, and what the team takes along. */
import { Badge, Button, Group, Select, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconThumbUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { Empty } from '../../parts/empty';
import { joined } from '../../parts/joined';
import { ProblemAlert } from '../../parts/problem';
import { Day } from '../../parts/when';
import { ReasonButton } from '../../parts/task/reason-button';
import { Action } from './action';
import classes from './agile.module.css';
import { Events } from './events';
import type { Parts } from './parts';
import { Pulse } from './pulse';
import { atSprint, type Sprint, type SprintPlace, sprintQuery, sprintText, useDo } from './queries';
import { Thanks } from './thanks';

const KINDS = ['good', 'improve', 'action'] as const;
const EVENTS = ['daily', 'review', 'retrospective'] as const;
const RESULTS = ['scope', 'added', 'removed', 'delivered', 'accepted', 'carried'] as const;

function Results({ result, unit, wentBack, isRunning }: { readonly result: NonNullable<Sprint['result']>; readonly unit: Sprint['unit']; readonly wentBack: boolean; readonly isRunning: boolean }): React.JSX.Element {
  const { t } = useTranslation('agile');
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }}>
      {RESULTS.map((each) => (
        <div key={each}><Text size="sm" c="dimmed">{t(each === 'carried' && isRunning ? 'result-open' : each === 'carried' && wentBack ? 'result-back' : `result-${each}`)}</Text><Text fw={600}>{t('items', { count: result[each].items })}</Text><Text size="sm">{t(`unit-${unit}`, { count: result[each].estimate })}</Text></div>
      ))}
    </SimpleGrid>
  );
}

function Notes({ place, at, sprint, mayWrite, mayVote, send }: { readonly place: Parts['place']; readonly at: SprintPlace; readonly sprint: Sprint; readonly mayWrite: boolean; readonly mayVote: boolean; readonly send: (verb: string, body: object) => void }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [kind, setKind] = useState<string>('good');
  const draft = useDraft(`${sprintText(at)} note`, '');
  const { value: text } = draft;
  const adding = useDo(place, ({ body }) => draft.clear('text' in body ? String(body.text) : text), draft.name);
  return (
    <Stack component="section" gap="sm">
      <Title order={2}>{t('retrospective')}</Title>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {KINDS.map((each) => (
          <Stack key={each} gap="xs">
            <Title order={3} size="h4">{t(`note-${each}`)}</Title>
            <ul className={classes['list']}>
              {sprint.notes.filter((note) => note.kind === each).sort((a, b) => b.votes - a.votes).map((note) => (
                <li key={note.note} className={classes['card']}>
                  <Text size="sm" className="said">{note.text ?? t('erased')}</Text>
                  {each === 'action' && <Action place={place} note={note} mayAssign={mayWrite} assign={(owner, due) => send(`notes/${note.note}/assign`, { owner, due })} />}
                  <Group justify="space-between"><Text size="xs" c="dimmed">{note.by.name}</Text>
                    <Button size="compact-sm" variant={note.mine ? 'filled' : 'default'} disabled={!mayVote} leftSection={<IconThumbUp size={14} aria-hidden />} aria-pressed={note.mine} aria-label={t('vote', { count: note.votes })} onClick={() => send(`notes/${note.note}/vote`, { vote: !note.mine })}>{note.votes}</Button></Group>
                </li>
              ))}
            </ul>
          </Stack>
        ))}
      </SimpleGrid>
      {mayWrite && (
        <Group component="form" gap="sm" align="flex-end" className="no-print" onSubmit={(event) => { event.preventDefault(); adding.mutate({ at: `${atSprint(at)}/notes`, body: { kind, text } }); }}>
          <Select label={t('note-kind')} w={200} allowDeselect={false} data={KINDS.map((each) => ({ value: each, label: t(`note-${each}`) }))} value={kind} onChange={(next) => setKind(next ?? 'good')} />
          <Textarea label={t('note')} autosize minRows={1} maxLength={2000} flex="1 1 280px" value={text} onChange={(event) => draft.set(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={text.trim() === ''} loading={adding.isPending}>{t('add')}</Button>
        </Group>
      )}
      <DraftNote draft={draft} />
      {adding.error && <ProblemAlert error={adding.error} />}
      <Text size="sm" c="dimmed">{t('actions-become-items')}</Text>
    </Stack>
  );
}

export function Review({ place, backlog, may, team, number }: Parts): React.JSX.Element {
  const { t } = useTranslation('agile');
  const at = { ...place, team: team.key, number: number ?? 0 };
  const query = useQuery({ ...sprintQuery(at), enabled: number !== undefined });
  const doing = useDo(place);
  if (number === undefined) return <Empty title={t('no-sprint')}>{t('no-sprint-text')}</Empty>;
  if (query.error && !query.data) return <ProblemAlert error={query.error} again={() => void query.refetch()} />;
  if (!query.data) return <Structure />;
  const sprint = query.data;
  const ask = (verb: string, body: object): Promise<unknown> => doing.mutateAsync({ at: `${atSprint(at)}/${verb}`, body });
  const send = (verb: string, body: object): void => doing.mutate({ at: `${atSprint(at)}/${verb}`, body });
  const delivered = sprint.cards.filter(({ deliveredAt, left }) => deliveredAt !== null && (left === null || left === 'accepted'));
  const isOpen = sprint.status !== 'closed' && sprint.status !== 'ended' && !sprint.isHeld;
  return (
    <Stack gap="xl">
      {sprint.goal !== null && <div><Text size="sm" c="dimmed">{t('sprint-goal')}</Text><Text fw={600} className="said reading">{sprint.goal}</Text></div>}
      {sprint.because === 'cancelled' && sprint.overAt !== null && <div><Text size="sm">{t('over-cancelled')} <Day at={sprint.overAt} /></Text>{sprint.reason !== null && <Text size="sm" className="said reading">{sprint.reason}</Text>}</div>}
      {sprint.result && <Results result={sprint.result} unit={backlog.unit} wentBack={sprint.because === 'cancelled' || sprint.because === 'phase'} isRunning={sprint.status === 'running'} />}
      <Stack component="section" gap="sm">
        <Title order={2}>{t('delivered')} <Text span c="dimmed">{delivered.length}</Text></Title>
        {delivered.length === 0 && <Text size="sm" c="dimmed">{t('nothing-delivered')}</Text>}
        <ul className={classes['list']}>
          {delivered.map((card) => (
            <li key={card.item} className={classes['card']}>
              <Group justify="space-between" align="flex-start">
                <div><Text size="sm" className="said">#{card.item} {card.title ?? t('erased')}</Text><Text size="xs" c="dimmed">{joined([card.person?.name, card.estimate !== null && t(`unit-${backlog.unit}`, { count: card.estimate })])}</Text></div>
                {card.acceptedAt !== null ? <Badge color="green">{t('accepted')}</Badge> : may.own && isOpen && (
                  <Group gap="xs" align="flex-start">
                    <Button size="xs" loading={doing.isPending} onClick={() => send(`cards/${card.item}/accept`, {})} aria-label={t('accept-item', { item: card.item })}>{t('accept')}</Button>
                    <ReasonButton place={`${sprintText(at)} return ${card.item}`} label={t('return')} busy={doing.isPending} act={(reason) => ask(`cards/${card.item}/return`, { reason })} />
                  </Group>
                )}
              </Group>
            </li>
          ))}
        </ul>
        {!may.own && delivered.some(({ acceptedAt }) => acceptedAt === null) && <Text size="sm" c="dimmed">{t('owner-judges', { role: backlog.productOwner.name })}</Text>}
      </Stack>
      <Thanks place={place} at={at} sprint={sprint} mayGive={may.close && isOpen} />
      <Notes place={place} sprint={sprint} mayWrite={may.plan && isOpen} mayVote={may.work && isOpen} send={send} at={at} />
      <Pulse at={at} />
      {sprint.status !== 'planning' && <div className="reading"><Events place={place} may={may} sprint={sprint} at={at} kinds={EVENTS} /></div>}
      {doing.error && <ProblemAlert error={doing.error} />}
      <Group gap="sm" className="no-print" align="flex-start">
        {sprint.status === 'over' && may.close && isOpen && <Button loading={doing.isPending} onClick={() => send('close', {})}>{t('close-sprint')}</Button>}
        {sprint.status === 'running' && may.own && isOpen && team.sprintDays !== null && <ReasonButton place={`${sprintText(at)} cancel`} label={t('cancel-sprint')} busy={doing.isPending} act={(reason) => ask('cancel', { reason })} />}
      </Group>
    </Stack>
  );
}
