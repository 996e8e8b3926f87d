import type { Schema } from '../../client';
import { begun, emptyDraft, fitting, isComplete, newPhase, operationsOf, placesFor, type Draft } from '../../web/rooms/project/change-operations';

type Plan = Schema<'Plan'>;
type Phase = Plan['phases'][number];

const phase = (key: string, tasks: readonly string[], gate: Phase['gate'] = null): Phase => ({
  phase: key, name: key.toUpperCase(), kind: 'stage', after: [], conditional: false, budget: null, hasBacklog: false, scopeControl: false, hasHandover: false, gate,
  tasks: tasks.map((task) => ({ task, name: task, responsible: { key: 'engineer', name: 'E' }, accountable: { key: 'manager', name: 'M' }, after: [], due: null, estimate: null, budget: null, fourEyes: false, items: null })),
});
const GATE: NonNullable<Phase['gate']> = {
  gate: 'ready', name: 'Ready', criteria: [{ key: 'all-done', name: 'All is done', judged: false }, { key: 'safe', name: 'It is safe', judged: true }],
  steps: [{ key: 'board', name: 'Board', roles: [{ key: 'sponsor', name: 'Sponsor' }], quorum: { percent: 60 } }],
};
const PLAN = { phases: [phase('build', ['rack', 'cable']), phase('test', ['power'], GATE)] } as unknown as Plan;

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft(0, 'build'), ...more });

test('each operation on tasks as the API takes it', () => {
  expect(operationsOf([
    draft({ op: 'redate', task: 'rack', date: '2027-06-01' }), draft({ op: 'estimate', task: 'rack', estimate: [1, 2, 5] }), draft({ op: 'remove', task: 'cable' }),
    draft({ op: 'add', title: ' Règles du pare-feu ', role: 'engineer', days: 4 }),
  ], PLAN)).toEqual([
    { op: 'set-task', phase: 'build', task: 'rack', set: { dueDate: '2027-06-01' } }, { op: 'set-task', phase: 'build', task: 'rack', set: { estimate: [1, 2, 5] } },
    { op: 'remove-task', phase: 'build', task: 'cable' },
    { op: 'add-task', phase: 'build', task: { key: 'regles-du-pare-feu', title: 'Règles du pare-feu', responsible: 'engineer', dueDays: 4 } },
  ]);
});

test('a new phase can be gone on with by the operations after it', () => {
  const drafts = [
    draft({ id: 1, op: 'add-phase', title: 'Build', first: 'Pull fibre', role: 'engineer', after: ['build'], before: ['test'], budget: 900 }),
    draft({ id: 2, op: 'add', phase: newPhase(1), title: 'Pull fibre', role: 'engineer' }),
    draft({ id: 3, op: 'set-gate', phase: newPhase(1), title: 'Ready', criteria: ' Lit \n\nLit\nLabelled', steps: [{ roles: ['sponsor', 'manager'], quorum: 'all' }] }),
    draft({ id: 4, op: 'move-phase', phase: 'test', after: [newPhase(1)] }),
  ];
  expect(drafts.every(isComplete)).toBe(true);
  expect(operationsOf(drafts, PLAN)).toEqual([
    { op: 'add-phase', phase: { key: 'build-2', title: 'Build', after: ['build'], before: ['test'], budget: 900, tasks: [{ key: 'pull-fibre', title: 'Pull fibre', responsible: 'engineer' }] } },
    { op: 'add-task', phase: 'build-2', task: { key: 'pull-fibre-2', title: 'Pull fibre', responsible: 'engineer' } },
    { op: 'set-gate', phase: 'build-2', gate: { key: 'ready-2', title: 'Ready', criteria: [{ key: 'lit', title: 'Lit' }, { key: 'labelled', title: 'Labelled' }], steps: [{ key: 'sponsor-manager', roles: ['sponsor', 'manager'], quorum: 'all' }] } },
    { op: 'set-phase', phase: 'test', set: { after: ['build-2'] } },
  ]);
  expect(placesFor(drafts[0] as Draft, drafts, PLAN).map(({ name }) => name)).toEqual(['BUILD', 'TEST']);
  expect(placesFor(drafts[1] as Draft, drafts, PLAN).map(({ name }) => name)).toEqual(['BUILD', 'TEST', 'Build']);
});

test('a gate that there is keeps its key, its steps and what the engine evaluates', () => {
  const place = placesFor(draft({}), [draft({})], PLAN)[1];
  const form = draft({ op: 'set-gate', phase: 'test', ...begun('set-gate', place) });
  expect(form.criteria).toBe('It is safe');
  expect(operationsOf([{ ...form, criteria: `${form.criteria}\nAll done`, steps: [...form.steps, { roles: ['board'], quorum: 'any' }] }], PLAN)).toEqual([{ op: 'set-gate', phase: 'test', gate: {
    key: 'ready', title: 'Ready', criteria: [{ key: 'safe', title: 'It is safe' }, { key: 'all-done-2', title: 'All done' }],
    steps: [{ key: 'board', roles: ['sponsor'], quorum: { percent: 60 } }, { key: 'board-2', roles: ['board'], quorum: 'any' }],
  } }]);
});

test('phases and gates go, are done again, and get another budget or none', () => {
  expect(operationsOf([draft({ op: 'remove-phase' }), draft({ op: 'redo-phase' }), draft({ op: 'remove-gate', phase: 'test' }), draft({ op: 'budget-phase', budget: 5 }), draft({ op: 'budget-phase' })], PLAN)).toEqual([
    { op: 'remove-phase', phase: 'build' }, { op: 'redo-phase', phase: 'build' }, { op: 'remove-gate', phase: 'test' },
    { op: 'set-phase', phase: 'build', set: { budget: 5 } }, { op: 'set-phase', phase: 'build', set: { budget: null } },
  ]);
});

test('an operation is offered for the phases that it fits', () => {
  const places = placesFor(draft({}), [draft({})], PLAN);
  const names = (op: Draft['op']): string[] => fitting(op, places, new Map([['build', 'passed'], ['test', 'open']])).map((each) => each.phase);
  expect([names('redo-phase'), names('remove-gate'), names('set-gate')]).toEqual([['build'], ['test'], ['build', 'test']]);
});

test('new tasks get keys that no other task has, whatever they are called', () => {
  const added = operationsOf(['Rack', 'rack!', '機架', '42 racks'].map((title) => draft({ op: 'add', title, role: 'engineer' })), PLAN);
  expect(added.map((each) => (each.op === 'add-task' ? each.task.key : ''))).toEqual(['rack-2', 'rack-3', 'task', 'racks']);
});

test('what is not filled in is not complete', () => {
  expect([
    draft({ op: 'redate', task: 'rack' }), draft({ op: 'estimate', task: 'rack', estimate: [1, 2, undefined] }), draft({ op: 'estimate', task: 'rack', estimate: [1, 2, Number.NaN] }), draft({ op: 'budget-phase', budget: Number.NaN }), draft({ op: 'remove' }), draft({ op: 'add', title: ' ', role: 'engineer' }), draft({ op: 'add', title: 'A' }),
    draft({ op: 'add-phase', title: 'A', role: 'engineer' }), draft({ op: 'set-gate', title: 'A' }), draft({ op: 'remove-phase', phase: '' }),
  ].some(isComplete)).toBe(false);
  expect(isComplete(draft({ op: 'estimate', task: 'rack', estimate: [0, 2, 3] }))).toBe(true);
});

test('what was promised of a backlog: what is filled in is asked for', () => {
  expect(isComplete(draft({ op: 'scope' }))).toBe(false);
  expect(isComplete(draft({ op: 'scope', items: 'none' }))).toBe(false);
  const filled = draft({ op: 'scope', amount: 20, goal: ' Also on a phone. ', items: '#3, 7' });
  expect(isComplete(filled)).toBe(true);
  expect(operationsOf([filled, draft({ op: 'scope', items: '#12' })], PLAN)).toEqual([
    { op: 'set-scope', phase: filled.phase, set: { add: 20, goal: 'Also on a phone.', release: ['3', '7'] } }, { op: 'set-scope', phase: filled.phase, set: { release: ['12'] } },
  ]);
});
