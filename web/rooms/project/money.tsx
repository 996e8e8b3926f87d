/** Money by phase, and what is added to it. */
import { Button, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../data/api';
import { useCommand } from '../../data/command';
import { comparisonQuery, projectKey } from '../../data/project';
import { moneyText } from '../../parts/money';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { isNumber, isUnreadable, type Written } from '../../parts/written';
import { hasEnded, type Parts } from './parts';
import classes from './project.module.css';

interface Cost {
  readonly phase: string;
  readonly actual?: number;
  readonly committed?: number;
  readonly toComplete?: number;
  readonly note?: string;
}

function RecordCost({ project, plan, close }: Parts & { readonly close: () => void }): React.JSX.Element {
  const { t } = useTranslation('changes');
  const [phase, setPhase] = useState(plan.phases[0]?.phase ?? '');
  const [amounts, setAmounts] = useState<Partial<Record<'committed' | 'actual' | 'toComplete', Written>>>({});
  const [note, setNote] = useState('');
  const command = useCommand((body: Cost, header) => answerOf(api.POST('/api/v1/projects/{project}/costs', { params: { path: { project: project.id }, header }, body })), [projectKey(project.id), ['portfolio']]);
  const isReady = Object.values(amounts).some(isNumber) && !Object.values(amounts).some(isUnreadable);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <Select label={t('phase')} w={224} allowDeselect={false} data={plan.phases.map((each) => ({ value: each.phase, label: each.name }))} value={phase} onChange={(chosen) => setPhase(chosen ?? '')} />
        {(['committed', 'actual', 'toComplete'] as const).map((each) => (
          <NumberField key={each} label={t(`add-${each}`)} w={176} decimals={2} grouped {...(each === 'toComplete' && { min: 0 })} value={amounts[each]}
            onChange={(value) => setAmounts((before) => ({ ...before, [each]: value }))} />
        ))}
        <TextInput label={t('note')} w={304} maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </Group>
      {command.isError && <ProblemAlert error={command.error} />}
      <Group gap="sm">
        <Button disabled={!isReady} loading={command.isPending} onClick={() => command.mutate({ phase, ...amounts, ...(note.trim() !== '' && { note: note.trim() }) }, { onSuccess: close })}>{t('record')}</Button>
        <Button variant="default" onClick={close}>{t('not-now')}</Button>
      </Group>
    </Stack>
  );
}

export function Money(parts: Parts): React.JSX.Element | null {
  const { project, may } = parts;
  const { t } = useTranslation('changes');
  const { data } = useSuspenseQuery(comparisonQuery(project.id));
  const [isOpen, setOpen] = useState(false);
  const phases = data.phases.filter(({ cost }) => cost.baseline + cost.plan + cost.committed + cost.actual + cost.atCompletion > 0);
  const mayRecord = may.steer && !hasEnded(project);
  if (phases.length === 0 && !mayRecord) return null;
  const money = (amount: number): string => moneyText(amount, data.currency);
  return (
    <Stack component="section" gap="sm">
      <Group justify="space-between"><Title order={2}>{t('money')}</Title>{mayRecord && !isOpen && <Button variant="default" size="xs" className="no-print" onClick={() => setOpen(true)}>{t('record-money')}</Button>}</Group>
      {isOpen && <RecordCost {...parts} close={() => setOpen(false)} />}
      {phases.length === 0 ? <Text size="sm" c="dimmed">{t('no-money')}</Text> : (
        <div className={classes['wide']} tabIndex={0} role="region" aria-label={t('money')}>
          <Table fz="sm" verticalSpacing={6}>
            <Table.Thead><Table.Tr><Table.Th scope="col">{t('phase')}</Table.Th>{(['baseline', 'plan', 'committed', 'actual', 'atCompletion'] as const).map((each) => <Table.Th key={each} scope="col" ta="right">{t(`money-${each}`)}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {phases.map(({ phase, cost }) => (
                <Table.Tr key={phase.key}><Table.Th scope="row" fw={400} className="said">{phase.name}</Table.Th>{[cost.baseline, cost.plan, cost.committed, cost.actual, cost.atCompletion].map((each, place) => <Table.Td key={String(place)} ta="right">{money(each)}</Table.Td>)}</Table.Tr>
              ))}
              <Table.Tr><Table.Th scope="row">{t('total')}</Table.Th>{[data.cost.baseline, data.cost.plan, data.cost.committed, data.cost.actual, data.cost.atCompletion].map((each, place) => <Table.Td key={String(place)} ta="right" fw={600}>{money(each)}</Table.Td>)}</Table.Tr>
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Stack>
  );
}
