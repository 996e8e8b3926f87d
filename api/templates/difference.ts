import { z } from 'zod';
import { diffTemplates } from '../../domain/template/diff';
import { runApart } from '../apart/run';
import { endpoint } from '../http/endpoint';
import { readTemplate } from '../naming';
import { idText, key, namedKey } from '../schemas';
import { wrongIn } from '../texts/template';
import { tellChanges } from './compare';
import { needsPublished, untilJudged } from './ask';

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();
const change = z.strictObject({
  kind: z.enum(['added', 'removed', 'changed', 'moved', 'renamed']), part: z.enum(['template', 'role', 'parameter', 'item-kind', 'phase', 'task', 'gate']),
  key: z.string().meta({ description: 'Of a task `PHASE/TASK`.' }), name: z.string(),
  phase: namedKey.nullable().meta({ description: 'Of tasks and gates.' }),
  from: namedKey.nullable().meta({ description: 'What it was called before, or the phase that it was in.' }),
  textOnly: z.boolean().meta({ description: 'Only what people read is different.' }),
  values: z.array(z.strictObject({
    path: z.array(z.strictObject({ key: z.string(), name: z.string().nullable() })).readonly().meta({ description: 'Properties, and the things in lists: these have a name.' }),
    before: value, after: value,
  })).readonly(),
}).meta({ id: 'TemplateChange' });

const difference = z.strictObject({
  before: z.string(), after: z.string(), changes: z.array(change),
  problems: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).readonly().meta({ description: 'What is wrong with the draft; then nothing else is told.' }),
}).meta({ id: 'TemplateDifference' });

export const templateDifference = endpoint({
  method: 'post', path: '/templates/{template}/versions/{version}/difference', id: 'templateDifference', tag: 'templates',
  summary: 'What is different since a version: in another one, or in a draft', description: 'In terms of the lifecycle, with the names and texts in the reader’s language. Nothing is kept.',
  params: z.object({ template: key, version: idText(60) }),
  body: z.strictObject({
    with: idText(60).optional().meta({ description: 'The later version.' }), text: z.string().min(1).max(900_000).optional().meta({ description: 'Or a draft, in YAML or JSON.' }),
  }).refine(({ with: other, text }) => (other === undefined) !== (text === undefined), { message: 'with or text', path: ['with'] }),
  answers: { 200: { description: 'All changes, in the order of the later one; what was removed comes last.', schema: difference } },
  async handle({ params, body, language }, deps) {
    needsPublished(params);
    const before = await readTemplate(deps, params.template, params.version);
    if (body.text === undefined) {
      const after = await readTemplate(deps, params.template, body.with ?? '');
      return { body: { before: before.version, after: after.version, changes: tellChanges(diffTemplates(before, after), before, after, language), problems: [] } };
    }
    const { text } = body;
    const compared = await untilJudged(() => runApart('compareDraft', before, text));
    if ('problems' in compared) return { body: { before: before.version, after: '', changes: [], problems: compared.problems.map((each) => wrongIn(each, language)) } };
    return { body: { before: before.version, after: compared.after.version, changes: tellChanges(compared.changes, before, compared.after, language), problems: [] } };
  },
});
