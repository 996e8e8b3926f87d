/** Work spread over weeks, with the Belgian calendar: Christmas 2026 is a Friday, New Year 2027 too. */
import { type Away, HOURS_PER_DAY, loadOf, localWeeks, weeksFrom, type Work, workDaysFrom } from '../../domain/workload';
import { readCalendarDefinitions, resolveCalendar } from '../../store/calendars';

const [definition] = readCalendarDefinitions();
if (!definition) throw new Error('there is no calendar');
const calendar = { ...resolveCalendar(definition, { first: 2026, last: 2028 }), version: 1 };
const brussels = (text: string): number => Date.parse(`${text}+01:00`);
const MONDAY = brussels('2026-12-14T09:00:00');
const FRIDAY = brussels('2026-12-18T17:00:00');
const load = (weeks: number, away: readonly Away[], works: readonly Work[]) => loadOf(workDaysFrom(calendar, MONDAY, weeks, works.map(({ until }) => until)), weeks, away, works);

test('weeks are those of ISO 8601, from that of the next working day on, over the turn of a year with 53 weeks', () => {
  expect(weeksFrom(calendar, MONDAY, 5)).toEqual([
    { year: 2026, week: 51, from: '2026-12-14', workingDays: 5 }, { year: 2026, week: 52, from: '2026-12-21', workingDays: 4 }, { year: 2026, week: 53, from: '2026-12-28', workingDays: 4 },
    { year: 2027, week: 1, from: '2027-01-04', workingDays: 5 }, { year: 2027, week: 2, from: '2027-01-11', workingDays: 5 },
  ]);
  // On a Wednesday evening two days are left; on a Saturday the week to come is the first.
  expect(weeksFrom(calendar, brussels('2026-12-16T18:00:00'), 1)).toEqual([{ year: 2026, week: 51, from: '2026-12-14', workingDays: 2 }]);
  expect(weeksFrom(calendar, brussels('2026-12-19T10:00:00'), 1)).toMatchObject([{ week: 52 }]);
});

test('a week begins at local midnight: on a Sunday evening in UTC it may be Monday already, and a week in which the clock changes is an hour longer or shorter', () => {
  const sunday = Date.parse('2026-11-29T23:02:00Z');
  expect(localWeeks(calendar, sunday - 3_600_000, 1)).toMatchObject([{ from: '2026-11-23', to: '2026-11-29' }]);
  expect(localWeeks(calendar, sunday, 2)).toEqual([
    { from: '2026-11-30', to: '2026-12-06', startsAt: brussels('2026-11-30T00:00:00'), endsAt: brussels('2026-12-07T00:00:00') },
    { from: '2026-12-07', to: '2026-12-13', startsAt: brussels('2026-12-07T00:00:00'), endsAt: brussels('2026-12-14T00:00:00') },
  ]);
  expect(localWeeks(calendar, Date.parse('2026-10-20T12:00:00Z'), 1).map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000)).toEqual([169]);
  expect(localWeeks(calendar, Date.parse('2027-03-24T12:00:00Z'), 1).map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000)).toEqual([167]);
});

test('capacity is working days less absences, also of half a day', () => {
  const away = [{ from: brussels('2026-12-15T00:00:00'), until: brussels('2026-12-17T00:00:00') }, { from: brussels('2026-12-22T08:30:00'), until: brussels('2026-12-22T12:45:00') }];
  expect(load(3, away, []).capacity).toEqual([3 * 7.6, 3.5 * 7.6, 4 * 7.6].map((hours) => Math.round(hours * 10) / 10));
});

test('work lies evenly on the days until it is due, and nothing of it is lost', () => {
  const { load: hours, works } = load(3, [], [{ hours: 18, until: brussels('2026-12-24T17:00:00') }, { hours: null, until: FRIDAY }]);
  expect(hours).toEqual([10, 8, 0]);
  expect(works).toEqual([[10, 8, 0], [0, 0, 0]]);
  // Who is away in the first week has all of it in the second.
  const away = [{ from: MONDAY - 86_400_000, until: brussels('2026-12-20T00:00:00') }];
  expect(load(3, away, [{ hours: 18, until: brussels('2026-12-24T17:00:00') }]).load).toEqual([0, 18, 0]);
  // Away until it is due: it lies there all the same, over the capacity.
  expect(load(2, away, [{ hours: 18, until: FRIDAY }])).toMatchObject({ capacity: [0, 30.4], load: [18, 0] });
});

test('what is late is for today, and what is due at no moment is done as soon as possible', () => {
  expect(load(2, [], [{ hours: 30, until: MONDAY - 30 * 86_400_000 }]).load).toEqual([30, 0]);
  expect(load(3, [], [{ hours: 7 * HOURS_PER_DAY, until: null }]).load).toEqual([38, 15.2, 0]);
  // Beyond the weeks that are asked for it is left out, not squeezed in.
  expect(load(1, [], [{ hours: 90, until: brussels('2026-12-24T17:00:00') }]).load).toEqual([50]);
});
