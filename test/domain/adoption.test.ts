/** A project that ran elsewhere before: what was done there is taken over, and never looks as if it were decided here. */
import type { Plan } from '../../domain/plan';
import { type Adoption, judgeAdoption, MAX_ADOPTED_TASKS } from '../../domain/project/adoption';
import { approvalInput, gateContent } from '../../domain/stage/gate';
import { ROLES, WATERFALL, gate, phase, plan, task, version } from '../support/plans';
import { MONDAY } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const SOURCE = { text: 'source' };
const BY = { text: 'their board' };
const text = { text: 't' };
const LAST_MONTH = MONDAY - 30 * 86_400_000;

type Told = Partial<Pick<Adoption, 'gates' | 'tasks'>>;
const told = ({ gates = [], tasks = [] }: Told): Adoption => ({ source: SOURCE, gates, tasks });

function adopted(of: Plan, what: Told): World {
  const world = new World(of);
  expect(world.command(world.root, { type: 'start', name: text, roles: ROLES, adoption: told(what) }, PEOPLE.olga)).toBeNull();
  world.settle();
  return world;
}

const phases = (world: World) => Object.fromEntries(Object.entries(world.projectState().phases).map(([key, { status }]) => [key, status]));
const tasks = (world: World, key: string) => Object.fromEntries(Object.entries(world.stage(key).tasks).map(([name, { status }]) => [name, status]));
const events = (world: World, key: string) => world.actors.get(world.stage(key).input.id)?.log.map(({ event }) => event) ?? [];
const problems = (of: Plan, what: Told) => {
  const judged = judgeAdoption(of, told(what), MONDAY);
  return judged.ok ? [] : judged.fields;
};

function complete(world: World, phaseKey: string, key: string, evidence: object = {}): void {
  expect(world.command(world.stage(phaseKey).input.id, { type: 'complete', task: key, evidence }, PEOPLE.eva)).toBeNull();
  world.settle();
}

function approve(world: World, who: 'sam' | 'sol' = 'sam'): void {
  const approval = world.openApproval();
  expect(world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE[who])).toBeNull();
  world.settle();
}

const PASSED = { gates: [{ gate: 'design-gate', at: LAST_MONTH, by: BY }], tasks: [{ phase: 'build', task: 'rack', status: 'done' as const, at: LAST_MONTH, by: BY }] };

describe('a project that is in its second phase elsewhere', () => {
  test('opens there: what is behind is adopted, what is open goes on, and it can be driven to its end', () => {
    const world = adopted(WATERFALL, PASSED);
    expect(phases(world)).toEqual({ design: 'ended', build: 'open', close: 'waiting', control: 'open' });
    expect(tasks(world, 'build')).toEqual({ rack: 'done', cable: 'ready' });
    complete(world, 'build', 'cable');
    approve(world, 'sol');
    approve(world);
    complete(world, 'close', 'archive');
    complete(world, 'control', 'log');
    complete(world, 'control', 'review-build');
    expect(world.projectState().status).toBe('completed');
    expect(world.projectState().adoption).toEqual({ source: SOURCE, person: 'olga', phases: {} });
  });

  test('the record says that it was adopted, from where and by whom; nothing says that it was decided here', () => {
    const world = adopted(WATERFALL, PASSED);
    expect(events(world, 'design')).toEqual([
      { type: 'stage-opened' },
      { type: 'tasks-adopted', source: SOURCE, person: 'olga', tasks: [{ task: 'draw', status: 'done' }] },
      { type: 'gate-adopted', source: SOURCE, person: 'olga', gate: 'design-gate', at: LAST_MONTH, by: BY },
      { type: 'stage-passed', outcome: 'adopted' },
      { type: 'stage-ended', status: 'ended' },
    ]);
    expect(world.approvals()).toEqual([]);
    expect(world.stage('design').gate).toEqual({ status: 'adopted', outcome: 'adopted', round: 0, adopted: { source: SOURCE, at: LAST_MONTH, by: BY } });
    expect(world.projectState().phases['design']).toMatchObject({ outcome: 'adopted', adoptedAt: LAST_MONTH });
    expect(world.stage('build').tasks['rack']).toEqual({ status: 'done', reopened: 0, adopted: { source: SOURCE, by: BY }, doneAt: LAST_MONTH });
    const rows = world.actors.get(world.stage('design').input.id)?.runner.rows().rows ?? [];
    expect(rows.map(({ data }) => data)).toMatchObject([
      { gateStatus: 'adopted', gateOutcome: 'adopted', gateAdopted: { source: SOURCE, by: BY }, approval: null },
      { task: 'draw', status: 'done', doneBy: null, doneAt: null, adopted: { source: SOURCE } },
    ]);
  });

  test('approvers of the phase that goes on see which tasks were adopted', () => {
    const world = adopted(WATERFALL, PASSED);
    complete(world, 'build', 'cable');
    const build = world.stage('build');
    const asked = build.input.phase.gate as NonNullable<Plan['phases'][number]['gate']>;
    expect(gateContent(build, asked)).toMatchObject({ tasks: [{ key: 'rack', adopted: { source: SOURCE, by: BY } }, { key: 'cable', doneBy: 'eva' }] });
    expect(approvalInput(build, asked).tasks).toEqual(['rack', 'cable']);
  });

  test('an adopted task that is reopened is done here, and no longer adopted', () => {
    const world = adopted(WATERFALL, PASSED);
    expect(world.command(world.stage('build').input.id, { type: 'reopen', task: 'rack', reason: text }, PEOPLE.mia)).toBeNull();
    complete(world, 'build', 'rack');
    expect(world.stage('build').tasks['rack']).toMatchObject({ status: 'done', doneBy: 'eva' });
    expect(world.stage('build').tasks['rack']).not.toHaveProperty('adopted');
  });

  test('tasks that are done ahead wait for their phase; a phase without a gate passes when all its tasks are settled', () => {
    const world = adopted(WATERFALL, {
      gates: [{ gate: 'design-gate' }],
      tasks: [{ phase: 'close', task: 'archive', status: 'done' }, { phase: 'control', task: 'log', status: 'done' }, { phase: 'control', task: 'review-build', status: 'dropped' }],
    });
    expect(phases(world)).toEqual({ design: 'ended', build: 'open', close: 'waiting', control: 'ended' });
    expect(tasks(world, 'control')).toEqual({ 'log': 'done', 'review-build': 'dropped' });
    expect(world.projectState().phases['control']?.outcome).toBe('no-gate');
    complete(world, 'build', 'rack');
    complete(world, 'build', 'cable');
    approve(world, 'sol');
    approve(world);
    expect(world.projectState().status).toBe('completed');
    expect(world.stage('close').tasks['archive']?.adopted).toEqual({ source: SOURCE });
  });

  test('a phase that is done again after rework is done here', () => {
    const back = plan([phase('a', [task('x')], { gate: gate('ga') }), phase('b', [task('y')], { after: ['a'], gate: gate('gb', { onRework: ['a'] }) })]);
    const world = adopted(back, { gates: [{ gate: 'ga' }] });
    complete(world, 'b', 'y');
    const approval = world.openApproval();
    const rework = { type: 'decide', outcome: 'rework', rework: [], reworkPhases: ['a'], reason: text, digest: approval?.input.digest };
    expect(world.command(approval?.input.id ?? '', rework, PEOPLE.sam)).toBeNull();
    world.settle();
    expect(world.projectState().phases['a']).toMatchObject({ status: 'open', round: 2 });
    expect(world.stages().find(({ input }) => input.phase.key === 'a' && input.round === 2)?.tasks['x']).toMatchObject({ status: 'ready' });
  });

  test('a move to another plan keeps what was adopted, also what was dropped elsewhere', () => {
    const world = adopted(WATERFALL, { ...PASSED, tasks: [...PASSED.tasks, { phase: 'control', task: 'log', status: 'dropped' }] });
    const before = world.stage('build').tasks['rack'];
    expect(world.migrate(version(WATERFALL, '2.0.0'), PEOPLE.mia)).toBeNull();
    world.settle();
    expect(world.projectState().plan.template.version).toBe('2.0.0');
    expect(world.stage('build').tasks['rack']).toEqual(before);
    expect(tasks(world, 'control')).toMatchObject({ log: 'dropped' });
    expect(world.projectState().phases['design']).toMatchObject({ outcome: 'adopted' });
  });
});

describe('conditions and facts', () => {
  const value = (is: string) => ({ kind: 'value' as const, value: is });
  const outcomeIs = (is: string) => ({ kind: 'compare' as const, by: '=' as const, left: { kind: 'reference' as const, to: ['gate', 'ga'] as const }, right: value(is) });
  const pages = { kind: 'compare' as const, by: '>' as const, left: { kind: 'reference' as const, to: ['fact', 'a', 'x', 'pages'] as const }, right: { kind: 'value' as const, value: 3 } };
  const CONDITIONAL = plan([
    phase('a', [task('x', { evidence: [{ key: 'pages', required: true, type: 'number' }] }), task('z', { when: { kind: 'value', value: false } })], { gate: gate('ga'), exports: ['x/pages'] }),
    phase('b', [task('y'), task('late', { due: { days: 3, from: 'gate', gate: 'ga' } })], { after: ['a'], when: pages, imports: ['gate-at/ga'] }),
    phase('c', [task('approved', { when: outcomeIs('approve') }), task('adopted', { when: outcomeIs('adopted') })], { after: ['b'], imports: ['gate/ga'] }),
  ]);
  const pass = (more: object = {}, at?: number): Told => ({ gates: [{ gate: 'ga', ...(at !== undefined && { at }) }], tasks: [{ phase: 'a', task: 'x', status: 'done', ...more }] });

  test('adopted evidence is known to later phases; what was not told of is unknown', () => {
    const world = adopted(CONDITIONAL, pass({ evidence: { pages: 9 } }, LAST_MONTH));
    expect(phases(world)).toEqual({ a: 'ended', b: 'open', c: 'waiting' });
    expect(world.projectState().facts).toEqual({ 'a/x/pages': 9 });
    expect(world.stage('b').tasks['late']?.dueAt).toBeLessThan(MONDAY);
    const unknown = adopted(CONDITIONAL, pass());
    expect(phases(unknown)).toMatchObject({ b: 'skipped', c: 'open' });
    expect(tasks(unknown, 'c')).toEqual({ approved: 'dropped', adopted: 'ready' });
  });

  test('a task counted from a gate that was passed nobody knows when has no due date', () => {
    expect(adopted(CONDITIONAL, pass({ evidence: { pages: 9 } })).stage('b').tasks['late']).not.toHaveProperty('dueAt');
  });

  test('a task whose condition does not hold was not done; a phase in which something was done is not skipped', () => {
    const world = adopted(CONDITIONAL, { ...pass(), tasks: [{ phase: 'b', task: 'y', status: 'done' }] });
    expect(tasks(world, 'a')).toEqual({ x: 'done', z: 'dropped' });
    expect(phases(world)).toMatchObject({ b: 'open' });
  });
});

describe('what does not fit is refused', () => {
  const perItem = plan([phase('move', [task('shift', { items: ['srv-1', 'srv-2'] }), task('end')], { gate: gate('moved') })]);
  const done = (phaseKey: string, key: string, more: object = {}) => ({ phase: phaseKey, task: key, status: 'done' as const, ...more });

  test.each<[string, Plan, Told, object[]]>([
    ['an unknown phase', WATERFALL, { tasks: [done('__proto__', 'x')] }, [{ pointer: '/adoption/tasks/0/phase', code: 'unknown', expected: 'design, build, close, control' }]],
    ['an unknown task', WATERFALL, { tasks: [done('build', 'constructor')] }, [{ pointer: '/adoption/tasks/0/task', code: 'unknown', expected: 'rack, cable' }]],
    ['an unknown gate', WATERFALL, { gates: [{ gate: 'none' }] }, [{ pointer: '/adoption/gates/0/gate', code: 'unknown', expected: 'design-gate, build-gate' }]],
    ['an unknown item', perItem, { tasks: [done('move', 'shift', { item: 'srv-9' })] }, [{ pointer: '/adoption/tasks/0/item', code: 'unknown', expected: 'srv-1, srv-2' }]],
    ['no item where one is needed', perItem, { tasks: [done('move', 'shift')] }, [{ pointer: '/adoption/tasks/0/item', code: 'required' }]],
    ['an item where none is', perItem, { tasks: [done('move', 'end', { item: 'srv-1' })] }, [{ pointer: '/adoption/tasks/0/item', code: 'unknown' }]],
    ['a task told of twice', WATERFALL, { tasks: [done('build', 'rack'), done('build', 'rack')] }, [{ pointer: '/adoption/tasks/1', code: 'duplicate', expected: '/adoption/tasks/0' }]],
    ['a gate told of twice', WATERFALL, { gates: [{ gate: 'design-gate' }, { gate: 'design-gate' }] }, [{ pointer: '/adoption/gates/1', code: 'duplicate', expected: '/adoption/gates/0' }]],
    ['an open task behind a gate', WATERFALL, { gates: [{ gate: 'design-gate' }], tasks: [{ phase: 'design', task: 'draw', status: 'open' }] }, [{ pointer: '/adoption/tasks/0/status', code: 'gate-passed' }]],
    ['a gate after one that was not passed', WATERFALL, { gates: [{ gate: 'build-gate' }] }, [{ pointer: '/adoption/gates/0/gate', code: 'not-passed', expected: 'design: design-gate' }]],
    ['a gate passed before the one before it', WATERFALL, { gates: [{ gate: 'design-gate', at: LAST_MONTH }, { gate: 'build-gate', at: LAST_MONTH - 1 }] },
      [{ pointer: '/adoption/gates/1/passedAt', code: 'range', expected: `≥ ${new Date(LAST_MONTH).toISOString()}` }]],
    ['dropped tasks without which the gate could never open', WATERFALL, { tasks: [{ phase: 'design', task: 'draw', status: 'dropped' }, { phase: 'build', task: 'rack', status: 'dropped' }] },
      [{ pointer: '/adoption/tasks/0/status', code: 'gate-needs', expected: 'checked' }, { pointer: '/adoption/tasks/1/status', code: 'gate-needs', expected: 'racked' }]],
    ['what lies in the future', WATERFALL, { gates: [{ gate: 'design-gate', at: MONDAY + 1 }], tasks: [done('build', 'rack', { at: MONDAY + 1 })] },
      [{ pointer: '/adoption/gates/0/passedAt', code: 'future' }, { pointer: '/adoption/tasks/0/doneAt', code: 'future' }]],
    ['a done task without its evidence in a phase that goes on', WATERFALL, { tasks: [done('design', 'draw', { evidence: { pages: 3 } })] },
      [{ pointer: '/adoption/tasks/0/evidence/check', code: 'evidence-needed', expected: 'choice' }]],
    ['evidence that is wrong, also behind a gate', WATERFALL, { gates: [{ gate: 'design-gate' }], tasks: [done('design', 'draw', { evidence: { pages: 0, no: 1 } })] },
      [{ pointer: '/adoption/tasks/0/evidence/pages', code: 'range' }, { pointer: '/adoption/tasks/0/evidence/no', code: 'unknown' }]],
    ['evidence of an open task', WATERFALL, { tasks: [{ phase: 'design', task: 'draw', status: 'open', evidence: { pages: 3 } }] }, [{ pointer: '/adoption/tasks/0/evidence', code: 'not-done' }]],
  ])('%s', (_, of, what, expected) => {
    expect(problems(of, what)).toMatchObject(expected);
    expect(problems(of, what)).toHaveLength(expected.length);
    const world = new World(of);
    if (expected.some((each) => 'code' in each && each.code === 'future')) return;
    expect(world.command(world.root, { type: 'start', name: text, roles: {}, adoption: told(what) }, PEOPLE.olga)).toMatchObject({ code: 'adoption-invalid', fields: expected });
  });

  test('a phase without a gate is behind when all its tasks are told of, and only then', () => {
    const three = plan([
      phase('first', [task('x')], { gate: gate('g1') }), phase('middle', [task('m1'), task('m2')], { after: ['first'] }), phase('last', [task('z')], { after: ['middle'], gate: gate('g3') }),
    ]);
    expect(problems(three, { gates: [{ gate: 'g3' }], tasks: [done('middle', 'm1')] })).toEqual([
      { pointer: '/adoption/gates/0/gate', code: 'not-passed', expected: 'first: g1; middle: m2' }]);
    const all = { gates: [{ gate: 'g1' }, { gate: 'g3' }], tasks: [done('middle', 'm1'), { phase: 'middle', task: 'm2', status: 'dropped' as const }] };
    expect(problems(three, all)).toEqual([]);
    expect(adopted(three, all).projectState().status).toBe('completed');
  });

  test('a phase with a condition is behind when it is told of, or when its condition does not hold for what is told', () => {
    const risky = { kind: 'compare', by: '=', left: { kind: 'reference', to: ['fact', 'first', 'x', 'risk'] }, right: { kind: 'value', value: 'high' } } as const;
    const risk = { key: 'risk', required: true, type: 'choice', choices: ['low', 'high'] } as const;
    const three = plan([
      phase('first', [task('x', { evidence: [risk] })], { gate: gate('g1'), exports: ['x/risk'] }),
      phase('audit', [task('look')], { after: ['first'], when: risky, gate: gate('g2') }), phase('last', [task('z')], { after: ['audit'], gate: gate('g3') }),
    ]);
    const gates = [{ gate: 'g1' }, { gate: 'g3' }];
    const tasks = (value: string) => [done('first', 'x', { evidence: { risk: value } })];
    expect(problems(three, { gates, tasks: tasks('high') })).toEqual([{ pointer: '/adoption/gates/1/gate', code: 'not-passed', expected: 'audit: g2' }]);
    expect(phases(adopted(three, { gates: [...gates, { gate: 'g2' }], tasks: tasks('high') }))).toEqual({ first: 'ended', audit: 'ended', last: 'ended' });
    expect(phases(adopted(three, { gates, tasks: tasks('low') }))).toEqual({ first: 'ended', audit: 'skipped', last: 'ended' });
    expect(problems(three, { gates })).toEqual([]);
  });

  test('ten thousand tasks are judged, adopted and fit into one command; more text than the engine takes does not', () => {
    const items = Array.from({ length: MAX_ADOPTED_TASKS }, (_, index) => `srv-${index}`);
    const large = plan([phase('move', [task('shift', { items })]), phase('end', [task('x')], { after: ['move'] })]);
    const rows = items.map((item) => ({ phase: 'move', task: 'shift', item, status: 'done' as const, at: LAST_MONTH }));
    const world = adopted(large, { tasks: rows });
    expect(phases(world)).toEqual({ move: 'ended', end: 'open' });
    expect(problems(large, { tasks: rows.map((row) => ({ ...row, by: { text: 'a'.repeat(64) } })) })).toEqual([{ pointer: '/adoption/tasks', code: 'too-long', expected: '1000000 bytes' }]);
  });
});
