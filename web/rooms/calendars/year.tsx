/** A year at a glance: twelve months, with each day off and why; and the same in words. */
import { List, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LOCALES, language } from '../../app/i18n';
import { labelOf } from '../../parts/label';
import { dayText, today } from '../../parts/when';
import classes from './calendars.module.css';
import { type Mark, markOf, periodsOf, weeksOf, type Year } from './days';

const SHOWN: readonly Exclude<Mark, 'weekend'>[] = ['holiday', 'replacement', 'closure'];
const MONTHS = Array.from({ length: 12 }, (_, month) => month);
/** A Monday. */
const MONDAY = Date.UTC(2027, 0, 4);
const DAY = 86_400_000;

const format = (options: Intl.DateTimeFormatOptions, at: number): string => new Intl.DateTimeFormat(LOCALES[language()], { timeZone: 'UTC', ...options }).format(at);

export function YearView({ year }: { readonly year: Year }): React.JSX.Element {
  const { t } = useTranslation('calendars');
  const mark = markOf(year);
  const names = new Map(year.holidays.map(({ date, name }) => [date, name]));
  const now = today();
  return (
    <>
      <ul className={classes['legend']} aria-label={t('legend')}>{SHOWN.map((each) => <li key={each}><span className={classes['day']} data-mark={each} aria-hidden /> {t(`mark-${each}`)}</li>)}</ul>
      <div className={classes['year']}>
        {MONTHS.map((month) => (
          <table key={month} className={classes['month']}>
            <caption>{format({ month: 'long' }, Date.UTC(year.year, month, 1))}</caption>
            <thead><tr>{Array.from({ length: 7 }, (_, day) => <th key={day} scope="col" abbr={format({ weekday: 'long' }, MONDAY + day * DAY)}>{format({ weekday: 'narrow' }, MONDAY + day * DAY)}</th>)}</tr></thead>
            <tbody>
              {weeksOf(year.year, month).map((week) => (
                <tr key={week.find((day) => day !== null)}>
                  {week.map((day, place) => {
                    // oxlint-disable-next-line react/no-array-index-key -- an empty place has nothing else
                    if (day === null) return <td key={place} />;
                    const why = mark(day);
                    const said = why === undefined || why === 'weekend' ? undefined : (names.get(day) ?? t(`mark-${why}`));
                    return <td key={day}><span className={classes['day']} data-mark={why} data-today={day === now || undefined} title={said}>{Number(day.slice(8))}</span></td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </>
  );
}

/** The same in words: what falls when. */
export function InWords({ year }: { readonly year: Year }): React.JSX.Element {
  const { t } = useTranslation('calendars');
  const periods = periodsOf(year.closures);
  return (
    <div className={classes['words']}>
      <section>
        <Title order={2} size="h3">{t('holidays')}</Title>
        <List size="sm">{year.holidays.map(({ date, name, onDayOff }) => <List.Item key={date}>{labelOf(dayText(date))} {name}{onDayOff && <Text span size="sm" c="dimmed"> · {t('on-day-off')}</Text>}</List.Item>)}</List>
      </section>
      <section>
        <Title order={2} size="h3">{t('replacement-days')}</Title>
        {year.replacementDays.length === 0 ? <Text size="sm" c="dimmed">{t(year.provisional ? 'none-announced' : 'none')}</Text> : <List size="sm">{year.replacementDays.map((day) => <List.Item key={day}>{dayText(day)}</List.Item>)}</List>}
      </section>
      <section>
        <Title order={2} size="h3">{t('closures')}</Title>
        {periods.length === 0 ? <Text size="sm" c="dimmed">{t('none')}</Text> : <List size="sm">{periods.map(({ from, to }) => <List.Item key={from}>{from === to ? dayText(from) : t('from-to', { from: dayText(from), to: dayText(to) })}</List.Item>)}</List>}
      </section>
    </div>
  );
}
