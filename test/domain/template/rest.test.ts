/** The meaning of what is right in a template is judged beside what is broken in it. */
import { readShipped, SHIPPED_FRAGMENTS } from '../../../config/library';
import { SHAPE_PROBLEMS } from '../../../domain/template/problem';
import { parseTemplate } from '../../../domain/template/schema';
import { sample } from '../../support/property';
import { SMALL, small } from './fixtures';

/** Problems of a text, as `code pointer`. */
function problemsOf(text: string): string[] {
  const parsed = parseTemplate(text, SHIPPED_FRAGMENTS);
  return parsed.ok ? [] : parsed.problems.map(({ code, pointer }) => `${code} ${pointer}`);
}

/** Problems of the small template after replacements in its text. */
function broken(...changes: readonly (readonly [from: string, to: string])[]): string[] {
  return problemsOf(changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, SMALL));
}

describe('given a template whose shape is wrong somewhere', () => {
  const WRONG = ['version: 1.2.0', 'version: x'] as const;

  it('when names elsewhere are unknown, then both are reported, in the order of the text', () => {
    expect(broken(WRONG, ['managerRole: manager', 'managerRole: manger'], ['quorum: 1', 'quorum: 0'])).toEqual([
      'format /version', 'unknown-role /managerRole', 'range /phases/0/gate/approval/steps/0/quorum',
    ]);
  });

  it.each<[string, readonly [string, string][], string[]]>([
    ['a key occurs twice', [['key: is-checked', 'key: design-there']], ['duplicate-key /phases/0/gate/criteria/1/key']],
    ['tasks wait in a circle', [['dueDays: 5', 'after: [check]']], ['task-cycle /phases/0/tasks/0/after']],
    ['a condition is no FEEL', [['dueDays: 5', 'when: "1 +"']], ['condition-syntax /phases/0/tasks/0/when']],
    ['a condition names what there is not', [['dueDays: 5', 'when: parameters.size > 1']], ['condition-unknown-name /phases/0/tasks/0/when']],
    ['a range is empty', [['min: 1, max: 40', 'min: 41, max: 40']], ['empty-range /phases/0/tasks/0/evidence/2/min']],
    ['a test never holds', [['field: checked, is: [true]', 'field: checked, is: [false]']], ['test-never-holds /phases/0/gate/criteria/1/test/is/0']],
    ['a stop leads nowhere', [['onStop: close', 'onStop: clsoe']], ['unknown-phase /phases/0/gate/onStop']],
    ['a deliverable is not produced', [['produces: [design]', 'produces: []']], ['deliverable-not-produced /phases/0/deliverables/0', 'deliverable-not-produced /phases/0/gate/criteria/0/deliverable']],
  ])('when elsewhere %s, then that is reported too', (_, changes, expected) => {
    expect(broken(WRONG, ...changes)).toEqual(['format /version', ...expected]);
  });

  it.each<[string, readonly [string, string][], string[]]>([
    ['the key of a role is broken, its uses are not called unknown', [['key: owner,', 'key: Owner!,']], ['format /roles/1/key']],
    ['a role lacks its name, its uses are known', [['key: owner, abbreviation: PO', 'key: owner, abbreviation: 7']], ['type /roles/1/abbreviation']],
    ['a field is of no type, tests of it are not judged', [['key: size\n            type: choice', 'key: size\n            type: choise']],
      ['choice /phases/0/tasks/0/evidence/1/type']],
    ['what was left out was meant for something, that is not called missing', [['produces: [design]', 'produce: [design]']], ['unknown-key /phases/0/tasks/0/produce']],
    ['one of two that need each other is broken, the other is not called alone', [['escalateTo: owner', 'escalateTo: 5']], ['type /phases/0/gate/approval/escalateTo']],
    ['a wait is broken, nothing is made of it', [['reaches: open', 'reaches: closed']], ['choice /phases/0/tasks/1/after/1/reaches']],
  ])('when %s', (_, changes, expected) => {
    expect(broken(...changes)).toEqual(expected);
  });

  it('when a broken part hides what it names, then what has nothing to do with it is reported all the same', () => {
    expect(broken(['key: draw', 'key: Draw'], ['managerRole: manager', 'managerRole: manger'], ['members: [owner, manager]', 'members: [owner, manger]'])).toEqual([
      'unknown-role /managerRole', 'unknown-role /roles/2/members/1', 'format /phases/0/tasks/0/key',
    ]);
  });

  it('when a fragment is missing too, then the shape and what needs no fragment are judged', () => {
    expect(broken(['phases:\n', 'phases:\n  - { include: no-such-one }\n'], WRONG, ['managerRole: manager', 'managerRole: x'], ['min: 1, max: 40', 'min: 41, max: 40'])).toEqual([
      'format /version', 'unknown-fragment /phases/0/include', 'empty-range /phases/0/tasks/0/evidence/2/min',
    ]);
  });

  it('when very much is wrong, then only the shape is judged, in bounded time', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `      - { key: t${index}, name: 5, rasci: { r: nobody, a: owner } }`).join('\n');
    const began = Date.now();
    const problems = broken(['      - key: check\n', `${many}\n      - key: check\n`]);
    expect(problems.filter((problem) => !problem.startsWith('type '))).toEqual([]);
    expect(Date.now() - began).toBeLessThan(60_000);
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** All paths to values of a document. */
function pathsOf(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const inner = typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key])) : [];
  return path.length === 0 ? inner : [path, ...inner];
}

/** The document with a change at a path; none where the change does nothing there. */
function changed(document: Json, path: readonly (string | number)[], change: (parent: Record<string, Json>, key: string) => void): Json {
  const copy = JSON.parse(JSON.stringify(document)) as Json;
  const parent = path.slice(0, -1).reduce<Json>((value, part) => (value as Record<string, Json>)[part] ?? null, copy);
  change(parent as Record<string, Json>, String(path.at(-1)));
  return copy;
}

const CHANGES: readonly (readonly [string, (parent: Record<string, Json>, key: string) => void])[] = [
  ['another type', (parent, key) => { parent[key] = typeof parent[key] === 'number' ? 'five' : -7.5; }],
  ['a text that is no key', (parent, key) => { if (typeof parent[key] === 'string') parent[key] = 'No Key!\u0001'; }],
  ['a misspelt key', (parent, key) => { if (Array.isArray(parent)) return; parent[`${key}x`] = parent[key] ?? null; delete parent[key]; }],
  ['a key that means nothing', (parent, key) => { if (Array.isArray(parent)) return; parent['zzzzzzzzzzzz'] = parent[key] ?? null; delete parent[key]; }],
  ['nothing', (parent, key) => { parent[key] = null; }],
];

describe('given a template that is right', () => {
  const [smallest] = [JSON.parse(JSON.stringify(small())) as Json];
  const [larger] = ['stage-gate'].map((key) => {
    const parsed = parseTemplate(readShipped(key)?.text ?? '', SHIPPED_FRAGMENTS);
    return (parsed.ok ? JSON.parse(JSON.stringify(parsed.template)) : null) as Json;
  });
  it.each(CHANGES)('when any one value of it becomes %s, then nothing is said of what follows from that alone', (what, change) => {
    const turn = CHANGES.findIndex(([name]) => name === what);
    const strange = ([[smallest, 15], [larger ?? null, 3011]] as const).flatMap(([document, one]) => sample(pathsOf(document), one, turn * 3).map((path) => [document, path] as const))
      .flatMap(([document, path]) => problemsOf(JSON.stringify(changed(document, path, change)))
        .filter((problem) => !(SHAPE_PROBLEMS as readonly string[]).includes(problem.split(' ')[0] ?? '')).map((problem) => `${path.join('/')}: ${problem}`));
    expect(strange).toEqual([]);
  });
});
