/** A plan is changed whole or not at all; how long it takes, and how much it costs. */
import { localDate } from '../../domain/calendar';
import { amend, amendAgain } from '../../domain/change/amend';
import { planDifference } from '../../domain/change/difference';
import { costOf, datesOf, lengthsOf } from '../../domain/change/schedule';
import type { Operation } from '../../domain/change/types';
import type { Plan } from '../../domain/plan';
import { PLAN, test2, title } from '../support/controlled';
import { WATERFALL, version } from '../support/plans';
import { MONDAY } from '../support/scenario';

describe('a plan is changed whole or not at all', () => {
  const change = (...operations: Operation[]) => amend(PLAN, { change: 'c', operations });
  const planned = (...operations: Operation[]): Plan => {
    const amended = change(...operations);
    if (!amended.ok) throw new Error(JSON.stringify(amended.problems));
    return amended.plan;
  };

  test('a task is added, set and taken away; what came after it comes after what came before it', () => {
    const added = planned(test2, { op: 'set-task', phase: 'build', task: 'rack', set: { responsible: 'manager', dueDate: '2026-09-01', budget: 100 } });
    expect(added.phases[1]?.tasks.map(({ key }) => key)).toEqual(['rack', 'cable', 'test']);
    expect(added.phases[1]?.tasks[0]).toMatchObject({ rasci: { r: 'manager', a: 'manager' }, due: { days: 0, from: 'date', date: '2026-09-01' }, budget: 100 });
    const gone = amend(added, { change: 'd', operations: [{ op: 'remove-task', phase: 'build', task: 'cable' }] });
    expect(gone.ok && gone.plan.phases[1]?.tasks.map(({ key, after }) => [key, after])).toEqual([['rack', []], ['test', [{ task: 'rack' }]]]);
    expect(PLAN.phases[1]?.tasks).toHaveLength(2);
  });

  test('a phase comes between two others with its gate, and goes again', () => {
    const pilot: Operation = {
      op: 'add-phase', phase: { key: 'pilot', title, after: ['design'], before: ['build'], budget: 10, tasks: [{ key: 'try', title, responsible: 'engineer' }],
        gate: { key: 'pilot-gate', title, criteria: [{ key: 'works', title }], steps: [{ key: 'one', roles: ['sponsor'], quorum: 'any' }] } },
    };
    const next = planned(pilot);
    expect(next.phases.map(({ key, after }) => [key, after])).toEqual([['design', []], ['pilot', ['design']], ['build', ['design', 'pilot']], ['close', ['build']]]);
    expect(next.phases[1]?.gate).toMatchObject({ key: 'pilot-gate', criteria: [{ key: 'works', kind: 'judged', mandatory: true }] });
    const back = amend(next, { change: 'd', operations: [{ op: 'remove-phase', phase: 'pilot' }] });
    expect(back.ok && back.plan.phases.map(({ key, after }) => [key, after])).toEqual([['design', []], ['build', ['design']], ['close', ['build']]]);
  });

  test.each<[string, Operation[], string[]]>([
    ['an unknown phase', [{ op: 'remove-task', phase: 'none', task: 'x' }], ['unknown /operations/0/phase']],
    ['an unknown task', [{ op: 'set-task', phase: 'build', task: 'none', set: {} }], ['unknown /operations/0/task']],
    ['an unknown role', [{ op: 'set-task', phase: 'build', task: 'rack', set: { responsible: 'nobody' } }], ['unknown /operations/0/set/responsible']],
    ['a key twice', [{ op: 'add-task', phase: 'build', task: { key: 'rack', title, responsible: 'engineer' } }], ['duplicate /operations/0/task/key']],
    ['a key that is none', [{ op: 'add-task', phase: 'build', task: { key: 'Rack 2', title, responsible: 'engineer' } }], ['format /operations/0/task/key']],
    ['a key of a condition', [{ op: 'add-task', phase: 'build', task: { key: 'condition-1-1', title, responsible: 'engineer' } }], ['format /operations/0/task/key']],
    ['the last task', [{ op: 'remove-task', phase: 'close', task: 'archive' }], ['needed /operations/0/task']],
    ['a task that a criterion looks at', [{ op: 'remove-task', phase: 'build', task: 'rack' }], ['needed /operations/0/task']],
    ['tasks in a circle', [{ op: 'set-task', phase: 'build', task: 'rack', set: { after: ['cable'] } }], ['circle /operations']],
    ['phases in a circle', [{ op: 'set-phase', phase: 'design', set: { after: ['close'] } }], ['circle /operations']],
    ['an estimate upside down', [{ op: 'set-task', phase: 'build', task: 'rack', set: { estimate: [3, 2, 1] } }], ['range /operations/0/set/estimate']],
    ['two due dates', [{ op: 'set-task', phase: 'build', task: 'rack', set: { dueDays: 1, dueDate: '2026-09-01' } }], ['format /operations/0/set/dueDate']],
    ['no gate to take away', [{ op: 'remove-gate', phase: 'close' }], ['unknown /operations/0/phase']],
    ['a gate that is elsewhere', [{ op: 'set-gate', phase: 'close', gate: { key: 'build-gate', title, steps: [{ key: 'a', roles: ['sponsor'], quorum: 'any' }] } }], ['duplicate /operations/0/gate/key']],
    ['a gate nobody decides on', [{ op: 'set-gate', phase: 'close', gate: { key: 'last', title, steps: [{ key: 'a', roles: [], quorum: 'any' }] } }], ['required /operations/0/gate/steps/0/roles']],
  ])('refused: %s', (_, operations, problems) => {
    const amended = change(...operations);
    expect(amended.ok ? [] : amended.problems.map(({ pointer, code }) => `${code} ${pointer}`)).toEqual(problems);
  });

  test('a gate in place of another keeps what the engine evaluates', () => {
    const next = planned({ op: 'set-gate', phase: 'build', gate: { key: 'build-gate', title, criteria: [{ key: 'nice', title }], steps: [{ key: 'm', roles: ['manager'], quorum: 'any' }] } });
    expect(next.phases[1]?.gate?.criteria.map(({ key, kind }) => [key, kind])).toEqual([['racked', 'deliverable'], ['nice', 'judged']]);
  });

  test('the difference is told field by field', () => {
    const after = planned(test2, { op: 'set-task', phase: 'build', task: 'cable', set: { estimate: [1, 6, 9], dueDays: 8 } }, { op: 'set-phase', phase: 'build', set: { budget: 12_000 } });
    expect(planDifference(PLAN, after)).toEqual([
      { kind: 'phase', phase: 'build', change: 'changed', fields: [{ field: 'budget', before: 10_000, after: 12_000 }] },
      { kind: 'task', phase: 'build', key: 'cable', change: 'changed', fields: [{ field: 'due', before: null, after: '+8' }, { field: 'estimate', before: '1 – 4 – 6', after: '1 – 6 – 9' }] },
      expect.objectContaining({ kind: 'task', phase: 'build', key: 'test', change: 'added' }),
    ]);
  });

  test('what was changed of one plan is changed of another where it still fits', () => {
    const moved = amendAgain(version(WATERFALL, '2.0.0'), [{ change: 'c-1', operations: [test2] }, { change: 'c-2', operations: [{ op: 'remove-phase', phase: 'none' }] }]);
    expect(moved.misfits).toEqual(['c-2']);
    expect(moved.plan.phases[1]?.tasks.map(({ key }) => key)).toEqual(['rack', 'cable', 'test']);
    expect(moved.plan.amendments?.map(({ change: id }) => id)).toEqual(['c-1']);
  });
});

describe('how long and how much', () => {
  test('the longest way, in working days, and the money of budgets and tasks', () => {
    expect(lengthsOf(PLAN)).toMatchObject({ total: 10, phases: { design: { from: 0, to: 3 }, build: { from: 3, to: 9 }, close: { from: 9, to: 10 } }, tasks: { 'build/cable': { from: 5, to: 9 } } });
    expect(costOf(PLAN)).toBe(12_000);
  });

  test('what has begun counts from when it did', () => {
    const late = datesOf(PLAN, MONDAY, (key) => (key === 'design' ? { openedAt: MONDAY, passedAt: MONDAY + 14 * 86_400_000 } : {}));
    const planned = datesOf(PLAN, MONDAY, () => ({}));
    const dates = ({ phases, endAt }: typeof late) => [...['design', 'build', 'close'].map((key) => phases[key]?.endAt), endAt].map((at) => localDate(PLAN.calendar, at ?? 0));
    expect(dates(planned)).toEqual(['2026-10-08', '2026-10-16', '2026-10-19', '2026-10-19']);
    expect(dates(late)).toEqual(['2026-10-19', '2026-10-27', '2026-10-28', '2026-10-28']);
    expect(late.phases['build']?.startAt).toBe(MONDAY + 14 * 86_400_000);
    expect(localDate(PLAN.calendar, late.tasks['build/rack']?.endAt ?? 0)).toBe('2026-10-21');
  });
});
