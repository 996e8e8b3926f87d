/** What a project makes of absences: who may decide in whose name, from the approval's opening on or while it is open. */
import type { Absence } from '../../domain/directory/types';
import type { Plan, PlanPolicy, PlanStep } from '../../domain/plan';
import type { Authority } from '../../domain/process';
import { ROLES, gate, phase, plan, task } from '../support/plans';
import { MONDAY } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const DAY = 86_400_000;
const text = { text: 't' };
const until = MONDAY + 5 * DAY;
const by = (delegate: string, more: Partial<Absence> = {}): readonly Absence[] => [{ delegation: `d-${delegate}`, delegate, until, ...more }];
const standIn = (caster: string, absent: string): Authority => ({ kind: 'person', person: caster, onBehalfOf: absent, roles: ['board'] });

const planWith = (policy: Partial<PlanPolicy> = {}, step: Partial<PlanStep> = {}): Plan => plan([phase('design', [task('draw')], {
  gate: gate('g', { policy: { steps: [{ key: 'board', roles: ['board'], quorum: 'all', ...step }], reasonRequired: [], ...policy } }),
}), phase('close', [task('archive')], { after: ['design'] })]);

/** A project whose gate waits for sam and sol. */
function atGate(of: Plan, before?: (world: World) => void): World {
  const world = new World(of);
  world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
  before?.(world);
  world.settle();
  world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
  world.settle();
  return world;
}

function tell(world: World, absences: Readonly<Record<string, readonly Absence[]>>): void {
  world.hearFromDirectory({ absences });
  world.settle();
}

const deputies = (world: World) => world.openApproval()?.deputies;
const decide = (world: World, authority: Authority): string | undefined => {
  const approval = world.openApproval();
  return world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, authority)?.code;
};

test('an open approval moves when an absence begins, and comes back when it ends', () => {
  const world = atGate(planWith());
  expect(deputies(world)).toBeUndefined();
  tell(world, { sol: by('olga') });
  expect(deputies(world)).toEqual({ sol: { person: 'olga', until } });
  tell(world, { sol: [] });
  expect(deputies(world)).toBeUndefined();
});

test('what is told twice is recorded once', () => {
  const world = atGate(planWith());
  tell(world, { sol: by('olga') });
  const length = world.actors.get(world.root)?.log.length;
  tell(world, { sol: by('olga') });
  expect(world.actors.get(world.root)?.log).toHaveLength(length ?? 0);
});

test('an approval that opens during an absence opens with who stands in, also in a project that starts then', () => {
  const world = atGate(planWith(), (each) => each.hearFromDirectory({ absences: { sol: by('olga') } }));
  expect(deputies(world)).toEqual({ sol: { person: 'olga', until } });
  expect(decide(world, standIn('olga', 'sol'))).toBeUndefined();
  expect(decide(world, PEOPLE.sam)).toBeUndefined();
  world.settle();
  expect(world.stage('design').gate.status).toBe('approved');
});

test.each<[string, Plan]>([
  ['the policy', planWith({ inPerson: true })], ['the step', planWith({}, { inPerson: true })],
  ['the role', { ...planWith(), roles: planWith().roles.map((role) => (role.key === 'security' ? { ...role, inPerson: true as const } : role)) }],
])('what %s asks for in person, nobody gives for another', (_, of) => {
  const world = atGate(of);
  tell(world, { sol: by('olga') });
  expect(deputies(world)).toBeUndefined();
  expect(decide(world, standIn('olga', 'sol'))).toBe('not-delegate');
});

test('who may not decide stands in for nobody', () => {
  const world = atGate(planWith({ separationOfDuties: true }));
  tell(world, { sol: by('eva') });
  expect(deputies(world)).toBeUndefined();
  expect(decide(world, standIn('eva', 'sol'))).toBe('separation-of-duties');
});

test('who decides themselves stands in for nobody beside that', () => {
  const world = atGate(planWith());
  tell(world, { sol: by('sam') });
  expect(deputies(world)).toBeUndefined();
  expect(decide(world, standIn('sam', 'sol'))).toBe('not-delegate');
});

test('what was delegated for a role is decided for that role alone', () => {
  const world = atGate(planWith());
  tell(world, { sol: by('olga', { role: 'manager' }) });
  expect(deputies(world)).toBeUndefined();
  tell(world, { sol: by('olga', { role: 'security' }), sam: [{ delegation: 'narrow', delegate: 'zoe', until, role: 'manager' }, ...by('mia')] });
  expect(deputies(world)).toEqual({ sol: { person: 'olga', until }, sam: { person: 'mia', until } });
});

test('what is told during a change of the whole project holds once that is settled, also on hold', () => {
  const world = atGate(planWith());
  world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia);
  world.hearFromDirectory({ absences: { sol: by('olga') } });
  world.hearFromDirectory({ left: { eva: 'edo' } });
  expect(world.projectState()).toMatchObject({ roles: ROLES, news: { left: { eva: 'edo' } } });
  world.settle();
  expect(world.projectState()).toMatchObject({ status: 'held', roles: { engineer: ['edo'] } });
  expect(world.projectState().news).toBeUndefined();
  expect(deputies(world)).toEqual({ sol: { person: 'olga', until } });
  expect(decide(world, standIn('olga', 'sol'))).toBe('project-held');
  world.command(world.root, { type: 'resume' }, PEOPLE.mia);
  world.settle();
  expect(decide(world, standIn('olga', 'sol'))).toBeUndefined();
});

test('who left is replaced in roles, in tasks they had taken on, and where they vote; a vote of theirs falls', () => {
  const world = atGate(planWith());
  expect(decide(world, PEOPLE.sol)).toBeUndefined();
  world.hearFromDirectory({ left: { sol: 'zoe' } });
  world.settle();
  expect(world.projectState().roles['security']).toEqual(['zoe']);
  expect(world.openApproval()).toMatchObject({ electorate: { board: ['sam', 'zoe'] }, votes: [] });

  const other = new World(planWith());
  other.command(other.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
  other.settle();
  other.command(other.stage('design').input.id, { type: 'claim', task: 'draw' }, PEOPLE.eva);
  other.hearFromDirectory({ left: { eva: 'zoe' } });
  other.settle();
  expect(other.stage('design').tasks['draw']).toMatchObject({ status: 'claimed', assignee: 'zoe' });
  const length = other.actors.get(other.root)?.log.length;
  other.hearFromDirectory({ left: { eva: 'zoe' } });
  expect(other.actors.get(other.root)?.log).toHaveLength(length ?? 0);
});

describe('who else does not decide', () => {
  const under = (manager: string): Authority => ({ ...PEOPLE.eva as Extract<Authority, { kind: 'person' }>, manager });
  const electors = (world: World) => world.openApproval()?.electorate['board'];

  test('who asked for the project', () => {
    const world = new World(planWith({ notBy: ['requester'] }));
    world.command(world.root, { type: 'start', name: text, roles: { ...ROLES, sponsor: ['olga', 'sam'] } }, PEOPLE.olga);
    world.settle();
    world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
    world.settle();
    expect(electors(world)).toEqual(['sam', 'sol']);
  });

  test('the line manager of who delivered, as it was then, and not through a delegate', () => {
    const of = planWith({ notBy: ['line-manager'] });
    const world = new World(of);
    world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
    world.settle();
    world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, under('sam'));
    world.settle();
    expect(electors(world)).toEqual(['sol']);
    tell(world, { sol: by('sam') });
    expect(decide(world, standIn('sam', 'sol'))).toBe('separation-of-duties');
    const other = new World(planWith());
    other.command(other.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga);
    other.settle();
    other.command(other.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, under('sam'));
    other.settle();
    expect(other.actors.get(other.stage('design').input.id)?.log.some(({ event }) => 'manager' in event)).toBe(false);
    expect(electors(other)).toEqual(['sam', 'sol']);
  });
});

test('a group is held by whom the directory says, and by nobody else', () => {
  const of = planWith({}, { roles: ['group:experts'], quorum: 1 });
  const world = new World({ ...of, roles: [...of.roles, { key: 'group:experts', members: [], group: 'experts' }] });
  world.command(world.root, { type: 'start', name: text, roles: { ...ROLES, 'group:experts': ['sam'] } }, PEOPLE.olga);
  world.settle();
  expect(world.command(world.root, { type: 'assign-roles', roles: { 'group:experts': ['eva'] } }, PEOPLE.mia)?.code).toBe('unknown-role');
  world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
  world.settle();
  world.hearFromDirectory({ groups: { experts: ['zoe'], other: ['sam'] } });
  world.settle();
  expect(world.openApproval()?.electorate).toEqual({ board: ['zoe'] });
  expect(world.projectState().roles['group:other']).toBeUndefined();
});

test('who decides on a change of the plan is stood in for as well', () => {
  const policy: PlanPolicy = { steps: [{ key: 'sponsor', roles: ['sponsor'], quorum: 'any' }], reasonRequired: [], outcomes: ['approve', 'rework', 'stop'] };
  const world = atGate({ ...planWith(), changeControl: { levels: [{ key: 'all', policy }] } });
  const operations = [{ op: 'add-task', phase: 'close', task: { key: 'tell', title: text, responsible: 'engineer' } }];
  expect(world.command(world.root, { type: 'request-change', change: { id: 'c-1', title: text, reason: text, impact: {}, operations } }, PEOPLE.eva)).toBeNull();
  world.settle();
  tell(world, { sam: by('zoe') });
  const change = world.approvals().find(({ input }) => input.change === 'c-1');
  expect(change?.deputies).toEqual({ sam: { person: 'zoe', until } });
  expect(world.command(change?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: change?.input.digest }, standIn('zoe', 'sam'))).toBeNull();
  world.settle();
  expect(world.projectState().changes?.[0]?.status).toBe('applied');
});
