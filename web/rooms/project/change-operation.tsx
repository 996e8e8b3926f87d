/** One operation of a change, as fields. */
import { CloseButton, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { OPS, type Draft, type Op } from './change-operations';
import classes from './changes.module.css';

interface Props {
  readonly draft: Draft;
  readonly plan: Schema<'Plan'>;
  readonly roles: Schema<'Project'>['roles'];
  readonly set: (changed: Partial<Draft>) => void;
  readonly remove?: () => void;
  readonly error: string | undefined;
}

const ESTIMATE = ['best', 'likely', 'worst'] as const;

export function OperationFields({ draft, plan, roles, set, remove, error }: Props): React.JSX.Element {
  const { t } = useTranslation('changes');
  const phase = plan.phases.find((each) => each.phase === draft.phase);
  const number = (value: string | number): number | '' => (typeof value === 'number' ? value : '');
  return (
    <fieldset className={classes['operation']}>
      <legend>{t(`op-${draft.op}`)}</legend>
      <Group gap="sm" align="flex-start">
        <Select label={t('op')} w={208} allowDeselect={false} data={OPS.filter((each) => each !== 'scope' || plan.phases.some(({ scopeControl }) => scopeControl)).map((each) => ({ value: each, label: t(`op-${each}`) }))} value={draft.op} onChange={(op) => set({ op: op as Op, ...(op === 'scope' && { phase: plan.phases.find(({ scopeControl }) => scopeControl)?.phase ?? '' }) })} error={error} />
        <Select label={t('phase')} w={208} allowDeselect={false} data={plan.phases.filter(({ scopeControl }) => draft.op !== 'scope' || scopeControl).map((each) => ({ value: each.phase, label: each.name }))} value={draft.phase} onChange={(chosen) => set({ phase: chosen ?? '', task: '' })} />
        {draft.op !== 'add' && draft.op !== 'scope' && <Select label={t('task')} w={304} searchable data={(phase?.tasks ?? []).map((each) => ({ value: each.task, label: each.name }))} value={draft.task === '' ? null : draft.task} onChange={(chosen) => set({ task: chosen ?? '' })} nothingFoundMessage={t('no-task')} />}
        {draft.op === 'redate' && <TextInput type="date" label={t('due')} value={draft.date} onChange={(event) => set({ date: event.currentTarget.value })} />}
        {draft.op === 'estimate' && ESTIMATE.map((each, place) => (
          <NumberInput key={each} label={t(each)} w={112} min={0} max={1000} value={draft.estimate[place] ?? ''} onChange={(value) => set({ estimate: draft.estimate.map((before, at) => (at === place ? number(value) : before)) as unknown as Draft['estimate'] })} />
        ))}
        {draft.op === 'add' && <>
          <TextInput label={t('title-task')} w={304} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} />
          <Select label={t('role')} w={208} searchable data={roles.filter(({ body, former }) => !body && !former).map((each) => ({ value: each.key, label: each.name }))} value={draft.role === '' ? null : draft.role} onChange={(chosen) => set({ role: chosen ?? '' })} />
          <NumberInput label={t('due-days')} w={144} min={0} max={1000} allowDecimal={false} value={draft.days} onChange={(value) => set({ days: number(value) })} />
        </>}
        {draft.op === 'scope' && <>
          <NumberInput label={t('more-scope')} w={208} min={0} value={draft.amount} onChange={(value) => set({ amount: number(value) })} />
          <TextInput label={t('new-goal')} w={304} maxLength={4000} value={draft.goal} onChange={(event) => set({ goal: event.currentTarget.value })} />
          <TextInput label={t('released')} w={208} placeholder="#3, #7" value={draft.items} onChange={(event) => set({ items: event.currentTarget.value })} />
        </>}
        {remove && <CloseButton aria-label={t('drop')} onClick={remove} mt={26} size="lg" />}
      </Group>
    </fieldset>
  );
}
