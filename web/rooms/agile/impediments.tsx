/** What is in the way: whose it is, and since when. */
import { Badge, Button, Group, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changing, useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { ProblemAlert } from '../../parts/problem';
import { When } from '../../parts/when';
import classes from './agile.module.css';
import { useMembers } from './members';
import type { Parts } from './parts';
import { atSprint, type Sprint, type SprintPlace, sprintText, useDo } from './queries';

const NONE: { readonly text: string; readonly owner: string | null; readonly item: string | null } = { text: '', owner: null, item: null };

export function Impediments(parts: Parts & { readonly sprint: Sprint; readonly at: SprintPlace }): React.JSX.Element | null {
  const { t } = useTranslation('agile');
  const { place, may, sprint, at } = parts;
  const members = useMembers(parts);
  const draft = useDraft(`${sprintText(at)} impediment`, NONE);
  const { text, owner, item } = draft.value;
  const write = changing(draft);
  const doing = useDo(place, (deed) => { if (deed.at.endsWith('/impediments')) draft.clear({ ...NONE, ...deed.body }); }, draft.name);
  const isOpen = may.plan && (sprint.status === 'running' || sprint.status === 'planning') && !sprint.isHeld;
  if (sprint.impediments.length === 0 && !isOpen) return null;
  const shown = [...sprint.impediments].sort((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null));
  return (
    <Stack component="section" gap="sm" className="reading">
      <Title order={2}>{t('impediments')} <Text span c="dimmed">{shown.filter(({ resolvedAt }) => resolvedAt === null).length}</Text></Title>
      <ul className={classes['list']}>
        {shown.map((each) => (
          <li key={each.impediment}>
            <Text className="said">{each.text ?? t('erased')}</Text>
            <Group gap="xs">
              <Text size="sm" c="dimmed">{each.by.name}, <When at={each.at} />{each.item !== null && ` · #${each.item}`}{each.owner && ` · ${t('sees-to-it', { name: each.owner.name })}`}</Text>
              {each.resolvedAt === null ? isOpen && <Button size="compact-sm" variant="default" onClick={() => doing.mutate({ at: `${atSprint(at)}/impediments/${each.impediment}/resolve`, body: {} })}>{t('resolve')}</Button>
                : <Badge color="green">{t('resolved')}</Badge>}
            </Group>
          </li>
        ))}
      </ul>
      {isOpen && (
        <Stack component="form" gap="xs" className="no-print" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atSprint(at)}/impediments`, body: { text, ...(owner !== null && { owner }), ...(item !== null && { item }) } }); }}>
          <DraftNote draft={draft} />
          <Textarea label={t('what-is-in-the-way')} autosize minRows={1} maxLength={2000} value={text} onChange={(event) => write({ text: event.currentTarget.value })} />
          <Group gap="sm" align="flex-end">
            <Select label={t('owner')} clearable clearButtonProps={{ 'aria-label': t('nobody') }} data={members.map(({ id, name }) => ({ value: id, label: name }))} value={owner} onChange={(next) => write({ owner: next })} flex="1 1 200px" />
            <Select label={t('blocked-item')} clearable searchable clearButtonProps={{ 'aria-label': t('no-item') }} data={sprint.cards.filter(({ left, acceptedAt }) => left === null && acceptedAt === null).map((card) => ({ value: card.item, label: `#${card.item} ${card.title ?? t('erased')}` }))} value={item} onChange={(next) => write({ item: next })} flex="1 1 200px" />
            <Button type="submit" variant="default" disabled={text.trim() === ''} loading={doing.isPending}>{t('raise')}</Button>
          </Group>
        </Stack>
      )}
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}
