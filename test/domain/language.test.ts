/** What the language can say beyond tasks and gates, as the processes carry it out. */
import type { Expression, Reference, Scalar } from '../../domain/expression';
import { tasksOf } from '../../domain/stage/tasks';
import { gate, phase, plan, ROLES, task } from '../support/plans';
import { MONDAY } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const text = (value: string) => ({ text: value });
const DAY = 86_400_000;
const is = (to: Reference, value: Scalar): Expression => ({ kind: 'compare', by: '=', left: { kind: 'reference', to }, right: { kind: 'value', value } });
const choice = { key: 'risk', required: true, type: 'choice', choices: ['low', 'high'] } as const;

function started(phases: Parameters<typeof plan>[0]): World {
  const world = new World(plan(phases));
  expect(world.command(world.root, { type: 'start', name: text('n'), roles: ROLES }, PEOPLE.olga)).toBeNull();
  world.settle();
  return world;
}

function stageOf(world: World, key: string) {
  const found = world.stages().filter((stage) => stage.input.phase.key === key).at(-1);
  if (!found) throw new Error(`${key} has not opened`);
  return found;
}

function complete(world: World, key: string, name: string, evidence: Record<string, unknown> = {}, who: keyof typeof PEOPLE = 'eva'): void {
  expect(world.command(stageOf(world, key).input.id, { type: 'complete', task: name, evidence }, PEOPLE[who])).toBeNull();
  world.settle();
}

function decide(world: World, outcome: string, more: Record<string, unknown> = {}, who: 'sam' | 'sol' = 'sam') {
  const approval = world.openApproval();
  if (!approval) throw new Error('no approval is open');
  const rejection = world.command(approval.input.id, { type: 'decide', outcome, digest: approval.input.digest, reason: text('r'), ...more }, PEOPLE[who]);
  world.settle();
  return rejection;
}

const statuses = (world: World) => Object.fromEntries(Object.entries(world.projectState().phases).map(([key, { status, round }]) => [key, `${status} ${round}`]));

describe('optional phases', () => {
  const phases = [
    phase('survey', [task('assess', { evidence: [choice] })], { exports: ['assess/risk'] }),
    phase('review', [task('study')], { after: ['survey'], when: is(['fact', 'survey', 'assess', 'risk'], 'high') }),
    phase('build', [task('rack', { after: [{ phase: 'review', reaches: 'passed' }] })], { after: ['review'] }),
  ];

  test('one whose condition does not hold is skipped, and what comes after it goes on', () => {
    const world = started(phases);
    complete(world, 'survey', 'assess', { risk: 'low' });
    expect(statuses(world)).toEqual({ survey: 'ended 1', review: 'skipped 0', build: 'open 1' });
    expect(stageOf(world, 'build').tasks['rack']?.status).toBe('ready');
    complete(world, 'build', 'rack');
    expect(world.projectState().status).toBe('completed');
  });

  test('one whose condition holds opens', () => {
    const world = started(phases);
    complete(world, 'survey', 'assess', { risk: 'high' });
    expect(statuses(world)).toMatchObject({ review: 'open 1', build: 'waiting 0' });
  });
});

describe('optional tasks', () => {
  const phases = [phase('build', [
    task('assess', { evidence: [choice] }),
    task('mitigate', { after: [{ task: 'assess' }], when: is(['evidence', 'assess', 'risk'], 'high') }),
    task('rack', { after: [{ task: 'mitigate' }] }),
  ], { gate: gate('g') })];

  test('one that is not needed is dropped, and comes back when what it depends on is delivered otherwise', () => {
    const world = started(phases);
    complete(world, 'build', 'assess', { risk: 'low' });
    expect(stageOf(world, 'build').tasks).toMatchObject({ mitigate: { status: 'dropped' }, rack: { status: 'ready' } });
    expect(world.command(stageOf(world, 'build').input.id, { type: 'reopen', task: 'assess', reason: text('wrong') }, PEOPLE.eva)).toBeNull();
    expect(stageOf(world, 'build').tasks['mitigate']?.status).toBe('waiting');
    complete(world, 'build', 'assess', { risk: 'high' });
    expect(stageOf(world, 'build').tasks).toMatchObject({ mitigate: { status: 'ready' }, rack: { status: 'waiting' } });
    complete(world, 'build', 'mitigate');
    complete(world, 'build', 'rack');
    expect(world.openApproval()).toBeDefined();
  });
});

describe('tasks per inventory item', () => {
  const phases = [phase('build', [
    task('order'),
    task('rack', { after: [{ task: 'order' }], items: ['srv-1', 'srv-2'] }),
    task('cable', { after: [{ task: 'rack' }], items: ['srv-2'], due: { days: 2, from: 'task', task: 'rack' } }),
    task('report', { after: [{ task: 'rack' }, { task: 'cable' }] }),
  ], { gate: gate('g', { criteria: [{ key: 'racked', kind: 'deliverable', deliverable: 'rack-document', mandatory: true }] }) })];

  test('are done once for each, each after that of the same item, and others wait for all', () => {
    const world = started(phases);
    const tasks = () => stageOf(world, 'build').tasks;
    expect(Object.keys(tasks())).toEqual(['order', 'rack.srv-1', 'rack.srv-2', 'cable.srv-2', 'report']);
    complete(world, 'build', 'order');
    complete(world, 'build', 'rack.srv-2');
    expect(tasks()).toMatchObject({ 'cable.srv-2': { status: 'ready' }, 'report': { status: 'waiting' } });
    expect(tasks()['cable.srv-2']?.dueAt).toBeGreaterThan(MONDAY);
    complete(world, 'build', 'cable.srv-2');
    expect(stageOf(world, 'build').gate.status).toBe('waiting');
    complete(world, 'build', 'rack.srv-1');
    complete(world, 'build', 'report');
    expect(stageOf(world, 'build').gate.status).toBe('open');
    expect(decide(world, 'rework', { rework: ['rack.srv-1'] })).toBeNull();
    expect(tasks()).toMatchObject({ 'rack.srv-1': { status: 'ready' }, 'rack.srv-2': { status: 'done' }, 'report': { status: 'done' } });
  });

  test('with no item there is none, and what waits for it goes on', () => {
    const world = started([phase('build', [task('rack', { items: [] }), task('report', { after: [{ task: 'rack' }] })], {
      gate: gate('g', { criteria: [{ key: 'racked', kind: 'deliverable', deliverable: 'rack-document', mandatory: true }] }),
    })]);
    complete(world, 'build', 'report');
    expect(stageOf(world, 'build').gate.status).toBe('open');
  });

  test('are expanded once for a plan', () => {
    const [build] = phases;
    expect(tasksOf(build as never)).toBe(tasksOf(build as never));
  });
});

describe('four eyes', () => {
  const phases = [phase('build', [task('change', { fourEyes: true }), task('after', { after: [{ task: 'change' }] })])];

  test('what one delivered counts once another confirmed it', () => {
    const world = started(phases);
    const build = stageOf(world, 'build').input.id;
    const state = () => stageOf(world, 'build').tasks;
    complete(world, 'build', 'change');
    expect(state()).toMatchObject({ change: { status: 'to-check', doneBy: 'eva' }, after: { status: 'waiting' } });
    expect(world.command(build, { type: 'confirm', task: 'change' }, PEOPLE.eva)?.code).toBe('four-eyes');
    expect(world.command(build, { type: 'confirm', task: 'change' }, PEOPLE.stranger)?.code).toBe('not-permitted');
    expect(world.command(build, { type: 'complete', task: 'change', evidence: {} }, PEOPLE.edo)?.code).toBe('task-already-done');
    expect(world.command(build, { type: 'confirm', task: 'change' }, PEOPLE.edo)).toBeNull();
    expect(state()).toMatchObject({ change: { status: 'done', doneBy: 'eva', checkedBy: 'edo' }, after: { status: 'ready' } });
    expect(world.command(build, { type: 'confirm', task: 'change' }, PEOPLE.mia)?.code).toBe('task-not-to-check');
  });

  test('what was sent back is to be done again', () => {
    const world = started(phases);
    complete(world, 'build', 'change');
    expect(world.command(stageOf(world, 'build').input.id, { type: 'send-back', task: 'change', reason: text('no rollback') }, PEOPLE.mia)).toBeNull();
    expect(stageOf(world, 'build').tasks['change']).toMatchObject({ status: 'ready', reopened: 1 });
    expect(stageOf(world, 'build').tasks['change']?.evidence).toBeUndefined();
  });
});

describe('rework of earlier phases', () => {
  const phases = [
    phase('design', [task('draw')]),
    phase('build', [task('rack')], { after: ['design'] }),
    phase('test', [task('try')], { after: ['build'], gate: gate('accept', { onRework: ['design', 'build'] }) }),
    phase('close', [task('archive')], { after: ['test'] }),
  ];
  const atTheGate = (): World => {
    const world = started(phases);
    complete(world, 'design', 'draw');
    complete(world, 'build', 'rack');
    complete(world, 'test', 'try');
    return world;
  };

  test('opens the phase that it names again, then what lies between, then asks anew', () => {
    const world = atTheGate();
    expect(decide(world, 'rework', { reworkPhases: ['design'] })).toBeNull();
    expect(statuses(world)).toEqual({ design: 'open 2', build: 'waiting 1', test: 'waiting 1', close: 'waiting 0' });
    complete(world, 'design', 'draw');
    complete(world, 'build', 'rack');
    complete(world, 'test', 'try');
    expect(decide(world, 'approve')).toBeNull();
    complete(world, 'close', 'archive');
    expect(statuses(world)).toEqual({ design: 'ended 2', build: 'ended 2', test: 'ended 2', close: 'ended 1' });
    expect(world.projectState().status).toBe('completed');
  });

  test('leaves what comes before it alone', () => {
    const world = atTheGate();
    decide(world, 'rework', { reworkPhases: ['build'] });
    expect(statuses(world)).toMatchObject({ design: 'ended 1', build: 'open 2', test: 'waiting 1' });
  });

  test('can only name the phases that the gate allows', () => {
    const world = atTheGate();
    expect(decide(world, 'rework', { reworkPhases: ['close'] })).toMatchObject({ code: 'rework-unknown-task', fields: [{ pointer: '/reworkPhases/0' }] });
    expect(decide(world, 'rework', {})).toMatchObject({ code: 'rework-unknown-task' });
  });

  test('ends an earlier round that still had an open condition', () => {
    const world = started([
      phase('design', [task('draw')], { gate: gate('design-gate') }),
      phase('build', [task('rack')], { after: ['design'], gate: gate('accept', { onRework: ['design'] }) }),
    ]);
    complete(world, 'design', 'draw');
    decide(world, 'approve-with-conditions', { conditions: [{ defect: text('d'), plan: text('p'), owner: 'engineer', dueDays: 3 }] });
    complete(world, 'build', 'rack');
    decide(world, 'rework', { reworkPhases: ['design'] });
    const [first] = world.stages();
    expect(first).toMatchObject({ status: 'cancelled', tasks: { 'condition-1-1': { status: 'dropped' } } });
    expect(statuses(world)).toEqual({ design: 'open 2', build: 'waiting 1' });
    complete(world, 'design', 'draw');
    decide(world, 'approve');
    complete(world, 'build', 'rack');
    decide(world, 'approve');
    expect(world.projectState().status).toBe('completed');
  });
});

describe('due dates', () => {
  test('are counted from what the plan says', () => {
    const world = started([
      phase('design', [task('draw')], { gate: gate('ready') }),
      phase('build', [
        task('begin', { due: { days: 3, from: 'phase' } }),
        task('after-gate', { due: { days: 1, from: 'gate', gate: 'ready' } }),
        task('freeze', { due: { days: -5, from: 'date', date: '2027-03-01' } }),
      ], { after: ['design'], imports: ['gate-at/ready'] }),
    ]);
    complete(world, 'design', 'draw');
    world.now += 2 * DAY;
    decide(world, 'approve');
    const { tasks } = stageOf(world, 'build');
    const date = (key: string) => new Date(tasks[key]?.dueAt ?? 0).toISOString().slice(0, 10);
    const decided = new Date(world.now).toISOString().slice(0, 10);
    expect({ begin: date('begin') > decided, gate: date('after-gate') > decided, freeze: date('freeze') }).toEqual({ begin: true, gate: true, freeze: '2027-02-22' });
  });
});

describe('approval policies', () => {
  test('separation of duties keeps who delivered from deciding', () => {
    const separated = gate('g', { policy: { steps: [{ key: 'team', roles: ['engineer'], quorum: 'any' }], reasonRequired: [], separationOfDuties: true } });
    const world = started([phase('build', [task('rack')], { gate: separated })]);
    complete(world, 'build', 'rack', {}, 'eva');
    expect(world.openApproval()?.electorate).toEqual({ team: ['edo'] });
  });

  test('an outcome that the policy does not have is refused', () => {
    const narrow = gate('g', { policy: { steps: [{ key: 'board', roles: ['board'], quorum: 'any' }], reasonRequired: [], outcomes: ['approve', 'rework'] } });
    const world = started([phase('build', [task('rack')], { gate: narrow })]);
    complete(world, 'build', 'rack');
    expect(decide(world, 'stop')).toMatchObject({ code: 'outcome-not-allowed' });
  });

  test('a criterion in words of the evidence holds the gate shut until it is met', () => {
    const condition = is(['evidence', 'assess', 'risk'], 'low');
    const world = started([phase('build', [task('assess', { evidence: [choice] })], {
      gate: gate('g', { criteria: [{ key: 'safe', kind: 'condition', condition, mandatory: true }] }),
    })]);
    complete(world, 'build', 'assess', { risk: 'high' });
    expect(world.openApproval()).toBeUndefined();
    world.command(stageOf(world, 'build').input.id, { type: 'reopen', task: 'assess', reason: text('again') }, PEOPLE.eva);
    complete(world, 'build', 'assess', { risk: 'low' });
    expect(world.openApproval()).toBeDefined();
  });
});
