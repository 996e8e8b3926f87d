import { z } from 'zod';
import { mayStartProject, STARTS_PROJECTS } from '../../domain/permissions';
import { groupsOf } from '../../domain/plan';
import { projectStream } from '../../workflows/contract';
import { runWhenFree } from '../apart/run';
import { authorityOf, partId } from '../commands/send';
import { seesAll } from '../reads';
import type { Deps } from '../deps';
import { tellProject } from '../directory/send';
import { decodeCursor } from '../http/cursor';
import { type Call, endpoint } from '../http/endpoint';
import type { Language } from '../http/language';
import { pause } from '../http/limit';
import { pageOf } from '../http/page';
import { readNames } from '../naming';
import { describeProblem, Problem } from '../problem';
import { wrongIn } from '../texts/template';
import { fewKeys, idText, key, listOf, projectParams } from '../schemas';
import { readAtRest } from '../projects/at-rest';
import { publishedTarget, type Target } from '../templates/target';
import type { JudgedMigration, JudgedMigrations, ProjectToMove } from './judge';
import { decisions, migrationView, parameters, toMigrationView } from './views';

/** A project, with what was given for it. */
type Wanted = Pick<ProjectToMove, 'project' | 'parameters' | 'decisions'>;

async function toMove(deps: Deps, wanted: readonly Wanted[]): Promise<ProjectToMove[]> {
  const projects = wanted.map(({ project }) => project);
  const [standings, delivered, inventories] = await Promise.all([
    readAtRest(deps, projects), deps.reads.delivered(projects), Promise.all(projects.map((project) => deps.reads.inventory(project))),
  ]);
  return wanted.flatMap((each, place) => {
    const standing = standings.get(each.project);
    return standing ? [{ ...each, standings: standing, delivered: delivered.get(each.project) ?? {}, inventory: inventories[place] ?? [] }] : [];
  });
}

/** Judges the moves of running projects; those that have ended are left out. */
async function judge(deps: Deps, target: Target, wanted: readonly Wanted[]): Promise<JudgedMigrations> {
  return runWhenFree('judgeMigrations', { target, projects: await toMove(deps, wanted), now: Date.now() });
}

async function judgeOne(deps: Deps, target: Target, wanted: Wanted): Promise<JudgedMigration | undefined> {
  return (await judge(deps, target, [wanted])).projects[0];
}

/** What stands in the way, as an error. */
function refuse(judged: JudgedMigration | undefined, language: Language): void {
  if (!judged) throw new Problem('project-ended');
  const { rejection, problems, findings, preview } = judged;
  if (problems.length > 0) throw Problem.fields(problems.slice(0, 100).map((each) => wrongIn(each, language)).map(({ pointer, detail }) => ({ pointer, code: 'format', expected: detail })));
  if (rejection) throw Problem.of(rejection);
  if (findings.length > 0) throw new Problem('migration-unsound', { facts: { findings: findings.map(({ code, subject }) => `${code} ${Object.values(subject).join('/')}`) } });
  if (preview && preview.undecided.length > 0) throw new Problem('migration-undecided', { facts: { undecided: preview.undecided } });
}

const SETTLES_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;
/** As often a move is tried again when something happened in the project while it was proved. */
const TRIES = 3;

type Ending = 'migrated' | 'moved-on' | 'same' | 'pending';

/** Waits until a move is settled, and what people read shows it. */
async function settled(deps: Deps, project: string, revision: number): Promise<Ending> {
  for (const until = Date.now() + SETTLES_WITHIN_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
    const rows = await deps.reads.projectRows(project);
    const record = rows?.project.migrations?.find((each) => each.revision === revision);
    if (record) return record.outcome;
  }
  return 'pending';
}

interface Order {
  readonly wanted: Wanted;
  readonly target: Target;
  readonly id: string;
  /** What was found already, with others. */
  readonly judged?: JudgedMigration | undefined;
}

type Moved = { readonly outcome: Ending; readonly revision: number | null };

/** Moves one project. Sent again under the same id it finds what became of the first. Throws Problem. */
async function move(call: Call, deps: Deps, order: Order): Promise<Moved> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const moved = await tryToMove(call, deps, attempt === 1 ? order : { wanted: order.wanted, target: order.target, id: `${order.id}/${attempt}` });
      if (moved.outcome !== 'moved-on' || attempt === TRIES) return moved;
    } catch (error) {
      // A phase opened or ended while the move was judged: what is judged anew may fit.
      if (!(error instanceof Problem && error.code === 'project-moved-on') || attempt === TRIES) throw error;
    }
  }
}

async function tryToMove(call: Call, deps: Deps, { wanted, target, id, judged }: Order): Promise<Moved> {
  const access = await deps.enter(call.caller, wanted.project);
  const stream = projectStream(wanted.project);
  const known = await deps.reads.log.find([stream], id);
  const found = known ? undefined : (judged ?? await judgeOne(deps, target, wanted));
  if (!known) refuse(found, call.language);
  if (found?.outcome === 'same') return { outcome: 'same', revision: null };
  const sent = await deps.gateway.send({
    stream, id, hash: call.command.hash, signal: call.signal, known,
    authority: authorityOf(call, access),
    command: async () => ({ type: 'migrate', ...found?.migration }),
  });
  if (sent.pending) return { outcome: 'pending', revision: null };
  const carriedOut = known ?? await deps.reads.log.find([stream], id);
  const revision = carriedOut ? await deps.reads.revisionBegun(stream, carriedOut.fromSeq, carriedOut.toSeq) : undefined;
  if (revision === undefined) return { outcome: 'same', revision: null };
  const outcome = await settled(deps, wanted.project, revision);
  // Groups that the new plan names are new to the project.
  if (found?.migration) await tellProject(call, deps, wanted.project, [], groupsOf(found.migration.plan));
  return { outcome, revision };
}

const wish = { parameters: parameters.refine(fewKeys).optional().meta({ description: 'Beside those that the project was started with.' }), decisions: decisions.refine(fewKeys).optional() };
const target = z.strictObject({ version: idText(60).optional().meta({ description: 'Of the template that the project has; the latest when not given.' }), ...wish });
const moved = z.strictObject({
  project: z.string(), outcome: z.enum(['migrated', 'moved-on', 'same', 'pending'])
    .meta({ description: '`moved-on`: something happened meanwhile each time it was tried, and the project is wholly on its old plan. `pending`: not settled yet; the project says for whom it waits.' }),
  revision: z.int().nullable(), template: z.strictObject({ key, version: z.string() }),
}).meta({ id: 'MovedProject' });

const PROJECTS_AT_ONCE = 100;
const PREVIEWS_AT_ONCE = 25;
const WIDTH = 4;

/** @param published the version where it is published: of a draft only the project's own version has texts here, and what it adds is called by its key. */
async function viewOf(deps: Deps, judged: JudgedMigration, to: JudgedMigration['from'], published: boolean, language: Call['language']) {
  const names = await readNames(deps, published
    ? { template: to.key, templateVersion: to.version, migrations: [judged] }
    : { template: judged.from.key, templateVersion: judged.from.version }, language, [], []);
  return toMigrationView(judged, to, names, language);
}

export const migrationEndpoints = [
  endpoint({
    method: 'post', path: '/projects/{project}/migrations/preview', id: 'previewMigration', tag: 'projects', refuses: [409],
    summary: 'What would change if the project moved to another version of its template',
    description: 'The move is played from where the project stands, and the plan is proved from there. Nothing is changed.',
    params: projectParams, body: target, answers: { 200: { description: 'What is kept, added, dropped and re-dated, and what has to be decided.', schema: migrationView } },
    async handle({ params: { project }, body, caller, language }, deps) {
      const access = await deps.enter(caller, project);
      const to = await publishedTarget(deps, access.template, body.version);
      const { template } = to;
      const judged = await judgeOne(deps, to, { project, ...wishOf(body) });
      if (!judged) throw new Problem('project-ended');
      return { body: await viewOf(deps, judged, template, true, language) };
    },
  }),
  endpoint({
    method: 'post', path: '/projects/{project}/migrations', id: 'migrateProject', tag: 'projects', command: true,
    summary: 'Move the project to another version of its template',
    description: 'Done work, evidence and decisions stay. The project settles by itself, wholly on the new plan or wholly on the old one.',
    params: projectParams, body: target,
    answers: { 200: { description: 'Settled.', schema: moved }, 202: { description: 'Accepted, and not settled yet.', schema: moved } },
    async handle(call, deps) {
      const { params: { project }, body, command } = call;
      const access = await deps.enter(call.caller, project);
      const to = await publishedTarget(deps, access.template, body.version);
      const { template } = to;
      const ending = await move(call, deps, { wanted: { project, ...wishOf(body) }, target: to, id: command.id });
      return { status: ending.outcome === 'pending' ? 202 : 200, body: { project, ...ending, template: { key: template.key, version: template.version } } };
    },
  }),
  endpoint({
    method: 'post', path: '/templates/impact', id: 'templateImpact', tag: 'templates', refuses: [403, 404],
    summary: 'What a version or a draft would do to the running projects of its template',
    description: 'A page at a time: which would move as they stand, which need a decision, which can not and why. Nothing is changed.',
    body: z.strictObject({
      text: z.string().min(1).max(900_000).optional().meta({ description: 'A draft; or name a published version.' }),
      template: key.optional(), version: idText(60).optional(),
      limit: z.int().min(1).max(PREVIEWS_AT_ONCE).default(PREVIEWS_AT_ONCE), cursor: z.string().max(1000).optional(), ...wish,
    }).refine(({ text, template }) => (text === undefined) !== (template === undefined), { message: 'text or template', path: ['text'] }),
    answers: { 200: { description: 'Running projects, the latest first.', schema: listOf(migrationView.extend({ name: z.string().nullable() })).extend({
      problems: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).meta({ description: 'What is wrong with the draft; then nothing else is told.' }),
    }).meta({ id: 'Impact' }) } },
    async handle({ body, caller, language }, deps) {
      if (!seesAll(caller)) throw new Problem('not-permitted', { facts: { roles: STARTS_PROJECTS } });
      const published = body.template === undefined ? undefined : await publishedTarget(deps, body.template, body.version);
      const wanted = published ?? { text: body.text ?? '' };
      const [startedAt, id, ofPage] = decodeCursor(body.cursor, ['instant', 'string', 'string']) ?? [];
      // The first page of a draft has to find out of which template it is; the next ones know.
      const draft = published || ofPage !== undefined ? undefined : await judge(deps, wanted, []);
      if (draft && draft.problems.length > 0) return { body: wrongDraft(draft, language) };
      const name = published?.template.key ?? ofPage ?? draft?.to?.key ?? '';
      const found = await deps.reads.projects(caller, { open: true, template: name }, { limit: body.limit + 1, ...(id !== undefined && startedAt !== undefined && { after: { startedAt, id } }) });
      const { items, nextCursor } = pageOf(found, body.limit, (each) => [each.startedAt, each.id, name]);
      const judged = await judge(deps, wanted, items.map((each) => ({ project: each.id, ...wishOf(body) })));
      if (judged.problems.length > 0) return { body: wrongDraft(judged, language) };
      const texts = await deps.reads.texts(items.map(({ nameRef }) => nameRef));
      const views = await Promise.all(judged.projects.map(async (each) => {
        const item = items.find((one) => one.id === each.project);
        return { ...await viewOf(deps, each, judged.to ?? each.from, published !== undefined, language), name: texts.get(item?.nameRef ?? '') ?? null };
      }));
      return { body: { items: views, nextCursor, problems: [] } };
    },
  }),
  endpoint({
    method: 'post', path: '/templates/{template}/versions/{version}/migrations', id: 'migrateProjects', tag: 'templates', command: true,
    summary: 'Move many projects to a version of their template', description: 'Each has its own result. Sent again with the same key it goes on where it was.',
    params: z.object({ template: z.string().max(80), version: z.string().max(80) }),
    body: z.strictObject({
      projects: z.array(z.strictObject({ project: idText(400).min(1), ...wish })).min(1).max(PROJECTS_AT_ONCE)
        .refine((list) => new Set(list.map(({ project }) => project)).size === list.length, { message: 'each once' }),
    }),
    answers: { 200: { description: 'What became of each, in the order given.', schema: z.strictObject({ items: z.array(z.strictObject({
      project: z.string(), outcome: z.enum(['migrated', 'moved-on', 'same', 'pending', 'refused']), revision: z.int().nullable(),
      problem: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
    })) }).meta({ id: 'MovedProjects' }) } },
    async handle(call, deps) {
      const { params, body, caller, command } = call;
      if (!mayStartProject(caller.globalRoles)) throw new Problem('not-permitted', { facts: { roles: STARTS_PROJECTS } });
      const to = await publishedTarget(deps, params.template, params.version);
      const items: unknown[] = [];
      for (let from = 0; from < body.projects.length; from += PREVIEWS_AT_ONCE) {
        const some = body.projects.slice(from, from + PREVIEWS_AT_ONCE).map(({ project, ...given }) => ({ project, ...wishOf(given) }));
        const judged = new Map((await judge(deps, to, some)).projects.map((each) => [each.project, each]));
        for (let place = 0; place < some.length; place += WIDTH) {
          items.push(...await Promise.all(some.slice(place, place + WIDTH).map((wanted) => {
            const id = partId('m', command.id, wanted.project);
            return moveQuietly(call, deps, { wanted, target: to, id, judged: judged.get(wanted.project) }, params.template);
          })));
        }
      }
      return { body: { items } };
    },
  }),
];

/** What is wrong with a draft, in place of projects. */
const wrongDraft = ({ problems }: JudgedMigrations, language: Language) => ({ items: [], nextCursor: null, problems: problems.map((each) => wrongIn(each, language)) });

/** What was given, without what was left out. */
function wishOf({ parameters: values, decisions: answers }: { readonly [K in 'parameters' | 'decisions']?: Wanted[K] | undefined }): Omit<Wanted, 'project'> {
  return { ...(values && { parameters: values }), ...(answers && { decisions: answers }) };
}

/** Moves one of many: a problem is its result, and stops none of the others. */
async function moveQuietly(call: Call, deps: Deps, order: Order, template: string) {
  const { project } = order.wanted;
  try {
    const access = await deps.enter(call.caller, project);
    if (access.template !== template) throw Problem.fields([{ pointer: '/projects', code: 'choice', expected: access.template }]);
    return { project, ...await move(call, deps, order), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, detail } = describeProblem(error, call.language, '').body;
    return { project, outcome: 'refused' as const, revision: null, problem: { code, detail } };
  }
}
