/** Bars on a line of days: what was promised, what is planned, what is expected. Only the rows in sight are drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language, LOCALES } from '../../app/i18n';
import { shortDayText, weekOf } from '../../parts/when';
import { barOf, placeOf, scaleOf, ticksOf, type Scale, type Span, type Tick } from './timeline-scale';
import classes from './timeline.module.css';

export interface TimelineRow {
  readonly key: string;
  readonly name: string;
  readonly isPhase: boolean;
  readonly baseline: Span | null;
  readonly plan: Span | null;
  /** A phase that is over, or what of it has been. */
  readonly actual: Span | null;
  readonly forecast: { readonly p50: string; readonly p80: string; readonly p95: string } | null;
}

const ROW = 28;
const PIXELS = { week: 18, month: 5, year: 1.6 } as const;

function tickText({ at, kind }: Tick, zoom: keyof typeof PIXELS): string {
  // Weeks are called by their first day, which says the month.
  if (kind === 'month' && zoom === 'week') return '';
  const iso = new Date(at).toISOString();
  if (kind === 'year') return iso.slice(0, 4);
  if (kind === 'month') return new Intl.DateTimeFormat(LOCALES[language()], { month: 'short', timeZone: 'UTC' }).format(at);
  return shortDayText(iso);
}

function Bars({ row, scale }: { readonly row: TimelineRow; readonly scale: Scale }): React.JSX.Element {
  const whisker = row.forecast && barOf(scale, { startAt: row.forecast.p50, endAt: row.forecast.p95 });
  return (
    <>
      {row.baseline && <span className={classes['baseline']} style={barOf(scale, row.baseline)} />}
      {row.plan && <span className={classes['plan']} data-phase={row.isPhase || undefined} style={barOf(scale, row.plan)} />}
      {row.actual && <span className={classes['actual']} style={barOf(scale, row.actual)} />}
      {whisker && row.forecast && <><span className={classes['forecast']} style={whisker} /><span className={classes['likely']} style={{ left: placeOf(scale, row.forecast.p80) }} /></>}
    </>
  );
}

/** @param now milliseconds since 1970. */
export function TimelineChart({ rows, zoom, now }: { readonly rows: readonly TimelineRow[]; readonly zoom: keyof typeof PIXELS; readonly now: number }): React.JSX.Element {
  const { t } = useTranslation('timeline');
  const scroll = useRef<HTMLDivElement>(null);
  const scale = useMemo(() => scaleOf(
    [new Date(now).toISOString(), ...rows.flatMap(({ baseline, plan, actual, forecast }) => [baseline, plan, actual].flatMap((each) => (each ? [each.startAt, each.endAt] : [])).concat(forecast ? [forecast.p95] : []))],
    PIXELS[zoom]), [rows, zoom, now]);
  const ticks = useMemo(() => ticksOf(scale), [scale]);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 10 });
  const [names, setNames] = useState(288);
  useEffect(() => {
    const narrow = window.matchMedia('(max-width: 48em)');
    const set = (): void => setNames(narrow.matches ? 128 : 288);
    set();
    narrow.addEventListener('change', set);
    return () => narrow.removeEventListener('change', set);
  }, []);
  const today = placeOf(scale, now);
  // Today stands a third into the picture.
  useLayoutEffect(() => { if (scroll.current) scroll.current.scrollLeft = Math.max(0, today - scroll.current.clientWidth / 3); }, [today]);
  return (
    <div ref={scroll} className={classes['chart']} tabIndex={0} role="region" aria-label={t('chart')}>
      <div className={classes['canvas']} style={{ width: names + scale.width, height: virtual.getTotalSize() + ROW }} aria-hidden>
        <div className={classes['head']} style={{ height: ROW }}>
          <span className={classes['corner']} style={{ width: names }}>{t('week-now', { week: weekOf(new Date(now).toISOString()) })}</span>
          {ticks.map((each) => <span key={each.at} className={classes['tick']} data-kind={each.kind} style={{ left: names + each.left }}>{tickText(each, zoom)}</span>)}
        </div>
        <div className={classes['lines']} style={{ left: names }}>
          {ticks.map((each) => <span key={each.at} className={classes['line']} data-kind={each.kind} style={{ left: each.left }} />)}
          <span className={classes['today']} style={{ left: today }} />
        </div>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index] as TimelineRow;
          return (
            <div key={row.key} className={classes['row']} style={{ height: ROW, transform: `translateY(${start + ROW}px)` }} data-phase={row.isPhase || undefined}>
              <span className={classes['name']} style={{ width: names }} title={row.name}>{row.name}</span>
              <span className={classes['bars']}><Bars row={row} scale={scale} /></span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
