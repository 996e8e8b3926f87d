import { localDate } from '../../domain/calendar';
import { eventHoursAtMost } from '../../domain/plan';
import type { Context } from '../../domain/process';
import { decide } from '../../domain/sprint/decide';
import { BACKLOG, TEAM, ITERATIONS, DAY, sprintId, sprintOf, give, running, passTime, started } from '../support/agile-world';

describe('events of a sprint', () => {
  test('take no longer than in the Scrum Guide, in proportion to the length of the sprint', () => {
    expect((['planning', 'daily', 'review', 'retrospective'] as const).map((event) => [5, 10, 15, 20, 23].map((days) => eventHoursAtMost(event, days))))
      .toEqual([[2, 4, 6, 8, 8], [0.25, 0.25, 0.25, 0.25, 0.25], [1, 2, 3, 4, 4], [0.75, 1.5, 2.25, 3, 3]]);
  });

  test('are planned within it, each as long as it may take when nobody says less', () => {
    const world = running();
    const { startedAt = 0, endsAt = 0 } = sprintOf(world, 1);
    const plan = (event: string, at: number, hours?: number) => give(world, sprintId(1), { type: 'plan-event', event, at, ...(hours !== undefined && { hours }) });
    expect([plan('review', endsAt - 3_600_000), plan('retrospective', endsAt, 1), plan('daily', startedAt + DAY)]).toEqual([null, null, null]);
    expect(sprintOf(world, 1).events).toEqual({ review: { at: endsAt - 3_600_000, hours: 2 }, retrospective: { at: endsAt, hours: 1 }, daily: { at: startedAt + DAY, hours: 0.25 } });
    expect([plan('review', endsAt, 2.25), plan('review', endsAt, 0), plan('review', startedAt - 1), plan('review', endsAt + 1), plan('planning', startedAt)])
      .toEqual(['event-too-long', 'event-too-long', 'event-outside', 'event-outside', 'sprint-running']);
    passTime(world, 1);
    expect([plan('review', endsAt + DAY), plan('daily', endsAt + DAY), plan('review', endsAt + 30 * DAY)]).toEqual([null, 'sprint-over', 'event-outside']);
  });

  test('are not planned for a day that is over; what stands there already stays', () => {
    const world = running();
    const { startedAt = 0, endsAt = 0 } = sprintOf(world, 1);
    expect(give(world, sprintId(1), { type: 'plan-event', event: 'review', at: startedAt })).toBeNull();
    passTime(world, 1);
    const state = sprintOf(world, 1);
    const plan = (at: number, hours = 2) => ({ type: 'plan-event', event: 'review', at, hours } as const);
    const eva: Context = { now: endsAt + DAY, authority: { kind: 'person', person: 'eva', roles: ['engineer'] } };
    expect(decide(state, plan(endsAt), eva)).toEqual({ ok: false, rejection: {
      code: 'event-past', facts: { event: 'review', from: localDate(state.input.calendar, endsAt + DAY) }, fields: [{ pointer: '/at', code: 'range', expected: `≥ ${localDate(state.input.calendar, endsAt + DAY)}` }],
    } });
    // Earlier today is no day that is over, and saying again what stands there says nothing new.
    expect(decide(state, plan(endsAt + DAY - 60_000), eva)).toMatchObject({ ok: true, events: [{ type: 'event-planned' }] });
    expect(decide(state, plan(startedAt), eva)).toMatchObject({ ok: true, events: [] });
    // Runs of before took any day.
    expect(decide(state, plan(endsAt), { ...eva, rules: 5 })).toMatchObject({ ok: true, events: [{ type: 'event-planned' }] });
  });

  test('nor is the planning of a sprint that has not begun', () => {
    const world = started();
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    expect([-DAY, DAY].map((later) => give(world, sprintId(1), { type: 'plan-event', event: 'planning', at: world.now + later }))).toEqual(['event-past', null]);
  });

  test('as the template has them, never longer than fits', () => {
    const world = running({ ...ITERATIONS, teams: [{ ...TEAM, events: { review: 1 } }] });
    give(world, sprintId(1), { type: 'plan-event', event: 'review', at: sprintOf(world, 1).endsAt ?? 0 });
    expect(sprintOf(world, 1).events?.review?.hours).toBe(1);
  });
});
