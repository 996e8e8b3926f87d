/** What is done about a whole phase or project after the fact: the closing of a cancelled project, and a passed phase that is reopened. */
import { simulate } from '../../domain/play/simulate';
import { verify } from '../../domain/play/verify';
import type { Plan } from '../../domain/plan';
import { compile } from '../../domain/template/compile';
import { ROLES, WATERFALL, gate, phase, plan, task } from '../support/plans';
import { MONDAY } from '../support/scenario';
import { PEOPLE, World } from '../support/world';
import { calendar, small } from './template/fixtures';

const text = (value: string) => ({ text: value });
const CLOSED: Plan = { ...WATERFALL, onCancel: 'close' };

function started(of: Plan = CLOSED): World {
  const world = new World(of);
  world.command(world.root, { type: 'start', name: text('n'), roles: ROLES }, PEOPLE.olga);
  world.settle();
  return world;
}
function give(world: World, to: string, command: { type: string; [field: string]: unknown }, who = PEOPLE.mia) {
  const rejection = world.command(to, command, who);
  world.settle();
  return rejection?.code;
}
const cancel = (world: World, reason = 'merger') => give(world, world.root, { type: 'cancel', reason: text(reason) });
const complete = (world: World, of: string, key: string) => give(world, world.stages().findLast((stage) => stage.input.phase.key === of)?.input.id ?? '',
  { type: 'complete', task: key, evidence: key === 'draw' ? { pages: 1, check: 'good' } : {} }, PEOPLE.eva);
function decide(world: World, outcome: string, who = PEOPLE.sam): void {
  const approval = world.openApproval();
  expect(give(world, approval?.input.id ?? '', { type: 'decide', outcome, digest: approval?.input.digest, reason: text('r'), rework: approval?.input.tasks.slice(0, 1) }, who)).toBeUndefined();
}
const phases = (world: World) => Object.fromEntries(Object.entries(world.projectState().phases).map(([key, { status, round }]) => [key, `${status} ${round}`]));
const events = (world: World) => world.actors.get(world.root)?.log.map(({ event }) => event.type) ?? [];

describe('the closing of a cancelled project', () => {
  test('what is open ends, then the phase that the plan names runs, and the project ends with it as cancelled', () => {
    const world = started();
    complete(world, 'design', 'draw');
    expect(cancel(world)).toBeUndefined();
    expect(world.approvals()[0]?.status).toBe('cancelled');
    expect(phases(world)).toEqual({ design: 'ended 1', build: 'skipped 0', close: 'open 1', control: 'ended 1' });
    expect(world.projectState()).toMatchObject({ status: 'running', closing: 'close', cancelReason: text('merger'), cancelledAt: world.now });
    const log = events(world);
    expect(log.lastIndexOf('phase-ended')).toBeLessThan(log.lastIndexOf('phase-opened'));
    expect(complete(world, 'close', 'archive')).toBeUndefined();
    expect(world.projectState().status).toBe('cancelled');
  });

  test('while it runs roles can be assigned, nothing else begins; cancelled again, it ends', () => {
    const world = started();
    cancel(world);
    expect(give(world, world.root, { type: 'hold', reason: text('x') })).toBe('project-cancelled');
    expect(give(world, world.root, { type: 'reopen-phase', phase: 'design', reason: text('x') })).toBe('project-cancelled');
    expect(give(world, world.root, { type: 'assign-roles', roles: { engineer: ['edo'] } })).toBeUndefined();
    expect(cancel(world, 'at once')).toBeUndefined();
    expect(world.projectState()).toMatchObject({ status: 'cancelled', cancelReason: text('at once') });
    expect(cancel(world)).toBe('project-ended');
  });

  test('a project on hold goes on for its closing; one whose closing has begun, or whose plan names none, ends at once', () => {
    const held = started();
    give(held, held.root, { type: 'hold', reason: text('strike') });
    cancel(held);
    expect(held.projectState().status).toBe('running');
    complete(held, 'close', 'archive');
    expect(held.projectState().status).toBe('cancelled');
    const late = started();
    complete(late, 'design', 'draw');
    decide(late, 'stop');
    expect(phases(late)).toMatchObject({ close: 'open 1' });
    cancel(late);
    expect(late.projectState().status).toBe('cancelled');
    const plain = started(WATERFALL);
    cancel(plain);
    expect(plain.projectState()).toMatchObject({ status: 'cancelled' });
    expect(plain.projectState()).not.toHaveProperty('cancelledAt');
  });

  test('its gate may send it back, not earlier phases; a project that has not come to rest settles likewise', () => {
    const gated = { ...CLOSED, phases: CLOSED.phases.map((each) => (each.key === 'close' ? { ...each, gate: gate('closed', { onRework: ['build'] }) } : each)) };
    const world = started(gated);
    world.command(world.root, { type: 'cancel', reason: text('merger') }, PEOPLE.mia);
    world.settle((count) => count - 1);
    complete(world, 'close', 'archive');
    const approval = world.openApproval();
    give(world, approval?.input.id ?? '', { type: 'decide', outcome: 'rework', digest: approval?.input.digest, reason: text('r'), reworkPhases: ['build'] }, PEOPLE.sam);
    expect(phases(world)).toMatchObject({ build: 'skipped 0', close: 'open 2' });
    complete(world, 'close', 'archive');
    decide(world, 'approve');
    expect(world.projectState().status).toBe('cancelled');
  });

  test('the proof cancels wherever that can be, and finds a closing that gets stuck', () => {
    expect(verify([CLOSED], { start: MONDAY }).findings).toEqual([]);
    const never = { kind: 'compare', by: '=', left: { kind: 'reference', to: ['gate', 'design-gate'] }, right: { kind: 'value', value: 'approve' } } as const;
    const stuck = plan([
      phase('design', [task('draw')], { gate: gate('design-gate') }),
      phase('close', [task('archive')], { after: ['design'], imports: ['gate/design-gate'], gate: gate('closed', { criteria: [{ key: 'passed', kind: 'condition', condition: never, mandatory: true }] }) }),
    ]);
    expect(verify([stuck], { start: MONDAY }).findings).toEqual([]);
    const { findings } = verify([{ ...stuck, onCancel: 'close' }], { start: MONDAY });
    expect(findings).toMatchObject([{ code: 'stuck', subject: { phase: 'close', gate: 'closed' }, trace: [{ kind: 'cancel' }] }]);
    expect(simulate(CLOSED, { runs: 3, seed: 1, start: MONDAY }).outcomes).toEqual({ completed: 3 });
  });

  test('a template names a phase that it has', () => {
    const template = small();
    expect(compile({ ...template, onCancel: 'close' }, {}, calendar)).toMatchObject({ ok: true, plan: { onCancel: 'close' } });
    expect(compile({ ...template, onCancel: 'clos' }, {}, calendar)).toMatchObject({ ok: false, problems: [{ pointer: '/onCancel', code: 'unknown-phase', suggestion: 'close' }] });
  });
});

describe('a phase that is reopened', () => {
  const reopen = (world: World, key: string, who = PEOPLE.mia) => give(world, world.root, { type: 'reopen-phase', phase: key, reason: text('wrong drawing') }, who);

  test('is done again in another round, with all that came after it; an open gate there is withdrawn', () => {
    const world = started();
    complete(world, 'design', 'draw');
    decide(world, 'approve');
    for (const key of ['rack', 'cable']) complete(world, 'build', key);
    expect(world.openApproval()?.input.gate).toBe('build-gate');
    expect(reopen(world, 'design', PEOPLE.eva)).toBe('not-permitted');
    expect(reopen(world, 'design')).toBeUndefined();
    expect(phases(world)).toMatchObject({ design: 'open 2', build: 'waiting 1', close: 'waiting 0', control: 'open 1' });
    expect(world.approvals().map(({ status }) => status)).toEqual(['decided', 'withdrawn']);
    complete(world, 'design', 'draw');
    decide(world, 'approve');
    expect(phases(world)).toMatchObject({ design: 'ended 2', build: 'open 2' });
    expect(world.stages().filter(({ input }) => input.phase.key === 'build').map(({ status }) => status)).toEqual(['cancelled', 'open']);
  });

  test('not before it has passed, nor once something after it has, nor while the project is on hold', () => {
    const world = started();
    expect(reopen(world, 'design')).toBe('phase-not-passed');
    expect(reopen(world, 'none')).toBe('unknown-phase');
    complete(world, 'design', 'draw');
    decide(world, 'approve');
    give(world, world.root, { type: 'hold', reason: text('strike') });
    expect(reopen(world, 'design')).toBe('project-held');
    give(world, world.root, { type: 'resume' });
    for (const key of ['rack', 'cable']) complete(world, 'build', key);
    decide(world, 'approve', PEOPLE.sol);
    decide(world, 'approve');
    expect(reopen(world, 'design')).toBe('phase-built-on');
    expect(reopen(world, 'build')).toBeUndefined();
    expect(phases(world)).toMatchObject({ design: 'ended 1', build: 'open 2', close: 'waiting 1' });
  });
});
