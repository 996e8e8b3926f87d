/** Bars on a line of days: what was promised, what is planned, what is expected. Only the rows in sight are drawn. */
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { monthText, shortDayText, weekOf } from '../../parts/when';
import { Fold } from './timeline-fold';
import type { TimelineRow } from './timeline-rows';
import { barOf, placeOf, scaleOf, ticksOf, type Scale, type Tick } from './timeline-scale';
import classes from './timeline.module.css';

const HEAD = 28;
/** On a phone a name has two lines. */
const ROWS = { wide: 28, narrow: 40 } as const;
const PIXELS = { week: 18, month: 5, year: 1.6 } as const;

function tickText({ at, kind }: Tick, zoom: keyof typeof PIXELS): string {
  // Weeks are called by their first day, which says the month.
  if (kind === 'month' && zoom === 'week') return '';
  const iso = new Date(at).toISOString();
  if (kind === 'year') return iso.slice(0, 4);
  if (kind === 'month') return monthText(iso);
  return shortDayText(iso);
}

function Bars({ row, scale }: { readonly row: TimelineRow; readonly scale: Scale }): React.JSX.Element {
  const whisker = row.forecast && barOf(scale, { startAt: row.forecast.p50, endAt: row.forecast.p95 });
  return (
    <>
      {row.baseline && <span className={classes['baseline']} style={barOf(scale, row.baseline)} />}
      {row.plan && <span className={classes['plan']} data-kind={row.kind} style={barOf(scale, row.plan)} />}
      {row.actual && <span className={classes['actual']} data-kind={row.kind} style={barOf(scale, row.actual)} />}
      {whisker && row.forecast && <><span className={classes['forecast']} style={whisker} /><span className={classes['likely']} style={{ left: placeOf(scale, row.forecast.p80) }} /></>}
    </>
  );
}

interface Props {
  readonly rows: readonly TimelineRow[];
  readonly zoom: keyof typeof PIXELS;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly unfolded: ReadonlySet<string>;
  /** Shows or hides the items of a task. */
  readonly fold: (key: string) => void;
}

// Scrolling draws new rows only.
const ChartRow = memo(function ChartRow({ row, scale, names, isUnfolded, fold }: { readonly row: TimelineRow; readonly scale: Scale; readonly names: number; readonly isUnfolded: boolean; readonly fold: Props['fold'] }): React.JSX.Element {
  return (
    <>
      <span className={classes['name']} style={{ width: names }} title={row.name}><Fold row={row} isUnfolded={isUnfolded} fold={fold} /></span>
      <span className={classes['bars']} aria-hidden><Bars row={row} scale={scale} /></span>
    </>
  );
});

export const TimelineChart = memo(function TimelineChart({ rows, zoom, now, unfolded, fold }: Props): React.JSX.Element {
  const { t } = useTranslation('timeline');
  const scroll = useRef<HTMLDivElement>(null);
  const scale = useMemo(() => scaleOf(
    [new Date(now).toISOString(), ...rows.flatMap(({ baseline, plan, actual, forecast }) => [baseline, plan, actual].flatMap((each) => (each ? [each.startAt, each.endAt] : [])).concat(forecast ? [forecast.p95] : []))],
    PIXELS[zoom]), [rows, zoom, now]);
  const ticks = useMemo(() => ticksOf(scale), [scale]);
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const [names, size] = isNarrow ? [128, ROWS.narrow] : [288, ROWS.wide];
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => size, overscan: 10 });
  // What was measured is of the rows as they were.
  useEffect(() => virtual.measure(), [virtual, size]);
  const today = placeOf(scale, now);
  // Today stands a third into the picture.
  useLayoutEffect(() => { if (scroll.current) scroll.current.scrollLeft = Math.max(0, today - scroll.current.clientWidth / 3); }, [today]);
  return (
    <div ref={scroll} className={classes['chart']} tabIndex={0} role="region" aria-label={t('chart')}>
      <div className={classes['canvas']} style={{ width: names + scale.width, height: virtual.getTotalSize() + HEAD }}>
        <div className={classes['head']} style={{ height: HEAD }} aria-hidden>
          <span className={classes['corner']} style={{ width: names }}>{t('week-now', { week: weekOf(new Date(now).toISOString()) })}</span>
          {ticks.map((each) => <span key={each.at} className={classes['tick']} data-kind={each.kind} style={{ left: names + each.left }}>{tickText(each, zoom)}</span>)}
        </div>
        <div className={classes['lines']} style={{ left: names }} aria-hidden>
          {ticks.map((each) => <span key={each.at} className={classes['line']} data-kind={each.kind} style={{ left: each.left }} />)}
          <span className={classes['today']} style={{ left: today }} />
        </div>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index] as TimelineRow;
          return (
            <div key={row.key} className={classes['row']} style={{ height: size, transform: `translateY(${start + HEAD}px)` }} data-kind={row.kind}>
              <ChartRow row={row} scale={scale} names={names} isUnfolded={unfolded.has(row.key)} fold={fold} />
            </div>
          );
        })}
      </div>
    </div>
  );
});
