import { newTemplate } from '../../cli/template/new-template';
import { MEANING_PROBLEMS, SHAPE_PROBLEMS } from '../../domain/template/problem';
import { jsonSchema } from '../../domain/template/schema';
import titles from '../../web/texts/en/template-problems';
import { completeAt, knownIn, tellAt } from '../../web/rooms/templates/complete';
import type { JsonSchema } from '../../web/rooms/templates/schema-place';
import { isHigher, levelOf, raise, withVersion } from '../../web/rooms/templates/version-hint';

const schema = jsonSchema() as JsonSchema;
const known = knownIn({
  roles: [{ key: 'engineer' }, { key: 'sponsor' }], inventory: [{ kind: 'server' }],
  phases: [{ key: 'build', tasks: [{ key: 'rack' }], deliverables: [{ key: 'dossier' }] }],
});
const labels = (text: string): string[] => completeAt(schema, known, text)?.options.map(({ label }) => label) ?? [];
const PHASE = 'phases:\n  - key: build\n    tasks:\n      - key: cable\n';

test('names of the template are offered where they are meant, properties and values where they may stand', () => {
  expect(labels(`${PHASE}        rasci: { r: `)).toEqual(['engineer', 'sponsor']);
  expect(labels(`${PHASE}        after: [`)).toEqual(['rack', 'build']);
  expect(labels(`${PHASE}        after:\n          - ra`)).toContain('rack');
  expect(labels(`${PHASE}        forEach: { kind: `)).toContain('server');
  expect(labels('roles:\n  - ')).not.toContain('engineer');
  expect(completeAt(schema, known, 'man')?.options.find(({ label }) => label === 'managerRole')).toMatchObject({ apply: 'managerRole: ', boost: 1 });
  expect(completeAt(schema, known, '{ "man')?.options.find(({ label }) => label === 'managerRole')).toMatchObject({ apply: 'managerRole' });
});

test('a property under the pointer is explained', () => {
  expect(tellAt(schema, PHASE, '        dueDays: 5', 10)).toMatchObject({ from: 8, text: 'Working days after the task became ready.' });
  expect(tellAt(schema, PHASE, '        estimate: [1, 2, 3]', 25)).toBeUndefined();
});

test('a version is raised as far as what is different asks for', () => {
  const changed = { kind: 'changed' as const, textOnly: false };
  expect(levelOf([])).toBeNull();
  expect(levelOf([{ ...changed, textOnly: true }])).toBe('patch');
  expect(levelOf([changed, { ...changed, textOnly: true }])).toBe('minor');
  expect(levelOf([changed, { kind: 'removed', textOnly: false }])).toBe('major');
  expect([raise('1.2.3', 'patch'), raise('1.2.3', 'minor'), raise('1.2.3-rc.1', 'major')]).toEqual(['1.2.4', '1.3.0', '2.0.0']);
  expect([isHigher('1.10.0', '1.9.9'), isHigher('1.2.0', '1.2.0'), isHigher('1.2.0', '1.2.0-rc.1'), isHigher('1.2.0-rc.1', '1.2.0')]).toEqual([true, false, true, false]);
  expect(withVersion('key: a\nversion: 1.0.0 # raise it\nname: x\n', '1.1.0')).toBe('key: a\nversion: 1.1.0 # raise it\nname: x\n');
  expect(withVersion('{\n  "version": "1.0.0",\n  "x": 1\n}', '2.0.0')).toBe('{\n  "version": "2.0.0",\n  "x": 1\n}');
});

test('in the starting point itself', () => {
  const text = `${newTemplate('x.yaml')}      - key: after-it\n        four`;
  expect(completeAt(schema, known, text)).toMatchObject({ word: 'four' });
  expect(labels(text)).toContain('fourEyes');
});

test('each problem that a template can have is told in words', () => {
  expect(Object.keys(titles).sort()).toEqual([...SHAPE_PROBLEMS, ...MEANING_PROBLEMS].sort());
});
