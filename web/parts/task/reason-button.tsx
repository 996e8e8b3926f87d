/** A deed that needs a reason: the reason is asked for in place. It may stand within another form, so it is none itself. */
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../draft-note';
import { labelOf } from '../label';

interface Props {
  /** What it is a reason for: until it is sent, it is kept there. */
  readonly place: string;
  readonly label: string;
  /** What it is done to, where many stand in a list: it is quiet there, and named by it. */
  readonly of?: string;
  readonly busy: boolean;
  /** Something beside the reason is missing. */
  readonly disabled?: boolean;
  /** Settles once it is answered; it says itself why it was refused. */
  readonly act: (reason: string) => Promise<unknown>;
}

export function ReasonButton({ place, label, of, busy, disabled = false, act }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const draft = useDraft(`reason ${place}`, '');
  const { value: reason } = draft;
  const [isOpen, setIsOpen] = useState(draft.isFound);
  const close = (): void => {
    setIsOpen(false);
    draft.clear();
  };
  const send = async (): Promise<void> => {
    try {
      await act(reason);
    } catch {
      // Refused: it stands there, and the reason is still there.
      return;
    }
    close();
  };
  if (!isOpen) return <Button {...(of === undefined ? { variant: 'default' } : { 'variant': 'subtle', 'size': 'compact-sm', 'aria-label': `${labelOf(label)} ${of}` })} onClick={() => setIsOpen(true)}>{label}</Button>;
  return (
    <Stack gap="xs" w="100%" maw={560}>
      <DraftNote draft={draft} />
      <Textarea label={t('reason')} required autosize minRows={2} value={reason} onChange={(event) => draft.set(event.currentTarget.value)} data-autofocus autoFocus />
      <Group gap="sm">
        <Button loading={busy} disabled={disabled || reason.trim() === ''} onClick={() => void send()}>{label}</Button>
        <Button variant="subtle" onClick={close}>{t('cancel')}</Button>
      </Group>
    </Stack>
  );
}
