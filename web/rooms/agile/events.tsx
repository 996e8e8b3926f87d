/** When the events of a sprint are, and how long they may take in a sprint of its length. */
import { Button, Group, NumberInput, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../parts/problem';
import { fromField, momentText, timeText, toField } from '../../parts/when';
import type { Parts } from './parts';
import { atSprint, type Sprint, type SprintPlace, useDo } from './queries';

type Event = Sprint['events'][number];

/** Of the daily the time of day counts. */
const whenText = ({ event, at }: Event): string => (at === null ? '' : event === 'daily' ? timeText(at) : momentText(at));

function Row({ each, mayPlan, busy, plan }: { readonly each: Event; readonly mayPlan: boolean; readonly busy: boolean; readonly plan: (at: string, hours: number) => void }): React.JSX.Element {
  const { t } = useTranslation('agile');
  const [at, setAt] = useState(each.at === null ? '' : toField(each.at));
  const [hours, setHours] = useState<number | string>(each.hours);
  const moment = fromField(at);
  const isNew = moment !== undefined && typeof hours === 'number' && (each.at === null || at !== toField(each.at) || hours !== each.hours);
  const name = t(`event-${each.event}`);
  return (
    <Table.Tr>
      <Table.Td>{name}<Text size="xs" c="dimmed">{each.event === 'daily' ? t('event-minutes', { minutes: each.hours * 60 }) : t('event-at-most', { hours: each.atMost })}</Text></Table.Td>
      {mayPlan ? (
        <Table.Td>
          <Group gap="xs" wrap="wrap">
            <TextInput type="datetime-local" flex="1 1 150px" miw={0} maw={230} aria-label={t('event-when', { name })} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
            {each.event !== 'daily' && <NumberInput aria-label={t('event-hours', { name })} w={90} min={0.25} max={each.atMost} step={0.25} decimalScale={2} value={hours} onChange={setHours} />}
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
