/** The office says which days replace holidays, and when the organisation is closed; with what that does. */
import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifications } from '@mantine/notifications';
import { answerOf, api, ApiProblem } from '../../data/api';
import { useCommand } from '../../data/command';
import { DateField } from '../../parts/date-field';
import { ProblemAlert } from '../../parts/problem';
import { difference, type Period, periodsOf, type Year } from './days';

interface Props {
  readonly calendar: string;
  readonly year: Year;
  readonly workingDays: number;
  readonly close: () => void;
}

export function Announce({ calendar, year, workingDays, close }: Props): React.JSX.Element {
  const { t } = useTranslation('calendars');
  const missing = year.holidays.filter(({ onDayOff }) => onDayOff).length;
  // As many places as there are holidays to replace; what was announced stands in them.
  const [days, setDays] = useState<readonly string[]>(() => [...year.replacementDays, ...Array.from({ length: Math.max(0, missing - year.replacementDays.length) }, () => '')]);
  const [closures, setClosures] = useState<readonly Period[]>(() => periodsOf(year.closures));
  const filled = days.filter((day) => day !== '');
  const periods = closures.filter(({ from }) => from !== '').map(({ from, to }) => ({ from, to: to === '' ? from : to }));
  const command = useCommand(
    (body: { readonly replacementDays: string[]; readonly closures: Period[] }, header) => answerOf(api.POST('/api/v1/calendars/{calendar}/years/{year}/announce', { params: { path: { calendar, year: String(year.year) }, header }, body })),
    [['calendars'], ['project'], ['tasks'], ['approvals'], ['portfolio']], () => {
      notifications.show({ message: t('announced-said', { year: year.year }) });
      close();
    });
  const problems = command.error instanceof ApiProblem ? (command.error.problem.errors ?? []) : [];
  const errorAt = (pointer: string): string | undefined => problems.find((each) => each.pointer === pointer)?.detail;
  const limits = { min: `${year.year}-01-01`, max: `${year.year}-12-31` };
  const edit = (change: () => void): void => { change(); command.reset(); };
  const put = <T,>(list: readonly T[], place: number, value: T): readonly T[] => list.map((each, at) => (at === place ? value : each));
  const placeOf = (place: number): number => days.slice(0, place).filter((day) => day !== '').length;
  const periodPlace = (place: number): number => closures.slice(0, place).filter(({ from }) => from !== '').length;
  const change = difference(year, filled, periods);
  const send = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    command.mutate({ replacementDays: [...filled], closures: periods });
  };
  return (
    <Stack component="form" gap="md" maw={640} onSubmit={send}>
      <Title order={2}>{t('announce-title', { year: year.year })}</Title>
      <Stack gap="xs">
        <Text size="sm" fw={600}>{t('replacement-days')}</Text>
        <Text size="sm" c="dimmed">{t('to-replace', { count: missing })}</Text>
        {days.map((day, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- places of a list that is filled in
          <Group key={place} gap="xs" align="flex-start">
            <DateField aria-label={t('replacement-number', { number: place + 1 })} {...limits} value={day} error={day === '' ? undefined : errorAt(`/replacementDays/${placeOf(place)}`)} onChange={(event) => { const { value } = event.currentTarget; edit(() => setDays(put(days, place, value))); }} />
            <ActionIcon variant="subtle" size={36} aria-label={t('remove', { what: day === '' ? t('replacement-number', { number: place + 1 }) : day })} onClick={() => edit(() => setDays(days.filter((_, at) => at !== place)))}><IconX size={16} aria-hidden /></ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="sm" w="fit-content" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDays([...days, ''])}>{t('add-replacement')}</Button>
      </Stack>
      <Stack gap="xs">
        <Text size="sm" fw={600}>{t('closures')}</Text>
        <Text size="sm" c="dimmed">{t('closures-text')}</Text>
        {closures.map(({ from, to }, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- places of a list that is filled in
          <Group key={place} gap="xs" align="flex-start">
            <DateField aria-label={t('closed-from', { number: place + 1 })} {...limits} value={from} error={errorAt(`/closures/${periodPlace(place)}`)} onChange={(event) => { const { value } = event.currentTarget; edit(() => setClosures(put(closures, place, { from: value, to }))); }} />
            <Text span pt={6} aria-hidden>–</Text>
            <DateField aria-label={t('closed-through', { number: place + 1 })} {...limits} min={from === '' ? limits.min : from} value={to} error={errorAt(`/closures/${periodPlace(place)}/to`)} onChange={(event) => { const { value } = event.currentTarget; edit(() => setClosures(put(closures, place, { from, to: value }))); }} />
            <ActionIcon variant="subtle" size={36} aria-label={t('remove', { what: from === '' ? t('closed-from', { number: place + 1 }) : from })} onClick={() => edit(() => setClosures(closures.filter((_, at) => at !== place)))}><IconX size={16} aria-hidden /></ActionIcon>
          </Group>
        ))}
        <Button variant="default" size="sm" w="fit-content" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setClosures([...closures, { from: '', to: '' }])}>{t('add-closure')}</Button>
      </Stack>
      <Stack gap={4} className="reading" role="status">
        <Text size="sm" fw={500}>{change === 0 ? t('same-days', { count: workingDays }) : t('other-days', { count: workingDays + change, before: workingDays })}</Text>
        <Text size="sm">{t('effect')}</Text>
        {filled.length < missing && <Text size="sm">{t('fewer', { count: missing - filled.length })}</Text>}
      </Stack>
      {command.error && problems.length === 0 && <ProblemAlert error={command.error} />}
      <Group gap="sm"><Button type="submit" loading={command.isPending}>{t('announce')}</Button><Button variant="default" onClick={close}>{t('not-now')}</Button></Group>
    </Stack>
  );
}
