import { compileSample } from '../../../domain/template/compile';
import type { Fragments } from '../../../domain/template/include';
import { parseTemplate } from '../../../domain/template/schema';
import { calendar, SMALL } from './fixtures';

const HANDOVER = `
fragment: 1
key: handover
name: { nl: Overdracht, fr: Transfert, en: Handover }
with: { manager: manager, days: 5 }
roles:
  - { key: service-owner, abbreviation: SO, name: { nl: Diensteigenaar, fr: Propriétaire de service, en: Service owner } }
phases:
  - key: handover
    name: { nl: Overdragen, fr: Transférer, en: Hand over }
    kind: handover
    tasks:
      - key: train
        name: { nl: 'Opleiden met \${manager}', fr: Former, en: Train }
        rasci: { r: '\${manager}', a: service-owner }
        dueDays: '\${days}'
  - key: care
    name: { nl: Nazorg, fr: Soutien, en: Care }
    kind: handover
    after: [handover]
    tasks:
      - { key: watch, name: { nl: Opvolgen, fr: Suivre, en: Watch }, rasci: { r: service-owner, a: service-owner } }
`;
const files: Record<string, string> = {
  'handover': HANDOVER,
  'loop': 'fragment: 1\nkey: loop\nphases:\n  - include: pool\n',
  'pool': 'fragment: 1\nkey: pool\nphases:\n  - include: loop\n',
  'bomb': `fragment: 1\nkey: bomb\nphases:\n${'  - include: handover\n'.repeat(60)}`,
  'broken': HANDOVER.replace('rasci: { r: service-owner', 'rasci: { r: servis-owner'),
  'yaml': 'fragment: 1\nphases: [',
};
const fragments: Fragments = {
  find: (key) => (Object.hasOwn(files, key) ? { file: `${key}.yaml`, text: files[key] ?? '' } : undefined), list: () => Object.keys(files),
};
const including = (entry: string): string => `${SMALL}  - ${entry}\n`;

test('a fragment brings its phases and roles, with what the template gives it', () => {
  const parsed = parseTemplate(including('{ include: handover, after: [close], with: { days: 9 } }'), fragments);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { phases, roles } = parsed.template;
  expect(phases.map(({ key, after }) => [key, after])).toEqual([['build', []], ['close', ['build']], ['watch', []], ['handover', ['close']], ['care', ['handover']]]);
  expect(phases[3]?.tasks[0]).toMatchObject({ rasci: { r: 'manager' }, dueDays: 9, name: { nl: 'Opleiden met manager' } });
  expect(roles.map(({ key }) => key)).toEqual(['manager', 'owner', 'board', 'service-owner']);
  expect(compileSample(parsed.template, calendar)).toMatchObject({ ok: true });
});

test('a role that the template has already stays its own', () => {
  const text = including('{ include: handover }').replace('key: owner, abbreviation: PO', 'key: service-owner, abbreviation: MINE').replaceAll(/\bowner\b/g, 'service-owner')
    .replaceAll('service-service-owner', 'service-owner');
  const parsed = parseTemplate(text, fragments);
  expect(parsed.ok && parsed.template.roles.filter(({ key }) => key === 'service-owner').map(({ abbreviation }) => abbreviation)).toEqual(['MINE']);
});

test('a problem in a fragment names its file and its place there', () => {
  const parsed = parseTemplate(including('{ include: broken }'), fragments);
  if (!parsed.ok) throw new Error('the shape is right');
  const compiled = compileSample(parsed.template, calendar);
  const [problem] = compiled.ok ? [] : compiled.problems;
  expect(problem).toMatchObject({ code: 'unknown-role', suggestion: 'service-owner' });
  const line = files['broken']?.split('\n').findIndex((each) => each.includes('servis-owner')) ?? -1;
  expect(parsed.locate(problem?.pointer ?? '')).toMatchObject({ file: 'broken.yaml', line: line + 1 });
});

test.each([
  ['{ include: handovr }', 'unknown-fragment', 'handover'],
  ['{ include: handover, wit: {} }', 'unknown-key', 'with'],
  ['{ include: handover, with: { dais: 3 } }', 'unknown-parameter', 'days'],
  ['{ include: loop }', 'include-cycle', undefined],
  ['{ include: bomb }', 'include-too-many', undefined],
  ['{ include: yaml }', 'syntax', undefined],
])('%s is refused as %s', (entry, code, suggestion) => {
  const parsed = parseTemplate(including(entry), fragments);
  expect(parsed).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ code, ...(suggestion !== undefined && { suggestion }) })]) });
});
