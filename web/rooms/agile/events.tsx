/** When the events of a sprint are, and how long they may take in a sprint of its length. */
import { Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from '../../parts/number-field';
import { ProblemAlert } from '../../parts/problem';
import { dayOf, fromField, momentText, timeText, toField } from '../../parts/when';
import { isNumber, type Written } from '../../parts/written';
import type { Parts } from './parts';
import { atSprint, type Sprint, type SprintPlace, useDo } from './queries';

type Event = Sprint['events'][number];

/** Of the daily the time of day counts. */
const whenText = ({ event, at }: Event): string => (at === null ? '' : event === 'daily' ? timeText(at) : momentText(at));

/** The time of day of a moment, as a field of that type holds it. */
const timeOf = (at: string): string => toField(at).slice(11);

/** When it is this time of day next: a daily has no day of its own, and is planned for none that is over. */
function nextAt(time: string): string | undefined {
  const [today, tomorrow] = [Date.now(), Date.now() + 86_400_000].map((day) => fromField(`${dayOf(day)}T${time}`));
  return today !== undefined && Date.parse(today) > Date.now() ? today : tomorrow;
}

function Row({ each, mayPlan, busy, plan }: { readonly each: Event; readonly mayPlan: boolean; readonly busy: boolean; readonly plan: (at: string, hours: number) => void }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const isDaily = each.event === 'daily';
  const kept = each.at === null ? '' : isDaily ? timeOf(each.at) : toField(each.at);
  const [at, setAt] = useState(kept);
  const [hours, setHours] = useState<Written>(each.hours);
  const moment = isDaily ? nextAt(at) : fromField(at);
  const isNew = moment !== undefined && isNumber(hours) && (at !== kept || hours !== each.hours);
  const name = t(`event-${each.event}`);
  return (
    <Table.Tr>
      <Table.Td>{name}<Text size="xs" c="dimmed">{each.event === 'daily' ? t('event-minutes', { minutes: each.hours * 60 }) : t('event-at-most', { hours: each.atMost })}</Text></Table.Td>
      {mayPlan ? (
        <Table.Td>
          <Group gap="xs" wrap="wrap">
            <TextInput {...(isDaily ? { type: 'time' } : { type: 'datetime-local', min: `${dayOf(Date.now())}T00:00` })} flex="1 1 150px" miw={0} maw={230} aria-label={t('event-when', { name })} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
            {!isDaily && <NumberField aria-label={t('event-hours', { name })} w={90} min={0.25} max={each.atMost} step={0.25} decimals={2} value={hours} onChange={setHours} />}
            {isNew && <Button variant="default" loading={busy} aria-label={t('event-keep', { name })} onClick={() => plan(moment, hours)}>{t('keep')}</Button>}
          </Group>
        </Table.Td>
      ) : <Table.Td>{each.at === null ? <Text size="sm" c="dimmed">{t('event-open')}</Text> : `${whenText(each)} · ${each.event === 'daily' ? t('event-minutes', { minutes: each.hours * 60 }) : t('event-long', { hours: each.hours })}`}</Table.Td>}
    </Table.Tr>
  );
}

/** @param kinds those that concern the reader here. */
export function Events({ place, may, sprint, at, kinds }: Pick<Parts, 'place' | 'may'> & { readonly sprint: Sprint; readonly at: SprintPlace; readonly kinds: readonly Event['event'][] }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const doing = useDo(place);
  const mayPlan = may.plan && sprint.status !== 'closed' && sprint.status !== 'ended' && !sprint.isHeld;
  return (
    <Stack component="section" gap="xs">
      <Title order={2}>{t('events')}</Title>
      <Table verticalSpacing={4}>
        <Table.Thead><Table.Tr><Table.Th>{t('event')}</Table.Th><Table.Th>{t('when')}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {sprint.events.filter(({ event }) => kinds.includes(event)).map((each) => (
            <Row key={`${each.event} ${each.at} ${each.hours}`} each={each} mayPlan={mayPlan} busy={doing.isPending}
              plan={(moment, hours) => doing.mutate({ at: `${atSprint(at)}/events/${each.event}`, body: { at: moment, hours } })} />
          ))}
        </Table.Tbody>
      </Table>
      {doing.error && <ProblemAlert error={doing.error} />}
    </Stack>
  );
}

/** What comes next, in a line: for those at the board. */
export function NextEvents({ sprint }: { readonly sprint: Sprint }): React.JSX.Element | null {
  const { t } = useTranslation('agile');
  const planned = sprint.events.filter(({ event, at }) => at !== null && event !== 'planning');
  if (planned.length === 0 || sprint.status !== 'running') return null;
  return <Text size="sm" c="dimmed">{planned.map((each) => `${t(`event-${each.event}`)} ${whenText(each)}`).join(' · ')}</Text>;
}
