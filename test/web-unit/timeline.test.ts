import { barOf, daysBetween, placeOf, scaleOf, ticksOf } from '../../web/rooms/project/timeline-scale';

const day = (text: string): string => `${text}T12:00:00.000Z`;

test('a scale has a week of room before the first date and after the last, and places dates between', () => {
  const scale = scaleOf([day('2026-12-01'), day('2026-12-11')], 10);
  expect(scale).toEqual({ from: Date.UTC(2026, 10, 24), days: 25, pixelsPerDay: 10, width: 250 });
  expect(placeOf(scale, day('2026-12-01'))).toBe(75);
  expect(placeOf(scale, day('2020-01-01'))).toBe(0);
  expect(placeOf(scale, day('2030-01-01'))).toBe(250);
  expect(barOf(scale, { startAt: day('2026-12-01'), endAt: day('2026-12-03') })).toEqual({ left: 75, width: 20 });
  expect(barOf(scale, { startAt: day('2026-12-01'), endAt: day('2026-12-01') })).toEqual({ left: 75, width: 2 });
});

test('a date in a far future does not make a picture without end', () => {
  expect(scaleOf([day('2026-12-01'), day('9999-12-31')], 5).days).toBe(36_525);
});

test('years, then months, then Mondays are told, as there is room', () => {
  const kinds = (pixels: number) => ticksOf(scaleOf([day('2026-12-01'), day('2027-02-10')], pixels)).map(({ at, kind }) => `${kind} ${new Date(at).toISOString().slice(0, 10)}`);
  expect(kinds(1)).toEqual(['year 2027-01-01']);
  expect(kinds(5)).toEqual(['month 2026-12-01', 'year 2027-01-01', 'month 2027-02-01']);
  expect(kinds(18).slice(0, 4)).toEqual(['week 2026-11-30', 'month 2026-12-01', 'week 2026-12-07', 'week 2026-12-14']);
});

test('days between two moments', () => {
  expect(daysBetween(day('2026-12-01'), day('2026-12-04'))).toBe(3);
  expect(daysBetween(day('2026-12-04'), day('2026-12-01'))).toBe(-3);
});
