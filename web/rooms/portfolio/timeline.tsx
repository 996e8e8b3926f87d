/** The portfolio as time: a bar per project with its phases, what was promised, and today. */
import { Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Course } from '../../parts/course';
import { language, LOCALES } from '../../app/i18n';
import { listOf } from '../../parts/label';
import { dayText } from '../../parts/when';
import { Name } from './facts';
import classes from './portfolio.module.css';
import type { Item } from './queries';

/** A label that would stand in this last part of the scale would be cut off. */
const LAST_LABEL = 0.05;
const MONTH = 30.4 * 86_400_000;
const at = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));

/** From the first start to the last end, a little more on both sides. */
function spanOf(items: readonly Item[]): readonly [number, number] {
  const ends = items.flatMap(({ startedAt, endedAt, expectedEndAt, baselineEndAt }) => [startedAt, endedAt, expectedEndAt, baselineEndAt].flatMap((each) => at(each) ?? []));
  const [first, last] = [Math.min(...ends, Date.now()), Math.max(...ends, Date.now())];
  const edge = Math.max((last - first) * 0.02, 86_400_000);
  return [first - edge, last + edge];
}

/** @param most so many labels have room. */
function months([from, to]: readonly [number, number], most: number): number[] {
  const step = Math.max(1, Math.ceil((to - from) / MONTH / most));
  const found: number[] = [];
  const day = new Date(from);
  for (let month = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1); month < to; ) {
    found.push(month);
    const next = new Date(month);
    month = Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + step, 1);
  }
  return found;
}

const yearOf = (instant: number): number => new Date(instant).getUTCFullYear();
const monthText = (instant: number, withYear: boolean): string => new Intl.DateTimeFormat(LOCALES[language()], { month: 'short', timeZone: 'UTC', ...(withYear && { year: 'numeric' as const }) }).format(instant);

export const PortfolioTimeline = memo(function PortfolioTimeline({ items }: { readonly items: readonly Item[] }): React.JSX.Element {
  const { t } = useTranslation('portfolio');
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const span = spanOf(items);
  const place = (instant: number): string => `${(100 * (instant - span[0])) / (span[1] - span[0])}%`;
  return (
    <div className={classes['timeline']}>
      <div className={classes['scale']} aria-hidden>
        {months(span, isNarrow ? 4 : 12).filter((month) => month < span[1] - (span[1] - span[0]) * LAST_LABEL).map((month, at, all) => (
          // A year is said where it begins.
          <span key={month} style={{ left: place(month) }}>{monthText(month, at === 0 || yearOf(month) !== yearOf(all[at - 1] ?? month))}</span>
        ))}
      </div>
      <ul>
        {items.map((item) => {
          const promised = at(item.baselineEndAt);
          const said = listOf([t('from-to', { from: dayText(item.startedAt), to: dayText(item.endedAt ?? item.expectedEndAt ?? item.startedAt) }), ...(item.baselineEndAt === null ? [] : [t('promised-on', { day: dayText(item.baselineEndAt) })])]);
          return (
            <li key={item.id}>
              <div className={classes['who']}><Name item={item} /><Course course={item.course} /></div>
              <div className={classes['track']} role="img" aria-label={said} title={said}>
                <i className={classes['today']} style={{ left: place(Date.now()) }} />
                {item.phases.map(({ phase, name, status, startAt, endAt }) => {
                  const [start, end] = [at(startAt), at(endAt)];
                  if (start === null || end === null || status === 'skipped') return null;
                  return <i key={phase} className={classes['bar']} data-status={status} title={name} style={{ left: place(start), width: `calc(${place(end)} - ${place(start)})` }} />;
                })}
                {promised !== null && <i className={classes['promised']} style={{ left: place(promised) }} />}
              </div>
            </li>
          );
        })}
      </ul>
      <Text size="xs" c="dimmed">{t('legend')}</Text>
    </div>
  );
});
