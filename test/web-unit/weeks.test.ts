import { weeksOf } from '../../web/rooms/agile/weeks';

const at = (day: string): string => new Date(`${day}T10:00:00`).toISOString();

test('what was delivered is counted by week, also in weeks without anything, from Monday to Sunday', () => {
  const weeks = weeksOf(at('2026-11-04'), at('2026-11-25'), [at('2026-11-04'), at('2026-11-08'), at('2026-11-09'), at('2026-11-23')]);
  expect(weeks.map(({ count }) => count)).toEqual([2, 1, 0, 1]);
  expect(weeks.map((week) => new Date(week.at).getDay())).toEqual([1, 1, 1, 1]);
});

test('the last twelve weeks are shown, across a change of the clock', () => {
  const weeks = weeksOf(at('2026-01-07'), at('2026-11-25'), [at('2026-01-07'), at('2026-10-21'), at('2026-10-28')]);
  expect(weeks).toHaveLength(12);
  expect(weeks.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
});
