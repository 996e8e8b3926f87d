/** Whatever is said of a template is said in each language: all that stands in the sources is gone over. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaIn, SCHEMA_TEXTS } from '../../api/texts/schema';
import { problemIn, sentenceIn, TEMPLATE_TEXTS } from '../../api/texts/template';
import { say } from '../../domain/template/say';
import { compile } from '../../domain/template/compile';
import { jsonSchema, parseTemplate } from '../../domain/template/schema';
import { resolveTemplateCalendar } from '../../store/calendars';
import { smallVersion } from '../support/template';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['domain/template', 'domain/template/schema', 'api/templates', 'api/migrations'];

/** The forms of all sentences in a text, those within others included. */
function formsIn(text: string): string[] {
  const found: string[] = [];
  const read = (from: number): readonly [form: string, end: number] => {
    let [form, at, parts] = ['', from, 0];
    while (text[at] !== '`') {
      if (text.startsWith('${', at)) {
        form += `{${parts}}`;
        parts += 1;
        at += 2;
        for (let depth = 1; depth > 0; at += 1) {
          if (text[at] === '{') depth += 1;
          else if (text[at] === '}') depth -= 1;
          else if (text[at] === "'") at = text.indexOf("'", at + 1);
          else if (text[at] === '`') {
            const isSaid = text.slice(0, at).endsWith('say');
            const [inner, end] = read(at + 1);
            if (isSaid) found.push(inner);
            at = end - 1;
          }
        }
      } else {
        form += text[at];
        at += 1;
      }
    }
    return [form, at + 1];
  };
  for (let at = text.indexOf('say`'); at >= 0;) {
    const [form, end] = read(at + 4);
    found.push(form);
    at = text.indexOf('say`', end);
  }
  return found;
}

const sources = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(ROOT, folder, name), 'utf8')));
// Said beside the shape itself, for zod.
const beside = [...readFileSync(join(ROOT, 'domain/template/schema/parts.ts'), 'utf8').matchAll(/'((?:must|is) [^']+)'/g)].map(([, form = '']) => form);
const FORMS = [...new Set([...sources.flatMap(formsIn), ...beside])].sort();

test('every sentence has its text in Dutch and French, with the same parts; and there is no text without a sentence', () => {
  expect(Object.keys(TEMPLATE_TEXTS).sort()).toEqual(FORMS);
  const partsOf = (form: string): string[] => (form.match(/\{\d\}/g) ?? []).sort();
  for (const [form, { nl, fr }] of Object.entries(TEMPLATE_TEXTS)) expect({ form, nl: partsOf(nl), fr: partsOf(fr) }).toEqual({ form, nl: partsOf(form), fr: partsOf(form) });
});

test('every description of the JSON Schema has its text in Dutch and French', () => {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value)) {
      if (name === 'description' && typeof each === 'string') found.add(each);
      else walk(each);
    }
  };
  walk(jsonSchema());
  expect([...found].sort()).toEqual(Object.keys(SCHEMA_TEXTS).sort());
  const french = new Set<string>();
  found.clear();
  walk(schemaIn(jsonSchema(), 'fr'));
  for (const { fr } of Object.values(SCHEMA_TEXTS)) french.add(fr);
  expect([...found].every((each) => french.has(each))).toBe(true);
});

test('a sentence within a sentence is said in the language too; what people wrote stays as it is', () => {
  const sentence = say`there is no ${say`role`} "${'{0} sponsr'}"${say`; did you mean "${'sponsor'}"?`}`;
  expect(sentenceIn(sentence, 'en')).toBe('there is no role "{0} sponsr"; did you mean "sponsor"?');
  expect(sentenceIn(sentence, 'nl')).toBe('rol “{0} sponsr” bestaat niet; bedoelde u “sponsor”?');
});

test('what is wrong with a template, from its text to its meaning, is told without a word of English', () => {
  const problems = [
    smallVersion('1.0', (template) => { Object.assign(template, { color: 'red', managerRole: 3, phases: [] }); }), smallVersion('1.1.0', (template) => { Object.assign(template, { managerRole: 'mangler', onCancel: 'nowhere' }); }),
    smallVersion('1.1.0', (template) => { Object.assign(template.phases[0]?.tasks[1] ?? {}, { when: 'evidence.draw.pags > 3', due: { days: 1, after: 'ready' }, dueDays: 2, after: ['check'] }); }),
  ].flatMap((text) => {
    const parsed = parseTemplate(text);
    if (!parsed.ok) return parsed.problems;
    const compiled = compile(parsed.template, {}, resolveTemplateCalendar(parsed.template));
    return compiled.ok ? [] : compiled.problems;
  });
  expect(problems.length).toBeGreaterThan(6);
  for (const problem of problems) {
    const [nl, fr] = [problemIn(problem, 'nl'), problemIn(problem, 'fr')];
    expect(nl).not.toHaveProperty('said');
    expect(problemIn(problem, 'en').detail).toBe(problem.detail);
    expect([problem.detail, nl.detail, fr.detail].filter((each, at, all) => all.indexOf(each) === at)).toHaveLength(3);
    expect(`${nl.detail} ${fr.detail}`).not.toMatch(/\b(the|there is|must|did you|known are|missing)\b/);
  }
});
