/** Days on a line. Pure. */

const DAY = 86_400_000;

export interface Span {
  readonly startAt: string;
  readonly endAt: string;
}

export interface Scale {
  /** Midnight (UTC) of the first day, in milliseconds. */
  readonly from: number;
  readonly days: number;
  readonly pixelsPerDay: number;
  readonly width: number;
}

export interface Tick {
  readonly left: number;
  readonly at: number;
  readonly kind: 'year' | 'month' | 'week';
}

/** Days of room before the first date and after the last. */
const ROOM = 7;
/** A hundred years: what is beyond is a mistake of somebody, not something to draw. */
const DAYS_AT_MOST = 36_525;

/** @param dates ISO 8601; @param pixelsPerDay how far apart days lie. */
export function scaleOf(dates: readonly string[], pixelsPerDay: number): Scale {
  const moments = dates.map((each) => Date.parse(each));
  const floor = (at: number): number => Math.floor(at / DAY) * DAY;
  const from = floor(moments.reduce((least, each) => Math.min(least, each), moments[0] ?? 0)) - ROOM * DAY;
  const to = floor(moments.reduce((most, each) => Math.max(most, each), moments[0] ?? 0)) + (ROOM + 1) * DAY;
  const days = Math.min(DAYS_AT_MOST, (to - from) / DAY);
  return { from, days, pixelsPerDay, width: days * pixelsPerDay };
}

/** Where a moment lies, in pixels; never outside. */
export const placeOf = ({ from, pixelsPerDay, width }: Scale, at: string | number): number =>
  Math.min(width, Math.max(0, ((typeof at === 'number' ? at : Date.parse(at)) - from) / DAY * pixelsPerDay));

/** A bar for a span; at least two pixels wide, so that it is seen. */
export function barOf(scale: Scale, { startAt, endAt }: Span): { readonly left: number; readonly width: number } {
  const left = placeOf(scale, startAt);
  return { left, width: Math.max(2, placeOf(scale, endAt) - left) };
}

/** Lines to read dates by: Mondays where days are wide, else first days of months, else of years. */
export function ticksOf({ from, days, pixelsPerDay }: Scale): Tick[] {
  const ticks: Tick[] = [];
  for (let day = 0; day < days; day++) {
    const at = from + day * DAY;
    const date = new Date(at);
    const left = day * pixelsPerDay;
    if (date.getUTCDate() === 1 && date.getUTCMonth() === 0) ticks.push({ left, at, kind: 'year' });
    else if (date.getUTCDate() === 1 && pixelsPerDay >= 1.5) ticks.push({ left, at, kind: 'month' });
    else if (date.getUTCDay() === 1 && pixelsPerDay >= 12) ticks.push({ left, at, kind: 'week' });
  }
  return ticks;
}

/** Whole days from one moment to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
