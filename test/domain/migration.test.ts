/** Moving a running project to another plan: what was done and decided stays, the rest follows the new plan. */
import { previewMigration } from '../../domain/play/preview-migration';
import type { Plan, PlanTask } from '../../domain/plan';
import { ROLES, WATERFALL, gate, phase, plan, task, version } from '../support/plans';
import { PEOPLE, World } from '../support/world';

const text = { text: 't' };
const evidence: Record<string, Record<string, unknown>> = { draw: { pages: 12, check: 'good' } };

function started(of: Plan = WATERFALL): World {
  const world = new World(of);
  expect(world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga)).toBeNull();
  world.settle();
  return world;
}

function complete(world: World, phaseKey: string, key: string, given: object = evidence[key] ?? {}): void {
  expect(world.command(world.stage(phaseKey).input.id, { type: 'complete', task: key, evidence: given }, PEOPLE.eva)).toBeNull();
  world.settle();
}

function approve(world: World, who: 'sam' | 'sol' = 'sam'): void {
  const approval = world.openApproval();
  expect(world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE[who])).toBeNull();
  world.settle();
}

function move(world: World, next: Plan, decisions: Record<string, string> = {}): void {
  expect(world.migrate(next, PEOPLE.mia, decisions)).toBeNull();
  world.settle();
}

const preview = (world: World, next: Plan, decisions = {}) => previewMigration(world.standings(), next, world.now, decisions).preview;
const phases = (world: World) => Object.fromEntries(Object.entries(world.projectState().phases).map(([key, { status }]) => [key, status]));
const tasks = (world: World, key: string) => Object.fromEntries(Object.entries(world.stage(key).tasks).map(([name, { status }]) => [name, status]));
const withTasks = (of: Plan, key: string, list: readonly PlanTask[], more = {}): Plan =>
  version(of, '2.0.0', of.phases.map((each) => (each.key === key ? { ...each, tasks: list, ...more } : each)));
const [rack, cable] = (WATERFALL.phases[1] as Plan['phases'][number]).tasks as [PlanTask, PlanTask];

function inBuild(): World {
  const world = started();
  complete(world, 'design', 'draw');
  approve(world);
  complete(world, 'build', 'rack');
  return world;
}

/** Build gets a test and loses its cabling. */
const TESTED = withTasks(WATERFALL, 'build', [rack, task('test', { after: [{ task: 'rack' }] })]);

describe('tasks of an open phase', () => {
  test('done ones stay done, new ones come, open ones that are gone are dropped', () => {
    const world = inBuild();
    const done = world.stage('build').tasks['rack'];
    expect(preview(world, TESTED)).toMatchObject({
      outcome: 'moves', kept: { tasks: 1, gates: ['design-gate'] }, phases: [], decisions: [],
      tasks: [{ phase: 'build', task: 'test', change: 'added' }, { phase: 'build', task: 'cable', change: 'dropped' }],
    });
    move(world, TESTED);
    expect(tasks(world, 'build')).toEqual({ rack: 'done', test: 'ready', cable: 'dropped' });
    expect(world.stage('build').tasks['rack']).toEqual(done);
    expect(world.projectState()).toMatchObject({ plan: { template: { version: '2.0.0' } }, migrations: [{ outcome: 'migrated', from: { version: '1.0.0' }, to: { version: '2.0.0' } }] });
    complete(world, 'build', 'test');
    approve(world, 'sol');
    approve(world);
    expect(phases(world)).toMatchObject({ design: 'ended', build: 'ended', close: 'open' });
  });

  test('a done task that is not in the plan any more stays with its evidence, and can not be reopened', () => {
    const world = inBuild();
    const without = withTasks(WATERFALL, 'build', [task('cable')], { gate: gate('build-gate') });
    move(world, without);
    expect(tasks(world, 'build')).toEqual({ cable: 'ready', rack: 'done' });
    const build = world.stage('build').input.id;
    expect(world.command(build, { type: 'reopen', task: 'rack', reason: text }, PEOPLE.eva)?.code).toBe('task-former');
    // The third version has it again.
    move(world, version(WATERFALL, '3.0.0'));
    expect(tasks(world, 'build')).toEqual({ rack: 'done', cable: 'ready' });
    expect(world.command(build, { type: 'reopen', task: 'rack', reason: text }, PEOPLE.eva)).toBeNull();
  });

  test('what another version dropped comes back with a later one', () => {
    const world = inBuild();
    move(world, TESTED);
    move(world, version(WATERFALL, '3.0.0'));
    expect(tasks(world, 'build')).toEqual({ rack: 'done', cable: 'ready', test: 'dropped' });
    move(world, version(TESTED, '4.0.0'));
    expect(tasks(world, 'build')).toEqual({ rack: 'done', test: 'ready', cable: 'dropped' });
    expect(world.projectState().migrations?.map(({ to }) => to.version)).toEqual(['2.0.0', '3.0.0', '4.0.0']);
  });

  test('another due date is given, one whose rule is the same is left', () => {
    const dated = (days: number): Plan => plan([phase('p', [task('a', { dueDays: 5 }), task('b', { dueDays: days })])]);
    const world = started(dated(2));
    const before = world.stage('p').tasks;
    const next = version(dated(4), '2.0.0');
    expect(preview(world, next).tasks).toEqual([{ phase: 'p', task: 'b', change: 'redated', from: before['b']?.dueAt, to: expect.any(Number) }]);
    move(world, next);
    expect(world.stage('p').tasks['a']).toEqual(before['a']);
    expect((world.stage('p').tasks['b']?.dueAt ?? 0) - (before['b']?.dueAt ?? 0)).toBe(2 * 86_400_000);
  });

  test('evidence that the new plan asks for beside what was delivered: people say whether the task is done again', () => {
    const asking = withTasks(WATERFALL, 'build', [{ ...rack, evidence: [{ key: 'photo', required: true, type: 'link' }] }, cable]);
    const decision = { id: 'task:build/rack', kind: 'redo-task', phase: 'build', task: 'rack', fields: ['photo'], choices: ['keep', 'reopen'] };
    expect(preview(inBuild(), asking)).toMatchObject({ outcome: 'needs-decision', decisions: [decision], undecided: ['task:build/rack'] });
    expect(preview(inBuild(), asking, { 'task:build/rack': 'perhaps' }).outcome).toBe('needs-decision');
    const kept = inBuild();
    move(kept, asking, { 'task:build/rack': 'keep' });
    expect(tasks(kept, 'build')).toEqual({ rack: 'done', cable: 'ready' });
    const redone = inBuild();
    move(redone, asking, { 'task:build/rack': 'reopen' });
    expect(tasks(redone, 'build')).toEqual({ rack: 'ready', cable: 'waiting' });
    expect(redone.stage('build').tasks['rack']?.reopened).toBe(1);
  });
});

describe('an approval in course', () => {
  function asked(): World {
    const world = inBuild();
    complete(world, 'build', 'cable');
    approve(world, 'sol');
    return world;
  }

  test('goes on with its votes when what it is about is the same', () => {
    const world = asked();
    const before = world.openApproval();
    const next = withTasks(WATERFALL, 'close', [task('archive'), task('celebrate')]);
    expect(preview(world, next).approvals).toEqual([{ phase: 'build', gate: 'build-gate', change: 'goes-on' }]);
    move(world, next);
    expect(world.openApproval()).toMatchObject({ input: { id: before?.input.id }, votes: [{ person: 'sol' }] });
    approve(world);
    expect(phases(world)).toMatchObject({ build: 'ended', close: 'open' });
  });

  test('is asked anew when its rules changed', () => {
    const world = asked();
    const before = world.openApproval();
    const next = withTasks(WATERFALL, 'build', [rack, cable], { gate: gate('build-gate') });
    expect(preview(world, next).approvals).toEqual([{ phase: 'build', gate: 'build-gate', change: 'asked-anew' }]);
    move(world, next);
    expect(world.openApproval()).toMatchObject({ input: { round: (before?.input.round ?? 0) + 1 }, votes: [] });
    expect(world.approvals().find(({ input }) => input.id === before?.input.id)?.status).toBe('withdrawn');
  });

  test('is asked anew under another name of the gate', () => {
    const world = asked();
    move(world, withTasks(WATERFALL, 'build', [rack, cable], { gate: gate('readiness') }));
    expect(world.openApproval()?.input).toMatchObject({ gate: 'readiness', round: 2 });
    approve(world);
    expect(phases(world)).toMatchObject({ build: 'ended', close: 'open' });
  });

  test('is withdrawn when something new has to be done before', () => {
    const world = asked();
    const next = withTasks(WATERFALL, 'build', [rack, cable, task('test', { after: [{ task: 'cable' }] })]);
    expect(preview(world, next).approvals).toEqual([{ phase: 'build', gate: 'build-gate', change: 'withdrawn' }]);
    move(world, next);
    expect(world.openApproval()).toBeUndefined();
    complete(world, 'build', 'test');
    expect(world.openApproval()?.votes).toEqual([]);
  });
});

describe('phases', () => {
  const [design, build, close, control] = WATERFALL.phases as [Plan['phases'][number], Plan['phases'][number], Plan['phases'][number], Plan['phases'][number]];

  test('one that is new and ahead is done, one that comes before what has begun is skipped', () => {
    const world = inBuild();
    const next = version(WATERFALL, '2.0.0', [
      design, phase('study', [task('think')], { after: ['design'] }), { ...build, after: ['study'] },
      phase('pilot', [task('try')], { after: ['build'] }), { ...close, after: ['pilot'] }, control,
    ]);
    expect(preview(world, next).phases).toEqual([{ phase: 'study', change: 'skipped' }, { phase: 'pilot', change: 'added' }]);
    move(world, next);
    expect(phases(world)).toEqual({ design: 'ended', study: 'skipped', build: 'open', pilot: 'waiting', close: 'waiting', control: 'open' });
    complete(world, 'build', 'cable');
    approve(world, 'sol');
    approve(world);
    expect(phases(world)).toMatchObject({ pilot: 'open', close: 'waiting' });
  });

  test('one that is gone: waiting it is dropped, decided it stays as it was, open only when somebody says so', () => {
    const world = inBuild();
    complete(world, 'control', 'log');
    const outcome = world.projectState().phases['design'];
    const next = version(WATERFALL, '2.0.0', [phase('build', [rack, cable]), phase('handover', [task('hand-over')], { after: ['build'] })]);
    const found = preview(world, next);
    expect(found).toMatchObject({
      outcome: 'needs-decision', decisions: [{ id: 'phase:control', kind: 'drop-phase', phase: 'control', open: 1 }],
      phases: [{ phase: 'handover', change: 'added' }, { phase: 'design', change: 'former' }, { phase: 'close', change: 'dropped' }, { phase: 'control', change: 'dropped' }],
    });
    move(world, next, { 'phase:control': 'drop' });
    expect(world.projectState().phases['design']).toEqual(outcome);
    expect(phases(world)).toEqual({ build: 'open', handover: 'waiting', design: 'ended', close: 'skipped', control: 'ended' });
    expect(tasks(world, 'control')).toEqual({ 'log': 'done', 'review-build': 'dropped' });
    complete(world, 'build', 'cable');
    complete(world, 'handover', 'hand-over');
    expect(world.projectState().status).toBe('completed');
  });

  test('one that was dropped while it was open comes back in another round', () => {
    const world = inBuild();
    move(world, version(WATERFALL, '2.0.0', [design, build, close]), { 'phase:control': 'drop' });
    move(world, version(WATERFALL, '3.0.0'));
    expect(world.projectState().phases['control']).toMatchObject({ status: 'open', round: 2 });
  });

  test('conditions of a decided gate are still to be met, by who owns them', () => {
    const world = started();
    complete(world, 'design', 'draw');
    const approval = world.openApproval();
    const conditions = [{ defect: text, plan: text, owner: 'engineer', dueDays: 3 }];
    expect(world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve-with-conditions', digest: approval?.input.digest, conditions }, PEOPLE.sam)).toBeNull();
    world.settle();
    move(world, version(WATERFALL, '2.0.0', [phase('design', [task('sketch')], { gate: gate('other') }), build, close, control]));
    expect(tasks(world, 'design')).toEqual({ 'draw': 'done', 'condition-1-1': 'ready' });
    expect(world.projectState().phases['design']).toMatchObject({ status: 'passed', outcome: 'approve-with-conditions' });
    complete(world, 'design', 'condition-1-1', { proof: text });
    expect(phases(world)['design']).toBe('ended');
  });
});

describe('settling', () => {
  test('something that happened since the plan was proved leaves the project wholly on the old plan', () => {
    const world = inBuild();
    const { migration } = previewMigration(world.standings(), TESTED, world.now);
    complete(world, 'control', 'log');
    expect(world.command(world.root, { type: 'migrate', ...migration }, PEOPLE.mia)).toBeNull();
    world.settle();
    expect(world.projectState()).toMatchObject({ plan: { template: { version: '1.0.0' } }, migrations: [{ outcome: 'moved-on' }] });
    expect(tasks(world, 'build')).toEqual({ rack: 'done', cable: 'ready' });
    complete(world, 'build', 'cable');
    expect(world.openApproval()).toBeDefined();
  });

  test('a phase that opened or ended meanwhile is refused at once', () => {
    const world = inBuild();
    const { migration } = previewMigration(world.standings(), TESTED, world.now);
    complete(world, 'build', 'cable');
    approve(world, 'sol');
    approve(world);
    expect(world.command(world.root, { type: 'migrate', ...migration }, PEOPLE.mia)?.code).toBe('project-moved-on');
  });

  test('while it is under way commands are refused, and the project says for whom it waits', () => {
    const world = inBuild();
    expect(world.migrate(TESTED, PEOPLE.mia)).toBeNull();
    const { revision } = world.projectState();
    expect(revision).toMatchObject({ kind: 'migrate', waitingFor: [world.stage('build').input.id, world.stage('control').input.id] });
    expect(world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia)?.code).toBe('project-changing');
    for (let i = 0; world.stage('build').revision === undefined && i < 10; i += 1) world.deliver(world.busy()[0] ?? '');
    expect(world.command(world.stage('build').input.id, { type: 'complete', task: 'cable', evidence: {} }, PEOPLE.eva)?.code).toBe('project-changing');
    world.settle();
    expect(world.stage('build').revision).toBeUndefined();
  });

  test('the same plan again changes nothing; a project on hold moves and stays on hold', () => {
    const world = inBuild();
    move(world, TESTED);
    expect(preview(world, TESTED).outcome).toBe('same');
    const before = world.actors.get(world.root)?.log.length;
    move(world, TESTED);
    expect(world.actors.get(world.root)?.log.length).toBe(before);
    expect(world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia)).toBeNull();
    world.settle();
    move(world, version(WATERFALL, '3.0.0'));
    expect(world.projectState().status).toBe('held');
    expect(tasks(world, 'build')).toEqual({ rack: 'done', cable: 'ready', test: 'dropped' });
    expect(world.command(world.stage('build').input.id, { type: 'complete', task: 'cable', evidence: {} }, PEOPLE.eva)?.code).toBe('project-held');
  });

  test.each([['a stranger', PEOPLE.eva, 'not-permitted'], ['before it started', PEOPLE.olga, 'not-started']])('%s may not move it', (_, who, code) => {
    const world = code === 'not-started' ? new World(WATERFALL) : started();
    expect(world.command(world.root, { type: 'migrate', plan: TESTED, basis: {} }, who)?.code).toBe(code);
  });

  test('roles that somebody holds stay, others go', () => {
    const world = inBuild();
    const next: Plan = { ...TESTED, roles: [...TESTED.roles.filter(({ key }) => key !== 'sponsor' && key !== 'board'), { key: 'board', members: ['security'] }, { key: 'tester', members: [] }] };
    move(world, next);
    expect(world.projectState().plan.roles.filter(({ former }) => former).map(({ key }) => key)).toEqual(['sponsor']);
    expect(world.projectState().roles['sponsor']).toEqual(['sam']);
  });
});
