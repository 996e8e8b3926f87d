/** What is decided on: criteria, evidence, or the change of the plan that is asked for. */
import { Badge, Group, Stack, Table, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconUserQuestion, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { labelOf, listOf } from '../../parts/label';
import { EvidenceView } from '../../parts/task/evidence-view';
import { Helped } from '../../parts/help';
import { RoomLink } from '../../parts/link';
import { numberText } from '../../parts/number';
import { Day } from '../../parts/when';
import classes from './gate.module.css';
import type { Approval } from './queries';

const MARKS = { met: ['var(--on-course)', IconCheck], unmet: ['var(--off-course)', IconX], judged: ['var(--quiet)', IconUserQuestion] } as const;

/** @param isJudge whether the reader is one of those who decide. */
export function Criteria({ approval, isJudge = false }: { readonly approval: Approval; readonly isJudge?: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  if (approval.criteria.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Helped topic="criteria"><Title order={2}>{t('criteria')}</Title></Helped>
      <ul className={classes['criteria']}>
        {approval.criteria.map(({ key, name, met, mandatory }) => {
          const state = met === null ? 'judged' : met ? 'met' : 'unmet';
          const [color, Icon] = MARKS[state];
          return (
            <li key={key}>
              <ThemeIcon size={22} radius="xl" variant="transparent" c={color}><Icon size={18} aria-hidden /></ThemeIcon>
              <span>{name} <Text span size="sm" c="dimmed">{t(state === 'judged' && !isJudge ? 'judged-by-them' : state)}{mandatory ? '' : `, ${t('not-mandatory')}`}</Text></span>
            </li>
          );
        })}
      </ul>
    </Stack>
  );
}

/** @param isLinked whether tasks can be gone to: as they are now. */
export function Evidence({ approval, isLinked = true }: { readonly approval: Approval; readonly isLinked?: boolean }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  if (approval.evidence.length === 0) return null;
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('evidence')}</Title>
      <ul className={classes['evidence']}>
        {approval.evidence.map((task) => (
          <li key={task.task}>
            <Group justify="space-between" gap="xs" align="baseline">
              {isLinked ? <RoomLink to="/projects/$project/tasks/$phase/$task" params={{ project: task.project, phase: task.phase, task: task.task }} fw={600} c="inherit" className="said">{task.name}</RoomLink> : <Text fw={600} className="said">{task.name}</Text>}
              <Text size="sm" c="dimmed">{task.doneBy ? listOf([task.doneBy.name, ...(task.checkedBy ? [t('checked-by', { name: task.checkedBy.name })] : [])]) : t(task.status === 'dropped' ? 'dropped' : 'not-done')}</Text>
            </Group>
            <EvidenceView task={task} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

/** A service that is signed off: what is promised of it, what shows that it is ready, and who was taught. */
export function HandedOver({ approval }: { readonly approval: Approval }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  const { handedOver } = approval;
  if (!handedOver) return null;
  const sessions = handedOver.sessions.filter(({ status }) => status === 'confirmed');
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('evidence')}</Title>
      {approval.phase !== null && <Text size="sm" className="no-print"><RoomLink to="/projects/$project/phases/$phase/handover" params={{ project: approval.project, phase: approval.phase }} search={{ service: handedOver.service }}>{t('to-service')}</RoomLink></Text>}
      {handedOver.levels.map(({ name, target, unit }) => <Text key={`${name} ${target}`} className="said">{labelOf(name ?? '–')} {t(`level-${unit}`, { count: target, target: numberText(target) })}</Text>)}
      <ul className={classes['evidence']}>
        {handedOver.entries.map((entry) => (
          <li key={entry.key}>
            <Group justify="space-between" gap="xs" align="baseline">
              <Text fw={600} className="said">{entry.name}</Text>
              <Text size="sm" c="dimmed">{entry.status === 'waived' ? t('does-not-apply', { name: entry.waivedBy?.name ?? '' }) : entry.by?.name ?? t('not-done')}</Text>
            </Group>
            {entry.reason !== null && <Text size="sm" className="said">{entry.reason}</Text>}
            <EvidenceView task={entry} />
          </li>
        ))}
        {sessions.map((session) => (
          <li key={session.key}>
            <Group justify="space-between" gap="xs" align="baseline">
              <Text fw={600} className="said">{session.name ?? '–'}</Text>
              <Text size="sm" c="dimmed">{session.answeredBy && t('checked-by', { name: session.answeredBy.name })}</Text>
            </Group>
            <Text size="sm">{t('attended', { names: session.attended.map(({ name }) => name).join(', ') })}</Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

const value = (given: string | number | null): string => (given === null ? '–' : String(given));

/** A change of the plan: why, and what would be different. */
export function Asked({ approval }: { readonly approval: Approval }): React.JSX.Element | null {
  const { t } = useTranslation('gate');
  const { asked } = approval;
  if (!asked) return null;
  return (
    <Stack component="section" gap="sm">
      <Text className="said reading">{asked.reason}</Text>
      <Group gap="xs">
        <Badge>{t('size-days', { count: asked.size.days })}</Badge><Badge>{t('size-cost', { cost: asked.size.cost })}</Badge><Badge>{t('size-tasks', { count: asked.size.tasks })}</Badge>
      </Group>
      <Text size="sm" c="dimmed">{asked.requestedBy.name}, <Day at={asked.requestedAt} /></Text>
      <Title order={2}>{t('plan-difference')}</Title>
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={6}>
          <Table.Thead><Table.Tr><Table.Th>{t('what')}</Table.Th><Table.Th>{t('before')}</Table.Th><Table.Th>{t('after')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {asked.difference.flatMap((each) => (each.fields.length > 0 ? each.fields : [{ field: '', before: null, after: null }]).map((field) => (
              <Table.Tr key={`${each.kind}/${each.phase.key}/${each.name}/${field.field}`}>
                <Table.Td>{each.phase.name} · {each.name}{field.field === '' ? '' : ` · ${field.field}`} {each.change !== 'changed' && <Badge size="sm" color="gray">{t(`difference-${each.change}`)}</Badge>}</Table.Td>
                <Table.Td>{value(field.before)}</Table.Td><Table.Td>{value(field.after)}</Table.Td>
              </Table.Tr>
            )))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}
