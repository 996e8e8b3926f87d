import { orderBetween, ordersAfter } from '../../domain/backlog/order';
import { digestOf } from '../../domain/digest';
import type { PlanGate, PlanTeam } from '../../domain/plan';
import { verify } from '../../domain/play/verify';
import { react } from '../../domain/sprint/react';
import type { SprintState } from '../../domain/sprint/types';
import { gateContent, gateDigest } from '../../domain/stage/gate';
import { TEAM, ITERATIONS, BACKLOG, DAY, title, story, started, backlogOf, sprintId, sprintOf, give, running, deliver, passTime } from '../support/agile-world';
import { gate, phase, plan, ROLES, task } from '../support/plans';
import { MONDAY, person } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

describe('places', () => {
  test('there is always one between two, and they sort as they were put', () => {
    let places = ordersAfter(undefined, 300);
    expect([...places].sort()).toEqual(places);
    expect(Math.max(...places.map((place) => place.length))).toBeLessThanOrEqual(3);
    let seed = 7;
    for (let move = 0; move < 2_000; move += 1) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      const at = seed % (places.length + 1);
      const place = orderBetween(places[at - 1], places[at]);
      places = [...places.slice(0, at), place, ...places.slice(at)];
    }
    expect([...places].sort()).toEqual(places);
    expect(new Set(places).size).toBe(places.length);
  });

  test('before the first and after the last, however often', () => {
    let first = orderBetween(undefined, undefined);
    const all = [first];
    for (let count = 0; count < 5_000; count += 1) {
      first = orderBetween(undefined, first);
      all.unshift(first);
    }
    expect([...all].sort()).toEqual(all);
  });
});

describe('a backlog', () => {
  test('opens with its phase, is told who is who, and ends with the project', () => {
    const world = started();
    expect(backlogOf(world)).toMatchObject({ status: 'open', phaseOpen: true });
    world.command(world.root, { type: 'assign-roles', roles: { engineer: ['eva', 'new'] } }, PEOPLE.mia);
    world.settle();
    expect(backlogOf(world).roles['engineer']).toEqual(['eva', 'new']);
    world.command(world.root, { type: 'cancel', reason: title }, PEOPLE.mia);
    world.settle();
    expect(backlogOf(world).status).toBe('ended');
    expect(world.projectState().status).toBe('cancelled');
  });

  test('a phase without iterations has none', () => {
    const world = new World(plan([phase('build', [task('run')])]));
    world.command(world.root, { type: 'start', name: title, roles: ROLES }, PEOPLE.olga);
    world.settle();
    expect([...world.actors.keys()].some((id) => id.endsWith('/backlog'))).toBe(false);
  });

  test('items refer to each other; circles and what is unknown are refused', () => {
    const world = started();
    expect(give(world, BACKLOG, { type: 'add-items', items: [{ kind: 'epic', title }, { kind: 'story', title, epic: '#1', after: ['#3'] }, story()] })).toBeNull();
    expect(backlogOf(world).items['2']).toMatchObject({ epic: '1', after: ['3'] });
    expect(give(world, BACKLOG, { type: 'change-item', item: '3', change: { after: ['2'] } })).toBe('item-invalid');
    expect(give(world, BACKLOG, { type: 'change-item', item: '3', change: { epic: '2' } })).toBe('item-invalid');
    expect(give(world, BACKLOG, { type: 'change-item', item: '2', change: { epic: null, after: [] } })).toBeNull();
    expect(backlogOf(world).items['2']).not.toHaveProperty('epic');
    expect(give(world, BACKLOG, { type: 'add-items', items: Array.from({ length: 201 }, () => story()) })).toBe('item-invalid');
  });

  test('moving an item is one small event, and who was second is told who was first', () => {
    const world = started();
    give(world, BACKLOG, { type: 'add-items', items: [story(), story(), story()] });
    const seen = backlogOf(world).items['3']?.order;
    expect(give(world, BACKLOG, { type: 'move-item', item: '3', before: '1', seen }, PEOPLE.sam)).toBeNull();
    const refused = world.command(BACKLOG, { type: 'move-item', item: '3', after: '1', seen }, PEOPLE.mia);
    expect(refused).toMatchObject({ code: 'item-moved', facts: { item: '3', person: 'sam', to: backlogOf(world).items['3']?.order } });
    const order = Object.entries(backlogOf(world).items).sort(([, a], [, b]) => (a.order < b.order ? -1 : 1)).map(([item]) => item);
    expect(order).toEqual(['3', '1', '2']);
    expect(give(world, BACKLOG, { type: 'move-item', item: '1', after: '2' }, PEOPLE.eva)).toBe('not-permitted');
  });

  test('places that grow too long are numbered anew, in the same order', () => {
    const world = started();
    give(world, BACKLOG, { type: 'add-items', items: [story(), story(), story(), story()] });
    for (let move = 0; move < 400; move += 1) give(world, BACKLOG, { type: 'move-item', item: move % 2 ? '3' : '4', after: '1' }, PEOPLE.sam);
    const items = Object.entries(backlogOf(world).items).sort(([, a], [, b]) => (a.order < b.order ? -1 : 1));
    expect(items.map(([item]) => item)).toEqual(['1', '3', '4', '2']);
    expect(Math.max(...items.map(([, { order }]) => order.length))).toBeLessThanOrEqual(60);
  });

  test('an item that does not meet the Definition of Ready is not planned', () => {
    const world = started({ ...ITERATIONS, ready: ['sized'] });
    give(world, BACKLOG, { type: 'add-items', items: [story()] });
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    expect(give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['1'] })).toBe('item-not-ready');
    give(world, BACKLOG, { type: 'change-item', item: '1', change: {}, tick: ['sized'] });
    expect(give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['1'] })).toBeNull();
    expect(sprintOf(world, 1).cards['1']).toMatchObject({ column: 'todo' });
  });
});

describe('a sprint', () => {
  test('starts with a goal, and keeps what was planned then', () => {
    const world = started();
    give(world, BACKLOG, { type: 'add-items', items: [story(3)] });
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    expect(give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' })).toBe('sprint-planned');
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['1'] });
    expect(give(world, sprintId(1), { type: 'start' })).toBe('sprint-goal-missing');
    give(world, sprintId(1), { type: 'set-goal', goal: title });
    give(world, sprintId(1), { type: 'set-availability', person: 'edo', days: 4 });
    give(world, sprintId(1), { type: 'start' });
    expect(sprintOf(world, 1)).toMatchObject({ status: 'running', scope: { items: 1, estimate: 3 }, capacity: [{ person: 'eva', days: 10 }, { person: 'edo', days: 4 }] });
    give(world, BACKLOG, { type: 'add-items', items: [story(5)] });
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['2'] });
    give(world, sprintId(1), { type: 'remove-cards', items: ['1'] });
    passTime(world, 1);
    expect(sprintOf(world, 1).result).toEqual({
      scope: { items: 1, estimate: 3 }, added: { items: 1, estimate: 5 }, removed: { items: 1, estimate: 3 }, delivered: { items: 0, estimate: 0 }, accepted: { items: 0, estimate: 0 }, carried: { items: 1, estimate: 5 },
    });
    expect(backlogOf(world).items['1']).toMatchObject({ status: 'open' });
  });

  test('of two who move the same card the second is told; columns take no more than their limit', () => {
    const world = running();
    expect(give(world, sprintId(1), { type: 'move-card', item: '1', from: 'todo', to: 'doing' })).toBeNull();
    expect(world.command(sprintId(1), { type: 'move-card', item: '1', from: 'todo', to: 'done' }, PEOPLE.edo)).toMatchObject({ code: 'item-moved', facts: { person: 'eva', to: 'doing' } });
    give(world, sprintId(1), { type: 'move-card', item: '2', from: 'todo', to: 'doing' });
    expect(give(world, sprintId(1), { type: 'move-card', item: '3', from: 'todo', to: 'doing' })).toBe('wip-exceeded');
    expect(give(world, sprintId(1), { type: 'move-card', item: '1', from: 'doing', to: 'done' })).toBe('done-open');
  });

  test('is over when its time is; the next one starts by itself with what was left, and figures stay', () => {
    const world = running();
    deliver(world, 1, '1');
    deliver(world, 1, '2');
    give(world, sprintId(1), { type: 'accept', item: '1' }, PEOPLE.sam);
    const ends = sprintOf(world, 1).endsAt ?? 0;
    passTime(world, 1);
    expect(world.now).toBeGreaterThanOrEqual(ends);
    expect(sprintOf(world, 2)).toMatchObject({ status: 'running', scope: { items: 1, estimate: 8 }, cards: { 3: { from: 1, estimate: 8 } } });
    expect(backlogOf(world).items['3']).toMatchObject({ status: 'planned', carried: 1, sprint: { number: 2 } });
    const before = sprintOf(world, 1).result;
    expect(before).toMatchObject({ delivered: { items: 2, estimate: 8 }, carried: { items: 1, estimate: 8 }, accepted: { items: 1, estimate: 3 } });
    // What the next sprint does with it changes nothing of this one.
    deliver(world, 2, '3');
    expect(give(world, sprintId(1), { type: 'return', item: '2', reason: title }, PEOPLE.sam)).toBeNull();
    expect(backlogOf(world).items['2']).toMatchObject({ status: 'open' });
    give(world, sprintId(1), { type: 'add-note', kind: 'action', text: title });
    give(world, sprintId(1), { type: 'vote-note', note: 1, vote: true });
    expect(give(world, sprintId(1), { type: 'close' })).toBeNull();
    expect(sprintOf(world, 1)).toMatchObject({ status: 'closed', result: before, notes: [{ votes: ['eva'] }] });
    expect(backlogOf(world).items['4']).toMatchObject({ kind: 'task', status: 'open' });
  });

  test('only the Product Owner accepts, returns and cancels', () => {
    const world = running();
    deliver(world, 1, '1');
    expect(give(world, sprintId(1), { type: 'accept', item: '1' }, PEOPLE.eva)).toBe('not-permitted');
    expect(give(world, sprintId(1), { type: 'cancel', reason: title }, PEOPLE.mia)).toBe('not-permitted');
    expect(give(world, sprintId(1), { type: 'return', item: '1', reason: title }, PEOPLE.sam)).toBeNull();
    expect(sprintOf(world, 1).cards['1']).toMatchObject({ column: 'doing', returned: 1 });
    expect(give(world, sprintId(1), { type: 'cancel', reason: title }, PEOPLE.sam)).toBeNull();
    expect(Object.values(backlogOf(world).items).map(({ status }) => status)).toEqual(['open', 'open', 'open']);
  });

  test('a project on hold stops the time of its sprints', () => {
    const world = running();
    const ends = sprintOf(world, 1).endsAt ?? 0;
    world.command(world.root, { type: 'hold', reason: title }, PEOPLE.mia);
    world.settle();
    expect(give(world, sprintId(1), { type: 'move-card', item: '1', from: 'todo', to: 'doing' })).toBe('project-held');
    world.now += 7 * DAY;
    world.command(world.root, { type: 'resume' }, PEOPLE.mia);
    world.settle();
    expect(sprintOf(world, 1).endsAt).toBe(ends + 7 * DAY);
  });

  test('ends with its phase, with what it has not finished back in the backlog', () => {
    const world = running();
    const stage = world.stage('build').input.id;
    world.command(stage, { type: 'complete', task: 'run', evidence: {} }, PEOPLE.eva);
    world.settle();
    const approval = world.openApproval();
    world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE.sam);
    world.settle();
    expect(sprintOf(world, 1)).toMatchObject({ status: 'over', over: 'phase' });
    expect(backlogOf(world)).toMatchObject({ phaseOpen: false });
    expect(Object.values(backlogOf(world).items).map(({ status }) => status)).toEqual(['open', 'open', 'open']);
    world.command(world.root, { type: 'reopen-phase', phase: 'build', reason: title }, PEOPLE.mia);
    world.settle();
    expect(backlogOf(world)).toMatchObject({ phaseOpen: true });
    expect(give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' })).toBeNull();
    expect(sprintOf(world, 2).status).toBe('planning');
  });

  test('one that is never closed closes by itself, and what nobody judged is the backlog’s again', () => {
    const world = running({ ...ITERATIONS, teams: [{ ...TEAM, startsItself: undefined as never, leftovers: 'backlog' }] });
    deliver(world, 1, '1');
    passTime(world, 1);
    expect(backlogOf(world).items['2']).toMatchObject({ status: 'open', carried: 1 });
    for (let round = 0; round < 60 && sprintOf(world, 1).status === 'over'; round += 1) { world.ring(); world.settle(); }
    expect(sprintOf(world, 1).status).toBe('closed');
    expect(backlogOf(world).items['1']).toMatchObject({ status: 'open' });
    expect(backlogOf(world).teams['alpha']?.open).toEqual([]);
  });

  test('a team in flow has a board without an end: what comes into the last column is done', () => {
    const flow: PlanTeam = { key: 'flow', roles: ['engineer'], leftovers: 'backlog' };
    const world = started({ ...ITERATIONS, done: [], teams: [flow] });
    expect(sprintOf(world, 1, 'flow')).toMatchObject({ status: 'running' });
    give(world, BACKLOG, { type: 'add-items', items: [story()] });
    give(world, BACKLOG, { type: 'plan-items', team: 'flow', number: 1, items: ['1'] });
    give(world, sprintId(1, 'flow'), { type: 'move-card', item: '1', from: 'todo', to: 'done' });
    expect(backlogOf(world).items['1']).toMatchObject({ status: 'done' });
  });

  test('items that come too late are the backlog’s again', () => {
    const world = running();
    give(world, BACKLOG, { type: 'add-items', items: [story(1)] });
    world.now = (sprintOf(world, 1).endsAt ?? 0) + 1;
    world.actors.get(sprintId(1))?.runner.issue({ type: 'time-up' }, 'timer', world.now);
    // The backlog has not heard of it yet.
    expect(world.command(BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['4'] }, PEOPLE.eva)).toBeNull();
    world.settle();
    expect(backlogOf(world).items['4']).toMatchObject({ status: 'open' });
  });

  test('a stranger can do nothing', () => {
    const world = running();
    expect(give(world, sprintId(1), { type: 'move-card', item: '1', from: 'todo', to: 'doing' }, person('x', 'security'))).toBe('not-permitted');
    expect(give(world, BACKLOG, { type: 'add-items', items: [story()] }, PEOPLE.stranger)).toBe('not-permitted');
  });

  test('a plan in which the phase has no iterations any more ends the backlog; one that has them opens it', () => {
    const world = running();
    const without = plan([phase('build', [task('run')], { kind: 'iterations', gate: gate('release') }), phase('close', [task('archive')], { after: ['build'] })]);
    expect(world.migrate({ ...without, template: { ...without.template, version: '2.0.0', digest: 'e' } }, PEOPLE.olga)).toBeNull();
    world.settle();
    expect(backlogOf(world).status).toBe('ended');
    expect(sprintOf(world, 1).status).toBe('ended');
    expect(world.projectState().revision).toBeUndefined();
  });
});

describe('recognition', () => {
  const thank = (who: string) => ({ type: 'recognise', person: who, kind: 'help', text: { text: 'thanks' } });

  test('colleagues thank each other, who is thanked is told, and only the giver takes it back', () => {
    const world = running();
    expect(give(world, sprintId(1), thank('edo'))).toBeNull();
    expect(give(world, sprintId(1), thank('eva'), PEOPLE.mia)).toBeNull();
    expect(sprintOf(world, 1).recognitions).toMatchObject([{ by: 'eva', to: 'edo', kind: 'help' }, { by: 'mia', to: 'eva' }]);
    const { log, runner } = world.actors.get(sprintId(1)) ?? {};
    expect(react(runner?.state as SprintState, log?.at(-1) as never)).toEqual([expect.objectContaining({ kind: 'notify', to: { persons: ['eva'] }, notice: 'recognition-given' })]);
    expect(give(world, sprintId(1), { type: 'withdraw-recognition', recognition: 1 }, PEOPLE.edo)).toBe('recognition-not-yours');
    expect(give(world, sprintId(1), { type: 'withdraw-recognition', recognition: 1 })).toBeNull();
    expect(give(world, sprintId(1), { type: 'withdraw-recognition', recognition: 1 })).toBeNull();
    expect(sprintOf(world, 1).recognitions?.map(({ withdrawn }) => withdrawn)).toEqual([true, undefined]);
    expect(give(world, sprintId(1), { type: 'withdraw-recognition', recognition: 3 })).toBe('unknown-recognition');
  });

  test('not to oneself, in nobody else’s name, not to strangers, not by them, and not before the sprint runs or after it is closed', () => {
    const world = running();
    expect(give(world, sprintId(1), thank('eva'))).toBe('recognition-of-oneself');
    expect(give(world, sprintId(1), thank('eva'), { ...PEOPLE.eva, onBehalfOf: 'edo' } as never)).toBe('recognition-of-oneself');
    expect(give(world, sprintId(1), thank('sam'), { ...PEOPLE.eva, onBehalfOf: 'edo' } as never)).toBeNull();
    expect(sprintOf(world, 1).recognitions).toMatchObject([{ by: 'eva', to: 'sam' }]);
    expect(give(world, sprintId(1), thank('nobody'))).toBe('item-invalid');
    expect(give(world, sprintId(1), thank('eva'), PEOPLE.stranger)).toBe('not-permitted');
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    expect(give(world, sprintId(2), thank('edo'))).toBe('sprint-not-started');
    passTime(world, 1);
    expect(give(world, sprintId(1), thank('edo'))).toBeNull();
    give(world, sprintId(1), { type: 'close' });
    expect(give(world, sprintId(1), thank('edo'))).toBe('sprint-closed');
  });
});

describe('a gate that asks for what teams do', () => {
  const asking = (criterion: object) => plan([phase('build', [task('run')], {
    kind: 'iterations', iterations: { ...ITERATIONS, done: [] }, gate: gate('release', { criteria: [{ key: 'accepted', kind: 'backlog', mandatory: true, ...criterion }] }),
  })]);
  function worked(criterion: object): World {
    const world = new World(asking(criterion));
    world.command(world.root, { type: 'start', name: title, roles: ROLES }, PEOPLE.olga);
    world.settle();
    world.command(world.stage('build').input.id, { type: 'complete', task: 'run', evidence: {} }, PEOPLE.eva);
    world.settle();
    return world;
  }
  /** Has an item done in a sprint of its own. */
  function finish(world: World, number: number, items: string[]): void {
    give(world, BACKLOG, { type: 'open-sprint', team: 'alpha' });
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number, items });
    give(world, sprintId(number), { type: 'set-goal', goal: title });
    give(world, sprintId(number), { type: 'start' });
    for (const item of items) {
      expect(give(world, sprintId(number), { type: 'move-card', item, from: 'todo', to: 'done' })).toBeNull();
      expect(give(world, sprintId(number), { type: 'accept', item }, PEOPLE.sam)).toBeNull();
    }
  }

  test('opens once all of it is accepted, is withdrawn when more comes, and asks anew', () => {
    const world = worked({ label: 'r1', accepted: 1 });
    expect(world.stage('build').gate.status).toBe('waiting');
    give(world, BACKLOG, { type: 'add-items', items: [{ ...story(3), labels: ['r1'] }, story(5)] });
    finish(world, 1, ['1']);
    expect(world.stage('build').gate).toMatchObject({ status: 'open', round: 1 });
    give(world, BACKLOG, { type: 'add-items', items: [{ ...story(1), labels: ['r1'] }] });
    expect(world.stage('build').gate.status).toBe('waiting');
    expect(world.approvals()[0]?.status).toBe('withdrawn');
    give(world, BACKLOG, { type: 'drop-items', items: ['3'] }, PEOPLE.sam);
    expect(world.stage('build').gate).toMatchObject({ status: 'open', round: 2 });
  });

  test('what is not mandatory is shown as it stands, and digested so', () => {
    const world = worked({ label: 'r1', accepted: 1, mandatory: false });
    const before = world.stage('build');
    const gate = before.input.phase.gate as PlanGate;
    // Also when the digest was asked for before, as a change of the plan does.
    expect(before.gate).toMatchObject({ status: 'open', round: 1, digest: gateDigest(before, gate) });
    give(world, BACKLOG, { type: 'add-items', items: [{ ...story(3), labels: ['r1'] }] });
    finish(world, 1, ['1']);
    const after = world.stage('build');
    expect(after.gate).toMatchObject({ status: 'open', round: 2 });
    expect(after.gate.digest).toBe(digestOf(gateContent(after, gate)));
  });

  test('epics are done when all that belongs to them is', () => {
    const world = worked({ items: 'epic', accepted: 1 });
    give(world, BACKLOG, { type: 'add-items', items: [{ kind: 'epic', title }, { ...story(3), epic: '#1' }, { ...story(3), epic: '#1' }] });
    finish(world, 1, ['2']);
    expect(world.stage('build').gate.status).toBe('waiting');
    give(world, BACKLOG, { type: 'plan-items', team: 'alpha', number: 1, items: ['3'] });
    give(world, sprintId(1), { type: 'move-card', item: '3', from: 'todo', to: 'done' });
    give(world, sprintId(1), { type: 'accept', item: '3' }, PEOPLE.sam);
    expect(world.stage('build').gate.status).toBe('open');
  });

  test('with no open blocker it opens at once; a phase that is done again is told anew', () => {
    const world = worked({ items: 'bug', label: 'blocker' });
    const approval = world.openApproval();
    expect(approval).toBeDefined();
    world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, PEOPLE.sam);
    expect(world.stage('build').backlog).toEqual({ accepted: true });
  });

  test('is proved as if teams did their work', () => {
    const { findings } = verify([asking({ label: 'r1', accepted: 3 })], { start: MONDAY });
    expect(findings).toEqual([]);
  });
});
