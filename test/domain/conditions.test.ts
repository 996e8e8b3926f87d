/** A later gate insists that the conditions of earlier ones are met. */
import type { ApprovalInput } from '../../domain/approval/types';
import type { Expression } from '../../domain/expression';
import { answersOf } from '../../domain/play/answers';
import { simulate } from '../../domain/play/simulate';
import { verify } from '../../domain/play/verify';
import type { StageRow } from '../../domain/rows';
import type { Criterion, Plan } from '../../domain/plan';
import { compile } from '../../domain/template/compile';
import { ROLES, gate, phase, plan, task, version } from '../support/plans';
import { MONDAY } from '../support/scenario';
import { PEOPLE, World } from '../support/world';
import { calendar, small } from './template/fixtures';

const text = { text: 't' };
const insisting = (more: Partial<Extract<Criterion, { kind: 'conditions' }>> = {}): Criterion => ({ key: 'met', kind: 'conditions', phases: ['design'], mandatory: true, ...more });
const planOf = (criterion: Criterion = insisting()): Plan => plan([
  phase('design', [task('draw')], { gate: gate('design-gate') }),
  phase('build', [task('rack')], { after: ['design'], gate: gate('build-gate') }),
  phase('test', [task('try')], { after: ['build'], gate: gate('go-live', { criteria: [criterion] }) }),
]);
const CONDITIONS = [{ defect: text, plan: text, owner: 'engineer', dueDays: 5 }, { defect: text, plan: text, owner: 'engineer', dueDays: 5 }];

function complete(world: World, of: string, key: string): void {
  const evidence = key.startsWith('condition') ? { proof: text } : {};
  expect(world.command(world.stage(of).input.id, { type: 'complete', task: key, evidence }, PEOPLE.eva)).toBeNull();
  world.settle();
}
function decide(world: World, outcome: string): void {
  const approval = world.openApproval();
  expect(world.command(approval?.input.id ?? '', { type: 'decide', outcome, digest: approval?.input.digest, reason: text, conditions: CONDITIONS }, PEOPLE.sam)).toBeNull();
  world.settle();
}
function untilTest(of: Plan, outcome: string): World {
  const world = new World(of);
  world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
  world.settle();
  complete(world, 'design', 'draw');
  decide(world, outcome);
  complete(world, 'build', 'rack');
  decide(world, 'approve');
  return world;
}
const rowOf = (world: World): StageRow => {
  const stage = world.stage('test');
  return world.actors.get(stage.input.id)?.runner.rows().rows[0]?.data as StageRow;
};

test('the gate stays shut while one is open, and says so; with the last one met it opens', () => {
  const world = untilTest(planOf(), 'approve-with-conditions');
  complete(world, 'test', 'try');
  complete(world, 'design', 'condition-1-1');
  expect(world.stage('test').gate.status).toBe('waiting');
  expect(rowOf(world)).toMatchObject({ openConditions: ['design'], criteria: [{ key: 'met', kind: 'conditions', met: false }] });
  complete(world, 'design', 'condition-1-2');
  expect(rowOf(world)).toMatchObject({ gateStatus: 'open', criteria: [{ key: 'met', met: true }] });
  expect(rowOf(world)).not.toHaveProperty('openConditions');
  decide(world, 'approve');
  expect(world.projectState().status).toBe('completed');
});

test('conditions that are met before its phase opens, and gates without conditions, are no hindrance', () => {
  const early = untilTest(planOf(), 'approve');
  complete(early, 'test', 'try');
  expect(early.stage('test').gate.status).toBe('open');
  const world = new World(planOf());
  world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
  world.settle();
  complete(world, 'design', 'draw');
  decide(world, 'approve-with-conditions');
  for (const key of ['condition-1-1', 'condition-1-2']) complete(world, 'design', key);
  complete(world, 'build', 'rack');
  decide(world, 'approve');
  complete(world, 'test', 'try');
  expect(world.stage('test').gate.status).toBe('open');
});

test('one that is not mandatory only tells: approvers see it, and are asked anew when it changes', () => {
  const world = untilTest(planOf(insisting({ mandatory: false })), 'approve-with-conditions');
  complete(world, 'test', 'try');
  const first = world.openApproval()?.input;
  expect(rowOf(world).criteria).toMatchObject([{ met: false }]);
  for (const key of ['condition-1-1', 'condition-1-2']) complete(world, 'design', key);
  decide(world, 'approve');
  expect(world.stage('test').gate).toMatchObject({ status: 'open', round: 2 });
  expect(world.openApproval()?.input.digest).not.toBe(first?.digest);
});

test('a plan that begins to insist, or no longer does, is heard by the open phase', () => {
  const without = planOf({ key: 'met', kind: 'judged', mandatory: true });
  const world = untilTest(without, 'approve-with-conditions');
  world.migrate(version(planOf(), '2.0.0'), PEOPLE.mia);
  world.settle();
  complete(world, 'test', 'try');
  expect(world.stage('test')).toMatchObject({ openConditions: ['design'], gate: { status: 'waiting' } });
  world.migrate(version(without, '3.0.0'), PEOPLE.mia);
  world.settle();
  expect(world.stage('test').gate.status).toBe('open');
});

test('the proof goes through approvals with conditions, and finds nothing; simulation comes to its end', () => {
  expect(verify([planOf()], { start: MONDAY })).toMatchObject({ findings: [], unexplored: [] });
  const answers = (of: Plan) => answersOf(of, { gate: 'design-gate', policy: of.phases[0]?.gate?.policy, tasks: ['draw'] } as unknown as ApprovalInput).map(({ command }) => command['outcome']);
  expect(answers(planOf())).toEqual(['approve-with-conditions', 'stop', 'rework']);
  const asking = (is: readonly string[]): Plan => {
    const of = planOf();
    const when: Expression = { kind: 'any', of: is.map((value): Expression => ({ kind: 'compare', by: '=', left: { kind: 'reference', to: ['gate', 'design-gate'] }, right: { kind: 'value', value } })) };
    return { ...of, phases: of.phases.map((each) => (each.key === 'build' ? { ...each, when } : each)) };
  };
  expect(answers(asking(['approve']))).toEqual(['approve', 'approve-with-conditions', 'stop', 'rework']);
  expect(answers(asking(['approve', 'approve-with-conditions']))).toEqual(['approve-with-conditions', 'stop', 'rework']);
  expect(simulate(planOf(), { runs: 5, seed: 1, start: MONDAY }).outcomes).toEqual({ completed: 5 });
});

describe('in a template', () => {
  const named = { nl: 'Voorwaarden vervuld', fr: 'Conditions remplies', en: 'Conditions met' };
  const withCriterion = (place: number, of?: string[]) => {
    const template = small();
    const closing = template.phases[1];
    if (place === 1 && closing) closing.gate = { ...structuredClone(template.phases[0]!.gate!), key: 'closed', criteria: [] };
    delete (closing?.gate as { onStop?: string } | undefined)?.onStop;
    template.phases[place]!.gate!.criteria.push({ key: 'met', name: named, mandatory: true, kind: 'conditions', ...(of && { of }) });
    for (const step of closing?.gate?.approval.steps ?? []) delete (step as { when?: unknown }).when;
    return compile(template, {}, calendar);
  };

  test('it names gates of phases before, all of them when it names none', () => {
    const compiled = withCriterion(1);
    expect(compiled).toMatchObject({ ok: true });
    expect(compiled.ok && compiled.plan.phases[1]?.gate?.criteria).toEqual([{ key: 'met', kind: 'conditions', phases: ['build'], mandatory: true }]);
    expect(withCriterion(1, ['ready'])).toMatchObject({ ok: true });
    expect(withCriterion(1, ['closed'])).toMatchObject({ ok: false, problems: [{ pointer: '/phases/1/gate/criteria/0/of/0', code: 'unknown-gate' }] });
    expect(withCriterion(0)).toMatchObject({ ok: false, problems: [{ pointer: '/phases/0/gate/criteria/3/kind', code: 'no-gate-before' }] });
  });
});
