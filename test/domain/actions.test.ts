import { react } from '../../domain/backlog/react';
import type { BacklogEvent } from '../../domain/backlog/types';
import type { Recorded } from '../../domain/process';
import { BACKLOG, DAY, backlogOf, give, passTime, running, sprintId, sprintOf, story, title } from '../support/agile-world';
import { PEOPLE, type World } from '../support/world';

/** The last day by which something is to be done, so many days from now. */
const dayIn = (world: World, days: number): string => new Date(world.now + days * DAY).toISOString().slice(0, 10);
const noted = (world: World, more: object = {}) => give(world, sprintId(1), { type: 'add-note', kind: 'action', text: { text: 'order' }, ...more });

/** A sprint that is over and closed, whose retrospective asked Edo for something. */
function closed() {
  const world = running();
  const due = dayIn(world, 30);
  expect(noted(world, { owner: 'edo', due })).toBeNull();
  passTime(world, 1);
  expect(give(world, sprintId(1), { type: 'close' })).toBeNull();
  return { world, due };
}

describe('an action of a retrospective', () => {
  test('gets an owner with a part in the project, and a day that is not over', () => {
    const world = running();
    expect([noted(world, { owner: 'nobody' }), noted(world, { due: dayIn(world, -1) }), noted(world, { due: dayIn(world, 0) })]).toEqual(['item-invalid', 'item-invalid', null]);
    expect(give(world, sprintId(1), { type: 'add-note', kind: 'good', text: title, owner: 'edo' })).toBe('item-invalid');
    const assign = (note: number, owner: string | null, due: string | null = null) => give(world, sprintId(1), { type: 'assign-action', note, owner, due });
    give(world, sprintId(1), { type: 'add-note', kind: 'good', text: title });
    expect([assign(1, 'edo', dayIn(world, 0)), assign(2, 'edo'), assign(9, 'edo'), assign(1, 'nobody')]).toEqual([null, 'unknown-note', 'unknown-note', 'item-invalid']);
    expect(sprintOf(world, 1).notes[0]).toMatchObject({ owner: 'edo', due: dayIn(world, 0) });
    expect(assign(1, null)).toBeNull();
    expect(sprintOf(world, 1).notes[0]).not.toHaveProperty('owner');
  });

  test('becomes a task of its owner, who is told and finishes it without a sprint', () => {
    const { world, due } = closed();
    expect(backlogOf(world).items['4']).toMatchObject({ kind: 'task', title: { text: 'order' }, owner: 'edo', due, action: true, status: 'open' });
    const asked = ((world.actors.get(BACKLOG)?.log ?? []) as readonly Recorded<BacklogEvent>[]).filter(({ event }) => event.type === 'items-added' && event.of !== undefined);
    expect(asked.flatMap((each) => react(backlogOf(world), each))).toEqual([{ kind: 'notify', to: { persons: ['edo'] }, notice: 'item-owned', about: { project: 'P', phase: 'build' } }]);
    const finish = (item: string, who = PEOPLE.edo) => give(world, BACKLOG, { type: 'finish-item', item }, who);
    expect([finish('4', PEOPLE.eva), finish('1', PEOPLE.sam), finish('9', PEOPLE.sam)]).toEqual(['not-permitted', 'item-not-action', 'unknown-item']);
    expect([finish('4'), finish('4')]).toEqual([null, null]);
    expect(backlogOf(world).items['4']).toMatchObject({ status: 'done', finished: true });
  });

  test('is done on the board once a sprint has it', () => {
    const { world } = closed();
    expect(give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 2, items: ['4'] })).toBeNull();
    expect(give(world, BACKLOG, { type: 'finish-item', item: '4' }, PEOPLE.edo)).toBe('item-in-sprint');
  });

  test('is the successor\'s when its owner leaves', () => {
    const { world } = closed();
    world.hearFromDirectory({ left: { edo: 'eva' } });
    world.settle();
    expect(backlogOf(world).items['4']?.owner).toBe('eva');
  });

  test('no other work is done without being accepted, whoever owns it', () => {
    const world = running();
    give(world, BACKLOG, { type: 'add-items', items: [{ ...story(3), kind: 'task', owner: 'edo' }] });
    expect(give(world, BACKLOG, { type: 'finish-item', item: '4' }, PEOPLE.edo)).toBe('item-not-action');
    expect(give(world, BACKLOG, { type: 'change-item', item: '4', change: { owner: 'nobody' } })).toBe('item-invalid');
    expect(give(world, BACKLOG, { type: 'change-item', item: '4', change: { owner: null } })).toBeNull();
    expect(backlogOf(world).items['4']).not.toHaveProperty('owner');
  });
});
