/** A project in a program: who manages the program has a part in it, and absences for the program count as long as it belongs to it. */
import { project } from '../../domain/project';
import type { Plan, PlanPolicy } from '../../domain/plan';
import type { Authority } from '../../domain/process';
import type { RoleRow } from '../../domain/rows';
import { ROLES, gate, phase, plan, task } from '../support/plans';
import { MONDAY, person } from '../support/scenario';
import { PEOPLE, World } from '../support/world';

const DAY = 86_400_000;
const text = { text: 't' };
const pia = person('pia', 'program-manager');
const MOVE = { key: 'move', managers: ['pam'] };
const policy: PlanPolicy = { steps: [{ key: 'board', roles: ['board'], quorum: 'all' }], reasonRequired: [], ladder: [{ hours: 1, do: 'raise', to: 'program-manager' }] };
const PLAN: Plan = plan([phase('design', [task('draw')], { gate: gate('g', { policy }) }), phase('close', [task('archive')], { after: ['design'] })]);

function started(program?: typeof MOVE, of = PLAN): World {
  const world = new World(of);
  world.command(world.root, { type: 'start', name: text, roles: ROLES, ...(program && { program }) }, PEOPLE.olga);
  world.settle();
  return world;
}
const set = (world: World, program: typeof MOVE | null, by: Authority = PEOPLE.olga): string | undefined => {
  const refused = world.command(world.root, { type: 'set-program', program }, by)?.code;
  world.settle();
  return refused;
};
const managers = (world: World): readonly string[] | undefined => world.projectState().roles['program-manager'];
const log = (world: World): string[] => (world.actors.get(world.root)?.log ?? []).map(({ event }) => event.type);
const rowOf = (world: World): RoleRow | undefined =>
  project.rows(world.projectState()).find(({ id }) => id === 'project/P/role/program-manager')?.data as RoleRow | undefined;

test('it starts in one, or joins one later; by the project office or a program manager', () => {
  const world = started(MOVE);
  expect([world.projectState().program, managers(world), rowOf(world)?.persons]).toEqual(['move', ['pam'], ['pam']]);
  const other = started();
  expect([other.projectState().program, managers(other), rowOf(other)]).toEqual([undefined, undefined, undefined]);
  expect(set(other, MOVE, PEOPLE.mia)).toBe('not-permitted');
  expect(set(other, MOVE, pia)).toBeUndefined();
  expect([other.projectState().program, managers(other)]).toEqual(['move', ['pam']]);
});

test('set again it changes nothing; another program brings its managers, none takes them away', () => {
  const world = started(MOVE);
  const before = log(world).length;
  set(world, MOVE);
  expect(log(world)).toHaveLength(before);
  set(world, { key: 'other', managers: ['paz'] });
  expect(managers(world)).toEqual(['paz']);
  set(world, null);
  expect([world.projectState().program, managers(world), rowOf(world)?.persons]).toEqual([undefined, [], []]);
});

test('the directory tells who manages it; what it tells of other programs is not for this project', () => {
  const world = started(MOVE);
  world.hearFromDirectory({ programs: { other: ['paz'], move: ['pam', 'paz'] } });
  world.settle();
  expect(managers(world)).toEqual(['pam', 'paz']);
  world.hearFromDirectory({ programs: { move: ['pam', 'paz'] } });
  world.hearFromDirectory({ programs: { other: [] } });
  expect(log(world).filter((type) => type === 'roles-assigned')).toHaveLength(3);
});

test('told while a change of the whole project is being settled, it waits for that', () => {
  const world = started(MOVE);
  world.command(world.root, { type: 'hold', reason: text }, PEOPLE.mia);
  world.hearFromDirectory({ programs: { move: ['paz'] } });
  expect(managers(world)).toEqual(['pam']);
  world.settle();
  expect(managers(world)).toEqual(['paz']);
});

describe('what is raised to the program manager', () => {
  const raised = (program?: typeof MOVE): World => {
    const world = started(program);
    world.command(world.stage('design').input.id, { type: 'complete', task: 'draw', evidence: {} }, PEOPLE.eva);
    world.settle();
    world.ring();
    world.settle();
    return world;
  };
  const decide = (world: World, authority: Authority): string | undefined => {
    const approval = world.openApproval();
    return world.command(approval?.input.id ?? '', { type: 'decide', outcome: 'approve', digest: approval?.input.digest }, authority)?.code;
  };

  test('waits for whoever manages the program, and for the delegate of who is absent', () => {
    const world = raised(MOVE);
    const row = world.actors.get(world.openApproval()?.input.id ?? '')?.runner.rows().rows[0]?.data as { waitingFor: string[] };
    expect(row.waitingFor).toEqual(['sam', 'sol', 'pam']);
    world.hearFromDirectory({ absences: { pam: [{ delegation: 'd', delegate: 'zoe', until: world.now + DAY, program: 'move' }] } });
    world.settle();
    expect(decide(world, { kind: 'person', person: 'zoe', onBehalfOf: 'pam', roles: ['program-manager'] })).toBeUndefined();
    world.settle();
    expect(world.stage('design').status).not.toBe('open');
    expect(world.approvals()[0]?.votes).toMatchObject([{ person: 'pam', castBy: 'zoe', raisedTo: 'program-manager' }]);
  });

  test('can be decided by any program manager where it belongs to no program', () => {
    const world = raised();
    expect(decide(world, person('pam'))).toBe('not-in-electorate');
    expect(decide(world, pia)).toBeUndefined();
  });
});

describe('an absence for a program', () => {
  const away = { sam: [{ delegation: 'd', delegate: 'zoe', until: MONDAY + 5 * DAY, program: 'move' }, { delegation: 'e', delegate: 'zed', until: MONDAY + 5 * DAY }] };
  const absent = (world: World): string[] => (world.projectState().absences?.['sam'] ?? []).map(({ delegate }) => delegate);

  test('counts in its projects alone', () => {
    const [inside, outside] = [started(MOVE), started()];
    for (const world of [inside, outside]) world.hearFromDirectory({ absences: away });
    expect([absent(inside), absent(outside)]).toEqual([['zoe', 'zed'], ['zed']]);
  });

  test('ends for a project that leaves it, and begins for one that joins it once that is told', () => {
    const world = started(MOVE);
    world.hearFromDirectory({ absences: away });
    set(world, null);
    expect(absent(world)).toEqual(['zed']);
    set(world, MOVE);
    world.hearFromDirectory({ absences: away });
    expect(absent(world)).toEqual(['zoe', 'zed']);
  });
});

test('a role of the template by that name is given by the program as long as there is one', () => {
  const own = { ...PLAN, roles: [...PLAN.roles, { key: 'program-manager', members: [] }] };
  const world = started(undefined, own);
  const assign = () => world.command(world.root, { type: 'assign-roles', roles: { 'program-manager': ['leo'] } }, PEOPLE.mia)?.code;
  expect(assign()).toBeUndefined();
  set(world, MOVE);
  expect(managers(world)).toEqual(['pam']);
  expect(assign()).toBe('unknown-role');
});
