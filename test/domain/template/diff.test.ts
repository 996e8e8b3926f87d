import { diffTemplates } from '../../../domain/template/diff';
import type { Template } from '../../../domain/template/schema';
import { small } from './fixtures';

const after = (change: (template: Template) => void) => {
  const template = small();
  change(template);
  return diffTemplates(small(), template);
};
const first = (template: Template) => template.phases[0]!;

test('the same template in another version has no difference', () => {
  expect(after((t) => { t.version = '2.0.0'; })).toEqual([]);
});

test('what was added, removed and changed', () => {
  expect(after((t) => {
    first(t).tasks.push({ ...first(t).tasks[1]!, key: 'label', dueDays: 3 });
    t.phases[1]!.tasks = t.phases[1]!.tasks.map((task) => ({ ...task, dueDays: 9 }));
    t.phases.pop();
    t.roles[1]!.name = { nl: 'Baas', fr: 'Patron', en: 'Boss' };
    first(t).gate!.onStop = undefined;
  })).toEqual([
    { kind: 'changed', part: 'role', key: 'owner', properties: ['name'], textOnly: true, values: [{ path: ['name'], before: { nl: 'Eigenaar', fr: 'Propriétaire', en: 'Owner' }, after: { nl: 'Baas', fr: 'Patron', en: 'Boss' } }] },
    { kind: 'removed', part: 'phase', key: 'watch' },
    { kind: 'added', part: 'task', key: 'build/label' },
    { kind: 'changed', part: 'task', key: 'close/archive', properties: ['dueDays'], values: [{ path: ['dueDays'], after: 9 }] },
    { kind: 'removed', part: 'task', key: 'watch/report' },
    { kind: 'changed', part: 'gate', key: 'ready', properties: ['onStop'], values: [{ path: ['onStop'], before: 'close' }] },
  ]);
});

test('a task that went to another phase was moved, one with another key renamed', () => {
  expect(after((t) => {
    const [check] = first(t).tasks.splice(1, 1);
    t.phases[1]!.tasks.push({ ...check!, after: [] });
    t.phases[1]!.tasks[0]!.key = 'file';
    t.phases[1]!.tasks[0]!.name = { nl: 'Opbergen', fr: 'Classer', en: 'File' };
  })).toEqual([
    { kind: 'renamed', part: 'task', key: 'close/file', from: 'archive' },
    { kind: 'moved', part: 'task', key: 'close/check', from: 'build' },
    { kind: 'changed', part: 'task', key: 'close/check', properties: ['after'], values: [{ path: ['after'], before: ['draw', { phase: 'watch', reaches: 'open' }], after: [] }] },
  ]);
});

test('what is different deep inside is told where it stands: by key in lists, a text as one', () => {
  const [change] = after((t) => {
    const gate = first(t).gate!;
    gate.approval.steps[0]!.quorum = 'all';
    gate.criteria.push({ key: 'calm', kind: 'judged', mandatory: true, name: { nl: 'Rustig', fr: 'Calme', en: 'Calm' } });
  });
  const step = small().phases[0]!.gate!.approval.steps[0]!;
  expect(change?.values).toEqual(expect.arrayContaining([
    { path: ['approval', 'steps', step.key, 'quorum'], before: step.quorum, after: 'all' },
    { path: ['criteria', 'calm'], after: expect.objectContaining({ kind: 'judged' }) },
  ]));
  expect(change?.values).toHaveLength(2);
});

test('the same things in another order are told as such', () => {
  const [change] = after((t) => { first(t).gate!.criteria.reverse(); });
  const keys = small().phases[0]!.gate!.criteria.map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(1);
  expect(change?.values).toEqual([{ path: ['criteria'], before: keys, after: [...keys].reverse() }]);
});
