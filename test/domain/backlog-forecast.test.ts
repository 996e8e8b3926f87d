import { forecastBacklog, type ForecastQuestion, rangeOf, weeksOf, withTooLittle } from '../../domain/sprint/forecast';
import { addWorkingDays } from '../../domain/calendar';
import { CALENDAR } from '../support/plans';
import { MONDAY } from '../support/scenario';

const question = (more: Partial<ForecastQuestion> = {}): ForecastQuestion => ({
  teams: [{ team: 'alpha', days: 10, untilNext: 9, done: [20, 20, 20] }], remaining: Array.from({ length: 10 }, () => 6), now: MONDAY, calendar: CALENDAR, runs: 500, seed: 1, ...more,
});

test('a team that always does the same is done after as many sprints as that takes', () => {
  const { done, never } = forecastBacklog(question());
  expect(never).toBe(0);
  expect(done).toEqual([50, 80, 95].map((percent) => ({ percent, at: addWorkingDays(CALENDAR, MONDAY, 29) })));
});

test('the same seed gives the same answer, and more certainty takes longer', () => {
  const uneven = question({ teams: [{ team: 'alpha', days: 10, untilNext: 9, done: [2, 5, 20, 30] }] });
  expect(forecastBacklog(uneven)).toEqual(forecastBacklog(uneven));
  const [half, most, almost] = forecastBacklog(uneven).done;
  expect(half?.at).toBeLessThan(most?.at ?? 0);
  expect(most?.at).toBeLessThan(almost?.at ?? 0);
});

test('two teams are done sooner than one', () => {
  const two = question({ teams: [{ team: 'alpha', days: 10, untilNext: 9, done: [20, 20, 20] }, { team: 'beta', days: 5, untilNext: 4, done: [10, 10, 10] }] });
  expect(forecastBacklog(two).done[0]?.at).toBe(addWorkingDays(CALENDAR, MONDAY, 19));
});

test('by a date, so much of the backlog from its top, the less the surer', () => {
  const { by = [] } = forecastBacklog(question({ by: addWorkingDays(CALENDAR, MONDAY, 19) }));
  expect(by).toEqual([50, 80, 95].map((percent) => ({ percent, amount: 40, items: 6 })));
  const uneven = forecastBacklog(question({ teams: [{ team: 'alpha', days: 10, untilNext: 9, done: [2, 5, 20, 30] }], by: addWorkingDays(CALENDAR, MONDAY, 19) })).by ?? [];
  expect(uneven.map(({ amount }) => amount)).toEqual(uneven.map(({ amount }) => amount).sort((one, other) => other - one));
  expect(uneven[0]?.amount).toBeGreaterThan(uneven[2]?.amount ?? 0);
});

test('a team that does nothing is never done, and that is said', () => {
  expect(forecastBacklog(question({ teams: [{ team: 'alpha', days: 10, untilNext: 9, done: [0, 0, 0] }], runs: 10 }))).toEqual({ never: 10, done: [] });
});

test('too little history is told apart, and ranges are of what was done', () => {
  expect(withTooLittle(question({ teams: [{ team: 'a', days: 10, untilNext: 1, done: [1, 2] }] }).teams)).toHaveLength(1);
  expect(rangeOf([])).toBeNull();
  expect(rangeOf([8, 3, 5])).toEqual({ low: 3, median: 5, high: 8 });
});

test('weeks of a team in flow count what was done in each', () => {
  const now = addWorkingDays(CALENDAR, MONDAY, 12);
  const done = [0, 1, 6, 11].map((day) => ({ at: addWorkingDays(CALENDAR, MONDAY, day), amount: 1 }));
  const weeks = weeksOf(CALENDAR, MONDAY, now, done);
  expect(weeks).toHaveLength(2);
  expect(weeks.reduce((sum, each) => sum + each, 0)).toBe(2);
});

test('a forecast promises with a certainty of 95 % only what so many runs come to', () => {
  // Of three stretches (3/8)³ = 5.3 % of the runs do nothing: one item is done with a certainty of 94.7 %.
  const { by } = forecastBacklog({ teams: [{ team: 't', days: 10, untilNext: 10, done: [0, 0, 0, 1, 1, 1, 1, 1] }], remaining: Array.from({ length: 50 }, () => 1), now: MONDAY, calendar: CALENDAR, runs: 2_000, seed: 1, by: addWorkingDays(CALENDAR, MONDAY, 30) });
  expect(by?.find(({ percent }) => percent === 95)?.amount).toBe(0);
});
