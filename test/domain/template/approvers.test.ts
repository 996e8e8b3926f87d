/** Groups and persons as approvers: what a template says of them, the plan it compiles to, and its proof. */
import { compile } from '../../../domain/template/compile';
import { parseTemplate, type Template } from '../../../domain/template/schema';
import { variantsOf } from '../../../domain/template/variants';
import { verify } from '../../../domain/play/verify';
import { MONDAY } from '../../support/scenario';
import { SMALL, calendar } from './fixtures';

const STEPS = /steps:\n(?: {10}.*\n)+/;
/** The small template with other steps at its gate, and a parameter for a person. */
function withSteps(steps: readonly string[], approval = ''): Template {
  const text = SMALL.replace(STEPS, `${approval}steps:\n${steps.map((step) => `          - ${step}\n`).join('')}`)
    .replace('phases:\n', 'parameters:\n  - { key: owner-person, type: person, name: { nl: Wie, fr: Qui, en: Who } }\n  - { key: size, type: number, default: 1, name: { nl: N, fr: N, en: N } }\nphases:\n');
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.template;
}
const problemsOf = (template: Template) => {
  const compiled = compile(template, { 'owner-person': 'p-ann' }, calendar);
  return compiled.ok ? [] : compiled.problems.map(({ code, pointer }) => `${code} ${pointer}`);
};

test('groups and persons become roles of the plan that nobody assigns', () => {
  const template = withSteps(['{ key: both, roles: [owner], groups: [experts], persons: [{ parameter: owner-person }], quorum: 2, inPerson: true }'], 'notBy: [requester]\n        ');
  const compiled = compile(template, { 'owner-person': 'p-ann' }, calendar);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const gate = compiled.plan.phases[0]?.gate;
  expect(gate?.policy).toMatchObject({ notBy: ['requester'], steps: [{ key: 'both', roles: ['owner', 'group:experts', 'person:p-ann'], quorum: 2, inPerson: true }] });
  expect(compiled.plan.roles.slice(-2)).toEqual([
    { key: 'group:experts', members: [], group: 'experts' }, { key: 'person:p-ann', members: [], single: true, person: 'p-ann' },
  ]);
});

test.each([
  ['nobody', '{ key: none, quorum: any }', 'step-without-approvers /phases/0/gate/approval/steps/0/roles'],
  ['an unknown parameter', '{ key: one, persons: [{ parameter: who }], quorum: any }', 'unknown-parameter /phases/0/gate/approval/steps/0/persons/0/parameter'],
  ['a parameter of another type', '{ key: one, persons: [{ parameter: size }], quorum: any }', 'parameter-type /phases/0/gate/approval/steps/0/persons/0/parameter'],
])('a step of %s is refused', (_, step, problem) => {
  expect(problemsOf(withSteps([step]))).toContain(problem);
});

test('a person must be given', () => {
  const compiled = compile(withSteps(['{ key: one, persons: [{ parameter: owner-person }], quorum: any }']), {}, calendar);
  expect(compiled.ok ? [] : compiled.problems.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(['required /parameters/owner-person']);
});

const codesOf = (template: Template) => {
  const variants = variantsOf(template, calendar);
  if (!('plans' in variants)) throw new Error(JSON.stringify(variants));
  return verify(variants.plans, { start: MONDAY }).findings.map(({ code }) => code);
};

test('the proof knows them: a group has several members, a person is one', () => {
  const found = codesOf(withSteps(['{ key: group, groups: [experts], quorum: 2 }', '{ key: one, persons: [{ parameter: owner-person }], quorum: any }']));
  expect(found).not.toContain('quorum-unreachable');
  expect(codesOf(withSteps(['{ key: two, persons: [{ parameter: owner-person }], quorum: 2 }']))).toContain('quorum-unreachable');
});
