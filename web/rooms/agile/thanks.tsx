/** What colleagues thank each other for in a sprint. */
import { Badge, Button, Group, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changing, useDraft } from '../../data/draft';
import { useMe } from '../../data/me';
import { DraftNote } from '../../parts/draft-note';
import { ProblemAlert } from '../../parts/problem';
import classes from './agile.module.css';
import { atSprint, type Place, type Sprint, type SprintPlace, sprintText, useDo, usePeople } from './queries';

const KINDS = ['help', 'knowledge', 'quality', 'initiative'] as const;
const NO_THANKS: { readonly person: string | null; readonly kind: string; readonly text: string } = { person: null, kind: 'help', text: '' };

function Given({ sprint, send, mayWithdraw }: { readonly sprint: Sprint; readonly send: (recognition: number) => void; readonly mayWithdraw: boolean }): React.JSX.Element {
  const { t } = useTranslation('agile');
  return (
    <ul className={classes['thanks']}>
      {sprint.recognitions.map(({ recognition, kind, text, by, to, mine }) => (
        <li key={recognition} className={classes['card']}>
          <Group justify="space-between" wrap="nowrap" align="flex-start"><Text fw={600}>{to.name}</Text><Badge variant="light">{t(`thanks-${kind}`)}</Badge></Group>
          <Text size="sm" className="said">{text ?? t('erased')}</Text>
          <Group justify="space-between"><Text size="xs" c="dimmed">{t('thanks-from', { name: by.name })}</Text>
            {mine && mayWithdraw && <Button size="compact-sm" variant="subtle" className="no-print" aria-label={t('withdraw-thanks-to', { name: to.name })} onClick={() => send(recognition)}>{t('withdraw')}</Button>}</Group>
        </li>
      ))}
    </ul>
  );
}

export function Thanks({ place, at, sprint, mayGive }: { readonly place: Place; readonly at: SprintPlace; readonly sprint: Sprint; readonly mayGive: boolean }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const me = useMe();
  const colleagues = usePeople(place.project).filter(({ id }) => id !== me.id);
  const draft = useDraft(`${sprintText(at)} thanks`, NO_THANKS);
  const { person, kind, text } = draft.value;
  const write = changing(draft);
  const doing = useDo(place, ({ at: where, body }) => { if (where.endsWith('/recognitions')) draft.clear({ ...NO_THANKS, ...body }); }, draft.name);
  const begun = sprint.status !== 'planning';
  return (
    <Stack component="section" gap="sm">
      <Title order={2}>{t('thanks')}</Title>
      {sprint.recognitions.length === 0 && <Text size="sm" c="dimmed">{t(begun ? 'no-thanks' : 'thanks-later')}</Text>}
      {sprint.recognitions.length > 0 && <Given sprint={sprint} mayWithdraw={mayGive} send={(recognition) => doing.mutate({ at: `${atSprint(at)}/recognitions/${recognition}/withdraw`, body: {} })} />}
      {mayGive && begun && (
        <Group component="form" gap="sm" align="flex-end" className="no-print" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atSprint(at)}/recognitions`, body: { person, kind, text } }); }}>
          <Select label={t('thanks-whom')} w={200} searchable data={colleagues.map(({ id, name }) => ({ value: id, label: name }))} value={person} onChange={(next) => write({ person: next })} />
          <Select label={t('thanks-what')} w={200} allowDeselect={false} data={KINDS.map((each) => ({ value: each, label: t(`thanks-${each}`) }))} value={kind} onChange={(next) => write({ kind: next ?? 'help' })} />
          <Textarea label={t('thanks-text')} autosize minRows={1} maxLength={1000} flex="1 1 280px" value={text} onChange={(event) => write({ text: event.currentTarget.value })} />
          <Button type="submit" variant="default" disabled={person === null || text.trim() === ''} loading={doing.isPending}>{t('give-thanks')}</Button>
        </Group>
      )}
      {mayGive && begun && <DraftNote draft={draft} />}
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}
