import { type Problem } from '../../../domain/template/problem';
import { parseTemplate } from '../../../domain/template/schema';
import { SMALL, small } from './fixtures';

/** Problems of the small template after a replacement in its text, as `code pointer line:column`. */
function broken(from: string | RegExp, to: string): string[] {
  const text = SMALL.replace(from, to);
  expect(text).not.toBe(SMALL);
  return problemsOf(text).map(({ code, pointer, line, column }) => `${code} ${pointer} ${line}:${column}`);
}

function problemsOf(text: string): readonly Problem[] {
  const parsed = parseTemplate(text);
  return parsed.ok ? [] : parsed.problems;
}

describe('a template of the right shape', () => {
  it('is read from YAML, with defaults', () => {
    const template = small();
    expect(template.calendar).toBe('be');
    expect(template.phases[0]!.after).toEqual([]);
    expect(template.phases[0]!.tasks[0]!.evidence[0]!.required).toBe(true);
    expect(template.phases[0]!.gate!.criteria.map(({ mandatory }) => mandatory)).toEqual([true, true, false]);
    expect(template.phases[0]!.gate!.approval.reasonRequired).toEqual(['rework', 'stop']);
  });

  it('is the same from JSON', () => {
    const parsed = parseTemplate(JSON.stringify(small(), null, 1));
    expect(parsed.ok && parsed.template).toEqual(small());
  });

  it('knows where things stand', () => {
    const parsed = parseTemplate(SMALL);
    if (!parsed.ok) throw new Error();
    const line = SMALL.split('\n').findIndex((text) => text.includes('- key: check')) + 1;
    expect(parsed.locate('/phases/0/tasks/1')).toEqual({ line, column: 9 });
    expect(parsed.locate('/phases/0/tasks/1/dueDays')).toEqual({ line, column: 9 });
    expect(parsed.locate('')).toEqual({ line: 2, column: 1 });
  });
});

describe('a template of the wrong shape is refused with code, pointer and place', () => {
  it.each<[string, string | RegExp, string, string[]]>([
    ['unknown key', 'managerRole: manager', 'managerRole: manager\nmangerRole: x', ['unknown-key /mangerRole 8:1']],
    ['missing key', 'version: 1.2.0\n', '', ['required /version 2:1']],
    ['wrong schema', 'schema: 1', 'schema: 2', ['choice /schema 2:1']],
    ['no semantic version', '1.2.0', 'v1', ['format /version 4:1']],
    ['missing language', 'nl: Klein, fr: Petit, en: Small }', 'nl: Klein, en: Small }', ['required /name/fr 5:1']],
    ['empty text', 'nl: Klein,', 'nl: " ",', ['too-short /name/nl 5:9']],
    ['too long text', 'nl: Klein,', `nl: ${'x'.repeat(201)},`, ['too-long /name/nl 5:9']],
    ['NUL in a text', 'nl: Klein,', 'nl: "a\\0b",', ['control-character /name/nl 5:9']],
    ['half of a character', 'nl: Klein,', 'nl: "a\\ud800",', ['control-character /name/nl 5:9']],
    ['key with capitals', 'managerRole: manager', 'managerRole: Manager', ['format /managerRole 7:1']],
    ['reserved key', 'managerRole: manager', 'managerRole: constructor', ['reserved-key /managerRole 7:1']],
    ['key of a condition', '- key: draw', '- key: condition-1-1', ['reserved-key /phases/0/tasks/0/key 25:9']],
    ['unknown kind of phase', 'kind: stage', 'kind: sprint', ['choice /phases/0/kind 20:5']],
    ['unknown type of field', 'type: document', 'type: documents', ['choice /phases/0/tasks/0/evidence/0/type 32:29']],
    ['unknown kind of criterion', 'kind: judged', 'kind: felt', ['choice /phases/0/gate/criteria/2/kind 51:24']],
    ['key of another type of field', 'type: document,', 'type: document, max: 3,', ['unknown-key /phases/0/tasks/0/evidence/0/max 32:45']],
    ['quorum of nobody', 'quorum: 1', 'quorum: 0', ['range /phases/0/gate/approval/steps/0/quorum 54:43']],
    ['quorum of a word', 'quorum: 1', 'quorum: most', ['choice /phases/0/gate/approval/steps/0/quorum 54:43']],
    ['negative days', 'dueDays: 5', 'dueDays: -1', ['range /phases/0/tasks/0/dueDays 29:9']],
    ['broken days', 'dueDays: 5', 'dueDays: 1.5', ['type /phases/0/tasks/0/dueDays 29:9']],
    ['text for days', 'dueDays: 5', 'dueDays: five', ['type /phases/0/tasks/0/dueDays 29:9']],
    ['dependency of an unknown kind', 'reaches: open', 'reaches: closed', ['choice /phases/0/tasks/1/after/1/reaches 44:39']],
    ['dependency with an unknown key', 'reaches: open', 'reaches: open, when: x', ['unknown-key /phases/0/tasks/1/after/1/when 44:54']],
    ['no phases', /\nphases:[^]*/, '\nphases: []\n', ['too-short /phases 17:1']],
  ])('%s', (_, from, to, expected) => {
    expect(broken(from, to)).toEqual(expected);
  });

  it('all problems are listed, in the order of the text', () => {
    const text = SMALL.replace('version: 1.2.0', 'version: x').replace('dueDays: 5', 'dueDay: 5').replace('quorum: all', 'quorum: -1');
    expect(problemsOf(text).map(({ code }) => code)).toEqual(['format', 'unknown-key', 'range']);
  });

  it('an unknown key comes with the known one that was meant', () => {
    expect(problemsOf(SMALL.replace('dueDays: 5', 'duedays: 5'))[0]).toMatchObject({ suggestion: 'dueDays' });
    expect(problemsOf(SMALL.replace('guidance:', 'guidence:'))[0]).toMatchObject({ suggestion: 'guidance' });
    expect(problemsOf(SMALL.replace('dueDays: 5', 'zzz: 5'))[0]!.suggestion).toBeUndefined();
  });

  it('an unknown key at every place of the schema is known by its neighbours', () => {
    expect(problemsOf(SMALL.replace('quorum: 1', 'quorum: 1, quorun: 1'))[0]).toMatchObject({ suggestion: 'quorum' });
    expect(problemsOf(SMALL.replace('type: document,', 'type: document, requires: true,'))[0]).toMatchObject({ suggestion: 'required' });
  });

  it.each<[string, string, string]>([
    ['', 'required', 'nothing'], ['[1, 2', 'syntax', 'a list without an end'], ['a: 1\n---\nb: 2', 'multiple-documents', 'two documents'],
    ['a: 1\na: 2', 'duplicate-yaml-key', 'a key twice'], ['42', 'type', 'a number'], ['null', 'type', 'null'], ['a: *b', 'syntax', 'an unknown alias'],
  ])('%j: %s (%s)', (text, code) => {
    expect(problemsOf(text)[0]?.code).toBe(code);
  });
});

describe('hostile texts are refused in bounded time', () => {
  it.each<[string, string, () => string]>([
    ['10 MB', 'too-large', () => `key: ${'x'.repeat(10_000_000)}`],
    ['a YAML bomb', 'too-many-aliases', () => ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghij'.split('').map((name, index) => (
      `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`))].join('\n')],
    ['lists that never end', 'too-deep', () => '['.repeat(100_000)],
    ['deep nesting', 'too-deep', () => `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['thousands of aliases', 'too-many-aliases', () => `a: &a 1\nb: [${'*a, '.repeat(20_000)}]`],
    ['many keys in one object', 'unknown-key', () => Array.from({ length: 5_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['a very long unknown key', 'unknown-key', () => `${'k'.repeat(1000)}: 1`],
  ])('%s', (_, code, text) => {
    const from = Date.now();
    expect(problemsOf(text()).map((one) => one.code)).toContain(code);
    expect(Date.now() - from).toBeLessThan(60_000);
  });
});
