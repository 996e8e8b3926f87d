/** What was left when a project was put on hold is left when it goes on: working days, not hours of the clock. */
import { workingDaysBetween } from '../../domain/calendar';
import { DAY, deliver, give, passTime, running, sprintId, sprintOf, title as text } from '../support/agile-world';
import { CALENDAR, phase, plan, ROLES, task } from '../support/plans';
import { PEOPLE, World } from '../support/world';

/** Holds the project of a world from one moment to another. */
function hold(world: World, from: number, to: number): void {
  world.now = from;
  world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia);
  world.settle();
  world.now = to;
  world.command(world.root, { type: 'resume' }, PEOPLE.mia);
  world.settle();
}

describe('after a hold', () => {
  const [friday, monday, wednesday] = [Date.UTC(2026, 9, 9, 10), Date.UTC(2026, 9, 12, 10), Date.UTC(2026, 9, 14, 10)];

  test.each([[9, monday, wednesday], [7, Date.UTC(2026, 9, 6, 10), Date.UTC(2026, 9, 13, 10, 5)], [7, friday, monday]])('a task has as many working days left as it had (due after %s, %s to %s)', (dueDays, from, to) => {
    const world = new World(plan([phase('a', [task('draw', { dueDays })])]));
    world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
    world.settle();
    const left = (at: number): number => workingDaysBetween(CALENDAR, at, world.stage('a').tasks['draw']?.dueAt ?? 0);
    const before = left(from);
    hold(world, from, to);
    expect([before > 2, left(to)]).toEqual([true, before]);
  });

  test.each([[friday, monday], [monday, wednesday]])('a sprint has (%s to %s)', (from, to) => {
    const world = running();
    const left = (at: number): number => workingDaysBetween(CALENDAR, at, sprintOf(world, 1).endsAt ?? 0);
    const before = left(from);
    hold(world, from, to);
    expect([before > 0, left(to)]).toEqual([true, before]);
  });

  test('what a sprint delivered can still be judged for as long as before', () => {
    const world = running();
    deliver(world, 1, '1');
    passTime(world, 1);
    expect(sprintOf(world, 1).status).toBe('over');
    const left = (): number => workingDaysBetween(CALENDAR, world.now, world.actors.get(sprintId(1))?.runner.due()?.at ?? 0);
    const before = left();
    hold(world, world.now, world.now + 21 * DAY);
    expect([before > 0, left()]).toEqual([true, before]);
    expect(give(world, sprintId(1), { type: 'accept', item: '1' }, PEOPLE.sam)).toBeNull();
    while (sprintOf(world, 1).status === 'over') {
      world.ring();
      world.settle();
    }
    expect(sprintOf(world, 1).status).toBe('closed');
  });
});
