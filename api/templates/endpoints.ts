import { z } from 'zod';
import { mayStartProject, STARTS_PROJECTS } from '../../domain/permissions';
import { OUTCOMES } from '../../domain/plan';
import { jsonSchema } from '../../domain/template/schema';
import { templateDigest } from '../../domain/template/compile';
import type { Person } from '../auth/person';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import type { Language } from '../http/language';
import { schemaIn } from '../texts/schema';
import { problemIn } from '../texts/template';
import { readTemplate } from '../naming';
import { Problem } from '../problem';
import { seesAll } from '../reads';
import { instant, key } from '../schemas';
import { gateStatus, phaseStatus } from '../projects/views';
import type { Judgement } from './judge';
import { runApart } from '../apart/run';
import { needsPublished, untilJudged } from './ask';
import { templateDifference } from './difference';
import { simulateEndpoint } from './simulation';

const text = z.string();
const versions = z.array(z.strictObject({
  version: z.string(), digest: z.string(), publishedAt: instant, deprecatedAt: instant.nullable(),
  running: z.int().nullable().meta({ description: 'How many projects run on it; null for who may not see all projects.' }),
}));
const summary = z.strictObject({ key, name: text, description: text, latest: z.string(), versions }).meta({ id: 'TemplateSummary' });

/** The authored template stands in the answer as it was published; its own schema is long, and documented with the templates. */
const content = z.looseObject({ schema: z.literal(1), key, version: z.string() }).meta({ id: 'Template' });

const problem = z.strictObject({
  pointer: z.string(), code: z.string(), detail: z.string(), suggestion: z.string().optional(), line: z.int().optional(), column: z.int().optional(), file: z.string().optional(),
}).meta({ id: 'TemplateProblem', description: 'What is wrong with a template, and where.' });

const standing = z.strictObject({ phase: z.string(), status: phaseStatus, gate: gateStatus, done: z.int(), open: z.int() })
  .meta({ id: 'PhaseStanding', description: 'How a phase and its gate stand, and how many of its tasks are done and are not.' });
const move = z.strictObject({
  kind: z.enum(['start', 'decide', 'ladder', 'cancel']).meta({ description: '`ladder`: nobody decides in time, and what happens by itself answers.' }),
  gate: z.string().optional(), outcome: z.enum(OUTCOMES).optional(), rework: z.array(z.string()).readonly().optional().meta({ description: 'Tasks or phases that are to be done again.' }),
  delivered: z.array(z.strictObject({ phase: z.string(), field: z.string().meta({ description: 'TASK/FIELD.' }), value: z.union([z.string(), z.number(), z.boolean()]).nullable() })).readonly().optional(),
}).meta({ id: 'FindingMove', description: 'One move of a way; between two of them everything that can be done is done.' });
const finding = z.strictObject({
  code: z.string(), subject: z.record(z.string(), z.string()), confirmed: z.boolean(),
  trace: z.array(move).readonly().meta({ description: 'The shortest way there.' }),
  standings: z.array(z.array(standing).readonly()).readonly().optional().meta({ description: 'How the phases stand at the start of the way, and after each of its moves.' }),
  tasks: z.array(z.string()).optional(), criteria: z.array(z.string()).optional(), other: z.string().optional(),
}).meta({ id: 'Finding', description: 'What the proof found.' });

const checked = z.strictObject({
  ok: z.boolean(), key: key.nullable(), version: z.string().nullable(), problems: z.array(problem), findings: z.array(finding), unexplored: z.array(z.string()),
  template: content.nullable().meta({ description: 'As it was understood, with all that it includes; null where it is not right.' }),
}).meta({ id: 'TemplateCheck' });

const source = z.strictObject({ text: z.string().min(1).max(900_000).meta({ description: 'The template, in YAML or JSON.' }) });
const published = z.strictObject({ key, version: z.string(), digest: z.string() }).meta({ id: 'PublishedTemplate' });
const params = z.object({ template: z.string().max(80), version: z.string().max(80) });

const FIELDS_AT_MOST = 100;

/** The text's problems and findings as an error, if there are any. */
function refuseWrong({ problems, findings }: Judgement, language: Language): void {
  if (problems.length > 0) {
    throw new Problem('template-invalid', { fields: problems.slice(0, FIELDS_AT_MOST).map((each) => problemIn(each, language)).map(({ pointer, detail, line, file }) => (
      { pointer, code: 'format', expected: `${file === undefined ? '' : `${file}: `}${line === undefined ? '' : `line ${line}: `}${detail}` })) });
  }
  if (findings.length > 0) {
    const facts = { findings: findings.map(({ code, subject }) => `${code} ${Object.values(subject).join('/')}`) };
    throw new Problem('template-unsound', { facts });
  }
}

function needOffice(caller: Person): void {
  if (!mayStartProject(caller.globalRoles)) throw new Problem('not-permitted', { facts: { roles: STARTS_PROJECTS } });
}

/** Made once for each language. */
const schemas = new Map<Language, Record<string, unknown>>();

export const templateEndpoints = [
  endpoint({
    method: 'get', path: '/template.schema.json', id: 'templateSchema', tag: 'templates', open: true, summary: 'The JSON Schema of the language in which templates are written',
    description: 'For editors: they complete and check with it while one writes; what it says of a property, in the language asked for.',
    answers: { 200: { description: 'JSON Schema, draft 2020-12.', schema: z.looseObject({ title: z.string() }).meta({ id: 'TemplateSchema' }) } },
    async handle({ language }) {
      const schema = schemas.get(language) ?? schemaIn(jsonSchema(), language);
      schemas.set(language, schema);
      return { headers: { 'Cache-Control': 'public, max-age=3600', 'Vary': 'Accept-Language', 'Content-Language': language }, body: schema };
    },
  }),
  endpoint({
    method: 'post', path: '/templates/check', id: 'checkTemplate', tag: 'templates', summary: 'Check and prove a template without publishing it',
    body: source, answers: { 200: { description: 'What is wrong with it; nothing is kept.', schema: checked } },
    async handle({ body, language }) {
      const { template, problems, ...judgement } = await untilJudged(() => runApart('judge', body.text));
      const ok = problems.length + judgement.findings.length === 0;
      return { body: { ok, key: template?.key ?? null, version: template?.version ?? null, template: template ?? null, problems: problems.map((each) => problemIn(each, language)), ...judgement } };
    },
  }),
  endpoint({
    method: 'post', path: '/templates', id: 'publishTemplate', tag: 'templates', command: true, summary: 'Publish a version of a template',
    description: 'It is checked and proved first. A published version never changes: the same content again answers 200, another one 409.',
    body: source,
    answers: { 201: { description: 'Published.', schema: published }, 200: { description: 'It was published before, as it is.', schema: published } },
    async handle({ body, caller, language }, deps) {
      needOffice(caller);
      const judgement = await untilJudged(() => runApart('judge', body.text));
      refuseWrong(judgement, language);
      const { template } = judgement;
      if (!template) throw new Problem('template-invalid');
      const outcome = await deps.reads.publishTemplate(template, 'api', { by: caller.id, text: body.text });
      if (outcome === 'different') throw new Problem('template-version-published');
      const { key: name, version } = template;
      return { status: outcome === 'published' ? 201 : 200, headers: { Location: `/api/v1/templates/${name}/versions/${version}` }, body: { key: name, version, digest: templateDigest(template) } };
    },
  }),
  endpoint({
    method: 'post', path: '/templates/{template}/versions/{version}/deprecate', id: 'deprecateTemplate', tag: 'templates', command: true,
    summary: 'Deprecate a version: it starts no more projects', description: 'Projects that run on it go on. Repeating it changes nothing.',
    params, body: z.strictObject({}),
    answers: { 200: { description: 'Deprecated.', schema: z.strictObject({ key, version: z.string(), deprecatedAt: instant }).meta({ id: 'DeprecatedTemplate' }) } },
    async handle({ params: { template: name, version }, caller }, deps) {
      needOffice(caller);
      const deprecatedAt = /[^\x21-\x7e]/.test(name + version) ? null : await deps.reads.deprecateTemplate(name, version);
      if (deprecatedAt === null) throw new Problem('unknown-template');
      return { body: { key: name, version, deprecatedAt: toIso(deprecatedAt) } };
    },
  }),
  endpoint({
    method: 'get', path: '/templates', id: 'listTemplates', tag: 'templates', summary: 'The published templates with their versions',
    answers: { 200: { description: 'The latest version first.', schema: z.strictObject({ items: z.array(summary) }).meta({ id: 'Templates' }) } },
    async handle({ language, caller }, deps) {
      const [found, counts] = await Promise.all([deps.reads.templates(), seesAll(caller) ? deps.reads.countRunning() : null]);
      const runningOn = (name: string, version: string): number | null =>
        (counts === null ? null : (counts.find((each) => each.template === name && each.version === version)?.running ?? 0));
      const keys = [...new Set(found.map((each) => each.key))];
      const items = await Promise.all(keys.map(async (name) => {
        const published = found.filter((each) => each.key === name);
        const latest = (published.find(({ deprecatedAt }) => deprecatedAt === null) ?? published[0])?.version ?? '';
        const template = await readTemplate(deps, name, latest);
        return {
          key: name, name: template.name[language], description: template.description[language], latest,
          versions: published.map(({ version, digest, publishedAt, deprecatedAt }) => ({ version, digest, publishedAt: toIso(publishedAt), deprecatedAt: toIso(deprecatedAt), running: runningOn(name, version) })),
        };
      }));
      return { body: { items } };
    },
  }),
  endpoint({
    method: 'get', path: '/templates/{template}/versions/{version}', id: 'getTemplate', tag: 'templates',
    summary: 'A version of a template as it was authored, with its texts in nl, fr and en',
    params,
    answers: { 200: { description: 'It never changes.', schema: content } },
    async handle({ params }, deps) {
      const { template: name, version } = params;
      needsPublished(params);
      return { headers: { 'Cache-Control': 'private, max-age=86400' }, body: await readTemplate(deps, name, version) };
    },
  }),
  endpoint({
    method: 'get', path: '/templates/{template}/versions/{version}/text', id: 'getTemplateText', tag: 'templates', summary: 'A version of a template as its author wrote it',
    description: 'The text that was published, with its comments.', params,
    answers: { 200: { description: 'null where the text was not kept: `getTemplate` has the content.', schema: z.strictObject({ text: z.string().nullable() }).meta({ id: 'TemplateText' }) } },
    async handle({ params }, deps) {
      needsPublished(params);
      await readTemplate(deps, params.template, params.version);
      return { headers: { 'Cache-Control': 'private, max-age=86400' }, body: { text: await deps.reads.templateText(params.template, params.version) } };
    },
  }),
  templateDifference, simulateEndpoint,
];
