/** A gate as a change sets it: how it is called, what those who decide judge, and who they are, one step after another. */
import { Button, CloseButton, Group, MultiSelect, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../data/api';
import { newStep, type Draft, type Quorum, type Step } from './change-operations';

interface Props {
  readonly draft: Draft;
  readonly roles: Schema<'Project'>['roles'];
  /** Criteria that the engine evaluates: a change leaves them. */
  readonly stays: readonly string[];
  readonly set: (changed: Partial<Draft>) => void;
}

const WORDS = ['all', 'majority', 'any'] as const;

/** As a field for choices has it. */
const toChoice = (quorum: Quorum): string => (typeof quorum === 'object' ? `${quorum.percent} %` : String(quorum));

export function GateFields({ draft, roles, stays, set }: Props): React.JSX.Element {
  const { t } = useTranslation('changes');
  const { steps } = draft;
  const change = (place: number, changed: Partial<Step>): void => set({ steps: steps.map((each, at) => (at === place ? { ...each, ...changed } : each)) });
  const quorums = (given: Quorum) => [...WORDS.map((each) => ({ value: each as string, label: t(`quorum-${each}`) })), ...(typeof given === 'string' ? [] : [{ value: toChoice(given), label: toChoice(given) }])];
  return (
    <Stack gap="sm" mt="sm">
      <Group gap="sm" align="flex-start">
        <TextInput label={t('title-gate')} required w={304} maxLength={200} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} />
        <Textarea label={t('gate-criteria')} description={t('gate-criteria-text')} w={492} maw="100%" autosize minRows={2} maxRows={12} inputWrapperOrder={['label', 'input', 'description', 'error']} value={draft.criteria} onChange={(event) => set({ criteria: event.currentTarget.value })} />
      </Group>
      {stays.length > 0 && <Text size="sm" c="dimmed" className="said reading">{t('gate-stays', { criteria: stays.join(', ') })}</Text>}
      {steps.map((step, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- a new step has no key until it is sent
        <Group key={place} gap="sm" align="flex-end">
          <MultiSelect label={steps.length > 1 ? t('step-roles', { number: place + 1 }) : t('field-approvers')} required w={304} searchable data={roles.filter(({ former }) => !former).map(({ key, name }) => ({ value: key, label: name }))} value={[...step.roles]} onChange={(chosen) => change(place, { roles: chosen })} />
          <Select label={t('quorum')} w={240} allowDeselect={false} data={quorums(step.quorum)} value={toChoice(step.quorum)} onChange={(chosen) => { const word = WORDS.find((each) => each === chosen); if (word) change(place, { quorum: word }); }} />
          {steps.length > 1 && <CloseButton size="lg" aria-label={t('drop-step', { number: place + 1 })} onClick={() => set({ steps: steps.filter((_, at) => at !== place) })} />}
        </Group>
      ))}
      <Button variant="default" size="xs" w="fit-content" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => set({ steps: [...steps, newStep()] })}>{t('another-step')}</Button>
    </Stack>
  );
}
