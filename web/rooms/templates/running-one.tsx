/** What a version means for one running project, and what has to be decided before it moves. */
import { Button, Group, List, Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelOf } from '../../parts/label';
import { ProblemAlert } from '../../parts/problem';
import { sayFinding, type NameOf } from '../../parts/proof/words';
import { ParameterField } from '../start/parameter';
import type { Parameter } from '../start/template';
import { askedParameters, changesOf, type Impacted, isOpen, misfitsOf, type Wish } from './moving';

interface Props {
  readonly item: Impacted;
  /** As it was told before anything was given. */
  readonly asTold: Impacted;
  readonly parameters: readonly Parameter[];
  readonly nameOf: NameOf;
  readonly wish: Wish;
  /** Absent: nothing can be given here, as of a draft. */
  readonly give?: (wish: Wish) => void;
  readonly look: { readonly busy: boolean; readonly error: Error | null; readonly again: () => void };
}

const CHOICES = ['drop', 'keep', 'reopen'] as const;

/** What can be given, as long as it was not looked at again: all that was asked for at first, and what was found since. */
function asked(asTold: Impacted, item: Impacted) {
  const unique = <V, >(values: readonly V[], key: (value: V) => string): V[] => [...new Map(values.map((each) => [key(each), each])).values()];
  return {
    decisions: unique([...asTold.decisions, ...item.decisions], ({ id }) => id), parameters: unique([...askedParameters(asTold), ...askedParameters(item)], String),
    misfits: unique([...misfitsOf(asTold), ...misfitsOf(item)], String),
  };
}

export function ImpactDetail({ item, asTold, parameters, nameOf, wish, give, look }: Props): React.JSX.Element {
  const { t } = useTranslation('moves');
  const { t: told } = useTranslation('proof');
  const changes = changesOf(item);
  const open = asked(asTold, item);
  const decide = (id: string, choice: string): void => give?.({ ...wish, decisions: { ...wish.decisions, [id]: choice } });
  const others = item.problems.filter(({ pointer }) => !/^\/(parameters|changes)\/[^/]+$/.test(pointer) || !give);
  return (
    <Stack gap="sm" py="xs">
      {item.refusalDetail !== null && <Text size="sm">{item.refusalDetail}</Text>}
      {others.length > 0 && <List size="sm">{others.map(({ pointer, detail }) => <List.Item key={pointer + detail}>{pointer} {detail}</List.Item>)}</List>}
      {item.findings.length > 0 && <List size="sm">{item.findings.map((each) => <List.Item key={each.code + JSON.stringify(each.subject)}>{sayFinding(told, each, nameOf)}</List.Item>)}</List>}
      {changes.length > 0 && <List size="sm" listStyleType="none">{changes.map(({ change, names }) => <List.Item key={change} className="said"><Text span size="sm" fw={600}>{labelOf(t(`change-${change}`))}</Text> {names.join(', ')}</List.Item>)}</List>}
      {item.kept.tasks + item.kept.gates.length > 0 && <Text size="sm" c="dimmed">{t('kept', { tasks: item.kept.tasks, gates: item.kept.gates.length })}</Text>}
      {give && open.decisions.map((each) => (
        <Radio.Group key={each.id} size="sm" label={each.kind === 'drop-phase' ? t('decide-phase', { phase: each.phase.name, count: each.open ?? 0 }) : t('decide-task', { task: each.task?.name ?? '', fields: each.fields.map((field) => nameOf('field', `${each.task?.key}/${field}`, each.phase.key)).join(', ') })}
          value={wish.decisions[each.id] ?? null} onChange={(choice) => decide(each.id, choice)}>
          <Group gap="md" mt={4}>{each.choices.map((choice) => { const known = CHOICES.find((one) => one === choice); return <Radio key={choice} value={choice} label={known ? t(`choice-${known}`) : choice} />; })}</Group>
        </Radio.Group>
      ))}
      {give && open.misfits.map((change) => (
        <Radio.Group key={change} size="sm" label={t('misfit', { change })} value={wish.decisions[`change:${change}`] ?? null} onChange={(choice) => decide(`change:${change}`, choice)}>
          <Radio mt={4} value="drop" label={t('choice-leave-out')} />
        </Radio.Group>
      ))}
      {give && open.parameters.map((key) => {
        const parameter = parameters.find((each) => each.key === key);
        return parameter && <ParameterField key={key} parameter={parameter} value={wish.parameters[key]} set={(value) => give({ ...wish, parameters: { ...wish.parameters, [key]: value } })} error={item.problems.find(({ pointer }) => pointer === `/parameters/${key}`) && wish.parameters[key] === undefined ? t('parameter-asked') : undefined} />;
      })}
      {look.error && <ProblemAlert error={look.error} again={look.again} />}
      {give && (isOpen(asTold) || isOpen(item)) && <Group><Button size="xs" variant="default" loading={look.busy} onClick={look.again}>{t('look-again')}</Button></Group>}
    </Stack>
  );
}
