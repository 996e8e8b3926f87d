import { PEOPLE, World } from '../support/world';
import { ROLES, WATERFALL, gate, phase, plan, task } from '../support/plans';

const text = (value: string) => ({ text: value });
const evidence: Record<string, Record<string, unknown>> = { draw: { pages: 12, check: 'good' } };

function started(): World {
  const world = new World(WATERFALL);
  expect(world.command(world.root, { type: 'start', name: text('n'), roles: ROLES }, PEOPLE.olga)).toBeNull();
  world.settle();
  return world;
}

function complete(world: World, phase: string, task: string): void {
  const command = { type: 'complete', task, evidence: evidence[task] ?? {} };
  expect(world.command(world.stage(phase).input.id, command, PEOPLE.eva)).toBeNull();
  world.settle();
}

function decide(world: World, who: 'sam' | 'sol', outcome: string, more: Record<string, unknown> = {}): void {
  const approval = world.openApproval();
  if (!approval) throw new Error('no approval is open');
  const command = { type: 'decide', outcome, digest: approval.input.digest, ...more };
  expect(world.command(approval.input.id, command, PEOPLE[who])).toBeNull();
  world.settle();
}

const phases = (world: World) => Object.fromEntries(Object.entries(world.projectState().phases).map(([key, { status }]) => [key, status]));

describe('a project from start to end', () => {
  test('phases open in the order of the graph, and the project completes when all have ended', () => {
    const world = started();
    expect(phases(world)).toEqual({ design: 'open', build: 'waiting', close: 'waiting', control: 'open' });
    complete(world, 'design', 'draw');
    decide(world, 'sam', 'approve');
    expect(phases(world)).toMatchObject({ design: 'ended', build: 'open' });
    complete(world, 'build', 'rack');
    complete(world, 'build', 'cable');
    decide(world, 'sol', 'approve');
    decide(world, 'sam', 'approve');
    complete(world, 'close', 'archive');
    complete(world, 'control', 'log');
    expect(world.projectState().status).toBe('running');
    complete(world, 'control', 'review-build');
    expect(world.projectState().status).toBe('completed');
  });

  test('a gate stays closed while a mandatory criterion is unmet, though every task is done', () => {
    const world = started();
    const design = world.stage('design').input.id;
    expect(world.command(design, { type: 'complete', task: 'draw', evidence: { pages: 1, check: 'bad' } }, PEOPLE.eva)).toBeNull();
    world.settle();
    expect(world.stage('design').gate.status).toBe('waiting');
    expect(world.openApproval()).toBeUndefined();
    expect(world.command(design, { type: 'reopen', task: 'draw', reason: text('mend') }, PEOPLE.eva)).toBeNull();
    complete(world, 'design', 'draw');
    expect(world.stage('design').gate.status).toBe('open');
  });

  test('rework reopens what it names, and only that; the gate then asks anew', () => {
    const world = started();
    complete(world, 'design', 'draw');
    decide(world, 'sam', 'approve');
    complete(world, 'build', 'rack');
    complete(world, 'build', 'cable');
    decide(world, 'sol', 'rework', { rework: ['cable'], reason: text('labels') });
    const build = world.stage('build');
    expect(build.tasks['rack']?.status).toBe('done');
    expect(build.tasks['cable']).toMatchObject({ status: 'ready', reopened: 1 });
    expect(build.gate).toMatchObject({ status: 'waiting', round: 1 });
    complete(world, 'build', 'cable');
    expect(world.stage('build').gate).toMatchObject({ status: 'open', round: 2 });
  });

  test('a condition becomes a task of its owner; the next phase starts, and the project waits for it', () => {
    const world = started();
    complete(world, 'design', 'draw');
    const condition = { defect: text('d'), plan: text('p'), owner: 'engineer', dueDays: 5 };
    decide(world, 'sam', 'approve-with-conditions', { conditions: [condition] });
    expect(phases(world)).toMatchObject({ design: 'passed', build: 'open' });
    const key = 'condition-1-1';
    expect(world.stage('design').tasks[key]).toMatchObject({ status: 'ready', condition });
    const design = world.stage('design').input.id;
    expect(world.command(design, { type: 'complete', task: key, evidence: {} }, PEOPLE.eva)?.code).toBe('evidence-invalid');
    expect(world.command(design, { type: 'complete', task: key, evidence: { proof: text('mended') } }, PEOPLE.sam)?.code).toBe('not-permitted');
    expect(world.command(design, { type: 'complete', task: key, evidence: { proof: text('mended') } }, PEOPLE.eva)).toBeNull();
    world.settle();
    expect(phases(world)).toMatchObject({ design: 'ended' });
  });

  test('stop skips what has not begun and opens the phase the gate names; what waited for skipped phases is dropped', () => {
    const world = started();
    complete(world, 'design', 'draw');
    decide(world, 'sam', 'stop', { reason: text('no budget') });
    expect(phases(world)).toEqual({ design: 'ended', build: 'skipped', close: 'open', control: 'open' });
    expect(world.stage('control').tasks['review-build']?.status).toBe('dropped');
    complete(world, 'close', 'archive');
    complete(world, 'control', 'log');
    expect(world.projectState().status).toBe('stopped');
  });

  test('a stop drops what waits for its phase to be passed, and leaves what only needed it to open', () => {
    const world = new World(plan([
      phase('design', [task('draw')], { gate: gate('design-gate') }),
      phase('control', [task('watch', { after: [{ phase: 'design', reaches: 'open' }] }), task('review', { after: [{ phase: 'design', reaches: 'passed' }] })]),
    ]));
    world.command(world.root, { type: 'start', name: text('n'), roles: ROLES }, PEOPLE.olga);
    world.settle();
    world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
    world.settle();
    decide(world, 'sam', 'stop', { reason: text('no budget') });
    expect(world.stage('control').tasks).toMatchObject({ watch: { status: 'ready' }, review: { status: 'dropped' } });
    complete(world, 'control', 'watch');
    expect(world.projectState().status).toBe('stopped');
  });

  test('reopening a delivered task while the gate is open withdraws the votes and asks anew', () => {
    const world = started();
    complete(world, 'design', 'draw');
    const first = world.openApproval();
    const design = world.stage('design').input.id;
    expect(world.command(design, { type: 'reopen', task: 'draw', reason: text('wrong') }, PEOPLE.mia)).toBeNull();
    world.settle();
    expect(world.approvals()[0]?.status).toBe('withdrawn');
    expect(world.command(first?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: first?.input.digest }, PEOPLE.sam)?.code).toBe('approval-closed');
    expect(world.command(design, { type: 'complete', task: 'draw', evidence: { pages: 13, check: 'good' } }, PEOPLE.edo)).toBeNull();
    world.settle();
    expect(world.openApproval()?.input.digest).not.toBe(first?.input.digest);
    decide(world, 'sam', 'approve');
    expect(phases(world)).toMatchObject({ design: 'ended' });
  });
});

describe('hold, resume and cancel', () => {
  test('a hold stops stages and approvals together; resume lets them go on with later due dates', () => {
    const world = started();
    const due = world.stage('design').tasks['draw']?.dueAt ?? 0;
    expect(world.command(world.root, { type: 'hold', reason: text('strike') }, PEOPLE.mia)).toBeNull();
    expect(world.projectState().revision?.waitingFor).toHaveLength(2);
    world.settle();
    expect(world.projectState()).toMatchObject({ status: 'held' });
    expect(world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: { pages: 1, check: 'good' } }, PEOPLE.eva)?.code).toBe('project-held');
    world.now += 7 * 86_400_000;
    expect(world.command(world.root, { type: 'resume' }, PEOPLE.mia)).toBeNull();
    world.settle();
    expect(world.stage('design').tasks['draw']?.dueAt).toBe(due + 7 * 86_400_000);
    complete(world, 'design', 'draw');
    expect(world.command(world.root, { type: 'hold', reason: text('again') }, PEOPLE.mia)).toBeNull();
    world.settle();
    const approval = world.openApproval();
    expect(world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE.sam)?.code).toBe('project-held');
  });

  test('while a change is being agreed its parts answer project-changing', () => {
    const world = started();
    world.command(world.root, { type: 'hold', reason: text('strike') }, PEOPLE.mia);
    world.deliver(world.root);
    expect(world.command(world.stage('design').input.id, { type: 'claim', task: 'draw' }, PEOPLE.eva)?.code).toBe('project-changing');
    expect(world.command(world.root, { type: 'cancel', reason: text('x') }, PEOPLE.mia)?.code).toBe('project-changing');
    world.settle();
    expect(world.projectState().status).toBe('held');
  });

  test('an approval that decides while the hold is on its way is neither lost nor asked twice', () => {
    const world = started();
    complete(world, 'design', 'draw');
    world.command(world.root, { type: 'hold', reason: text('strike') }, PEOPLE.mia);
    const approval = world.openApproval();
    world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE.sam);
    world.settle((count) => count - 1);
    expect(world.projectState().status).toBe('held');
    expect(world.stage('design').gate.status).toBe('approved');
    expect(phases(world)).toMatchObject({ build: 'waiting' });
    world.command(world.root, { type: 'resume' }, PEOPLE.mia);
    world.settle();
    expect(phases(world)).toMatchObject({ design: 'ended', build: 'open' });
  });

  test('cancel ends stages, then the project', () => {
    const world = started();
    complete(world, 'design', 'draw');
    expect(world.command(world.root, { type: 'cancel', reason: text('merger') }, PEOPLE.olga)).toBeNull();
    world.settle();
    expect(world.projectState().status).toBe('cancelled');
    expect(world.approvals()[0]?.status).toBe('cancelled');
    expect(world.stages().every((stage) => stage.status === 'cancelled')).toBe(true);
    expect(world.command(world.root, { type: 'resume' }, PEOPLE.olga)?.code).toBe('project-ended');
  });
});

describe('who may do what', () => {
  test('refusals name the roles that would do', () => {
    const world = started();
    const design = world.stage('design').input.id;
    expect(world.command(design, { type: 'claim', task: 'draw' }, PEOPLE.stranger)).toEqual({ code: 'not-permitted', facts: { roles: ['engineer'] } });
    expect(world.command(world.root, { type: 'hold', reason: text('r') }, PEOPLE.eva)).toEqual({ code: 'not-permitted', facts: { roles: ['manager', 'project-office'] } });
    expect(world.command(design, { type: 'stage-ended' }, PEOPLE.olga)?.code).toBe('system-only');
    expect(world.command(design, { type: 'complete', task: '__proto__', evidence: {} }, PEOPLE.eva)?.code).toBe('unknown-task');
    complete(world, 'design', 'draw');
    const approval = world.openApproval();
    const vote = { type: 'decide', outcome: 'approve', digest: approval?.input.digest };
    expect(world.command(approval?.input.id ?? '', vote, PEOPLE.eva)).toEqual({ code: 'not-in-electorate', facts: { roles: ['board'] } });
  });

  test('new holders of a role may decide on an approval that is open already; a vote of one who lost it falls', () => {
    const world = started();
    complete(world, 'design', 'draw');
    decide(world, 'sam', 'approve');
    complete(world, 'build', 'rack');
    complete(world, 'build', 'cable');
    decide(world, 'sol', 'approve');
    expect(world.openApproval()?.step).toBe(1);
    world.command(world.root, { type: 'assign-roles', roles: { security: ['new'] } }, PEOPLE.mia);
    world.settle();
    expect(world.openApproval()?.votes).toEqual([]);
    expect(world.openApproval()?.electorate).toEqual({ security: ['new'], board: ['sam', 'new'] });
  });
});
