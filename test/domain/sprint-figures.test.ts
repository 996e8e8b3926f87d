import { addWorkingDays } from '../../domain/calendar';
import type { Recorded } from '../../domain/process';
import { figuresOf } from '../../domain/sprint/figures';
import type { SprintEvent } from '../../domain/sprint/types';
import { BACKLOG, DAY, deliver, give, passTime, running, sprintId, sprintOf, title } from '../support/agile-world';

/** A sprint of ten working days that started on a Monday, as it stands so many days later. */
function figuresAfter(days: number) {
  const world = running();
  const { input, startedAt = 0 } = sprintOf(world, 1);
  const figures = figuresOf(input, world.actors.get(sprintId(1))?.log as readonly Recorded<SprintEvent>[], startedAt + days * DAY);
  return { figures, dateOf: (day: number) => new Date(addWorkingDays(input.calendar, startedAt, day - 1)).toISOString().slice(0, 10) };
}

describe('the days of a sprint', () => {
  test('are the start, its working days until now, and those to come: each once', () => {
    const { figures, dateOf } = figuresAfter(2);
    expect(figures.days.map(({ ideal }) => ideal)).toEqual([16, 14.4, 12.8, 11.2]);
    expect(figures.ahead.map(({ date }) => date)).toEqual([4, 5, 6, 7, 8, 9, 10].map(dateOf));
    expect(figures.ahead.at(-1)?.ideal).toBe(0);
  });

  test('a day off is none of them: nothing more should be done by then, and no working day goes missing', () => {
    const { figures, dateOf } = figuresAfter(5);
    expect(figures.days.map(({ ideal }) => ideal)).toEqual([16, 14.4, 12.8, 11.2, 9.6, 8, 8]);
    expect(figures.ahead.map(({ date }) => date)).toEqual([6, 7, 8, 9, 10].map(dateOf));
  });
});

describe('the result of a sprint', () => {
  test('says nothing of what was taken out while it was planned', () => {
    const world = running();
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    give(world, BACKLOG, { type: 'add-items', items: [{ kind: 'story', title, estimate: 2 }, { kind: 'story', title, estimate: 1 }] });
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 2, items: ['4', '5'] });
    give(world, sprintId(2), { type: 'remove-cards', items: ['4'] });
    give(world, sprintId(2), { type: 'set-goal', goal: title });
    for (const item of ['1', '2', '3']) deliver(world, 1, item);
    passTime(world, 1);
    expect(sprintOf(world, 2).status).toBe('running');
    passTime(world, 2);
    expect(sprintOf(world, 2).result).toMatchObject({ scope: { items: 1 }, removed: { items: 0 } });
  });

  test('adds up when what was taken out comes back: it is neither more nor less', () => {
    const world = running();
    give(world, sprintId(1), { type: 'remove-cards', items: ['3'] });
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['3'] });
    passTime(world, 1);
    const { scope, added, removed, delivered, carried } = sprintOf(world, 1).result!;
    expect([added.items, removed.items, scope.items]).toEqual([0, 0, delivered.items + carried.items]);
  });

  test('counts as lost what was taken out of the scope and stays out', () => {
    const world = running();
    give(world, sprintId(1), { type: 'remove-cards', items: ['3'] });
    passTime(world, 1);
    expect(sprintOf(world, 1).result).toMatchObject({ added: { items: 0 }, removed: { items: 1 } });
  });
});
