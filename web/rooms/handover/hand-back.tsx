/** Gives a service back to the project: what is missing is done again, and that alone. */
import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changing, useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { ProblemAlert } from '../../parts/problem';
import type { Parts } from './board';
import { atService, placeText, useDo } from './queries';

interface HandingBack {
  readonly missing: string[];
  readonly reason: string;
}

export function HandBack({ place, service }: Parts): React.JSX.Element {
  const { t } = useTranslation('handover');
  const draft = useDraft<HandingBack>(`${placeText(place)}/${atService(service.service)} hand-back`, { missing: [], reason: '' });
  const { missing, reason } = draft.value;
  const write = changing(draft);
  const [isOpen, setIsOpen] = useState(draft.isFound);
  const close = (): void => {
    setIsOpen(false);
    draft.clear();
  };
  const doing = useDo(place, close, draft.name);
  if (!isOpen) return <Button variant="default" onClick={() => setIsOpen(true)}>{t('hand-back')}</Button>;
  const choices = [...service.entries.filter(({ status }) => status === 'met' || status === 'waived'), ...service.sessions.filter(({ status }) => status === 'confirmed')];
  return (
    <Stack component="form" gap="sm" className="reading" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atService(service.service)}/hand-back`, body: { reason, missing } }); }}>
      <DraftNote draft={draft} />
      <Checkbox.Group label={t('what-is-missing')} value={missing} onChange={(next) => write({ missing: next })}><Stack gap={6} mt={6}>{choices.map(({ key, name }) => <Checkbox key={key} value={key} label={name ?? key} />)}</Stack></Checkbox.Group>
      <Textarea label={t('why')} required autosize minRows={2} value={reason} onChange={(event) => write({ reason: event.currentTarget.value })} />
      {doing.error && <ProblemAlert error={doing.error} />}
      <Group gap="sm"><Button type="submit" color="orange" disabled={missing.length === 0 || reason.trim() === ''} loading={doing.isPending}>{t('hand-back')}</Button><Button variant="subtle" onClick={close}>{t('cancel')}</Button></Group>
    </Stack>
  );
}
