import type { Schema } from '../../client';
import { itemsByTask, rowsOf, settledByTask } from '../../web/rooms/project/timeline-rows';

const span = (from: string, to: string) => ({ startAt: `2027-01-${from}T08:00:00.000Z`, endAt: `2027-01-${to}T16:00:00.000Z` });
const task = (key: string, item: string | null, more: Partial<Schema<'Task'>> = {}): Schema<'Task'> => ({
  phase: 'build', task: key, name: key, item: item === null ? null : { key: item, name: item.toUpperCase() }, status: 'ready', readyAt: null, dueAt: null, doneAt: null, former: false, condition: null, ...more,
} as Schema<'Task'>);

const TASKS = [
  task('cable.rack-1', 'rack-1', { status: 'done', readyAt: span('04', '04').startAt, doneAt: span('05', '06').endAt }),
  task('cable.rack-2', 'rack-2', { readyAt: span('07', '07').startAt, dueAt: span('08', '08').endAt }), task('cable.rack-3', 'rack-3', { status: 'waiting' }),
  task('cable.rack-4', 'rack-4', { status: 'dropped' }), task('cable.rack-5', 'rack-5', { former: true }), task('test', null),
];
const COMPARISON = {
  phases: [{ phase: { key: 'build', name: 'Build' }, baseline: span('04', '15'), plan: span('04', '18'), openedAt: span('04', '04').startAt, passedAt: null }],
  tasks: ['cable', 'test'].map((key) => ({ phase: 'build', task: key, name: key, baseline: span('04', '08'), plan: span('04', '12') })),
} as unknown as Schema<'Comparison'>;
const PLAN = { phases: [{ phase: 'build', gate: null }] } as unknown as Schema<'Plan'>;

const rows = (...unfolded: string[]) => rowsOf({ comparison: COMPARISON, plan: PLAN, forecast: undefined, items: itemsByTask(TASKS), settled: settledByTask(TASKS), unfolded: new Set(unfolded) });

test('a task that is done per item says for how many, and shows them when it is unfolded', () => {
  expect(rows().map(({ name, kind, items }) => [name, kind, items])).toEqual([['Build', 'phase', 0], ['cable', 'task', 3], ['test', 'task', 0]]);
  expect(rows('build/cable', 'build/gone').map(({ key }) => key)).toEqual(['build', 'build/cable', 'build/cable.rack-1', 'build/cable.rack-2', 'build/cable.rack-3', 'build/test']);
});

test('an item has happened, is due, or stands where its task is planned; it was promised with it', () => {
  const [done, due, waiting] = rows('build/cable').slice(2, 5);
  expect(done).toMatchObject({ name: 'RACK-1', plan: null, actual: { startAt: span('04', '04').startAt, endAt: span('05', '06').endAt }, baseline: span('04', '08') });
  expect(due).toMatchObject({ actual: null, plan: { startAt: span('07', '07').startAt, endAt: span('08', '08').endAt } });
  expect(waiting).toMatchObject({ actual: null, plan: span('04', '12') });
});

test('a task that is over shows when it was, not when it was planned; one that was dropped, neither', () => {
  const spanOf = (...tasks: Schema<'Task'>[]) => {
    const [, cable] = rowsOf({ comparison: COMPARISON, plan: PLAN, forecast: undefined, items: new Map(), settled: settledByTask(tasks), unfolded: new Set() });
    return { plan: cable?.plan, actual: cable?.actual };
  };
  const done = task('cable.rack-1', 'rack-1', { status: 'done', readyAt: span('04', '04').startAt, doneAt: span('05', '06').endAt });
  const dropped = task('cable.rack-4', 'rack-4', { status: 'dropped' });
  expect(spanOf(done, dropped)).toEqual({ plan: null, actual: { startAt: span('04', '04').startAt, endAt: span('05', '06').endAt } });
  expect(spanOf(dropped)).toEqual({ plan: null, actual: null });
  // As long as one of its items is open it is planned.
  expect(spanOf(done, task('cable.rack-2', 'rack-2'))).toEqual({ plan: span('04', '12'), actual: null });
  // A task that stands for a condition, or that is no part of the plan any more, says nothing of it.
  expect(spanOf(task('cable', null, { status: 'done', doneAt: span('05', '06').endAt, former: true }))).toEqual({ plan: span('04', '12'), actual: null });
});
