/** One item of the backlog: what it says, when it is acceptable, and its way through sprints. */
import { Button, Checkbox, Group, Modal, MultiSelect, Select, Stack, TagsInput, Text, Textarea, TextInput, Title } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { changing, useDraft } from '../../data/draft';
import { DateField } from '../../parts/date-field';
import { DraftNote } from '../../parts/draft-note';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { Day } from '../../parts/when';
import type { Written } from '../../parts/written';
import classes from './agile.module.css';
import { type Backlog, ITEM_KINDS, type Place, useDo, usePeople } from './queries';

const itemQuery = (place: Place, item: string) => queryOptions({
  queryKey: ['backlog', place.project, place.phase, 'item', item, language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/backlog/items/{item}', { params: { path: { ...place, item } }, signal })),
});

const linksQuery = (place: Place) => queryOptions({
  queryKey: ['backlog', place.project, place.phase, 'links', language()],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/projects/{project}/phases/{phase}/backlog/links', { params: { path: { ...place } }, signal })),
});

interface Props {
  readonly place: Place;
  readonly backlog: Backlog;
  readonly item: string;
  readonly close: () => void;
  readonly showSprint: (team: string, number: number) => void;
}

/** Of an inventory of thousands so many are offered at once: the others are found by their name. */
const OFFERED = 100;
const LINKS_AT_MOST = 30;

function Links({ label, value, all, change }: { readonly label: string; readonly value: string[]; readonly all: readonly { readonly key: string; readonly name: string }[]; readonly change: (value: string[]) => void }): React.JSX.Element {
  return <MultiSelect label={label} value={value} onChange={change} data={all.map(({ key, name }) => ({ value: key, label: name }))} searchable clearable hidePickedOptions limit={OFFERED} maxValues={LINKS_AT_MOST} />;
}

function Form({ place, backlog, item, close, showSprint }: Omit<Props, 'item'> & { readonly item: Schema<'BacklogItemDetails'> }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [before] = useState({
    title: item.title ?? '', kind: item.kind as string, criteria: item.criteria ?? '', estimate: (item.estimate ?? undefined) as Written, labels: item.labels, after: item.after.join(', '), epic: item.epic ?? '',
    owner: item.owner?.id ?? null as string | null, due: item.due ?? '',
    deliverables: item.deliverables.map(({ key }) => key), inventory: item.inventory.map(({ key }) => key),
    needs: item.needs.filter(({ isOwn }) => isOwn).map(({ phase, deliverable }) => `${phase.key}/${deliverable.key}`),
  });
  const links = useQuery(linksQuery(place));
  const people = usePeople(place.project);
  const { deliverables = item.deliverables, inventory = item.inventory } = links.data ?? {};
  // Only what was changed here is kept and sent: what somebody else changed meanwhile stays.
  const kept = useDraft<Partial<typeof before>>(`backlog ${place.project}/${place.phase} item ${item.item}`, {});
  const draft = { ...before, ...kept.value };
  const change = changing(kept);
  const leave = (): void => {
    kept.clear();
    close();
  };
  const doing = useDo(place);
  const at = `backlog/items/${item.item}/change`;
  const numbers = (text: string): string[] => text.split(/[\s,]+/).map((each) => each.replace('#', '')).filter((each) => each !== '');
  const saidOf = (form: typeof before) => ({
    title: form.title, kind: form.kind, criteria: form.criteria.trim() === '' ? null : form.criteria, estimate: form.estimate ?? null,
    labels: form.labels, after: numbers(form.after), epic: numbers(form.epic)[0] ?? null,
    owner: form.owner, due: form.due === '' ? null : form.due, deliverables: form.deliverables, inventory: form.inventory, ...(backlog.needs.length > 0 && { needs: form.needs }),
  });
  const [said, first] = [saidOf(draft), saidOf(before)];
  const send = (): void => {
    const body = Object.fromEntries(Object.entries(said).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(first[key as keyof typeof first])));
    if (Object.keys(body).length === 0) leave();
    else doing.mutate({ at, body }, { onSuccess: leave });
  };
  return (
    <Stack gap="md" component="form" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <DraftNote draft={kept} />
      <TextInput label={t('title')} required maxLength={300} value={draft.title} onChange={(event) => change({ title: event.currentTarget.value })} data-autofocus />
      <Group gap="sm" grow>
        <Select label={t('kind')} allowDeselect={false} data={ITEM_KINDS.map((each) => ({ value: each, label: t(`kind-${each}`) }))} value={draft.kind} onChange={(kind) => change({ kind: kind ?? 'story' })} />
        <NumberField label={t(`estimate-${backlog.unit}`)} min={0} max={10_000} value={draft.estimate} onChange={(estimate) => change({ estimate })} />
      </Group>
      <Textarea label={t('criteria')} autosize minRows={3} maxLength={4000} value={draft.criteria} onChange={(event) => change({ criteria: event.currentTarget.value })} />
      <Group gap="sm" grow>
        <TextInput label={t('epic')} placeholder="#1" value={draft.epic} onChange={(event) => change({ epic: event.currentTarget.value })} />
        <TextInput label={t('comes-after')} placeholder="#3, #7" value={draft.after} onChange={(event) => change({ after: event.currentTarget.value })} />
      </Group>
      <Group gap="sm" grow>
        <Select label={t('who-sees-to-it')} searchable clearable data={people.map(({ id, name }) => ({ value: id, label: name }))} value={draft.owner} onChange={(owner) => change({ owner })} clearButtonProps={{ 'aria-label': t('nobody') }} />
        <DateField label={t('until-day')} value={draft.due} onChange={(event) => change({ due: event.currentTarget.value })} />
      </Group>
      <TagsInput label={t('labels')} value={[...draft.labels]} onChange={(labels) => change({ labels })} maxTags={30} />
      {deliverables.length > 0 && <Links label={t('contributes-to')} value={draft.deliverables} all={deliverables} change={(next) => change({ deliverables: next })} />}
      {inventory.length > 0 && <Links label={t('concerns')} value={draft.inventory} all={inventory} change={(next) => change({ inventory: next })} />}
      {backlog.needs.length > 0 && (
        <MultiSelect label={t('needs')} value={draft.needs} onChange={(needs) => change({ needs })} clearable
          data={[...new Map(backlog.needs.map(({ phase, deliverable, isOpen }) => [`${phase.key}/${deliverable.key}`, `${deliverable.name} (${phase.name})${isOpen ? '' : ` · ${t('is-there')}`}`]))].map(([value, label]) => ({ value, label }))} />
      )}
      {item.ready.length > 0 && (
        <Stack gap={4}>
          <Title order={3} size="h5">{t('ready')}</Title>
          {item.ready.map(({ key, name, met }) => <Checkbox key={key} label={name} checked={met} onChange={(event) => doing.mutate({ at, body: event.currentTarget.checked ? { tick: [key] } : { untick: [key] } })} />)}
        </Stack>
      )}
      {item.sprints.length > 0 && (
        <Stack gap={4}>
          <Title order={3} size="h5">{t('its-way')}</Title>
          <ul className={classes['list']}>
            {item.sprints.map(({ sprint, addedAt, column, acceptedAt, left }) => (
              <li key={`${sprint.team.key} ${sprint.number}`}><Text size="sm"><Button size="compact-sm" variant="subtle" px={0} onClick={() => showSprint(sprint.team.key, sprint.number)}>{t('in-sprint', { team: sprint.team.name, number: sprint.number })}</Button> · <Day at={addedAt} /> · {acceptedAt !== null ? t('accepted') : left === null ? column.name : t(`left-${left}`)}</Text></li>
            ))}
          </ul>
        </Stack>
      )}
      {doing.error && <ProblemAlert error={doing.error} />}
      <Group gap="sm"><Button type="submit" disabled={draft.title.trim() === ''} loading={doing.isPending}>{t('keep')}</Button><Button variant="subtle" onClick={leave}>{t('cancel')}</Button></Group>
    </Stack>
  );
}

export function ItemEditor({ place, item, close, ...rest }: Props): React.JSX.Element {
  const { t } = useTranslation('agile');
  const query = useQuery(itemQuery(place, item));
  return (
    <Modal opened onClose={close} title={t('item-number', { item })} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.data ? <Form key={query.data.item} place={place} item={query.data} close={close} {...rest} /> : !query.error && <Structure />}
    </Modal>
  );
}
