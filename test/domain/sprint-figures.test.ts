import { addWorkingDays } from '../../domain/calendar';
import type { Recorded } from '../../domain/process';
import { figuresOf } from '../../domain/sprint/figures';
import type { SprintEvent } from '../../domain/sprint/types';
import { DAY, running, sprintId, sprintOf } from '../support/agile-world';

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
