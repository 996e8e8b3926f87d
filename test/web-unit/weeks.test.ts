import { weeksOf } from '../../web/rooms/agile/weeks';

const at = (day: string): string => `${day}T10:00:00Z`;

test('what was delivered is counted by week, also in weeks without anything, from Monday to Sunday', () => {
  const weeks = weeksOf(at('2026-11-04'), at('2026-11-25'), [at('2026-11-04'), at('2026-11-08'), at('2026-11-09'), at('2026-11-23')]);
  expect(weeks.map(({ count }) => count)).toEqual([2, 1, 0, 1]);
  expect(weeks.map(({ at: week }) => week)).toEqual(['2026-11-01T23:00:00.000Z', '2026-11-08T23:00:00.000Z', '2026-11-15T23:00:00.000Z', '2026-11-22T23:00:00.000Z']);
});

test('a week begins with the Monday of the home ground, wherever the browser is', () => {
  // Half past midnight there, in winter and on the Monday after the clocks went forward.
  for (const [sunday, monday] of [['2026-11-08T22:30:00Z', '2026-11-08T23:30:00Z'], ['2027-03-28T21:30:00Z', '2027-03-28T22:30:00Z']] as const) {
    expect(weeksOf(sunday, monday, [sunday, monday]).map(({ count }) => count)).toEqual([1, 1]);
  }
});

test('the last twelve weeks are shown, across a change of the clock', () => {
  const weeks = weeksOf(at('2026-01-07'), at('2026-11-25'), [at('2026-01-07'), at('2026-10-21'), at('2026-10-28')]);
  expect(weeks).toHaveLength(12);
  expect(weeks.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
});
