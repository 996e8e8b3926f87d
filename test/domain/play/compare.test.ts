import { compareSimulations } from '../../../domain/play/compare';
import { simulate, type SimulationOptions } from '../../../domain/play/simulate';
import { gate, phase, plan, task } from '../../support/plans';
import { MONDAY } from '../../support/scenario';

const PARALLEL = plan([phase('build', Array.from({ length: 4 }, (_, index) => task(`t${index}`, { estimate: [2, 2, 2] })), { gate: gate('built') })]);
const play = (more: Partial<SimulationOptions> = {}) =>
  simulate(PARALLEL, { runs: 40, seed: 1, start: MONDAY, rejectionRate: 0, responseDays: [1, 1, 1], ...more });

test('a second person relieves the role that tasks wait for', () => {
  expect(compareSimulations(play(), play({ people: { engineer: 2 } }))).toEqual({
    workingDays: { p50: -4, p80: -4, p95: -4 }, ended: 0, roles: [{ role: 'engineer', people: 1, peak: -0.2, waitedDays: -8, relieved: true }],
  });
});

test('without a change there is no difference; more rework takes longer', () => {
  expect(compareSimulations(play(), play())).toEqual({ workingDays: { p50: 0, p80: 0, p95: 0 }, ended: 0, roles: [] });
  expect(compareSimulations(play(), play({ rejectionRate: 0.6 })).workingDays.p80).toBeGreaterThan(0);
});

test('runs that get stuck are told', () => {
  const [policy, rasci] = [{ steps: [{ key: 'peer', roles: ['engineer'], quorum: 'any' as const }], separationOfDuties: true as const, reasonRequired: [] },
    { r: 'engineer', a: 'manager', s: [], c: [], i: [] }];
  const separate = plan([phase('build', [task('rack', { rasci })], { gate: gate('built', { policy }) })]);
  const [enough, alone] = [3, 1].map((engineer) => simulate(separate, { runs: 4, seed: 1, start: MONDAY, people: { engineer } }));
  if (!enough || !alone) throw new Error('two results');
  expect(compareSimulations(enough, alone).ended).toBe(-1);
});
