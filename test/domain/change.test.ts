/** Changes of a running plan: asked for, decided by their size, and in effect whole or not at all. */
import type { Operation } from '../../domain/change/types';
import type { Plan } from '../../domain/plan';
import { baselineOf, totalAtCompletion } from '../../domain/project/baseline';
import { CONTROL, PLAN, bigger, test2, text, title } from '../support/controlled';
import { ROLES, version } from '../support/plans';
import { PEOPLE, World } from '../support/world';

function started(of: Plan = PLAN): World {
  const world = new World(of);
  expect(world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga)).toBeNull();
  world.settle();
  return world;
}

let count = 0;
function ask(world: World, operations: readonly Operation[], who: keyof typeof PEOPLE = 'eva', impact = {}) {
  count += 1;
  const id = `c-${count}`;
  const rejection = world.command(world.root, { type: 'request-change', change: { id, title: text, reason: text, impact, operations } }, PEOPLE[who]);
  world.settle();
  return { id, rejection };
}

const changeIn = (world: World, id: string) => world.projectState().changes?.find((each) => each.id === id);
const asked = (world: World, id: string) => world.approvals().filter(({ input }) => input.change === id);
function decide(world: World, id: string, who: keyof typeof PEOPLE, outcome = 'approve', round?: number) {
  const approval = asked(world, id).find(({ input }) => input.round === (round ?? changeIn(world, id)?.round));
  const rejection = world.command(approval?.input.id ?? '', { type: 'decide', outcome, digest: approval?.input.digest, reason: text }, PEOPLE[who]);
  world.settle();
  return rejection;
}
const work = (world: World, phaseKey: string, key: string) => {
  expect(world.command(world.stage(phaseKey).input.id, { type: 'complete', task: key, evidence: {} }, PEOPLE.eva)).toBeNull();
  world.settle();
};
const passGate = (world: World, who: 'sam' | 'sol' = 'sam') => {
  const approval = world.approvals().find(({ status, input }) => status === 'open' && input.change === undefined);
  expect(world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE[who])).toBeNull();
  world.settle();
};

describe('who decides', () => {
  test('within the tolerance the project manager plans anew at once; what was promised stays', () => {
    const world = started();
    const before = baselineOf(world.projectState());
    const { id, rejection } = ask(world, [test2], 'mia');
    expect(rejection).toBeNull();
    expect(changeIn(world, id)).toMatchObject({ status: 'applied', round: 0, size: { days: 1, cost: 0, tasks: 1 } });
    expect(world.projectState().plan.phases[1]?.tasks).toHaveLength(3);
    expect(baselineOf(world.projectState())).toEqual(before);
    // The next one would be the second task: that is more than the manager may do alone.
    const again = ask(world, [{ ...test2, task: { ...test2.task, key: 'test-2' } } as Operation], 'mia');
    expect(changeIn(world, again.id)).toMatchObject({ status: 'open', level: 'minor', round: 1 });
  });

  test('many small steps do not add up to a large one that nobody approved', () => {
    const world = started();
    const longer = (most: number): Operation => ({ op: 'set-task', phase: 'build', task: 'cable', set: { estimate: [1, most, 9] } });
    expect(changeIn(world, ask(world, [longer(5)], 'mia').id)?.status).toBe('applied');
    expect(changeIn(world, ask(world, [longer(6)], 'mia').id)?.status).toBe('applied');
    expect(changeIn(world, ask(world, [longer(7)], 'mia').id)?.status).toBe('open');
  });

  test('anybody in the project asks; by its size the sponsor decides, or both', () => {
    const world = started();
    expect(ask(world, [test2], 'stranger').rejection?.code).toBe('not-permitted');
    const small = ask(world, [test2]);
    const large = ask(world, [{ ...bigger, task: { ...bigger.task, key: 'test-2' } } as Operation]);
    expect([changeIn(world, small.id)?.level, changeIn(world, large.id)?.level]).toEqual(['minor', 'major']);
    expect(Object.values(asked(world, large.id)[0]?.electorate ?? {})).toEqual([['sam', 'sol']]);
    expect(changeIn(world, ask(world, [{ ...test2, task: { ...test2.task, key: 'test-3' } } as Operation], 'eva', { cost: 9000 }).id)?.level).toBe('major');
  });

  test('who asked does not decide where duties are separated', () => {
    const world = started();
    const { id, rejection } = ask(world, [bigger], 'sam');
    expect(rejection).toBeNull();
    expect(Object.values(asked(world, id)[0]?.electorate ?? {})).toEqual([['sol']]);
    world.command(world.root, { type: 'assign-roles', roles: { security: ['sam'] } }, PEOPLE.mia);
    world.settle();
    expect(ask(world, [{ ...bigger, task: { ...bigger.task, key: 'more' } } as Operation], 'sam').rejection).toMatchObject({ code: 'change-undecidable', facts: { steps: ['both'] } });
  });

  test('a phase or a gate is never the manager’s alone, nor a change of scope or quality', () => {
    const world = started();
    const noGate = ask(world, [{ op: 'remove-gate', phase: 'design' }], 'mia');
    expect(changeIn(world, noGate.id)?.status).toBe('open');
    expect(changeIn(world, ask(world, [test2], 'mia', { scope: text }).id)?.status).toBe('open');
  });

  test('a lifecycle that says nothing of changes has none', () => {
    const { changeControl: _, ...without } = PLAN;
    expect(ask(started(without), [test2], 'mia').rejection?.code).toBe('change-control-missing');
  });
});

describe('what is approved takes effect', () => {
  test('in the running project, and it is the new baseline', () => {
    const world = started();
    work(world, 'design', 'draw');
    passGate(world);
    work(world, 'build', 'rack');
    const { id } = ask(world, [bigger, { op: 'set-task', phase: 'build', task: 'cable', set: { responsible: 'manager' } }]);
    expect(Object.keys(world.stage('build').tasks)).toEqual(['rack', 'cable']);
    expect(decide(world, id, 'sam')).toBeNull();
    expect(changeIn(world, id)?.status).toBe('open');
    expect(decide(world, id, 'sol')).toBeNull();
    expect(changeIn(world, id)).toMatchObject({ status: 'applied' });
    expect(changeIn(world, id)).not.toHaveProperty('operations');
    expect(world.stage('build').tasks).toMatchObject({ rack: { status: 'done' }, cable: { status: 'ready' }, test: { status: 'waiting' } });
    expect(baselineOf(world.projectState())).toMatchObject({ change: id, cost: 22_000, days: 14 });
    expect(world.command(world.stage('build').input.id, { type: 'complete', task: 'cable', evidence: {} }, PEOPLE.eva)?.code).toBe('not-permitted');
    expect(world.command(world.stage('build').input.id, { type: 'complete', task: 'cable', evidence: {} }, PEOPLE.mia)).toBeNull();
  });

  test('a gate that asks at that moment is asked anew when the change has it look at something else', () => {
    const world = started();
    const { id } = ask(world, [{ op: 'add-task', phase: 'design', task: { key: 'review', title, responsible: 'engineer' } }]);
    work(world, 'design', 'draw');
    expect(world.approvals().filter(({ status }) => status === 'open')).toHaveLength(2);
    decide(world, id, 'sam');
    expect(world.stage('design').gate.status).toBe('waiting');
    work(world, 'design', 'review');
    passGate(world);
    expect(world.projectState().phases['build']?.status).toBe('open');
  });

  test('a phase that is over is done again, and those after it: only so is something redone behind a gate', () => {
    const world = started();
    const redo: Operation = { op: 'redo-phase', phase: 'design' };
    expect(ask(world, [redo]).rejection?.fields).toEqual([{ pointer: '/operations/0/phase', code: 'not-over' }]);
    work(world, 'design', 'draw');
    passGate(world);
    work(world, 'build', 'rack');
    work(world, 'build', 'cable');
    const gated = world.approvals().find(({ status, input }) => status === 'open' && input.change === undefined)?.input.id ?? '';
    const { id } = ask(world, [redo], 'mia');
    expect(changeIn(world, id)).toMatchObject({ level: 'major', size: { days: 9, cost: 12_000, tasks: 0 }, difference: [{ phase: 'design', change: 'again' }, { phase: 'build', change: 'again' }] });
    decide(world, id, 'sam');
    decide(world, id, 'sol');
    expect(changeIn(world, id)?.status).toBe('applied');
    expect(world.projectState().plan.amendments).toBeUndefined();
    expect(world.projectState().phases).toMatchObject({ design: { status: 'open', round: 2 }, build: { status: 'waiting', round: 1 }, close: { status: 'waiting', round: 0 } });
    expect(world.approvals().find(({ input }) => input.id === gated)?.status).toBe('withdrawn');
  });

  test('not while the project is on hold; then when it is resumed', () => {
    const world = started();
    const { id } = ask(world, [test2]);
    world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia);
    world.settle();
    expect(decide(world, id, 'sam')?.code).toBe('project-held');
    world.command(world.root, { type: 'resume' }, PEOPLE.mia);
    world.settle();
    expect(decide(world, id, 'sam')).toBeNull();
    expect(changeIn(world, id)?.status).toBe('applied');
  });

  test('sent back, or refused, it does nothing', () => {
    const world = started();
    const [one, other] = [ask(world, [test2]), ask(world, [{ op: 'set-phase', phase: 'build', set: { budget: 11_500 } }])];
    expect(decide(world, one.id, 'sam', 'approve-with-conditions')?.code).toBe('outcome-not-allowed');
    expect(decide(world, one.id, 'sam', 'rework')).toBeNull();
    expect(decide(world, other.id, 'sam', 'stop')).toBeNull();
    expect([changeIn(world, one.id)?.status, changeIn(world, other.id)?.status]).toEqual(['returned', 'rejected']);
    expect(world.projectState().plan).toEqual(PLAN);
  });

  test('who asked, or who steers, withdraws it; nobody else', () => {
    const world = started();
    const { id } = ask(world, [test2]);
    const withdraw = (who: keyof typeof PEOPLE) => world.command(world.root, { type: 'withdraw-change', change: id }, PEOPLE[who]);
    expect(withdraw('sam')?.code).toBe('not-permitted');
    expect(withdraw('eva')).toBeNull();
    world.settle();
    expect(asked(world, id)[0]?.status).toBe('withdrawn');
    expect(withdraw('mia')?.code).toBe('change-closed');
  });
});

describe('what happens meanwhile', () => {
  test('a change is asked anew when another one changed what it would do; votes on the old one do not count', () => {
    const world = started();
    const [one, other] = [ask(world, [test2]), ask(world, [{ op: 'set-task', phase: 'build', task: 'cable', set: { estimate: [1, 5, 6] } }])];
    const [also] = [ask(world, [{ op: 'set-task', phase: 'build', task: 'cable', set: { budget: 10 } }])];
    decide(world, other.id, 'sam');
    expect(changeIn(world, other.id)?.status).toBe('applied');
    expect(changeIn(world, one.id)).toMatchObject({ status: 'open', round: 1 });
    expect(changeIn(world, also.id)).toMatchObject({ status: 'open', round: 1 });
    const same = ask(world, [{ op: 'set-task', phase: 'build', task: 'cable', set: { estimate: [1, 6, 7] } }]);
    const third = ask(world, [{ op: 'set-task', phase: 'build', task: 'cable', set: { estimate: [2, 7, 8] } }]);
    decide(world, same.id, 'sam');
    expect(changeIn(world, third.id)).toMatchObject({ status: 'open', round: 2, difference: [{ fields: [{ before: '1 – 6 – 7', after: '2 – 7 – 8' }] }] });
    expect(asked(world, third.id).map(({ status }) => status)).toEqual(['withdrawn', 'open']);
    expect(decide(world, third.id, 'sam', 'approve', 1)?.code).toBe('approval-closed');
    expect(decide(world, third.id, 'sam')).toBeNull();
    expect(changeIn(world, third.id)?.status).toBe('applied');
  });

  test('one that does not fit any more ends, and says why', () => {
    const world = started();
    const [one, other] = [ask(world, [test2]), ask(world, [{ ...test2, task: { ...test2.task, budget: 1 } } as Operation])];
    decide(world, one.id, 'sam');
    expect(changeIn(world, other.id)).toMatchObject({ status: 'failed', problems: [{ pointer: '/operations/0/task/key', code: 'duplicate' }] });
    expect(asked(world, other.id)[0]?.status).toBe('withdrawn');
  });

  test('what has begun is not changed behind its back', () => {
    const world = started();
    const late = ask(world, [{ op: 'add-task', phase: 'design', task: { key: 'review', title, responsible: 'engineer' } }]);
    work(world, 'design', 'draw');
    passGate(world);
    expect(changeIn(world, late.id)).toMatchObject({ status: 'failed', problems: [{ pointer: '/operations/0/phase', code: 'begun' }] });
    expect(ask(world, [{ op: 'remove-phase', phase: 'build' }]).rejection?.fields?.map(({ code }) => code)).toEqual(['begun']);
    const before: Operation = { op: 'add-phase', phase: { key: 'pilot', title, before: ['build'], tasks: [{ key: 'try', title, responsible: 'engineer' }] } };
    expect(ask(world, [before]).rejection?.fields?.map(({ code }) => code)).toEqual(['begun']);
  });

  test('a project that ends or is cancelled leaves no change behind', () => {
    for (const end of ['cancel', 'complete']) {
      const world = started();
      const { id } = ask(world, [test2]);
      if (end === 'cancel') world.command(world.root, { type: 'cancel', reason: text }, PEOPLE.mia);
      else {
        work(world, 'design', 'draw');
        passGate(world);
        work(world, 'build', 'rack');
        work(world, 'build', 'cable');
        passGate(world);
        work(world, 'close', 'archive');
      }
      world.settle();
      expect(world.projectState().status).toBe(end === 'cancel' ? 'cancelled' : 'completed');
      expect(changeIn(world, id)?.status).toMatch(/withdrawn|failed/);
      expect(asked(world, id)[0]?.status).toMatch(/withdrawn|cancelled/);
    }
  });

  test('a move to another version keeps what was promised', () => {
    const world = started();
    const before = baselineOf(world.projectState());
    const next = { ...version(PLAN, '2.0.0', PLAN.phases.map((each) => ({ ...each, budget: 50_000 }))), changeControl: CONTROL };
    expect(world.migrate(next, PEOPLE.mia)).toBeNull();
    world.settle();
    expect(baselineOf(world.projectState())).toEqual(before);
  });
});

describe('money and time beyond what the project may deviate by', () => {
  const record = (world: World, cost: object, who: keyof typeof PEOPLE = 'mia') => {
    const rejection = world.command(world.root, { type: 'record-cost', ...cost }, PEOPLE[who]);
    world.settle();
    return rejection;
  };
  const exceptions = (world: World) => (world.projectState().exceptions ?? []).map(({ kind, phase: late }) => [kind, late]);

  test('cost raises an exception by itself, and clears it', () => {
    const world = started();
    expect(record(world, { phase: 'build', committed: 4000, actual: 3000 })).toBeNull();
    expect(totalAtCompletion(world.projectState())).toBe(12_000);
    expect(record(world, { phase: 'build', toComplete: 8001 })).toBeNull();
    expect(exceptions(world)).toEqual([['cost', undefined]]);
    expect(world.projectState().exceptions).toEqual([{ kind: 'cost', at: world.now, expected: 13_001, limit: 13_000 }]);
    expect(record(world, { phase: 'build', actual: -100, toComplete: 7000 })).toBeNull();
    expect(exceptions(world)).toEqual([]);
  });

  test('what a task costs is part of its phase; what is expected of it takes the place of its budget', () => {
    const world = started();
    expect(record(world, { phase: 'design', task: 'draw', committed: 1800, actual: 500, toComplete: 2000 })).toBeNull();
    expect(record(world, { phase: 'design', actual: 100 })).toBeNull();
    expect(world.projectState().costs).toEqual({ 'design/draw': { committed: 1800, actual: 500, toComplete: 2000 }, design: { committed: 1800, actual: 600 } });
    // 600 spent; of the task 2000 to come, less the 100 that were not planned beside it.
    expect(totalAtCompletion(world.projectState())).toBe(600 + 1900 + 10_000);
    expect(record(world, { phase: 'design', task: 'draw', actual: -501 })?.fields?.map(({ pointer, expected }) => [pointer, expected])).toEqual([['/actual', '≥ -500']]);
    record(world, { phase: 'design', task: 'draw', actual: 500 });
    expect(world.projectState().costs?.['design/draw']).toEqual({ committed: 1800, actual: 1000, toComplete: 1500 });
  });

  test('amounts that are not right, and who may record', () => {
    const world = started();
    expect(record(world, { phase: 'build', actual: 1 }, 'eva')?.code).toBe('not-permitted');
    expect(record(world, { phase: 'none', actual: 1 })?.code).toBe('unknown-phase');
    expect(record(world, { phase: 'build' })?.fields).toEqual([expect.objectContaining({ code: 'required' })]);
    expect(record(world, { phase: 'build', actual: -1, task: 'none' })?.fields?.map(({ pointer }) => pointer)).toEqual(['/actual', '/task']);
  });

  test('a phase that is late beyond the tolerance raises one at the second, and its end clears it', () => {
    const world = started();
    // Three working days from Monday morning end on Thursday, and it may be two days late: until the end of the Monday after.
    const limit = baselineOf(world.projectState()).phases['design']?.endAt ?? 0;
    while (world.now <= limit + 6 * 86_400_000 && exceptions(world).length === 0) {
      world.ring();
      world.settle();
    }
    expect(world.projectState().exceptions).toMatchObject([{ kind: 'time', phase: 'design' }]);
    const [raised] = world.projectState().exceptions ?? [];
    expect(raised?.at).toBe((raised?.limit ?? 0) + 1);
    expect(new Date(raised?.limit ?? 0).getDay()).toBe(1);
    work(world, 'design', 'draw');
    passGate(world);
    expect(exceptions(world)).toEqual([]);
  });
});
