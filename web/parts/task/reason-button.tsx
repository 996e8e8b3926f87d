/** A deed that needs a reason: the reason is asked for in place. It may stand within another form, so it is none itself. */
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  readonly busy: boolean;
  /** Something beside the reason is missing. */
  readonly disabled?: boolean;
  readonly act: (reason: string, done: () => void) => void;
}

export function ReasonButton({ label, busy, disabled = false, act }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!isOpen) return <Button variant="default" onClick={() => setIsOpen(true)}>{label}</Button>;
  return (
    <Stack gap="xs" w="100%" maw={560}>
      <Textarea label={t('reason')} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus autoFocus />
      <Group gap="sm">
        <Button loading={busy} disabled={disabled || reason.trim() === ''} onClick={() => act(reason, () => { setIsOpen(false); setReason(''); })}>{label}</Button>
        <Button variant="subtle" onClick={() => setIsOpen(false)}>{t('cancel')}</Button>
      </Group>
    </Stack>
  );
}
