/** One truth from sprint to gate: tasks of stages wait for items of a backlog, and items for what stages deliver. */
import { backlogStream, sprintStream } from '../../domain/backlog/streams';
import { limitOf, scopeOf } from '../../domain/backlog/scope';
import type { BacklogState } from '../../domain/backlog/types';
import { amend } from '../../domain/change/amend';
import { planDifference } from '../../domain/change/difference';
import type { Operation } from '../../domain/change/types';
import type { Plan, PlanIterations } from '../../domain/plan';
import { verify } from '../../domain/play/verify';
import { CONTROL } from '../support/controlled';
import { gate, phase, plan, ROLES, task } from '../support/plans';
import { MONDAY } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const ITERATIONS: PlanIterations = {
  productOwner: 'sponsor', unit: 'points', ready: [], done: [], columns: [{ key: 'todo' }, { key: 'done' }],
  teams: [{ key: 'alpha', roles: ['engineer'], days: 10, leftovers: 'backlog' }],
  needs: [{ phase: 'install', deliverable: 'racks', label: 'hardware' }, { phase: 'install', deliverable: 'lines' }],
};
/** A stage that installs, beside sprints that build; the last step of the stage waits for what was built. */
const PLAN = plan([
  phase('install', [
    task('rack', { produces: ['racks'] }), task('connect', { after: [{ task: 'rack' }], produces: ['lines'] }),
    task('switch-over', { after: [{ task: 'connect' }, { backlog: 'build', label: 'network', accepted: 1 }] }),
  ], { announces: ['racks', 'lines'] }),
  phase('build', [task('run')], { kind: 'iterations', iterations: ITERATIONS, gate: gate('release') }),
  phase('close', [task('archive')], { after: ['build', 'install'] }),
]);
const BACKLOG = backlogStream('P', 'build', 1);
const SPRINT = sprintStream(BACKLOG, 'alpha', 1);
const title = { text: 't' };

function started(of: Plan = PLAN): World {
  const world = new World(of);
  world.command(world.root, { type: 'start', name: title, roles: ROLES }, PEOPLE.olga);
  world.settle();
  give(world, BACKLOG, { type: 'add-items', items: [{ kind: 'story', title, labels: ['network'] }, { kind: 'story', title, labels: ['hardware'] }, { kind: 'story', title, needs: ['install/lines'] }] });
  give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
  return world;
}
const give = (world: World, to: string, command: { type: string; [field: string]: unknown }, who: Parameters<World['command']>[2] = PEOPLE.eva) => {
  const refused = world.command(to, command, who);
  world.settle();
  return refused;
};
const backlogOf = (world: World): BacklogState => world.actors.get(BACKLOG)?.runner.state as BacklogState;
const take = (world: World, ...items: string[]) => give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items });
const complete = (world: World, task_: string) => give(world, world.stage('install').input.id, { type: 'complete', task: task_, evidence: {} });
const status = (world: World): string | undefined => world.stage('install').tasks['switch-over']?.status;

/** Has items accepted in the first sprint. */
function accept(world: World, ...items: string[]): void {
  expect(take(world, ...items)).toBeNull();
  give(world, SPRINT, { type: 'set-goal', goal: title });
  give(world, SPRINT, { type: 'start' });
  for (const item of items) {
    expect(give(world, SPRINT, { type: 'move-card', item, from: 'todo', to: 'done' })).toBeNull();
    expect(give(world, SPRINT, { type: 'accept', item }, PEOPLE.sam)).toBeNull();
  }
}

describe('a task that waits for items of a backlog', () => {
  test('is ready once they are accepted, and says which are left until then', () => {
    const world = started();
    complete(world, 'rack');
    complete(world, 'connect');
    expect(status(world)).toBe('waiting');
    expect(world.stage('install').stands).toEqual({ 'backlog:build/*/network/1': { met: false, left: ['1'] } });
    accept(world, '1');
    expect(status(world)).toBe('ready');
  });

  test('waits again when more of it comes, and no longer when that is dropped', () => {
    const world = started();
    complete(world, 'rack');
    complete(world, 'connect');
    accept(world, '1');
    give(world, BACKLOG, { type: 'add-items', items: [{ kind: 'bug', title, labels: ['network'] }] });
    expect(status(world)).toBe('waiting');
    expect(world.stage('install').stands).toEqual({ 'backlog:build/*/network/1': { met: false, left: ['4'] } });
    give(world, BACKLOG, { type: 'drop-items', items: ['4'] }, PEOPLE.sam);
    expect(status(world)).toBe('ready');
  });

  test('nothing more comes of the backlog of a phase that has passed: nobody waits for it', () => {
    const world = started();
    complete(world, 'rack');
    complete(world, 'connect');
    give(world, world.stage('build').input.id, { type: 'complete', task: 'run', evidence: {} });
    const approval = world.openApproval();
    give(world, approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE.sam);
    expect(world.projectState().phases['build']?.status).toBe('ended');
    expect(status(world)).toBe('ready');
  });

  test('a change of the running plan has it wait for one item by its number', () => {
    const world = started();
    const operations = [{ op: 'set-task' as const, phase: 'install', task: 'switch-over', set: { items: [{ backlog: 'build', item: '3' }] } }];
    const amended = amend(PLAN, { change: 'c-1', operations });
    if (!amended.ok) throw new Error(JSON.stringify(amended.problems));
    expect(planDifference(PLAN, amended.plan)).toMatchObject([{ kind: 'task', key: 'switch-over', fields: [{ field: 'after', before: 'connect, backlog:build/*/network/1', after: 'connect, backlog:build/3' }] }]);
    expect(world.migrate(amended.plan, PEOPLE.olga)).toBeNull();
    world.settle();
    expect(world.projectState().plan.phases[0]?.tasks[2]?.after).toEqual([{ task: 'connect' }, { backlog: 'build', item: '3' }]);
    complete(world, 'rack');
    complete(world, 'connect');
    expect([status(world), world.stage('install').stands]).toEqual(['waiting', { 'backlog:build/3': { met: false, left: ['3'] } }]);
    accept(world, '3');
    expect(status(world)).toBe('ready');
  });

  test('a change can not have it wait for what comes after it, nor take away what it waits for', () => {
    const problems = (phase_: string, backlog: string) => amend(PLAN, { change: 'c', operations: [{ op: 'set-task', phase: phase_, task: phase_ === 'close' ? 'archive' : 'switch-over', set: { items: [{ backlog, item: '1' }] } }] });
    expect(problems('install', 'close')).toMatchObject({ ok: false, problems: [{ pointer: '/operations/0/set/items/0/backlog', code: 'unknown' }] });
    const before = { ...PLAN, phases: PLAN.phases.map((each) => (each.key === 'build' ? { ...each, after: ['install'] } : each)) };
    expect(amend(before, { change: 'c', operations: [{ op: 'set-task', phase: 'install', task: 'switch-over', set: { items: [{ backlog: 'build', item: '1' }] } }] })).toMatchObject({ ok: false, problems: [{ code: 'circle' }] });
    expect(amend(PLAN, { change: 'c', operations: [{ op: 'remove-phase', phase: 'build' }] })).toMatchObject({ ok: false, problems: [{ code: 'needed' }] });
    expect(amend(PLAN, { change: 'c', operations: [{ op: 'remove-phase', phase: 'install' }] })).toMatchObject({ ok: false, problems: [{ code: 'needed' }] });
  });
});

describe('an item that waits for what a stage delivers', () => {
  test('is taken into no sprint before that is there', () => {
    const world = started();
    expect(take(world, '2')).toMatchObject({ code: 'item-waits', facts: { item: '2', waitsFor: ['install/racks'] } });
    expect(take(world, '3')).toMatchObject({ code: 'item-waits', facts: { waitsFor: ['install/lines'] } });
    complete(world, 'rack');
    expect(backlogOf(world).openNeeds).toEqual(['install/lines']);
    expect(take(world, '2')).toBeNull();
    complete(world, 'connect');
    expect(take(world, '3')).toBeNull();
  });

  test('waits again when the deliverable is made again', () => {
    const world = started();
    complete(world, 'rack');
    give(world, world.stage('install').input.id, { type: 'reopen', task: 'rack', reason: title }, PEOPLE.mia);
    expect(take(world, '2')).toMatchObject({ code: 'item-waits' });
  });

  test('names only deliverables that the template has items wait for', () => {
    const world = started();
    expect(give(world, BACKLOG, { type: 'change-item', item: '1', change: { needs: ['install/else'] } })).toMatchObject({ code: 'item-invalid', fields: [{ pointer: '/change/needs', code: 'choice' }] });
    expect(give(world, BACKLOG, { type: 'change-item', item: '1', change: { needs: ['install/racks'] } })).toBeNull();
    expect(take(world, '1')).toMatchObject({ code: 'item-waits' });
  });

  test('nothing more comes of a phase that has passed', () => {
    const world = started(plan([
      phase('install', [task('rack', { produces: [] })], { announces: ['racks'], deliverables: ['racks'] }),
      phase('build', [task('run')], { kind: 'iterations', iterations: { ...ITERATIONS, needs: [{ phase: 'install', deliverable: 'racks', label: 'hardware' }, { phase: 'install', deliverable: 'lines' }] } }),
    ]));
    expect(take(world, '2')).toMatchObject({ code: 'item-waits' });
    complete(world, 'rack');
    expect(take(world, '2')).toBeNull();
  });
});

test('is proved as if teams did their work', () => {
  expect(verify([PLAN], { start: MONDAY }).findings).toEqual([]);
});

describe('what was promised of a backlog', () => {
  const PROMISED: Plan = {
    ...plan([phase('build', [task('run')], { kind: 'iterations', iterations: { ...ITERATIONS, needs: [], scopeControl: { tolerance: 10, goal: true, label: 'must' } }, gate: gate('release') })]),
    changeControl: CONTROL,
  };
  const story = (estimate?: number, labels: string[] = []) => ({ kind: 'story', title, ...(estimate !== undefined && { estimate }), labels });
  let asked = 0;
  const add = (world: World, ...items: object[]) => give(world, BACKLOG, { type: 'add-items', items });
  /** A project whose first sprint runs, with 40 points promised. */
  function promised(): World {
    const world = new World(PROMISED);
    world.command(world.root, { type: 'start', name: title, roles: ROLES }, PEOPLE.olga);
    world.settle();
    give(world, BACKLOG, { type: 'set-goal', goal: title }, PEOPLE.sam);
    expect(add(world, story(20, ['must']), story(15), story(5), { kind: 'epic', title, estimate: 400 })).toBeNull();
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['2'] });
    give(world, SPRINT, { type: 'set-goal', goal: title });
    expect(give(world, SPRINT, { type: 'start' })).toBeNull();
    return world;
  }
  function change(world: World, set: Extract<Operation, { op: 'set-scope' }>['set'], who: keyof typeof PEOPLE = 'sam') {
    return give(world, world.root, { type: 'request-change', change: { id: `c-${asked += 1}`, title, reason: title, impact: {}, operations: [{ op: 'set-scope', phase: 'build', set }] } }, PEOPLE[who]);
  }
  function approve(world: World): void {
    const approval = world.approvals().find(({ status: open, input }) => open === 'open' && input.change !== undefined);
    expect(give(world, approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest, reason: title }, PEOPLE.sam)).toBeNull();
    expect(world.projectState().changes).toMatchObject([{ status: 'applied' }]);
  }

  test('is what stands in it when the first sprint starts; up to the tolerance the Product Owner is free', () => {
    const world = promised();
    expect([backlogOf(world).baseline?.scope, limitOf(backlogOf(world))]).toEqual([40, 44]);
    expect(add(world, story(4), story())).toBeNull();
    expect(add(world, story(1))).toMatchObject({ code: 'scope-beyond-tolerance', facts: { scope: 45, limit: 44, unit: 'points' } });
    expect(give(world, BACKLOG, { type: 'change-item', item: '3', change: { estimate: 6 } })).toMatchObject({ code: 'scope-beyond-tolerance' });
    // Less of one thing is room for another.
    expect(give(world, BACKLOG, { type: 'change-item', item: '3', change: { estimate: 3 } })).toBeNull();
    expect(add(world, story(2))).toBeNull();
    give(world, BACKLOG, { type: 'drop-items', items: ['3'] }, PEOPLE.sam);
    expect(add(world, story(3))).toBeNull();
    expect(give(world, BACKLOG, { type: 'restore-items', items: ['3'] }, PEOPLE.sam)).toMatchObject({ code: 'scope-beyond-tolerance' });
    expect(scopeOf(backlogOf(world))).toBe(44);
  });

  test('before that, and without estimates, nothing is', () => {
    const world = new World(PROMISED);
    world.command(world.root, { type: 'start', name: title, roles: ROLES }, PEOPLE.olga);
    world.settle();
    add(world, story(undefined, ['must']));
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    give(world, SPRINT, { type: 'set-goal', goal: title });
    give(world, SPRINT, { type: 'start' });
    expect(backlogOf(world).baseline).toBeUndefined();
    expect(add(world, story(500))).toBeNull();
    expect(give(world, BACKLOG, { type: 'drop-items', items: ['1'] }, PEOPLE.sam)).toBeNull();
  });

  test('grows by an approved change, which even the project manager has to ask for', () => {
    const world = promised();
    expect(change(world, { add: 10 }, 'mia')).toBeNull();
    expect(world.projectState().changes).toMatchObject([{ status: 'open', difference: [{ kind: 'phase', phase: 'build', fields: [{ field: 'scope', before: null, after: 10 }] }] }]);
    expect(add(world, story(14))).toMatchObject({ code: 'scope-beyond-tolerance' });
    approve(world);
    expect(limitOf(backlogOf(world))).toBe(54);
    expect(add(world, story(14))).toBeNull();
    expect(add(world, story(1))).toMatchObject({ code: 'scope-beyond-tolerance' });
  });

  test('items of it are dropped, and its goal becomes another, once a change says so', () => {
    const world = promised();
    expect(give(world, BACKLOG, { type: 'drop-items', items: ['1'] }, PEOPLE.sam)).toMatchObject({ code: 'scope-promised', facts: { item: '1', label: 'must' } });
    expect(give(world, BACKLOG, { type: 'change-item', item: '1', change: { labels: [] } })).toMatchObject({ code: 'scope-promised' });
    expect(give(world, BACKLOG, { type: 'set-goal', goal: { text: 'other' } }, PEOPLE.sam)).toMatchObject({ code: 'goal-promised' });
    expect(change(world, { goal: { text: 'other' }, release: ['1'] })).toBeNull();
    approve(world);
    expect(backlogOf(world).goal).toEqual({ text: 'other' });
    expect(give(world, BACKLOG, { type: 'drop-items', items: ['1'] }, PEOPLE.sam)).toBeNull();
  });

  test('a change of it fits only a backlog of which something is promised', () => {
    const judged = (set: object, of: Plan = PROMISED) => amend(of, { change: 'c', operations: [{ op: 'set-scope', phase: 'build', set } as Operation] });
    expect(judged({})).toMatchObject({ ok: false, problems: [{ pointer: '/operations/0/set', code: 'required' }] });
    expect(judged({ add: 1 }, PLAN)).toMatchObject({ ok: false, problems: [{ pointer: '/operations/0/phase', code: 'unknown' }] });
  });
});
