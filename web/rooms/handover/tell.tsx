/** Tells figures of a day, or of many by a table. */
import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, ApiProblem, type Schema } from '../../data/api';
import { useCommand } from '../../data/command';
import { DateField } from '../../parts/date-field';
import { labelOf } from '../../parts/label';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { TextFileButton } from '../../parts/text-file';
import { today } from '../../parts/when';
import { isNumber, type Written } from '../../parts/written';
import type { Parts } from './board';
import classes from './handover.module.css';
import type { Support } from './queries';

const FIELDS = ['p1', 'p2', 'p3', 'p4', 'serviceLevel', 'defects', 'calls'] as const;
type Field = (typeof FIELDS)[number];
type Sent = { readonly entries: readonly object[] } | { readonly csv: string };
const OPTIONAL = ['open-p1', 'open-p2', 'open-p3', 'open-p4'] as const;

function Answers({ answer }: { readonly answer: Schema<'FiguresAnswer'> }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const refused = answer.entries.filter(({ outcome }) => outcome === 'refused');
  return (
    <Stack gap={4} role="status">
      <Text size="sm">{t('told', { count: answer.entries.length - refused.length })}{refused.length > 0 && ` · ${t('refused', { count: refused.length })}`}</Text>
      {refused.map(({ service, date, problem }) => <Text key={`${service} ${date} ${problem?.detail}`} size="sm" c="var(--off-course)">{labelOf(`${service} ${date}`)} {problem?.detail}</Text>)}
    </Stack>
  );
}

export function Tell({ place, service, support }: Parts & { readonly support: Support }): React.JSX.Element {
  const { t } = useTranslation('handover');
  const [date, setDate] = useState(() => support.days.find(({ isOver, figures }) => isOver && !figures)?.date ?? today());
  const [values, setValues] = useState<Partial<Record<Field | (typeof OPTIONAL)[number], Written>>>({});
  const [corrects, setCorrects] = useState(false);
  const [answer, setAnswer] = useState<Schema<'FiguresAnswer'>>();
  const path = { ...place };
  const sending = useCommand<Sent, Schema<'FiguresAnswer'> | Schema<'PendingAnswer'>>((sent, header) => ('csv' in sent
    ? answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/handover/figures/import', { params: { path, header }, body: sent }))
    : answerOf(api.POST('/api/v1/projects/{project}/phases/{phase}/handover/figures', { params: { path, header }, body: { entries: sent.entries as Schema<'FiguresEntry'>[] } }))),
  [['project', place.project, 'handover', place.phase], ['services']], (output, sent) => {
    if ('entries' in output) setAnswer(output);
    if ('entries' in sent) { setValues({}); setCorrects(false); }
  });
  const isKnown = support.days.some((day) => day.date === date && day.figures !== null);
  const isComplete = FIELDS.every((field) => isNumber(values[field])) && (OPTIONAL.every((field) => values[field] === undefined) || OPTIONAL.every((field) => isNumber(values[field])));
  const send = (event: React.FormEvent): void => {
    event.preventDefault();
    const { p1, p2, p3, p4, serviceLevel, defects, calls } = values;
    const open = values['open-p1'] === undefined ? undefined : { p1: values['open-p1'], p2: values['open-p2'], p3: values['open-p3'], p4: values['open-p4'] };
    sending.mutate({ entries: [{ service: service.service, date, figures: { incidents: { p1, p2, p3, p4 }, ...(open && { open }), serviceLevel, defects, calls }, correction: corrects }] });
  };
  const field = (name: Field | (typeof OPTIONAL)[number], label: string, max = 100_000): React.JSX.Element => (
    <NumberField key={name} label={label} min={0} max={max} {...(name !== 'serviceLevel' && { decimals: 0 })} value={values[name]} onChange={(next) => setValues((before) => ({ ...before, [name]: next }))} />
  );
  return (
    <Stack component="form" gap="sm" className="no-print" onSubmit={send}>
      <Title order={3}>{t('tell-figures')}</Title>
      <Group gap="sm" align="flex-end"><DateField label={t('day')} min={support.from} max={today()} value={date} onChange={(event) => setDate(event.currentTarget.value)} />{isKnown && <Checkbox label={t('corrects')} checked={corrects} onChange={(event) => setCorrects(event.currentTarget.checked)} />}</Group>
      <Text size="sm" fw={500}>{t('incidents-came')}</Text>
      <div className={classes['numbers']}>{(['p1', 'p2', 'p3', 'p4'] as const).map((each) => field(each, each.toUpperCase()))}</div>
      <Text size="sm" fw={500}>{t('incidents-open')} <Text span c="dimmed">{t('may-be-left-out')}</Text></Text>
      <div className={classes['numbers']}>{OPTIONAL.map((each) => field(each, t('open-of', { priority: each.slice(5).toUpperCase() })))}</div>
      <div className={classes['numbers']}>{field('serviceLevel', t('measure-service-level'), 100)}{field('defects', t('measure-defects'))}{field('calls', t('measure-calls'))}</div>
      <Group gap="sm">
        <Button type="submit" disabled={!isComplete || (isKnown && !corrects)} loading={sending.isPending}>{t('tell')}</Button>
        <TextFileButton accept=".csv,text/csv" take={(csv) => sending.mutate({ csv })}>{(props) => <Button {...props} variant="default">{t('tell-csv')}</Button>}</TextFileButton>
        <Text size="sm" c="dimmed">{t('csv-columns')}</Text>
      </Group>
      {answer && <Answers answer={answer} />}
      {sending.error && <ProblemAlert error={sending.error}>{sending.error instanceof ApiProblem && sending.error.problem.code === 'figures-known' && <Text size="sm">{t('corrects-hint')}</Text>}</ProblemAlert>}
    </Stack>
  );
}
