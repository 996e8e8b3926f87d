/** Many tasks of a phase completed by one command. */
import { decideMany } from '../../domain/stage/decide-many';
import { ROLES, gate, phase, plan, task } from '../support/plans';
import { PEOPLE, World } from '../support/world';

const text = { text: 't' };
const asking = [{ key: 'pages', required: true, type: 'number', min: 1 }] as const;

function started(): World {
  const world = new World(plan([phase('build', [
    task('rack'), task('cable', { after: [{ task: 'rack' }] }), task('label', { evidence: asking }), task('check', { rasci: { r: 'security', a: 'manager', s: [], c: [], i: [] } }), task('test'),
  ], { gate: gate('g') })]));
  expect(world.command(world.root, { type: 'start', name: text, roles: ROLES }, PEOPLE.olga)).toBeNull();
  world.settle();
  return world;
}

const many = (world: World, tasks: readonly (readonly [string, object?])[], who = PEOPLE.eva) =>
  world.command(world.stage('build').input.id, { type: 'complete-many', tasks: tasks.map(([key, evidence = {}]) => ({ task: key, evidence })) }, who);
const statuses = (world: World) => Object.fromEntries(Object.entries(world.stage('build').tasks).map(([key, { status }]) => [key, status]));
const last = (world: World) => world.actors.get(world.stage('build').input.id)?.log.at(-1);

test('each is judged by itself, in order: one that waits for another before it in the list follows it', () => {
  const world = started();
  expect(many(world, [['rack'], ['cable'], ['label', { pages: 3 }], ['test']])).toBeNull();
  expect(statuses(world)).toEqual({ rack: 'done', cable: 'done', label: 'done', check: 'ready', test: 'done' });
  expect(last(world)?.event).toMatchObject({ type: 'task-completed', task: 'test' });
});

test('what can not be completed is told with its reason, and holds up none of the others', () => {
  const world = started();
  expect(many(world, [['cable'], ['rack'], ['rack'], ['label', { pages: 0 }], ['check'], ['none']])).toBeNull();
  expect(statuses(world)).toMatchObject({ rack: 'done', cable: 'ready', label: 'ready', check: 'ready' });
  expect(last(world)?.event).toMatchObject({ type: 'tasks-refused', tasks: [
    { place: 0, task: 'cable', code: 'task-not-ready', facts: { status: 'waiting', waitingFor: ['rack'] } }, { place: 2, task: 'rack', code: 'task-already-done' },
    { place: 3, task: 'label', code: 'evidence-invalid', fields: [{ pointer: '/evidence/pages', code: 'range' }] },
    { place: 4, task: 'check', code: 'not-permitted', facts: { roles: ['security'] } }, { place: 5, task: 'none', code: 'unknown-task' },
  ] });
});

test('when nothing can be completed nothing is recorded, and each reason is told', () => {
  const world = started();
  const before = last(world);
  expect(many(world, [['cable'], ['label', { pages: 'x' }]])).toMatchObject({
    code: 'nothing-completed', facts: { refused: ['0 cable task-not-ready {"status":"waiting","waitingFor":["rack"]}', '1 label evidence-invalid'] }, fields: [{ pointer: '/tasks/1/evidence/pages' }],
  });
  expect(many(world, [['rack']], PEOPLE.stranger)?.code).toBe('nothing-completed');
  expect(last(world)).toEqual(before);
});

test('the last of them opens the gate', () => {
  const world = started();
  expect(many(world, [['check']], PEOPLE.sol)).toBeNull();
  expect(many(world, [['rack'], ['cable'], ['label', { pages: 3 }], ['test']])).toBeNull();
  world.settle();
  expect(world.openApproval()).toBeDefined();
});

test('runs of older rules tell the reasons without their facts', () => {
  const world = started();
  const command = { type: 'complete-many' as const, tasks: [{ task: 'rack', evidence: {} }, { task: 'label', evidence: {} }, { task: 'check', evidence: {} }] };
  const told = (rules: number) => {
    const decision = decideMany(world.stage('build'), command, { now: 0, authority: PEOPLE.eva, rules });
    return decision.ok ? decision.events.at(-1) : undefined;
  };
  expect(told(14)).toMatchObject({ type: 'tasks-refused', tasks: [{ task: 'label' }, { task: 'check', code: 'not-permitted', facts: { roles: ['security'] } }] });
  expect(told(13)).toEqual({ type: 'tasks-refused', tasks: [expect.objectContaining({ task: 'label' }), { task: 'check', place: 2, code: 'not-permitted' }] });
});
