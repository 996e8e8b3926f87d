/** Single facts of a project, as all views of the portfolio tell them. */
import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { joined } from '../../parts/joined';
import { labelOf } from '../../parts/label';
import { RoomLink } from '../../parts/link';
import { moneyText } from '../../parts/money';
import { Day } from '../../parts/when';
import classes from './portfolio.module.css';
import type { Item } from './queries';

export function Name({ item }: { readonly item: Item }): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  return (
    <div>
      <RoomLink to="/projects/$project" params={{ project: item.id }} fw={600} className="said">{item.name ?? t('nameless')}</RoomLink>
      <Text size="xs" c="dimmed" className="said">{joined([item.program?.name, item.template.name, ...item.managers.map(({ name }) => name)])}</Text>
    </div>
  );
}

/** Why its course is what it is, and which tasks are blocked, by whom and by what. */
export function Reasons({ item: { id, reasons, blocked } }: { readonly item: Item }): React.JSX.Element | null {
  if (reasons.length === 0 && blocked.length === 0) return null;
  return (
    <List size="xs" mt={4} spacing={0}>
      {reasons.map(({ code, text }) => <List.Item key={code + text}>{text}</List.Item>)}
      {blocked.slice(0, 3).map(({ phase, task, name, by, reason }) => (
        <List.Item key={`${phase} ${task}`} className="said"><RoomLink inherit underline="always" to="/projects/$project/tasks/$phase/$task" params={{ project: id, phase, task }}>{name}</RoomLink> {reason === null ? `(${by.name})` : `${labelOf(`(${by.name})`)} ${reason}`}</List.Item>
      ))}
      {blocked.length > 3 && <List.Item>+{blocked.length - 3}</List.Item>}
    </List>
  );
}

/** The gate that is next, and whom it waits for. */
export function Next({ item }: { readonly item: Item }): React.JSX.Element | null {
  const { t } = useTranslation('portfolio');
  const { next } = item;
  if (!next) return null;
  const name = next.gate?.name ?? next.phase.name;
  const people = next.waitingFor.slice(0, 3).map((person) => person.name).join(', ');
  return (
    <div>
      <Text size="sm" className="said">{next.approval === null ? name : <RoomLink inherit to="/approvals/$" params={{ _splat: next.approval }}>{name}</RoomLink>}</Text>
      <Text size="xs" c="dimmed">
        {next.approval === null ? t('open-tasks', { count: next.openTasks }) : t('deciding')}{people === '' ? '' : ` · ${people}`}{next.waitingFor.length > 3 ? ` +${next.waitingFor.length - 3}` : ''}
      </Text>
    </div>
  );
}

/** The end as it is expected, against what was promised. */
export function End({ item }: { readonly item: Item }): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const end = item.endedAt ?? item.expectedEndAt;
  const slip = item.slipDays === null ? null : Math.round(item.slipDays);
  return (
    <div>
      <Text size="sm">{end === null ? '–' : <Day at={end} />}</Text>
      {slip !== null && item.endedAt === null && (
        <Text size="xs" c={slip > 0 ? 'var(--off-course)' : 'dimmed'}>{slip === 0 ? t('as-promised') : t(slip > 0 ? 'later' : 'earlier', { count: Math.abs(slip) })}</Text>
      )}
    </div>
  );
}

/** What was spent of what was promised, and what it will have cost where that is something else. */
export function Cost({ item: { cost, endedAt } }: { readonly item: Item }): React.JSX.Element | null {
  const { t } = useTranslation('portfolio');
  if (!cost) return null;
  const { baseline, actual, atCompletion, limit, currency } = cost;
  const isBeyond = limit !== null && atCompletion > limit;
  return (
    <div className={classes['cost']}>
      <Text size="sm">{t('spent-of', { actual: moneyText(actual, currency), baseline: moneyText(baseline, currency) })}</Text>
      {endedAt === null && <Text size="xs" c={isBeyond ? 'var(--off-course)' : 'dimmed'}>{atCompletion === baseline ? t('as-promised') : t('expected-cost', { amount: moneyText(atCompletion, currency) })}</Text>}
    </div>
  );
}
