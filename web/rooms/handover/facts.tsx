/** What is said of a service: its name, who answers for it, who receives it, what is promised; and criteria of its own. */
import { Button, Group, MultiSelect, Select, Stack, TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '../../data/project';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { ReasonButton } from '../../parts/task/reason-button';
import { roleChoices } from '../../parts/role-choices';
import { isNumber, type Written } from '../../parts/written';
import type { Parts } from './board';
import { atService, isWorkable, type Service, placeText, useDo } from './queries';

const UNITS = ['percent', 'minutes', 'hours', 'days', 'count'] as const;
type Unit = (typeof UNITS)[number];
interface Level { readonly id: number; readonly name: string; readonly target: Written; readonly unit: Unit }

const levelsOf = ({ levels }: Service): Level[] => levels.map(({ name, target, unit }, id) => ({ id, name: name ?? '', target, unit }));

function Levels({ levels, set }: { readonly levels: readonly Level[]; readonly set: (levels: readonly Level[]) => void }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const change = (id: number, more: Partial<Level>): void => set(levels.map((each) => (each.id === id ? { ...each, ...more } : each)));
  return (
    <Stack gap="xs">
      {levels.map(({ id, name, target, unit }, place) => (
        <Group key={id} gap="xs" align="flex-end">
          <TextInput label={t('level-name')} maxLength={200} flex="1 1 12rem" value={name} onChange={(event) => change(id, { name: event.currentTarget.value })} />
          <NumberField label={t('level-target')} w={110} min={0} {...(unit === 'percent' && { max: 100 })} value={target} onChange={(next) => change(id, { target: next })} />
          <Select label={t('level-unit')} w={120} allowDeselect={false} data={UNITS.map((value) => ({ value, label: t(`unit-${value}`) || t('unit-none') }))} value={unit} onChange={(next) => change(id, { unit: (next ?? unit) as Unit })} />
          <Button variant="subtle" aria-label={t('drop-level', { place: place + 1 })} onClick={() => set(levels.filter((each) => each.id !== id))}>{t('drop')}</Button>
        </Group>
      ))}
      <Button variant="default" w="fit-content" onClick={() => set([...levels, { id: (levels.at(-1)?.id ?? -1) + 1, name: '', target: undefined, unit: 'percent' }])}>{t('add-level')}</Button>
    </Stack>
  );
}

function FactsForm({ place, handover, service, close }: Pick<Parts, 'place' | 'handover' | 'service'> & { readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const { data: project } = useSuspenseQuery(projectQuery(place.project));
  const doing = useDo(place, close);
  const [name, setName] = useState(service.name ?? '');
  const [owner, setOwner] = useState(service.owner?.id ?? null);
  const [teams, setTeams] = useState(service.teams.map(({ key }) => key));
  const [levels, setLevels] = useState<readonly Level[]>(levelsOf(service));
  const owners = project.roles.find(({ key }) => key === handover.serviceOwner.key)?.persons ?? [];
  const isWhole = name.trim() !== '' && teams.length > 0 && levels.every((each) => each.name.trim() !== '' && isNumber(each.target));
  const all = teams.length === handover.teams.length;
  const save = (): void => doing.mutate({ at: `${atService(service.service)}/change`, body: { name, owner, teams: all ? null : teams, levels: levels.length === 0 ? null : levels.map(({ id: _, ...level }) => level) } });
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); if (isWhole) save(); }}>
      <TextInput label={t('service-name')} required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select label={t('service-owner')} description={t('service-owner-text', { role: handover.serviceOwner.name })} clearable data={owners.map(({ id, name: label }) => ({ value: id, label }))} value={owners.some(({ id }) => id === owner) ? owner : null} onChange={setOwner} />
      <MultiSelect label={t('service-teams')} required data={handover.teams.map(({ key, name: label }) => ({ value: key, label }))} value={teams} onChange={setTeams} />
      <Levels levels={levels} set={setLevels} />
      <Group gap="sm"><Button type="submit" disabled={!isWhole} loading={doing.isPending}>{t('save')}</Button><Button variant="subtle" onClick={close}>{t('cancel')}</Button></Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

function CriterionForm({ place, service, close }: Pick<Parts, 'place' | 'service'> & { readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const { t: common } = useTranslation();
  const { data: project } = useSuspenseQuery(projectQuery(place.project));
  const doing = useDo(place, close);
  const [title, setTitle] = useState('');
  const [owner, setOwner] = useState<string | null>(null);
  const [days, setDays] = useState<Written>(5);
  const isWhole = title.trim() !== '' && owner !== null;
  return (
    <Stack component="form" gap="sm" className="no-print reading" onSubmit={(event) => { event.preventDefault(); if (isWhole) doing.mutate({ at: `${atService(service.service)}/criteria`, body: { title, owner, ...(isNumber(days) && { dueDays: days }) } }); }}>
      <TextInput label={t('criterion-title')} required maxLength={300} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <Group gap="sm" align="flex-end">
        <Select label={t('criterion-owner')} required searchable flex="1 1 14rem" nothingFoundMessage={common('nobody-by-name')} data={roleChoices(project.roles.filter(({ persons }) => persons.length > 0))} value={owner} onChange={setOwner} />
        <NumberField label={t('criterion-days')} w={150} min={0} max={1000} decimals={0} value={days} onChange={setDays} />
      </Group>
      <Group gap="sm"><Button type="submit" disabled={!isWhole} loading={doing.isPending}>{t('add')}</Button><Button variant="subtle" onClick={close}>{t('cancel')}</Button></Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

/** What both sides can change of a service; who hands over can withdraw it. */
export function ServiceFacts({ place, handover, service, may }: Parts): React.JSX.Element | null {
  const { t } = useTranslation('handover');
  const [asked, setAsked] = useState<'facts' | 'criterion'>();
  const doing = useDo(place);
  const close = (): void => setAsked(undefined);
  if (!isWorkable(handover, service) || !may.tell) return null;
  if (asked === 'facts') return <FactsForm place={place} handover={handover} service={service} close={close} />;
  if (asked === 'criterion') return <CriterionForm place={place} service={service} close={close} />;
  return (
    <Stack gap="xs" className="no-print">
      <Group gap="xs" align="flex-start">
        <Button variant="default" onClick={() => setAsked('facts')}>{t('change-service')}</Button>
        <Button variant="default" onClick={() => setAsked('criterion')}>{t('add-criterion')}</Button>
        {may.give && <ReasonButton place={`${placeText(place)}/${atService(service.service)} withdraw`} label={t('withdraw-service')} busy={doing.isPending} act={(reason) => doing.mutateAsync({ at: `${atService(service.service)}/withdraw`, body: { reason } })} />}
      </Group>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}
