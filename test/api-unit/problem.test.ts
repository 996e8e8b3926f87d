import { REJECTIONS } from '../../domain/errors';
import { API_CODES, statusOf, type ProblemCode } from '../../api/codes';
import { LANGUAGES } from '../../api/http/language';
import { describeProblem, Problem, toProblem } from '../../api/problem';
import { fillIn, textsIn } from '../../api/texts';

const CODES = [...Object.keys(REJECTIONS), ...Object.keys(API_CODES)] as ProblemCode[];

test.each(CODES)('%s has a status that is an error, and a title and a sentence of its own in each language', (code) => {
  expect(statusOf(code)).toBeGreaterThanOrEqual(400);
  const details = LANGUAGES.map((language) => {
    const { title, detail } = textsIn(language).problems[code];
    expect(title).not.toBe('');
    expect(detail).not.toBe('');
    return detail;
  });
  expect(new Set(details).size).toBe(LANGUAGES.length);
});

test('the placeholders of a sentence are the same in each language', () => {
  const of = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([each]) => each).sort();
  for (const code of CODES) {
    const [nl, fr, en] = LANGUAGES.map((language) => of(textsIn(language).problems[code].detail));
    expect({ code, nl, fr }).toEqual({ code, nl: en, fr: en });
  }
});

test('a sentence leaves out what is in brackets when a fact in it is missing or empty', () => {
  expect(fillIn('No.[ One of: {roles}.]', {})).toBe('No.');
  expect(fillIn('No.[ One of: {roles}.]', { roles: [] })).toBe('No.');
  expect(fillIn('No.[ One of: {roles}.]', { roles: ['a', 'b'] }, (fact, id) => `${fact}-${id}`)).toBe('No. One of: roles-a, roles-b.');
});

test('a refusal for want of a role names in the sentence the roles that would do', () => {
  const problem = Problem.of({ code: 'not-permitted', facts: { roles: ['project-manager'] } });
  const { status, body } = describeProblem(problem, 'fr', 'r1', () => 'chef de projet');
  expect(status).toBe(403);
  expect(body).toMatchObject({ code: 'not-permitted', facts: { roles: ['project-manager'] }, instance: 'urn:uuid:r1' });
  expect(body.detail).toContain('chef de projet');
});

test('what passes by itself says when to try again', () => {
  expect(describeProblem(new Problem('project-changing'), 'en', 'r').headers).toEqual({ 'Retry-After': '1' });
  expect(describeProblem(new Problem('queue-full'), 'en', 'r')).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } });
  expect(describeProblem(new Problem('task-not-done'), 'en', 'r').headers).toEqual({});
});

test('an error that nobody foresaw shows nothing of itself', () => {
  const { status, body } = describeProblem(toProblem(new Error('password is hunter2')), 'en', 'r');
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('hunter2');
});
