/** Who sees to an action of the retrospective, and until when. */
import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../parts/date-field';
import { Day, noon, today } from '../../parts/when';
import { type Place, type Sprint, usePeople } from './queries';

interface Props {
  readonly place: Place;
  readonly note: Sprint['notes'][number];
  readonly mayAssign: boolean;
  readonly assign: (owner: string | null, due: string | null) => void;
}

function Form({ place, note, assign, close }: Omit<Props, 'mayAssign'> & { readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const people = usePeople(place.project);
  const [owner, setOwner] = useState(note.owner?.id ?? null);
  const [due, setDue] = useState(note.due ?? '');
  return (
    <Stack component="form" gap="xs" mt="xs" onSubmit={(event) => { event.preventDefault(); assign(owner, due === '' ? null : due); close(); }}>
      <Select size="sm" label={t('who-sees-to-it')} searchable clearable data={people.map(({ id, name }) => ({ value: id, label: name }))} value={owner} onChange={setOwner} clearButtonProps={{ 'aria-label': t('nobody') }} />
      <DateField size="sm" label={t('until-day')} min={today()} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
      <Group gap="xs"><Button size="xs" type="submit">{t('keep')}</Button><Button size="xs" variant="subtle" onClick={close}>{t('cancel')}</Button></Group>
    </Stack>
  );
}

export function Action({ mayAssign, ...rest }: Props): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [isOpen, setOpen] = useState(false);
  const { owner, due, text } = rest.note;
  if (isOpen) return <Form {...rest} close={() => setOpen(false)} />;
  return (
    <Group gap="xs" justify="space-between">
      <Text size="sm">{owner?.name ?? t('nobody-yet')}{due !== null && <> · {t('until')} <Day at={noon(due)} /></>}</Text>
      {mayAssign && <Button size="compact-sm" variant="subtle" className="no-print" aria-label={t('assign-action', { action: text ?? '' })} onClick={() => setOpen(true)}>{t('assign')}</Button>}
    </Group>
  );
}
