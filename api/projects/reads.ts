import { z } from 'zod';
import { collectTextRefs, resolveTextRefs } from '../../store/texts';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { readProgramNames } from '../directory/known-programs';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import type { Language } from '../http/language';
import { pageOf } from '../http/page';
import type { Names } from '../names';
import { namesForItems, readNames } from '../naming';
import { Problem } from '../problem';
import { asOf, flag, idText, listOf, page, projectParams } from '../schemas';
import { itemsIn } from '../tasks/views';
import { composeProject } from './compose';
import { inOrder, readLiveRows } from './live';
import type { ProjectRows } from './rows';
import { loggedEvent, projectItem, projectStatus, projectView } from './views';

const personsOf = (rows: ProjectRows): string[] => [
  ...rows.roles.flatMap(({ persons }) => persons), ...rows.approvals.flatMap(({ waitingFor, delegates = [] }) => [...waitingFor, ...delegates]),
  ...rows.tasks.flatMap(({ assignee, blocked }) => [assignee ?? [], blocked?.person ?? []].flat()), ...(rows.project.adoption ? [rows.project.adoption.person] : []),
];

/** @param of the versions of the template that name what is in the rows. */
const namesOf = (deps: Deps, of: Parameters<typeof readNames>[1], rows: ProjectRows, language: Language): Promise<Names> =>
  readNames(deps, of, language, [rows.project, ...rows.stages.map(({ gateAdopted }) => gateAdopted), ...rows.tasks.map(({ condition, blocked }) => [condition, blocked])], personsOf(rows), itemsIn(rows.tasks));

const programOf = async (deps: Deps, { project: { program } }: ProjectRows) => (await readProgramNames(deps, [program]))(program);

export const projectReads = [
  endpoint({
    method: 'get', path: '/projects', id: 'listProjects', shared: true, tag: 'projects', summary: 'The projects I may see, the latest first',
    query: z.strictObject({
      status: projectStatus.optional(), template: idText(80).optional(), program: idText(80).optional(),
      q: idText(200).optional().meta({ description: 'A part of the name.' }), ...page,
    }),
    answers: { 200: { description: 'Projects.', schema: listOf(projectItem).meta({ id: 'Projects' }) } },
    async handle({ query, caller, language }, deps) {
      const { status, template, program, q, limit, cursor } = query;
      const [startedAt, id] = decodeCursor(cursor, ['instant', 'string']) ?? [];
      const filter = { ...(status && { status }), ...(template !== undefined && { template }), ...(program !== undefined && { program }), ...(q !== undefined && q.trim() !== '' && { q: q.trim() }) };
      const found = await deps.reads.projects(caller, filter, {
        limit: limit + 1, ...(id !== undefined && startedAt !== undefined && { after: { startedAt, id } }),
      });
      const { items, nextCursor } = pageOf(found, limit, (each) => [each.startedAt, each.id]);
      const [names, programs] = await Promise.all([namesForItems(deps, items.map((item) => ({ ...item, row: null })), language, []), readProgramNames(deps, items.map((item) => item.program))]);
      return { body: { nextCursor, items: items.map((item) => ({
        id: item.id, name: names({ ...item, row: null }).text({ text: item.nameRef }), status: item.status,
        template: { key: item.template, version: item.templateVersion, name: names({ ...item, row: null }).at('template') ?? item.template }, program: programs(item.program),
        startedAt: toIso(item.startedAt), endedAt: toIso(item.endedAt),
      })) } };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}', id: 'getProject', shared: true, tag: 'projects', summary: 'A project with its phases, gates and what blocks the next gate',
    params: projectParams,
    query: z.strictObject({ live: flag.optional().meta({ description: 'Ask the workflows in place of the read model; they know the present only, so not together with `asOf`.' }), asOf })
      .refine((query) => query.asOf === undefined || !query.live, { params: { expected: 'live | asOf' }, path: ['asOf'] }),
    answers: { 200: { description: 'The project.', schema: projectView } },
    async handle({ params, query, caller, language }, deps) {
      const access = await deps.enter(caller, params.project);
      if (query.asOf !== undefined) {
        const then = await deps.reads.projectRowsAsOf(params.project, query.asOf);
        if (!then) throw new Problem('not-started');
        return { body: composeProject({ ...then, tasks: inOrder(then.tasks, then) }, await namesOf(deps, then.project, then, language), await programOf(deps, then)) };
      }
      const kept = await deps.reads.projectRows(params.project);
      const rows = query.live ? await readLiveRows(deps, params.project, kept) : kept && { ...kept, tasks: inOrder(kept.tasks, kept) };
      if (!rows) throw new Problem('unknown-project');
      return { body: composeProject(rows, await namesOf(deps, access, rows, language), await programOf(deps, rows)) };
    },
  }),
  endpoint({
    method: 'get', path: '/projects/{project}/events', id: 'listEvents', tag: 'projects', summary: 'The log of a project, from the start or the latest first',
    params: projectParams,
    query: z.strictObject({
      stream: idText(500).optional(), limit: page.limit,
      types: z.string().max(2000).regex(/^[a-z-]+(,[a-z-]+)*$/).optional().meta({ description: 'Only these types.', example: 'gate-decided,vote-cast' }),
      until: asOf.meta({ description: 'Only what had happened at this moment.' }), order: z.enum(['first', 'latest']).default('first'),
      after: z.string().regex(/^\d{1,18}$/).optional().meta({ description: 'Position after which to begin: `nextAfter` of the answer before.' }),
    }),
    answers: { 200: {
      description: 'Events in the order in which they were logged, or the other way round; texts in place of their references.',
      schema: z.strictObject({ items: z.array(loggedEvent), nextAfter: z.string().nullable() }).meta({ id: 'Events' }),
    } },
    async handle({ params, query, caller }, deps) {
      await deps.enter(caller, params.project);
      const { stream, types, until, order, after, limit } = query;
      const filter = { ...(stream !== undefined && { stream }), ...(types !== undefined && { types: types.split(',') }), ...(until !== undefined && { until }) };
      const found = await deps.reads.events(params.project, filter, { limit: limit + 1, latestFirst: order === 'latest', ...(after !== undefined && { after }) });
      const items = found.slice(0, limit);
      const texts = await deps.reads.texts(collectTextRefs(items.map(({ event }) => event)));
      return { body: {
        items: items.map((each) => ({ ...each, at: toIso(each.at), event: resolveTextRefs(each.event, texts) })),
        nextAfter: found.length > limit ? (items.at(-1)?.position ?? null) : null,
      } };
    },
  }),
];
