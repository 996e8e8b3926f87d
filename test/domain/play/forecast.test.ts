/** Forecasts of running projects: the same simulation, from where the project stands. */
import type { Plan, PlanTask } from '../../../domain/plan';
import { simulate, type SimulationOptions, type SimulationResult } from '../../../domain/play/simulate';
import { verify } from '../../../domain/play/verify';
import { remainingOf } from '../../../domain/play/random';
import { gate, phase, plan, ROLES, task, WATERFALL } from '../../support/plans';
import { PEOPLE, World } from '../../support/world';

const { mia, eva, edo, sam, sol, olga } = PEOPLE;
const DAY_MS = 86_400_000;
const TEXT = { text: 't' };
const fixed = (days: number): Pick<PlanTask, 'estimate'> => ({ estimate: [days, days, days] });

function started(of: Plan, roles = ROLES): World {
  const world = new World(of);
  world.command(world.root, { type: 'start', name: TEXT, roles }, olga);
  world.settle();
  return world;
}

const stageOf = (world: World, key: string): string => world.stage(key).input.id;

function act(world: World, key: string, command: { readonly type: string } & Record<string, unknown>, by = eva): void {
  expect(world.command(stageOf(world, key), command, by)).toBeNull();
  world.settle();
}

const complete = (world: World, key: string, done: string, by = eva): void => act(world, key, { type: 'complete', task: done, evidence: {} }, by);

function forecast(world: World, options: Partial<SimulationOptions> = {}): SimulationResult {
  const { plan: of } = world.projectState();
  return simulate(of, { runs: 5, seed: 1, rejectionRate: 0, responseDays: [1, 1, 1], start: world.now, from: { standings: world.standings() }, ...options });
}

const fresh = (of: Plan, people: Record<string, number> = { engineer: 2 }): SimulationResult =>
  simulate(of, { runs: 5, seed: 1, rejectionRate: 0, responseDays: [1, 1, 1], start: new World(of).now, people });

const CHAIN = plan([
  phase('build', [task('rack', fixed(4)), task('cable', { ...fixed(2), after: [{ task: 'rack' }] })], { gate: gate('built') }),
  phase('close', [task('archive', fixed(1))], { after: ['build'] }),
]);

test('a project that has just started is forecast as one that starts', () => {
  const world = started(CHAIN);
  expect(forecast(world)).toMatchObject({ workingDays: fresh(CHAIN).workingDays, outcomes: { completed: 5 }, held: false, unassigned: [] });
  expect(forecast(started(WATERFALL), { runs: 20 }).outcomes).toEqual({ completed: 20 });
});

test('what is done takes no time: a half-done project ends earlier', () => {
  const world = started(CHAIN);
  complete(world, 'build', 'rack');
  expect([fresh(CHAIN).workingDays.p50, forecast(world).workingDays.p50]).toEqual([8, 4]);
  complete(world, 'build', 'cable');
  // The approvers are asked already: what they have taken counts.
  expect(forecast(world)).toMatchObject({ workingDays: { p50: 2 }, gates: [{ gate: 'built', reached: 1 }], critical: [{ task: 'close/archive', share: 1 }] });
  act(world, 'build', { type: 'reopen', task: 'cable', reason: TEXT }, mia);
  // It is done again, in a part of its time.
  expect(forecast(world).workingDays.p50).toBe(2.8);
});

test('a task that is assigned is done by that person alone; one that is blocked, as if it could go on now', () => {
  const both = plan([phase('build', [task('rack', fixed(4)), task('cable', fixed(4))])]);
  const world = started(both);
  expect(forecast(world).workingDays.p50).toBe(4);
  act(world, 'build', { type: 'assign', task: 'rack', person: 'eva' }, mia);
  act(world, 'build', { type: 'assign', task: 'cable', person: 'eva' }, mia);
  act(world, 'build', { type: 'block', task: 'cable', reason: TEXT }, mia);
  expect(forecast(world)).toMatchObject({ workingDays: { p50: 8 }, outcomes: { completed: 5 } });
  const later = started(CHAIN);
  act(later, 'build', { type: 'assign', task: 'cable', person: 'edo' }, mia);
  expect(forecast(later).outcomes).toEqual({ completed: 5 });
});

test('a checklist holds up no run', () => {
  const listed = plan([phase('build', [task('rack', { ...fixed(1), checklist: [{ key: 'feeds', required: true }] })], { gate: gate('built') })]);
  expect(forecast(started(listed)).outcomes).toEqual({ completed: 5 });
  expect(verify([listed], { start: started(listed).now }).findings).toEqual([]);
});

test('a claimed task goes on with whoever is at it, for what is left of its time', () => {
  const one = plan([phase('build', [task('rack', { estimate: [2, 4, 9] })])]);
  const world = started(one, { ...ROLES, engineer: ['eva'] });
  act(world, 'build', { type: 'claim', task: 'rack' });
  const claimedAt = { [`${stageOf(world, 'build')}/rack`]: world.now };
  const at = (days: number): SimulationResult => {
    const later = world.now + days * DAY_MS;
    return forecast(world, { runs: 200, start: later, from: { standings: world.standings(), claimedAt } });
  };
  const [now, later, late] = [at(0), at(3), at(14)];
  expect(later.workingDays.p50).toBeLessThan(now.workingDays.p50);
  expect(later.end.p50).toBeGreaterThan(now.end.p50);
  // Ten working days are more than it ever takes: some work is left all the same.
  expect(late.workingDays).toEqual({ p50: 0.4, p80: 0.4, p95: 0.4 });
  expect(remainingOf([2, 4, 9], 0, 0.5)).toBeCloseTo(4.82, 1);
  expect(remainingOf([2, 4, 9], 8.5, 0.5)).toBeLessThanOrEqual(0.5);
});

test('what was delivered waits for another person, and an open approval for those who have not voted', () => {
  const checked = plan([phase('build', [task('rack', { ...fixed(4), fourEyes: true })], { gate: gate('built', {
    policy: { steps: [{ key: 'both', roles: ['sponsor', 'security'], quorum: 'all' }], reasonRequired: ['rework'] },
  }) })]);
  const world = started(checked);
  complete(world, 'build', 'rack');
  expect(forecast(world).workingDays.p50).toBe(1.5);
  act(world, 'build', { type: 'confirm', task: 'rack' }, edo);
  const { id, digest } = world.openApproval()?.input ?? {};
  expect(world.command(id ?? '', { type: 'decide', outcome: 'approve', digest }, sam)).toBeNull();
  world.settle();
  // Sam answers at once and has voted; Sol takes a day, of which half has passed.
  const halfADay = forecast(world, { start: world.now + 4.25 * 3_600_000 });
  expect(halfADay).toMatchObject({ outcomes: { completed: 5 }, waiting: { gates: [{ gate: 'built', step: 'both', roles: ['sponsor', 'security'] }] } });
  expect(halfADay.workingDays.p50).toBeLessThan(1);
});

test('conditions that a gate set are tasks', () => {
  const world = started(CHAIN);
  complete(world, 'build', 'rack');
  complete(world, 'build', 'cable');
  const { id, digest } = world.openApproval()?.input ?? {};
  const condition = { defect: TEXT, plan: TEXT, owner: 'engineer', dueDays: 5 };
  expect(world.command(id ?? '', { type: 'decide', outcome: 'approve-with-conditions', digest, reason: TEXT, conditions: [condition] }, sam)).toBeNull();
  world.settle();
  const result = forecast(world, { runs: 50 });
  expect(result.outcomes).toEqual({ completed: 50 });
  expect(result.critical.some(({ task: each }) => each.startsWith('build/condition'))).toBe(true);
});

test('a project on hold is forecast as if it were resumed, and its answer says so', () => {
  const world = started(CHAIN);
  complete(world, 'build', 'rack');
  expect(world.command(world.root, { type: 'hold', reason: TEXT }, mia)).toBeNull();
  // Whether everybody has agreed already or not.
  expect(forecast(world)).toMatchObject({ held: true, outcomes: { completed: 5 }, workingDays: { p50: 4 } });
  world.settle();
  expect(forecast(world)).toMatchObject({ held: true, outcomes: { completed: 5 }, workingDays: { p50: 4 } });
});

test('more people help where tasks wait for them, fewer make them wait', () => {
  const parallel = plan([phase('build', Array.from({ length: 4 }, (_, index) => task(`t${index}`, fixed(2))))]);
  const world = started(parallel);
  const given = forecast(world);
  expect([given, forecast(world, { people: { engineer: 4 } }), forecast(world, { people: { engineer: 1 } })].map(({ workingDays }) => workingDays.p50)).toEqual([4, 2, 8]);
  expect(given.waiting.tasks).toEqual([{ role: 'engineer', task: 'build/t2', days: 2 }, { role: 'engineer', task: 'build/t3', days: 2 }]);
  // Edo leaves: what he had claimed is for the others to do.
  act(world, 'build', { type: 'claim', task: 't0' }, edo);
  expect(forecast(world, { people: { engineer: 1 } })).toMatchObject({ outcomes: { completed: 5 }, workingDays: { p50: 8 } });
});

test('somebody is supposed to hold a role that nobody holds, and the answer names it', () => {
  const world = started(CHAIN, { manager: ['mia'], security: ['sol'] });
  expect(forecast(world)).toMatchObject({ outcomes: { completed: 5 }, unassigned: ['engineer', 'sponsor'] });
  expect(forecast(started(CHAIN))).toMatchObject({ unassigned: [] });
});

test('who delivered has no vote where duties are separate; when nobody has one, the runs get stuck there', () => {
  const separate = plan([phase('build', [task('rack', fixed(1))], { gate: gate('built', {
    policy: { steps: [{ key: 'peer', roles: ['engineer'], quorum: 'any' }], separationOfDuties: true, reasonRequired: [] },
  }) })]);
  expect(forecast(started(separate)).outcomes).toEqual({ completed: 5 });
  const alone = forecast(started(separate, { ...ROLES, engineer: ['eva'] }));
  expect(alone).toMatchObject({ outcomes: { stuck: 5 }, stuck: [{ phase: 'build', runs: 5 }], gates: [] });
});

test('who is needed for the decision keeps out of the work, where others can do it', () => {
  const steps = [{ key: 'peer', roles: ['engineer'], quorum: 'any' as const }, { key: 'board', roles: ['sponsor'], quorum: 'any' as const }];
  const separate = plan([phase('build', [task('rack', fixed(1)), task('cable', fixed(2)), task('label', { ...fixed(1), rasci: { r: 'sponsor', a: 'manager', s: [], c: [], i: [] } })], {
    gate: gate('built', { policy: { steps, separationOfDuties: true, reasonRequired: [] } }),
  })]);
  // Edo holds both roles: he works, so that the others can decide.
  expect(forecast(started(separate, { ...ROLES, engineer: ['eva', 'edo'], sponsor: ['sam', 'edo'] }))).toMatchObject({ outcomes: { completed: 5 }, workingDays: { p50: 6 } });
});

test('the same seed gives the same answer, and what stands is left as it was', () => {
  const world = started(WATERFALL);
  const standings = world.standings();
  const before = JSON.stringify(standings);
  const options = { runs: 40, rejectionRate: 0.3, from: { standings } };
  expect(forecast(world, options)).toEqual(forecast(world, options));
  expect(forecast(world, { ...options, seed: 2 }).end).not.toEqual(forecast(world, options).end);
  expect(JSON.stringify(standings)).toBe(before);
});

test('a project is forecast while its processes are still telling each other, as if they had', () => {
  const world = started(CHAIN);
  // Also what has ended, as the one above it may not have heard of it.
  const all = () => [...world.actors].map(([stream, { process, runner }]) => ({ process: process.name, stream, state: runner.state }));
  const looked: number[] = [];
  const slowly = (to: string, command: { readonly type: string } & Record<string, unknown>, by = eva): void => {
    expect(world.command(to, command, by)).toBeNull();
    for (let busy = world.busy(); busy.length > 0; busy = world.busy()) {
      const now = forecast(world, { runs: 1, from: { standings: all() } });
      expect(now.outcomes).toEqual({ completed: 1 });
      looked.push(now.workingDays.p50);
      world.deliver(busy[0] ?? '');
    }
  };
  const build = stageOf(world, 'build');
  slowly(build, { type: 'complete', task: 'rack', evidence: {} });
  slowly(world.root, { type: 'assign-roles', roles: { engineer: ['edo'] } }, mia);
  slowly(world.root, { type: 'hold', reason: TEXT }, mia);
  slowly(world.root, { type: 'resume' }, mia);
  slowly(build, { type: 'complete', task: 'cable', evidence: {} }, edo);
  slowly(world.root, { type: 'hold', reason: TEXT }, mia);
  slowly(world.root, { type: 'resume' }, mia);
  const { id, digest } = world.openApproval()?.input ?? {};
  slowly(id ?? '', { type: 'decide', outcome: 'approve', digest }, sol);
  expect(looked.length).toBeGreaterThan(15);
  expect([...new Set(looked)]).toEqual([4, 2, 1]);
});
