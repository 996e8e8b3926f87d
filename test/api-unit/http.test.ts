import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../api/http/cursor';
import { chooseLanguage } from '../../api/http/language';
import { pageOf } from '../../api/http/page';
import { judgeJson } from '../../api/http/json';
import { validate } from '../../api/http/validate';
import { earlierRounds, kindOf, projectOf } from '../../api/commands/stream';
import { evidenceInput } from '../../api/tasks/evidence';
import type { Problem } from '../../api/problem';

function problemsOf(schema: z.ZodType, value: unknown) {
  try {
    validate(schema, value);
  } catch (error) {
    return (error as Problem).options.fields;
  }
  return undefined;
}

test('a cursor gives back the place it was made of', () => {
  expect(decodeCursor(encodeCursor([12, 'id/ü']), ['instant', 'string'])).toEqual([12, 'id/ü']);
  expect(decodeCursor(encodeCursor([null, 'x']), ['instant?', 'string'])).toEqual([null, 'x']);
  expect(decodeCursor(undefined, ['string'])).toBeUndefined();
});

test.each([
  'nonsense', '', Buffer.from('{}').toString('base64url'), encodeCursor([1]), encodeCursor(['a', 'b']), encodeCursor([null, 'b']),
  encodeCursor([1e300, 'b']), encodeCursor([-8.64e15, 'b']), encodeCursor([1, '\0']),
])('the cursor %j is refused', (cursor) => {
  expect(() => decodeCursor(cursor, ['instant', 'string'])).toThrow(expect.objectContaining({ code: 'invalid-cursor' }));
});

test('a page has a cursor only when there is more', () => {
  expect(pageOf([1, 2, 3], 2, (n) => [n])).toEqual({ items: [1, 2], nextCursor: encodeCursor([2]) });
  expect(pageOf([1, 2], 2, (n) => [n])).toEqual({ items: [1, 2], nextCursor: null });
});

test.each([
  ['fr', 'nl', 'nl', 'fr'], [undefined, 'nl-BE,fr;q=0.8', 'en', 'nl'], [undefined, 'de, fr;q=0.3, nl;q=0.7', 'en', 'nl'],
  [undefined, 'de', 'fr', 'fr'], [undefined, undefined, undefined, 'en'], ['xx', 'fr;q=0', undefined, 'en'],
] as const)('?lang=%s, Accept-Language %s and a person of %s: %s', (asked, header, own, chosen) => {
  expect(chooseLanguage(asked, header, own)).toBe(chosen);
});

test('every wrong field is named by its pointer', () => {
  const schema = z.strictObject({ name: z.string().min(1).max(3), days: z.int().max(5), list: z.array(z.strictObject({ key: z.enum(['a', 'b']) })) });
  expect(problemsOf(schema, { name: 'long', days: 9, list: [{ key: 'c' }, {}], 'ex/tra': 1 })).toEqual([
    { pointer: '/name', code: 'too-long', expected: '3' },
    { pointer: '/days', code: 'range', expected: '≤ 5' },
    { pointer: '/list/0/key', code: 'choice', expected: 'a, b' },
    { pointer: '/list/1/key', code: 'required' },
    { pointer: '/ex~1tra', code: 'unknown' },
  ]);
  expect(problemsOf(schema, [])).toEqual([{ pointer: '', code: 'type', expected: 'object' }]);
});

test('evidence names what is wrong with a value of several kinds', () => {
  expect(problemsOf(evidenceInput, { a: { name: 'x', sha256: 'nope' }, b: ['no'], c: 'fine', d: 3, e: { name: 'y', url: 'ftp://x' } })).toEqual([
    { pointer: '/a/sha256', code: 'format' },
    expect.objectContaining({ pointer: '/b', code: 'type' }),
    { pointer: '/e/url', code: 'format', expected: 'url' },
  ]);
  expect(problemsOf(evidenceInput, { a: 'half \ud800' })).toHaveLength(1);
  expect(problemsOf(evidenceInput, { a: 'nul \0' })).toHaveLength(1);
  expect(problemsOf(evidenceInput, { 'nul \0': 'x' })).toHaveLength(1);
  expect(problemsOf(evidenceInput, Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`k${index}`, 1])))).toHaveLength(1);
});

test('the id of a stream tells its project, its kind and the rounds before', () => {
  expect(projectOf('project/p1')).toBe('p1');
  expect(projectOf('project/p1/phase/design/2/approval/gate/1')).toBe('p1');
  expect(['directory', 'project/', 'project/p1/x', '/project/p1', 'project/p1/phase/a/b'].map(projectOf)).toEqual(Array(5).fill(undefined));
  expect(['project/p', 'project/p/phase/a/1', 'project/p/phase/a/1/approval/g/2'].map(kindOf)).toEqual(['project', 'stage', 'approval']);
  expect(earlierRounds('project/p/phase/a/3')).toEqual(['project/p/phase/a/2', 'project/p/phase/a/1']);
  expect(earlierRounds('project/p')).toEqual([]);
  // What a client can make up must not become a list as long as it likes.
  expect(earlierRounds('project/p/phase/a/1/approval/g/2000000')).toEqual([]);
  expect(earlierRounds('project/p/phase/a/2000000')).toHaveLength(100);
  expect(earlierRounds(`project/p/phase/a/${'9'.repeat(400)}`)).toEqual([]);
});

test('of many wrong fields the first hundred are named', () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]));
  expect(problemsOf(z.strictObject({}), many)).toHaveLength(100);
  expect(problemsOf(z.record(z.string(), z.string()), many)).toHaveLength(100);
});

test.each([
  ['{"a":{"b":[1,1e999]}}', '/a/b/1', 'range'],
  [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, '/0'.repeat(33), 'too-long'],
  ['{"a/b":{"__proto__":[]}}', '/a~1b/__proto__', 'unknown'],
  [`[${'0,'.repeat(20_000)}0]`, '', 'too-long'],
  [`{"a":{"${'k'.repeat(201)}":1}}`, '/a', 'too-long'],
])('JSON that no command may be: %.40s', (json, pointer, code) => {
  expect(() => judgeJson(JSON.parse(json))).toThrow(expect.objectContaining({
    code: 'invalid-request', options: { fields: [expect.objectContaining({ pointer, code })] },
  }));
});

test('JSON that a command may be', () => {
  for (const body of [undefined, null, 'text', -0, [], { a: { b: [1, 'x', null, { c: true }] }, constructor: 1 }]) {
    expect(() => judgeJson(body)).not.toThrow();
  }
});
