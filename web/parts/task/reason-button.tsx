/** A deed that needs a reason: the reason is asked for in place. */
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  readonly busy: boolean;
  readonly act: (reason: string, done: () => void) => void;
}

export function ReasonButton({ label, busy, act }: Props): React.JSX.Element {
  const { t } = useTranslation('task');
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (!isOpen) return <Button variant="default" onClick={() => setIsOpen(true)}>{label}</Button>;
  return (
    <Stack component="form" gap="xs" w="100%" maw={560} onSubmit={(event) => { event.preventDefault(); act(reason, () => { setIsOpen(false); setReason(''); }); }}>
      <Textarea label={t('reason')} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus autoFocus />
      <Group gap="sm">
        <Button type="submit" loading={busy} disabled={reason.trim() === ''}>{label}</Button>
        <Button variant="subtle" onClick={() => setIsOpen(false)}>{t('cancel')}</Button>
      </Group>
    </Stack>
  );
}
