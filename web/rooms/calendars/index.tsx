/** Which days are worked: public holidays, what replaces them, closures, and which years are not settled yet. */
import { ActionIcon, Alert, Badge, Button, Group, Select, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconInfoCircle } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Structure } from '../../app/fallbacks';
import { language } from '../../app/i18n';
import { answerOf, api, type Schema } from '../../data/api';
import { isOffice, useMe } from '../../data/me';
import { Page } from '../../parts/page';
import { ProblemAlert } from '../../parts/problem';
import { dayText, today } from '../../parts/when';
import { Announce } from './announce';
import type { CalendarsSearch } from './search';
import { InWords, YearView } from './year';

const route = getRouteApi('/inside/calendars');
const calendarsQuery = () => queryOptions({ queryKey: ['calendars', language()], queryFn: ({ signal }) => answerOf(api.GET('/api/v1/calendars', { signal })), select: ({ items }) => items });

const lengthOf = (year: number): number => (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;

function OneYear({ calendar, wanted, go }: { readonly calendar: Schema<'Calendar'>; readonly wanted: number; readonly go: (year: number) => void }): React.JSX.Element {
  const { t } = useTranslation('calendars');
  const me = useMe();
  const [isOpen, setIsOpen] = useState(false);
  const place = Math.max(0, calendar.years.findIndex(({ year }) => year === wanted));
  const year = calendar.years[place];
  if (!year) return <Text c="dimmed">{t('no-years')}</Text>;
  const [before, after] = [calendar.years[place - 1], calendar.years[place + 1]];
  const open = year.holidays.filter(({ onDayOff }) => onDayOff);
  const workingDays = lengthOf(year.year) - year.daysOff.length;
  return (
    <>
      <Group gap="sm">
        <ActionIcon variant="default" size={36} aria-label={t('year-before')} disabled={!before} onClick={() => before && go(before.year)}><IconChevronLeft size={18} aria-hidden /></ActionIcon>
        <Text fw={600} size="lg" role="status">{year.year}</Text>
        <ActionIcon variant="default" size={36} aria-label={t('year-after')} disabled={!after} onClick={() => after && go(after.year)}><IconChevronRight size={18} aria-hidden /></ActionIcon>
        <Text size="sm">{t('working-days', { count: workingDays })}</Text>
        {year.provisional && <Badge color="yellow" c="var(--mantine-color-text)">{t('provisional')}</Badge>}
        {isOffice(me) && !isOpen && <Button variant={year.provisional ? 'filled' : 'default'} onClick={() => setIsOpen(true)}>{t(year.announcedAt === null ? 'announce-days' : 'edit-days')}</Button>}
      </Group>
      {year.provisional && <Alert color="yellow" icon={<IconInfoCircle aria-hidden />} title={t('provisional-title', { year: year.year })}>{t('provisional-text', { days: open.map(({ date, name }) => `${name} (${dayText(date)})`).join(', ') })}{!isOffice(me) && ` ${t('who-announces')}`}</Alert>}
      {year.announcedAt !== null && year.announcedBy && <Text size="sm" c="dimmed">{t('announced-by', { name: year.announcedBy.name, day: dayText(year.announcedAt) })}</Text>}
      {isOpen && <Announce key={`${calendar.key} ${year.year}`} calendar={calendar.key} year={year} workingDays={workingDays} close={() => setIsOpen(false)} />}
      <YearView year={year} />
      <InWords year={year} />
    </>
  );
}

export function Calendars(): React.JSX.Element {
  const { t } = useTranslation('calendars');
  const { calendar: key, year = Number(today().slice(0, 4)) } = route.useSearch();
  const navigate = useNavigate({ from: '/calendars' });
  const query = useQuery(calendarsQuery());
  const set = (changed: CalendarsSearch): void => void navigate({ search: (before) => ({ ...before, ...changed }), replace: true });
  const calendar = query.data?.find((each) => each.key === key) ?? query.data?.[0];
  return (
    <Page title={calendar ? t('title-of', { name: calendar.name }) : t('title')} help="calendars" action={query.data && query.data.length > 1 && calendar && (
      <Select aria-label={t('which')} allowDeselect={false} data={query.data.map((each) => ({ value: each.key, label: each.name }))} value={calendar.key} onChange={(chosen) => { if (chosen !== null) set({ calendar: chosen }); }} />
    )}>
      {query.error && <ProblemAlert error={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Structure />}
      {calendar && <OneYear key={`${calendar.key} ${year}`} calendar={calendar} wanted={year} go={(next) => set({ year: next })} />}
    </Page>
  );
}
