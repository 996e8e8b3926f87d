import { emptyDraft, isComplete, operationsOf, type Draft } from '../../web/rooms/project/change-operations';

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft(0, 'build'), ...more });

test('each operation as the API takes it', () => {
  expect(operationsOf([
    draft({ op: 'redate', task: 'rack', date: '2027-06-01' }), draft({ op: 'estimate', task: 'rack', estimate: [1, 2, 5] }), draft({ op: 'remove', task: 'cable' }),
    draft({ op: 'add', title: ' Règles du pare-feu ', role: 'engineer', days: 4 }),
  ], new Map([['build', ['rack', 'cable']]]))).toEqual([
    { op: 'set-task', phase: 'build', task: 'rack', set: { dueDate: '2027-06-01' } }, { op: 'set-task', phase: 'build', task: 'rack', set: { estimate: [1, 2, 5] } },
    { op: 'remove-task', phase: 'build', task: 'cable' },
    { op: 'add-task', phase: 'build', task: { key: 'regles-du-pare-feu', title: 'Règles du pare-feu', responsible: 'engineer', dueDays: 4 } },
  ]);
});

test('new tasks get keys that no other task has, whatever they are called', () => {
  const added = operationsOf(['Rack', 'rack!', '機架', '42 racks'].map((title) => draft({ op: 'add', title, role: 'engineer' })), new Map([['build', ['rack']]]));
  expect(added.map((each) => (each.op === 'add-task' ? each.task.key : ''))).toEqual(['rack-2', 'rack-3', 'task', 'racks']);
});

test('what is not filled in is not complete', () => {
  expect([draft({ op: 'redate', task: 'rack' }), draft({ op: 'estimate', task: 'rack', estimate: [1, 2, ''] }), draft({ op: 'remove' }), draft({ op: 'add', title: ' ', role: 'engineer' }), draft({ op: 'add', title: 'A' })].some(isComplete)).toBe(false);
  expect(isComplete(draft({ op: 'estimate', task: 'rack', estimate: [0, 2, 3] }))).toBe(true);
});
