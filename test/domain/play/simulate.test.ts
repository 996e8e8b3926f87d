import { simulate } from '../../../domain/play/simulate';
import { WorkClock } from '../../../domain/work-clock';
import { chanceOf, durationOf } from '../../../domain/play/random';
import { addWorkingDays } from '../../../domain/calendar';
import type { PlanRung, PlanTask } from '../../../domain/plan';
import { CALENDAR, gate, phase, plan, task } from '../../support/plans';
import { MONDAY } from '../../support/scenario';

const fixed = (days: number): Pick<PlanTask, 'estimate'> => ({ estimate: [days, days, days] });
const quick = { responseDays: [1, 1, 1] as const, rejectionRate: 0, start: MONDAY, seed: 1 };
const start = new WorkClock(CALENDAR).toInstant(new WorkClock(CALENDAR).toWork(MONDAY));

test('a chain of tasks takes the sum of their times, and one gate its answer', () => {
  const chain = plan([phase('build', [task('rack', fixed(3)), task('cable', { ...fixed(2), after: [{ task: 'rack' }] })], { gate: gate('g') })]);
  const result = simulate(chain, { ...quick, runs: 3 });
  expect(result.workingDays).toEqual({ p50: 6, p80: 6, p95: 6 });
  expect(result.outcomes).toEqual({ completed: 3 });
  expect(result.critical.map(({ task: each, share }) => [each, share])).toEqual([['build/cable', 1], ['build/rack', 1]]);
  expect(result.gates).toMatchObject([{ gate: 'g', reached: 1 }]);
  expect(result.gates[0]?.p50).toBe(result.end.p50);
});

test('the days on which runs end are counted, and runs stop when they are enough', () => {
  const uncertain = plan([phase('build', [task('rack', { estimate: [1, 5, 20] })])]);
  const result = simulate(uncertain, { ...quick, runs: 50, isEnough: (runs) => runs === 30 });
  expect(result.runs).toBe(30);
  expect(result.ends.reduce((sum, { runs }) => sum + runs, 0)).toBe(30);
  expect(result.ends.length).toBeGreaterThan(3);
  expect(result.ends.map(({ at }) => at)).toEqual(result.ends.map(({ at }) => at).toSorted((one, other) => one - other));
  expect(result.ends.every(({ at }) => at % 86_400_000 === 0)).toBe(true);
});

test('people who do one thing at a time hold parallel tasks up; a second one lets them go on', () => {
  const parallel = plan([phase('build', Array.from({ length: 4 }, (_, index) => task(`t${index}`, fixed(2))))]);
  const one = simulate(parallel, { ...quick, runs: 2 });
  const two = simulate(parallel, { ...quick, runs: 2, people: { engineer: 2 } });
  expect([one.workingDays.p50, two.workingDays.p50]).toEqual([8, 4]);
  const load = (result: typeof one) => result.load.find(({ role }) => role === 'engineer');
  expect(load(one)).toMatchObject({ people: 1, peak: 1, waitedDays: 12 });
  expect(load(two)).toMatchObject({ people: 2, waitedDays: 4 });
});

test('rejections cost time, and the same seed gives the same answer', () => {
  const chain = plan([phase('build', [task('rack', { estimate: [2, 4, 9] })], { gate: gate('g') })]);
  const smooth = simulate(chain, { ...quick, runs: 60 });
  const rough = simulate(chain, { ...quick, runs: 60, rejectionRate: 0.5 });
  expect(rough.workingDays.p80).toBeGreaterThan(smooth.workingDays.p80);
  expect(simulate(chain, { ...quick, runs: 60, rejectionRate: 0.5 })).toEqual(rough);
  expect(simulate(chain, { ...quick, runs: 60, seed: 2 }).end).not.toEqual(smooth.end);
  expect(smooth.workingDays.p50).toBeLessThanOrEqual(smooth.workingDays.p80);
});

describe('ladders', () => {
  const asked = (ladder: readonly PlanRung[], quorum: 'any' | number = 2) => plan([phase('build', [task('rack', fixed(1))], {
    gate: gate('g', { policy: { steps: [{ key: 'one', roles: ['security'], quorum }], reasonRequired: [], ladder } }),
  })]);

  test('where too few can vote, those whom the ladder brings are asked when it does', () => {
    expect(simulate(asked([]), { ...quick, runs: 2 }).outcomes).toEqual({ stuck: 2 });
    const helped = simulate(asked([{ hours: 17, do: 'add-approver', to: 'manager' }]), { ...quick, runs: 2 });
    // A day of work, two until the rung, and one for the answer of who was added.
    expect([helped.outcomes, helped.workingDays.p50]).toEqual([{ completed: 2 }, 4]);
    expect(simulate(asked([{ hours: 8.5, do: 'move-to-deputy', to: 'engineer' }], 'any'), { ...quick, responseDays: [5, 5, 5], runs: 1 }).workingDays.p50).toBe(7);
  });

  test('nobody is waited for when the policy answers by itself', () => {
    const late = { ...quick, responseDays: [9, 9, 9] as const, runs: 2 };
    expect(simulate(asked([{ hours: 17, do: 'decide', outcome: 'approve' }], 'any'), late)).toMatchObject({ outcomes: { completed: 2 }, workingDays: { p50: 3 } });
    expect(simulate(asked([{ hours: 17, do: 'decide', outcome: 'stop' }], 'any'), late)).toMatchObject({ outcomes: { stopped: 2 }, workingDays: { p50: 3 } });
  });
});

test('a task that another has to confirm goes to somebody else', () => {
  const checked = plan([phase('build', [task('change', { ...fixed(1), fourEyes: true, rasci: { r: 'engineer', a: 'manager', s: [], c: [], i: [] } })])]);
  expect(simulate(checked, { ...quick, runs: 1 })).toMatchObject({ outcomes: { completed: 1 }, workingDays: { p50: 1.5 } });
});

test('working time is a line over nights, weekends and clock changes', () => {
  const clock = new WorkClock(CALENDAR);
  const half = clock.dayMs / 2;
  for (const days of [1, 5, 20, 90, 200]) {
    const at = clock.toInstant(clock.toWork(start) + days * clock.dayMs);
    expect(clock.toWork(at) - clock.toWork(start)).toBeCloseTo(days * clock.dayMs, 0);
    expect(addWorkingDays(CALENDAR, at, 0)).toBeGreaterThanOrEqual(at);
  }
  const saturday = Date.UTC(2026, 10, 28, 12);
  expect(clock.toWork(saturday)).toBe(clock.toWork(saturday + 12 * 3_600_000));
  expect(clock.toInstant(clock.toWork(saturday) + half)).toBeGreaterThan(saturday);
});

test('chance is even, and depends on nothing but seed and question', () => {
  const drawn = Array.from({ length: 4_000 }, (_, index) => chanceOf(7, `run ${index}`));
  expect(drawn.every((each) => each >= 0 && each < 1)).toBe(true);
  expect(drawn.reduce((sum, each) => sum + each, 0) / drawn.length).toBeCloseTo(0.5, 1);
  expect(drawn.filter((each) => each < 0.1).length / drawn.length).toBeCloseTo(0.1, 1);
  expect([durationOf([2, 3, 7], 0), durationOf([2, 3, 7], 0.999999), durationOf([4, 4, 4], 0.3)].map((each) => Math.round(each * 100) / 100)).toEqual([2, 7, 4]);
});
