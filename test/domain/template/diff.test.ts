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
    { kind: 'changed', part: 'role', key: 'owner', properties: ['name'], textOnly: true },
    { kind: 'removed', part: 'phase', key: 'watch' },
    { kind: 'added', part: 'task', key: 'build/label' },
    { kind: 'changed', part: 'task', key: 'close/archive', properties: ['dueDays'] },
    { kind: 'removed', part: 'task', key: 'watch/report' },
    { kind: 'changed', part: 'gate', key: 'ready', properties: ['onStop'] },
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
    { kind: 'changed', part: 'task', key: 'close/check', properties: ['after'] },
  ]);
});
