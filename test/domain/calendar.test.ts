import fc from 'fast-check';
import {
  addWorkingDays, addWorkingTime, endOfWork, isCovered, isWorkingDay, localDate, nextWorkingInstant, startOfWork, workingDaysBetween, workingMsBetween,
  type WorkingCalendar,
} from '../../domain/calendar';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Belgium's public holidays of 2026 and 2027, written out: the expectation must not come from the code under test. */
const HOLIDAYS = [
  '2026-01-01', '2026-04-06', '2026-05-01', '2026-05-14', '2026-05-25', '2026-07-21', '2026-08-15', '2026-11-01', '2026-11-11',
  '2026-12-25', '2027-01-01', '2027-03-29', '2027-05-01', '2027-05-06', '2027-05-17', '2027-07-21', '2027-08-15', '2027-11-01',
  '2027-11-11', '2027-12-25',
];

function belgium(): WorkingCalendar {
  const first = Date.UTC(2026, 0, 1);
  let days = '';
  for (let at = first; at < Date.UTC(2028, 0, 1); at += DAY) {
    const date = new Date(at);
    const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    days += weekend || HOLIDAYS.includes(date.toISOString().slice(0, 10)) ? '0' : '1';
  }
  return {
    key: 'be', version: 1, from: '2026-01-01', days, timeZone: 'Europe/Brussels', startMinute: 510, endMinute: 1020,
    offsets: [
      [Date.parse('2025-12-31T23:00:00Z'), 60], [Date.parse('2026-03-29T01:00:00Z'), 120], [Date.parse('2026-10-25T01:00:00Z'), 60],
      [Date.parse('2027-03-28T01:00:00Z'), 120], [Date.parse('2027-10-31T01:00:00Z'), 60],
    ],
  };
}

const calendar = belgium();
const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number): string => new Date(instant).toISOString().replace('.000', '');
const add = (from: string, days: number): string => iso(addWorkingDays(calendar, at(from), days));

describe('addWorkingDays', () => {
  test('counts the days of a freeze, in which people work', () => {
    const frozen: WorkingCalendar = { ...calendar, freezes: [{ key: 'year-end', from: '2026-06-08', to: '2026-06-12' }] };
    const from = at('2026-06-05T10:00');
    expect(addWorkingDays(frozen, from, 3)).toBe(addWorkingDays(calendar, from, 3));
    expect(isWorkingDay(frozen, '2026-06-10')).toBe(true);
  });

  test.each([
    ['the end of today while work goes on', '2026-11-23T09:00:00Z', 0, '2026-11-23T16:00:00Z'],
    ['the end of today before work begins', '2026-11-22T23:30:00Z', 0, '2026-11-23T16:00:00Z'],
    ['the end of today at its last moment', '2026-11-23T16:00:00Z', 0, '2026-11-23T16:00:00Z'],
    ['tomorrow once working hours are over', '2026-11-23T16:00:00.001Z', 0, '2026-11-24T16:00:00Z'],
    ['Monday from a Friday evening', '2026-11-20T20:00:00Z', 0, '2026-11-23T16:00:00Z'],
    ['Monday from a Saturday', '2026-11-21T10:00:00Z', 0, '2026-11-23T16:00:00Z'],
    ['over a weekend', '2026-11-20T09:00:00Z', 1, '2026-11-23T16:00:00Z'],
    ['over Armistice Day', '2026-11-10T09:00:00Z', 1, '2026-11-12T16:00:00Z'],
    ['over Easter Monday', '2026-04-03T09:00:00Z', 1, '2026-04-07T15:00:00Z'],
    ['over Ascension, with the Friday after it worked', '2026-05-13T09:00:00Z', 1, '2026-05-15T15:00:00Z'],
    ['over Whit Monday', '2026-05-22T09:00:00Z', 1, '2026-05-26T15:00:00Z'],
    ['over the change to summer time', '2026-03-27T12:00:00Z', 1, '2026-03-30T15:00:00Z'],
    ['over the change to winter time', '2026-10-23T12:00:00Z', 1, '2026-10-26T16:00:00Z'],
    ['over Christmas and New Year', '2026-12-24T12:00:00Z', 5, '2027-01-04T16:00:00Z'],
    ['twenty days', '2026-11-23T09:00:00Z', 20, '2026-12-21T16:00:00Z'],
    ['back over a weekend', '2026-11-23T09:00:00Z', -1, '2026-11-20T16:00:00Z'],
    ['back from a weekend, counted from the working day to come', '2026-11-21T09:00:00Z', -1, '2026-11-20T16:00:00Z'],
  ])('gives %s', (_name, from, days, expected) => expect(add(from, days)).toBe(expected));

  test('takes the day from local time, not from UTC', () => {
    // 23:30 UTC on Monday is half past midnight on Tuesday in Brussels.
    expect(add('2026-11-23T23:30:00Z', 0)).toBe('2026-11-24T16:00:00Z');
  });

  test('assumes Monday to Friday with the last offset beyond the covered days', () => {
    expect(add('2027-12-31T09:00:00Z', 1)).toBe('2028-01-03T16:00:00Z');
    expect(isCovered(calendar, at('2027-12-31T22:59:59Z'))).toBe(true);
    expect(isCovered(calendar, at('2027-12-31T23:00:00Z'))).toBe(false);
    expect(isCovered(calendar, at('2025-12-31T22:59:59Z'))).toBe(false);
    expect(isCovered(calendar, at('2025-12-31T23:00:00Z'))).toBe(true);
    expect(isWorkingDay(calendar, '2025-12-25')).toBe(true);
    expect(isWorkingDay(calendar, '2028-01-01')).toBe(false);
  });
});

describe('days and hours', () => {
  test('knows holidays and weekends', () => {
    for (const date of HOLIDAYS) expect([date, isWorkingDay(calendar, date)]).toEqual([date, false]);
    expect(isWorkingDay(calendar, '2026-11-22')).toBe(false);
    expect(isWorkingDay(calendar, '2026-05-15')).toBe(true);
  });

  test('keeps local hours over both clock changes', () => {
    expect(iso(startOfWork(calendar, '2026-03-27'))).toBe('2026-03-27T07:30:00Z');
    expect(iso(startOfWork(calendar, '2026-03-30'))).toBe('2026-03-30T06:30:00Z');
    expect(iso(endOfWork(calendar, '2026-10-23'))).toBe('2026-10-23T15:00:00Z');
    expect(iso(endOfWork(calendar, '2026-10-26'))).toBe('2026-10-26T16:00:00Z');
  });

  test('reads a local time that occurs twice as the first, and one that does not occur as moved forward', () => {
    const night = { ...calendar, startMinute: 150, endMinute: 300 };
    expect(iso(startOfWork(night, '2026-10-25'))).toBe('2026-10-25T00:30:00Z');
    expect(iso(startOfWork(night, '2026-03-29'))).toBe('2026-03-29T01:30:00Z');
    expect(iso(endOfWork(night, '2026-03-29'))).toBe('2026-03-29T03:00:00Z');
  });

  test('says on which local date an instant falls', () => {
    expect(localDate(calendar, at('2026-07-20T22:00:00Z'))).toBe('2026-07-21');
    expect(localDate(calendar, at('2026-12-31T22:59:59Z'))).toBe('2026-12-31');
    expect(localDate(calendar, at('2026-12-31T23:00:00Z'))).toBe('2027-01-01');
  });

  test('finds the next working moment', () => {
    const next = (from: string): string => iso(nextWorkingInstant(calendar, at(from)));
    expect(next('2026-11-23T09:00:00Z')).toBe('2026-11-23T09:00:00Z');
    expect(next('2026-11-23T03:00:00Z')).toBe('2026-11-23T07:30:00Z');
    expect(next('2026-11-20T16:00:00Z')).toBe('2026-11-23T07:30:00Z');
    expect(next('2026-12-24T18:00:00Z')).toBe('2026-12-28T07:30:00Z');
  });

  test('counts working time only', () => {
    const hours = (from: string, to: string): number => workingMsBetween(calendar, at(from), at(to)) / HOUR;
    expect(hours('2026-11-23T07:30:00Z', '2026-11-23T16:00:00Z')).toBe(8.5);
    expect(hours('2026-11-20T15:00:00Z', '2026-11-23T08:30:00Z')).toBe(2);
    expect(hours('2026-03-27T00:00:00Z', '2026-03-31T00:00:00Z')).toBe(17);
    expect(hours('2026-11-23T08:30:00Z', '2026-11-20T15:00:00Z')).toBe(-2);
    expect(hours('2026-12-25T00:00:00Z', '2026-12-27T23:00:00Z')).toBe(0);
  });
});

describe('for any instant within, before and beyond the covered days', () => {
  const instant = fc.integer({ min: Date.UTC(2025, 6, 1), max: Date.UTC(2028, 6, 1) });
  const count = fc.integer({ min: -300, max: 300 });

  test('adding days lands on the end of a working day', () => {
    fc.assert(fc.property(instant, count, (from, days) => {
      const to = addWorkingDays(calendar, from, days);
      const date = localDate(calendar, to);
      expect(isWorkingDay(calendar, date)).toBe(true);
      expect(to).toBe(endOfWork(calendar, date));
      if (days >= 0) expect(to).toBeGreaterThanOrEqual(from);
    }));
  });

  test('adding days is monotone in the start, and strictly so in the number', () => {
    fc.assert(fc.property(instant, instant, count, (a, b, days) => {
      const [first, second] = a < b ? [a, b] : [b, a];
      expect(addWorkingDays(calendar, first, days)).toBeLessThanOrEqual(addWorkingDays(calendar, second, days));
      expect(addWorkingDays(calendar, a, days)).toBeLessThan(addWorkingDays(calendar, a, days + 1));
    }));
  });

  test('adding is additive', () => {
    fc.assert(fc.property(instant, count, count, (from, a, b) => {
      expect(addWorkingDays(calendar, addWorkingDays(calendar, from, a), b)).toBe(addWorkingDays(calendar, from, a + b));
    }));
  });

  test('after so much working time, so much has passed; and back again', () => {
    fc.assert(fc.property(instant, fc.integer({ min: 1, max: 400 * HOUR }), (from, ms) => {
      const [later, earlier] = [addWorkingTime(calendar, from, ms), addWorkingTime(calendar, from, -ms)];
      expect([workingMsBetween(calendar, from, later), workingMsBetween(calendar, earlier, from)]).toEqual([ms, ms]);
      // Not a millisecond sooner.
      expect(workingMsBetween(calendar, from, later - 1)).toBe(ms - 1);
      expect(addWorkingTime(calendar, from, 0)).toBe(nextWorkingInstant(calendar, from));
    }));
  });

  test('the number of working days between is what has to be added', () => {
    fc.assert(fc.property(instant, fc.integer({ min: 0, max: 300 }), (from, days) => {
      expect(workingDaysBetween(calendar, from, addWorkingDays(calendar, from, days))).toBe(days);
      expect(workingDaysBetween(calendar, addWorkingDays(calendar, from, days), from)).toBe(0);
    }));
  });

  test('working time is additive, never more than time, and none passes before the next working moment', () => {
    fc.assert(fc.property(instant, instant, instant, (a, b, c) => {
      const between = (x: number, y: number): number => workingMsBetween(calendar, x, y);
      expect(between(a, b) + between(b, c)).toBe(between(a, c));
      expect(Math.abs(between(a, b))).toBeLessThanOrEqual(Math.abs(b - a));
      const next = nextWorkingInstant(calendar, a);
      expect(between(a, next)).toBe(0);
      expect(nextWorkingInstant(calendar, next)).toBe(next);
    }));
  });
});
