/** Planning of a sprint: what it is for, who has how much time, and what comes in. */
import { Button, Checkbox, Group, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../data/draft';
import { DraftNote } from '../../parts/draft-note';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { isUnreadable, type Written } from '../../parts/written';
import classes from './agile.module.css';
import { Events } from './events';
import { useMembers } from './members';
import type { Parts } from './parts';
import { atSprint, itemsQuery, type Sprint, type SprintPlace, sprintsQuery, sprintText, useDo } from './queries';

/** Items of the backlog that are offered at once. */
const OFFERED = 60;
/** Sprints that tell how much a team does. */
const PAST = 5;
const ALL_EVENTS = ['planning', 'daily', 'review', 'retrospective'] as const;

/** Days that somebody has: told when the field is left, and only what was typed into it. */
function DaysField({ label, max, placeholder, readOnly, said, say }: { readonly label: string; readonly max: number; readonly placeholder: string; readonly readOnly: boolean; readonly said: number | undefined; readonly say: (days: number | undefined) => void }): React.JSX.Element {
  const [typed, setTyped] = useState<{ readonly days: Written }>();
  return <NumberField aria-label={label} w={170} min={0} max={max} step={0.5} placeholder={placeholder} readOnly={readOnly} value={typed ? typed.days : said} onChange={(days) => setTyped({ days })}
    onBlur={() => { if (!typed || isUnreadable(typed.days)) return; setTyped(undefined); if (typed.days !== said) say(typed.days); }} />;
}

export function Planning(parts: Parts & { readonly sprint: Sprint; readonly at: SprintPlace }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const { place, backlog, team, may, sprint, at } = parts;
  const members = useMembers(parts);
  const items = useQuery(itemsQuery(place));
  const past = useQuery(sprintsQuery(place, team.key));
  const draft = useDraft(`${sprintText(at)} goal`, sprint.goal ?? '');
  const { value: goal } = draft;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const doing = useDo(place, ({ at: where }) => { if (where.endsWith('/plan') || where.endsWith('/remove')) setChosen([]); });
  const send = (verb: string, body: object): void => doing.mutate({ at: `${atSprint(at)}/${verb}`, body });
  const cards = sprint.cards.filter(({ left }) => left === null);
  const sum = (all: readonly { readonly estimate: number | null }[]): number => all.reduce((total, { estimate }) => total + (estimate ?? 0), 0);
  const offered = (items.data ?? []).filter(({ status, kind }) => status === 'open' && kind !== 'epic').slice(0, OFFERED);
  const done = (past.data ?? []).filter(({ status, result }) => (status === 'closed' || status === 'over') && result !== null).slice(0, PAST).map(({ result }) => result?.accepted.estimate ?? 0).sort((a, b) => a - b);
  const foreseen = new Map(sprint.capacity?.map(({ person, days }) => [person.id, days]));
  const inAll = [...foreseen.values()].reduce((total, days) => total + days, 0);
  // What is estimated in hours is planned in hours.
  const hours = backlog.unit === 'hours' ? ` · ${t('unit-hours', { count: Math.round((sprint.capacity ?? []).reduce((total, each) => total + each.hours, 0)) })}` : '';
  const said = new Map(sprint.availability.map(({ person, days }) => [person.id, days]));
  const toggle = (item: string): void => setChosen((before) => (before.includes(item) ? before.filter((each) => each !== item) : [...before, item]));
  const mayPlan = may.plan && !sprint.isHeld;
  return (
    <div className={classes['halves']}>
      <Stack gap="lg">
        <Stack component="section" gap="xs">
          <Title order={2}>{t('chosen')} <Text span c="dimmed">{cards.length} · {t(`unit-${backlog.unit}`, { count: sum(cards) })}</Text></Title>
          {cards.length === 0 && <Text size="sm" c="dimmed">{t('nothing-chosen')}</Text>}
          <ul className={classes['list']}>
            {cards.map(({ item, title, estimate }) => (
              <li key={item}><Group justify="space-between" wrap="nowrap">
                <Text size="sm" className="said">#{item} {title ?? t('erased')}{estimate !== null && <Text span c="dimmed"> · {t(`unit-${backlog.unit}`, { count: estimate })}</Text>}</Text>
                {mayPlan && <Button size="compact-sm" variant="default" aria-label={t('give-back-item', { item })} onClick={() => send('remove', { items: [item] })}>{t('give-back')}</Button>}
              </Group></li>
            ))}
          </ul>
        </Stack>
        {mayPlan && (
          <Stack component="section" gap="xs">
            <Title order={2}>{t('from-backlog')}</Title>
            {offered.length === 0 && <Text size="sm" c="dimmed">{t('backlog-empty')}</Text>}
            <ul className={classes['list']}>
              {offered.map(({ item, title, estimate, ready, needs }) => (
                <li key={item}><Checkbox checked={chosen.includes(item)} onChange={() => toggle(item)} label={<span className="said">#{item} {title ?? t('erased')}{estimate !== null && ` · ${t(`unit-${backlog.unit}`, { count: estimate })}`}</span>}
                  disabled={needs.some(({ isOpen }) => isOpen)}
                  description={[
                    ready.some(({ met }) => !met) && t('not-ready', { what: ready.filter(({ met }) => !met).map(({ name }) => name).join(', ') }),
                    needs.some(({ isOpen }) => isOpen) && t('waits-needs', { what: needs.filter(({ isOpen }) => isOpen).map(({ phase, deliverable }) => `${deliverable.name} (${phase.name})`).join(', ') }),
                  ].filter(Boolean).join('. ') || undefined} /></li>
              ))}
            </ul>
            {chosen.length > 0 && <Button w="fit-content" variant="default" loading={doing.isPending} onClick={() => send('plan', { items: chosen })}>{t('take-in', { count: chosen.length })}</Button>}
          </Stack>
        )}
      </Stack>
      <Stack gap="lg">
        <Stack component="form" gap="xs" onSubmit={(event) => { event.preventDefault(); send('goal', { goal }); }}>
          {mayPlan && <DraftNote draft={draft} />}
          <Textarea label={t('sprint-goal')} description={t('goal-hint')} autosize minRows={2} maxLength={4000} value={goal} readOnly={!mayPlan} onChange={(event) => draft.set(event.currentTarget.value)} />
          {mayPlan && <Button type="submit" w="fit-content" variant="default" disabled={goal.trim() === '' || goal === sprint.goal} loading={doing.isPending}>{t('keep-goal')}</Button>}
        </Stack>
        {team.sprintDays !== null && (
          <Stack component="section" gap="xs">
            <Title order={2}>{t('capacity')}</Title>
            <Table verticalSpacing={4}>
              <Table.Thead><Table.Tr><Table.Th>{t('who')}</Table.Th><Table.Th>{t('days')}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {members.map(({ id, name }) => (
                  <Table.Tr key={id}><Table.Td>{name}</Table.Td><Table.Td>
                    <DaysField label={t('days-of', { name })} max={team.sprintDays ?? 31} placeholder={foreseen.has(id) ? t('by-calendar-days', { days: foreseen.get(id) }) : t('by-calendar')} readOnly={!mayPlan} said={said.get(id)}
                      say={(days) => send('availability', { person: id, days: days ?? null })} />
                  </Table.Td></Table.Tr>
                ))}
              </Table.Tbody>
              {sprint.capacity && <Table.Tfoot><Table.Tr><Table.Th>{t('in-all')}</Table.Th><Table.Th>{t('days-in-all', { count: inAll })}{hours}</Table.Th></Table.Tr></Table.Tfoot>}
            </Table>
            <Text size="sm" c="dimmed">{t('capacity-hint', { days: team.sprintDays })}</Text>
            {done.length > 0 && <Text size="sm">{t('past', { count: done.length, low: done[0], high: done.at(-1), unit: t(`unit-${backlog.unit}`, { count: done.at(-1) ?? 0 }) })}</Text>}
          </Stack>
        )}
        <Events place={place} may={may} sprint={sprint} at={at} kinds={ALL_EVENTS} />
        {mayPlan && (
          <Stack gap="xs" align="flex-start">
            <Button size="md" disabled={!sprint.mayStart || sprint.goal === null || !backlog.isOpen} loading={doing.isPending} onClick={() => send('start', {})}>{t(team.sprintDays === null ? 'start-flow' : 'start-sprint')}</Button>
            {!sprint.mayStart && <Text size="sm" c="dimmed">{t('waits-for-other')}</Text>}
            {sprint.goal === null && <Text size="sm" c="dimmed">{t('needs-goal')}</Text>}
          </Stack>
        )}
        {doing.error && <ProblemAlert error={doing.error} />}
      </Stack>
    </div>
  );
}
