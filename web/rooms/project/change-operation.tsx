/** One operation of a change, as fields. */
import { CloseButton, Group, MultiSelect, Select, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { DateField } from '../../parts/date-field';
import { NumberField } from '../../parts/number-field';
import { GateFields } from './change-gate';
import { begun, fitting, OPS, type Draft, type Op, type Place } from './change-operations';
import classes from './changes.module.css';

interface Props {
  readonly draft: Draft;
  /** Phases that there are when it is carried out. */
  readonly places: readonly Place[];
  readonly project: Schema<'Project'>;
  readonly set: (changed: Partial<Draft>) => void;
  readonly remove?: () => void;
  readonly error: string | undefined;
}

const ESTIMATE = ['best', 'likely', 'worst'] as const;
const GROUPS = ['tasks', 'phases', 'gates'] as const;
/** Those about one task of the plan. */
const OF_TASK: ReadonlySet<Op> = new Set(['redate', 'estimate', 'remove']);

const optionsOf = (places: readonly Place[]) => places.map(({ phase, name }) => ({ value: phase, label: name }));

/** What a task that is added is told by: who does it, and in how many days. */
function NewTask({ draft, roles, set }: { readonly draft: Draft; readonly roles: Schema<'Project'>['roles']; readonly set: Props['set'] }): React.JSX.Element {
  const { t } = useTranslation('changes');
  return (
    <>
      <Select label={t('role')} required w={208} searchable data={roles.filter(({ body, former }) => !body && !former).map((each) => ({ value: each.key, label: each.name }))} value={draft.role === '' ? null : draft.role} onChange={(chosen) => set({ role: chosen ?? '' })} />
      <NumberField label={t('due-days')} w={144} min={0} max={1000} decimals={0} value={draft.days} onChange={(days) => set({ days })} />
    </>
  );
}

export function OperationFields({ draft, places, project, set, remove, error }: Props): React.JSX.Element {
  const { t } = useTranslation('changes');
  const { op } = draft;
  const status = new Map(project.phases.map((each) => [each.phase, each.status]));
  const fits = fitting(op, places, status);
  const place = places.find(({ phase }) => phase === draft.phase);
  const others = optionsOf(places.filter(({ phase }) => op === 'add-phase' || phase !== draft.phase));
  const turnTo = (next: Op): void => {
    const possible = fitting(next, places, status);
    const chosen = possible.find(({ phase }) => phase === draft.phase) ?? possible[0];
    set({ op: next, phase: chosen?.phase ?? '', task: '', title: '', ...begun(next, chosen) });
  };
  const choose = (phase: string): void => set({ phase, task: '', ...begun(op, places.find((each) => each.phase === phase)) });
  return (
    <fieldset className={classes['operation']}>
      <legend>{t(`op-${op}`)}</legend>
      <Group gap="sm" align="flex-start">
        <Select label={t('op')} w={240} allowDeselect={false} data={GROUPS.map((group) => ({ group: t(`group-${group}`), items: OPS[group].filter((each) => each !== 'scope' || fitting(each, places, status).length > 0).map((each) => ({ value: each as Op, label: t(`op-${each}`) })) }))} value={op} onChange={(next) => { if (next !== null) turnTo(next as Op); }} error={error} />
        {op !== 'add-phase' && <Select label={t('phase')} w={304} allowDeselect={false} searchable={fits.length > 8} data={optionsOf(fits)} value={draft.phase === '' ? null : draft.phase} onChange={(chosen) => { if (chosen !== null) choose(chosen); }} placeholder={fits.length === 0 ? t(op === 'redo-phase' ? 'no-phase-over' : 'no-phase-fits') : ''} />}
        {OF_TASK.has(op) && <Select label={t('task')} w={304} searchable data={(place?.planned?.tasks ?? []).map((each) => ({ value: each.task, label: each.name }))} value={draft.task === '' ? null : draft.task} onChange={(chosen) => set({ task: chosen ?? '' })} nothingFoundMessage={t('no-task')} />}
        {op === 'redate' && <DateField label={t('due')} value={draft.date} onChange={(event) => set({ date: event.currentTarget.value })} />}
        {op === 'estimate' && ESTIMATE.map((each, at) => (
          <NumberField key={each} label={t(each)} w={112} min={0} max={1000} value={draft.estimate[at]} onChange={(value) => set({ estimate: draft.estimate.map((before, index) => (index === at ? value : before)) as unknown as Draft['estimate'] })} />
        ))}
        {op === 'add' && <>
          <TextInput label={t('title-task')} required w={304} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} />
          <NewTask draft={draft} roles={project.roles} set={set} />
        </>}
        {op === 'add-phase' && <TextInput label={t('title-phase')} required w={304} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} />}
        {(op === 'add-phase' || op === 'move-phase') && <MultiSelect label={t('comes-after')} w={304} searchable data={others} value={[...draft.after]} onChange={(after) => set({ after })} />}
        {op === 'add-phase' && <MultiSelect label={t('comes-before')} w={304} searchable data={others} value={[...draft.before]} onChange={(before) => set({ before })} />}
        {(op === 'add-phase' || op === 'budget-phase') && <NumberField label={t('field-budget')} w={176} min={0} max={1e12} decimals={2} grouped value={draft.budget} onChange={(budget) => set({ budget })} />}
        {op === 'add-phase' && <>
          <TextInput label={t('first-task')} required w={304} maxLength={200} value={draft.first} onChange={(event) => set({ first: event.currentTarget.value })} />
          <NewTask draft={draft} roles={project.roles} set={set} />
        </>}
        {draft.op === 'scope' && <>
          <NumberField label={t('more-scope')} w={208} min={0} value={draft.amount} onChange={(amount) => set({ amount })} />
          <TextInput label={t('new-goal')} w={304} maxLength={4000} value={draft.goal} onChange={(event) => set({ goal: event.currentTarget.value })} />
          <TextInput label={t('released')} w={208} placeholder="#3, #7" value={draft.items} onChange={(event) => set({ items: event.currentTarget.value })} />
        </>}
        {remove && <CloseButton aria-label={t('drop')} onClick={remove} mt={26} size="lg" />}
      </Group>
      {op === 'set-gate' && draft.phase !== '' && <GateFields draft={draft} roles={project.roles} stays={(place?.planned?.gate?.criteria ?? []).filter(({ judged }) => !judged).map(({ name }) => name)} set={set} />}
      {op === 'redo-phase' && <Text size="sm" c="dimmed" mt="xs" className="reading">{t('redo-text')}</Text>}
    </fieldset>
  );
}
