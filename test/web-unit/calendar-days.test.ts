import { daysOf, difference, markOf, periodsOf, weeksOf, type Year } from '../../web/rooms/calendars/days';

const weekends = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2027, 0, 1 + index))).filter((day) => [0, 6].includes(day.getUTCDay())).map((day) => day.toISOString().slice(0, 10));
const year = (more: Partial<Year> = {}): Year => ({
  year: 2027, provisional: true, holidays: [{ date: '2027-01-01', name: 'New Year', onDayOff: false }, { date: '2027-05-01', name: 'Labour Day', onDayOff: true }],
  replacementDays: [], closures: [], announcedAt: null, announcedBy: null, ...more, daysOff: [...new Set([...weekends, '2027-01-01', ...(more.replacementDays ?? []), ...(more.closures ?? [])])],
});

test('days that follow each other are one period, over the end of a month too', () => {
  expect(periodsOf(['2027-12-31', '2027-12-30', '2027-03-01', '2027-02-28', '2027-02-27'])).toEqual([{ from: '2027-02-27', to: '2027-03-01' }, { from: '2027-12-30', to: '2027-12-31' }]);
  expect(daysOf({ from: '2027-02-27', to: '2027-03-01' })).toEqual(['2027-02-27', '2027-02-28', '2027-03-01']);
  expect([daysOf({ from: '2027-03-02', to: '2027-03-01' }), daysOf({ from: '', to: '' })]).toEqual([[], []]);
});

test('a month is drawn from Monday on', () => {
  const weeks = weeksOf(2027, 1);
  expect(weeks).toHaveLength(4);
  expect([weeks[0]?.[0], weeks[3]?.[6]]).toEqual(['2027-02-01', '2027-02-28']);
  expect(weeksOf(2027, 4)[0]).toEqual([null, null, null, null, null, '2027-05-01', '2027-05-02']);
});

test('each day off says why: a holiday before all else', () => {
  const mark = markOf(year({ replacementDays: ['2027-05-03'], closures: ['2027-12-27', '2027-01-01'] }));
  expect(['2027-01-01', '2027-05-01', '2027-05-03', '2027-12-27', '2027-01-02', '2027-01-04'].map(mark)).toEqual(['holiday', 'holiday', 'replacement', 'closure', 'weekend', undefined]);
});

test('an announcement changes the working days by those that were worked: days off count once, and what was announced before falls away', () => {
  expect(difference(year(), ['2027-05-03'], [{ from: '2027-12-24', to: '2027-12-28' }])).toBe(-4);
  expect(difference(year({ replacementDays: ['2027-05-03'] }), ['2027-05-03'], [])).toBe(0);
  expect(difference(year({ replacementDays: ['2027-05-03'], closures: ['2027-12-27'] }), [], [])).toBe(2);
});
