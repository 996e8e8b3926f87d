/** What is supposed otherwise: people, how often voters send back, parameters, estimates. */
import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../parts/date-field';
import { NumberField } from '../../parts/number-field';
import type { Written } from '../../parts/written';
import { ParameterField } from '../start/parameter';
import { assignableRoles, inLanguage, type Template } from '../start/template';
import type { Phase } from './content';
import { isOrdered, isSupposed, NOTHING_SUPPOSED, type Supposed } from './supposed';
import classes from './simulation.module.css';

interface Props {
  readonly template: Template;
  readonly busy: boolean;
  readonly start: string;
  readonly ask: (start: string, supposed: Supposed) => void;
}

type Estimate = Supposed['estimates'][string];
const STEPS = ['best', 'likely', 'worst'] as const;
const UNSAID: readonly [number, number, number] = [1, 2, 4];

const without = <V, >(record: Readonly<Record<string, V>>, key: string): Record<string, V> => Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));
const withNumber = (record: Readonly<Record<string, number>>, key: string, value: Written): Record<string, number> => (value === undefined ? without(record, key) : { ...record, [key]: value });

interface Task { readonly value: string; readonly label: string; readonly estimate: readonly [number, number, number] }

const tasksOf = ({ phases }: Template): Task[] => (phases as unknown as readonly Phase[]).flatMap((phase) =>
  (phase.tasks ?? []).map((task) => ({ value: `${phase.key}/${task.key}`, label: `${inLanguage(phase.name)} / ${inLanguage(task.name)}`, estimate: task.estimate ?? UNSAID })));

export function WhatIf({ template, busy, start: begun, ask }: Props): React.JSX.Element {
  const { t } = useTranslation('simulation');
  const [start, setStart] = useState(begun);
  const [supposed, setSupposed] = useState(NOTHING_SUPPOSED);
  const { people, estimates, parameters } = supposed;
  const set = (changed: Partial<Supposed>): void => setSupposed((before) => ({ ...before, ...changed }));
  const setNumber = (key: 'rejection' | 'items', value: Written): void => setSupposed(({ [key]: _, ...rest }) => (value === undefined ? rest : { ...rest, [key]: value }));
  const tasks = tasksOf(template);
  const isRight = Object.values(estimates).every(isOrdered) && start !== '';
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (isRight) ask(start, supposed); }}>
      <Stack gap="md">
        <Text size="sm" c="dimmed" className="reading">{t('what-if-text')}</Text>
        <div className={classes['fields']}>
          <DateField label={t('start')} required value={start} onChange={(event) => setStart(event.currentTarget.value)} />
          <NumberField label={t('rejection')} min={0} max={90} placeholder={t('usual')} value={supposed.rejection} onChange={(value) => setNumber('rejection', value)} />
          {(template.inventory ?? []).length > 0 && <NumberField label={t('items')} min={1} max={20} decimals={0} placeholder="2" value={supposed.items} onChange={(value) => setNumber('items', value)} />}
        </div>
        <Fieldset legend={t('people-of')}>
          <div className={classes['fields']}>
            {assignableRoles(template).map(({ key, name }) => <NumberField key={key} label={inLanguage(name)} min={1} max={100} decimals={0} placeholder={t('usual')} value={people[key]} onChange={(value) => set({ people: withNumber(people, key, value) })} />)}
          </div>
        </Fieldset>
        <Fieldset legend={t('estimates')}>
          <Stack gap="sm">
            {Object.entries(estimates).map(([key, estimate]) => {
              const label = tasks.find(({ value }) => value === key)?.label ?? key;
              return (
                <Group key={key} gap="sm" align="flex-end" role="group" aria-label={label}>
                  <Text size="sm" w="100%" className="said">{label}</Text>
                  {STEPS.map((step, place) => (
                    <NumberField key={step} label={t(step)} required w={112} min={0} max={1000} value={estimate[place]} error={!isOrdered(estimate) && place === 0 ? t('estimate-order') : undefined}
                      onChange={(value) => set({ estimates: { ...estimates, [key]: estimate.map((each, at) => (at === place ? value : each)) as unknown as Estimate } })} />
                  ))}
                  <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('leave', { task: label })} onClick={() => set({ estimates: without(estimates, key) })}><IconX size={16} aria-hidden /></ActionIcon>
                </Group>
              );
            })}
            <Select label={t('estimate-of')} searchable value={null} maw={560} data={tasks.filter(({ value }) => !(value in estimates)).map(({ value, label }) => ({ value, label }))}
              onChange={(task) => { const found = tasks.find(({ value }) => value === task); if (found) set({ estimates: { ...estimates, [found.value]: found.estimate } }); }} />
          </Stack>
        </Fieldset>
        {(template.parameters ?? []).some(({ type }) => type !== 'person') && (
          <Fieldset legend={t('parameters')}>
            <Stack gap="sm">{(template.parameters ?? []).filter(({ type }) => type !== 'person').map((parameter) => (
              <ParameterField key={parameter.key} parameter={parameter} isOptional value={parameters[parameter.key] ?? parameter.default ?? (parameter.type === 'checkbox' ? true : undefined)} error={undefined} set={(value) => set({ parameters: value === '' ? without(parameters, parameter.key) : { ...parameters, [parameter.key]: value } })} />
            ))}</Stack>
          </Fieldset>
        )}
        <Group gap="sm">
          <Button type="submit" loading={busy} disabled={!isRight || (!isSupposed(supposed) && start === begun)}>{t('compare')}</Button>
          <Button variant="subtle" onClick={() => { setSupposed(NOTHING_SUPPOSED); ask(start, NOTHING_SUPPOSED); }}>{t('clear')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
