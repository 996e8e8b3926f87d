import { jsonSchema } from '../../domain/template/schema';
import { descriptionAt, type JsonSchema, placeAt, propertiesAt, valuesAt } from '../../web/rooms/templates/schema-place';

const schema = jsonSchema() as JsonSchema;
/** The place at `|`. */
const at = (text: string) => placeAt(text.slice(0, text.indexOf('|')));
const names = (text: string): string[] => propertiesAt(schema, at(text)?.path ?? ['nowhere']).map(({ name }) => name);

const TEXT = `schema: 1
key: racks # which
roles:
  - key: engineer
    name: { nl: Technicus, fr: Technicien, en: Engineer }
phases:
- key: build
  tasks:
    - key: rack
      rasci: { r: engineer, a: engineer }
`;

test('a cursor in block style knows what encloses it, lists that stand as far in as their property too', () => {
  expect(at('ver|')).toEqual({ path: [], writes: 'key', word: 'ver' });
  expect(at(`${TEXT}      fo|`)).toEqual({ path: ['phases', '*', 'tasks', '*'], writes: 'key', word: 'fo' });
  expect(at(`${TEXT}    - k|`)).toEqual({ path: ['phases', '*', 'tasks', '*'], writes: 'key', word: 'k' });
  expect(at(`${TEXT}  kind: st|`)).toEqual({ path: ['phases', '*', 'kind'], writes: 'value', word: 'st' });
  expect(at(`${TEXT}- |`)).toEqual({ path: ['phases', '*'], writes: 'key', word: '' });
  expect(at(`${TEXT}managerRole: |`)).toEqual({ path: ['managerRole'], writes: 'value', word: '' });
  expect(at('key: a # about |')).toBeUndefined();
});

test('so does one in brackets, and in JSON', () => {
  expect(at(`${TEXT}      evidence: [{ key: a, ty|`)).toEqual({ path: ['phases', '*', 'tasks', '*', 'evidence', '*'], writes: 'key', word: 'ty' });
  expect(at(`${TEXT}      rasci: { r: eng|`)).toEqual({ path: ['phases', '*', 'tasks', '*', 'rasci', 'r'], writes: 'value', word: 'eng' });
  expect(at(`${TEXT}    - { key: x, |`)).toEqual({ path: ['phases', '*', 'tasks', '*'], writes: 'key', word: '' });
  expect(at('{ "phases": [ { "key": "a: {", "ki|')).toEqual({ path: ['phases', '*'], writes: 'key', word: 'ki' });
  expect(at('{ "phases": [ { "key": "a" } ], "currency": "E|')).toEqual({ path: ['currency'], writes: 'value', word: 'E' });
});

test('the schema tells what may stand there', () => {
  expect(names(`${TEXT}      fo|`)).toEqual(expect.arrayContaining(['rasci', 'forEach', 'fourEyes', 'estimate']));
  expect(propertiesAt(schema, []).filter(({ required }) => required).map(({ name }) => name)).toEqual(expect.arrayContaining(['key', 'version', 'roles', 'phases']));
  expect(valuesAt(schema, at(`${TEXT}  kind: |`)?.path ?? [])).toEqual(['stage', 'iterations', 'rollout', 'handover']);
  expect(valuesAt(schema, ['phases', '*', 'tasks', '*', 'fourEyes'])).toEqual(['true', 'false']);
  // Of a union, what any of its branches has.
  expect(names(`${TEXT}      evidence: [{ |`)).toEqual(expect.arrayContaining(['choices', 'min', 'mustBeChecked', 'columns']));
  expect(descriptionAt(schema, ['phases', '*', 'tasks', '*', 'dueDays'])).toBe('Working days after the task became ready.');
});
