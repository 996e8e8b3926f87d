/** What stands beside the evidence of a task: checklist, files, hours, and what people say. */
import { ActionIcon, Anchor, Button, Checkbox, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../draft-note';
import { labelOf } from '../label';
import { NumberField } from '../number-field';
import { ProblemAlert } from '../problem';
import { When } from '../when';
import { after, type Written } from '../written';
import { useDeed } from './act';
import { FileDrop } from './file-drop';
import { idOf } from './many';
import { commentsQuery, type TaskPath } from './queries';
import type { Task } from './values';
import classes from './task.module.css';

const pathOf = ({ project, phase, task }: Task): TaskPath => ({ project, phase, task });

export function Checklist({ task, mayWork }: { readonly task: Task; readonly mayWork: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const deed = useDeed(pathOf(task));
  const [text, setText] = useState('');
  // A tick shows at once; it goes again if it is refused.
  const sent = deed.isPending && deed.variables.do === 'checklist' ? deed.variables.change : undefined;
  const isTicked = (item: Task['checklist'][number]): boolean => (sent?.tick?.includes(item.key) ? true : sent?.untick?.includes(item.key) ? false : item.tickedBy !== null);
  if (task.checklist.length === 0 && !mayWork) return null;
  return (
    <Stack gap="xs" component="section">
      {task.checklist.length > 0 && <Title order={3}>{t('checklist')}</Title>}
      <ul className={classes['checklist']}>
        {task.checklist.map((item) => (
          <li key={item.key}>
            <Group gap="xs" wrap="nowrap">
              <Checkbox checked={isTicked(item)} disabled={!mayWork} label={<span className="said">{item.name ?? t('erased')}{item.required ? '' : ` (${t('optional')})`}</span>}
                description={item.tickedBy ? item.tickedBy.name : undefined} onChange={(event) => deed.mutate({ do: 'checklist', change: event.currentTarget.checked ? { tick: [item.key] } : { untick: [item.key] } })} />
              {item.own && mayWork && <ActionIcon variant="subtle" size={28} aria-label={`${labelOf(t('remove-row'))} ${item.name ?? ''}`} onClick={() => deed.mutate({ do: 'checklist', change: { remove: [item.key] } })}><IconX size={14} aria-hidden /></ActionIcon>}
            </Group>
          </li>
        ))}
      </ul>
      {mayWork && (
        <Group component="form" gap="xs" onSubmit={(event) => { event.preventDefault(); deed.mutate({ do: 'checklist', change: { add: [text] } }, { onSuccess: () => setText(after(text, '')) }); }}>
          <TextInput size="xs" aria-label={t('add-item')} placeholder={t('add-item')} value={text} onChange={(event) => setText(event.currentTarget.value)} flex="1 1 200px" maw={420} />
          <Button size="xs" type="submit" variant="default" disabled={text.trim() === ''} loading={deed.isPending}>{t('add-item')}</Button>
        </Group>
      )}
      {deed.error && <ProblemAlert error={deed.error} />}
    </Stack>
  );
}

export function Attachments({ task, mayWork }: { readonly task: Task; readonly mayWork: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const deed = useDeed(pathOf(task));
  if (task.attachments.length === 0 && !mayWork) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t('attachments')}</Title>
      <Text size="xs" c="dimmed">{t('attachments-hint')}</Text>
      {task.attachments.map((each) => (
        <Group key={each.sha256} gap="xs" wrap="nowrap">
          {each.file ? <Anchor size="sm" href={each.file.href} download className="said">{each.name ?? t('erased')}</Anchor> : <Text size="sm" className="said">{each.name ?? t('erased')}</Text>}
          <Text size="xs" c="dimmed">{each.person.name}</Text>
          {mayWork && <ActionIcon variant="subtle" size={28} aria-label={`${labelOf(t('remove-row'))} ${each.name ?? ''}`} onClick={() => deed.mutate({ do: 'attachments', change: { remove: [each.sha256] } })}><IconX size={14} aria-hidden /></ActionIcon>}
        </Group>
      ))}
      {mayWork && <FileDrop project={task.project} label={t('attachments')} done={({ name, sha256 }) => deed.mutate({ do: 'attachments', change: { add: [{ name, sha256 }] } })} />}
      {deed.error && <ProblemAlert error={deed.error} />}
    </Stack>
  );
}

const UNSAID: { readonly hours: Written; readonly remaining: Written } = { hours: undefined, remaining: undefined };

export function Effort({ task, mayWork }: { readonly task: Task; readonly mayWork: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('task');
  const [draft, setDraft] = useState(UNSAID);
  const sent = useRef(draft);
  const deed = useDeed(pathOf(task), () => setDraft(after(sent.current, UNSAID)));
  const { hours, remaining } = draft;
  const isSaid = task.hoursSpent !== null || task.hoursRemaining !== null;
  if (!isSaid && !mayWork) return null;
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t('effort')}</Title>
      {isSaid && <Text size="sm">{t('effort-said', { spent: task.hoursSpent ?? 0, remaining: task.hoursRemaining ?? '–' })}</Text>}
      {mayWork && (
        <Group component="form" gap="xs" align="flex-end" onSubmit={(event) => { event.preventDefault(); sent.current = draft; deed.mutate({ do: 'effort', ...(hours !== undefined && { hours }), ...(remaining !== undefined && { remaining }) }); }}>
          <NumberField size="xs" w={100} label={t('worked')} value={hours} onChange={(value) => setDraft((before) => ({ ...before, hours: value }))} step={0.5} />
          <NumberField size="xs" w={100} label={t('remaining')} min={0} value={remaining} onChange={(value) => setDraft((before) => ({ ...before, remaining: value }))} step={0.5} />
          <Button size="xs" type="submit" variant="default" disabled={hours === undefined && remaining === undefined} loading={deed.isPending}>{t('note')}</Button>
        </Group>
      )}
      {deed.error && <ProblemAlert error={deed.error} />}
    </Stack>
  );
}

export function Talk({ task }: { readonly task: Task }): React.JSX.Element {
  const { t } = useTranslation('task');
  const path = pathOf(task);
  const comments = useInfiniteQuery(commentsQuery(path));
  const draft = useDraft(`comment ${idOf(path)}`, '');
  const { value: text } = draft;
  const deed = useDeed(path, (sent) => { if (sent.do === 'comments') draft.clear(sent.text); }, draft.name);
  return (
    <Stack gap="sm" component="section">
      <Title order={3}>{t('comments')}</Title>
      {comments.hasNextPage && <Button size="compact-sm" variant="subtle" w="fit-content" loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>{t('more-comments')}</Button>}
      {comments.error && <ProblemAlert error={comments.error} again={() => void comments.refetch()} />}
      {comments.data?.length === 0 && <Text size="sm" c="dimmed">{t('no-comments')}</Text>}
      <ul className={classes['comments']}>
        {comments.data?.map((each) => (
          <li key={each.id}>
            <Text size="sm"><Text span fw={600}>{each.person.name}</Text> <Text span c="dimmed" size="xs"><When at={each.at} /></Text></Text>
            <Text size="sm" className="said">{each.text ?? t('erased')}</Text>
          </li>
        ))}
      </ul>
      <Stack component="form" gap="xs" maw={560} onSubmit={(event) => { event.preventDefault(); deed.mutate({ do: 'comments', text }); }}>
        <DraftNote draft={draft} />
        <Textarea aria-label={t('comments')} placeholder={t('comment')} autosize minRows={1} maxRows={10} maxLength={4000} value={text} onChange={(event) => draft.set(event.currentTarget.value)} />
        {text.trim() !== '' && <Button type="submit" variant="default" w="fit-content" loading={deed.isPending}>{t('send')}</Button>}
        {deed.error && <ProblemAlert error={deed.error} />}
      </Stack>
    </Stack>
  );
}
