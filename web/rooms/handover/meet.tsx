/** Shows that a criterion or an item of readiness is met: its evidence, in place. */
import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { ProblemAlert } from '../../parts/problem';
import { EvidenceField } from '../../parts/task/field';
import { fromEvidence, missingIn, toEvidence, type Value } from '../../parts/task/values';
import { atService, type Entry, type Place, placeText, useDo } from './queries';

interface Props {
  readonly place: Place;
  readonly service: string;
  readonly entry: Entry;
  readonly done: () => void;
}

export function MeetEntry({ place, service, entry, done }: Props): React.JSX.Element {
  const { t } = useTranslation('handover');
  const draft = useDraft(`${placeText(place)}/${atService(service)} evidence ${entry.key}`, fromEvidence(entry.evidence));
  const { value: values } = draft;
  const doing = useDo(place, () => { draft.clear(); done(); }, draft.name);
  const missing = missingIn(entry.fields, values);
  const set = (field: string, value: Value | undefined): void => draft.set(({ [field]: _, ...others }) => (value === undefined ? others : { ...others, [field]: value }));
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); doing.mutate({ at: `${atService(service)}/entries/${encodeURIComponent(entry.key)}/meet`, body: { evidence: toEvidence(values) } }); }}>
      <DraftNote draft={draft} />
      {entry.fields.map((field) => <EvidenceField key={field.key} project={place.project} field={field} value={values[field.key]} change={(value) => set(field.key, value)} errors={new Map()} />)}
      {doing.error && <ProblemAlert error={doing.error} />}
      <Group gap="sm"><Button type="submit" disabled={missing.size > 0} loading={doing.isPending}>{t('meet')}</Button><Button variant="subtle" onClick={done}>{t('cancel')}</Button></Group>
    </Stack>
  );
}
