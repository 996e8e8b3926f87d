import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Deps } from '../deps';
import { decodeCursor, encodeCursor } from '../http/cursor';
import { readProgramNames } from '../directory/known-programs';
import { type Call, endpoint } from '../http/endpoint';
import { HOME, todayIn } from '../../config/home';
import { namesForItems } from '../naming';
import { collectRows } from '../projects/rows';
import { flag, idText, listOf, page, personId } from '../schemas';
import { overviewOf } from './overview';
import { readStates } from './states';
import { portfolioCsv } from './csv';
import { byAttention, course, portfolioItem, portfolioItemOf, type PortfolioItem } from './views';

/** A portfolio beyond this is to be narrowed by a filter first. */
const PROJECTS_AT_MOST = 2_000;

const query = z.strictObject({
  project: idText(400).optional().meta({ description: 'This one, if I may see it; also when it has ended.' }),
  course: course.optional(), template: idText(80).optional(), program: idText(80).optional(), q: idText(200).optional().meta({ description: 'A part of the name.' }),
  manager: personId.optional().meta({ description: 'Projects that this person manages.' }),
  mine: flag.optional().meta({ description: 'Projects in which I hold a role.' }),
  ended: flag.optional().meta({ description: 'Also those that have ended.' }),
  sort: z.enum(['attention', 'end', 'name', 'started']).default('attention'), ...page,
});
type Wanted = z.output<typeof query>;

const ORDER: Readonly<Record<Wanted['sort'], (one: PortfolioItem, other: PortfolioItem) => number>> = {
  attention: byAttention,
  end: (one, other) => (one.expectedEndAt ?? '9').localeCompare(other.expectedEndAt ?? '9') || byAttention(one, other),
  name: (one, other) => (one.name ?? '').localeCompare(other.name ?? '') || byAttention(one, other),
  started: (one, other) => other.startedAt.localeCompare(one.startedAt) || byAttention(one, other),
};

/** All of the portfolio that is asked for, in order. */
async function readPortfolio({ query: wanted, caller, language }: Call<undefined, Wanted>, deps: Deps): Promise<PortfolioItem[]> {
  const { project: id, template, program, q, ended } = wanted;
  const filter = { ...(id !== undefined && { id }), ...(template !== undefined && { template }), ...(program !== undefined && { program }), ...(q !== undefined && q.trim() !== '' && { q: q.trim() }), ...(!ended && id === undefined && { open: true as const }) };
  const found = await deps.reads.projects(caller, filter, { limit: PROJECTS_AT_MOST });
  const own = wanted.mine ? new Set((await deps.reads.rolesOf(caller.id)).map(({ project }) => project)) : undefined;
  const ids = found.map((each) => each.id).filter((each) => !own || own.has(each));
  const [rows, states] = await Promise.all([deps.reads.overviewRows(ids), readStates(deps, ids)]);
  const now = Date.now();
  const overviews = ids.flatMap((id) => {
    const of = collectRows(rows.get(id) ?? []);
    return of ? [overviewOf(of, states.get(id), now)] : [];
  }).filter((each) => (wanted.course === undefined || each.course === wanted.course) && (wanted.manager === undefined || each.managers.includes(wanted.manager)));
  const persons = overviews.flatMap(({ managers, next, blocked }) => [...managers, ...(next?.waitingFor ?? []), ...blocked.flatMap((task) => task.blocked?.person ?? [])]);
  const items = overviews.map((overview) => {
    const { project } = overview.rows;
    return {
      overview,
      item: {
        project: project.project, template: project.template, templateVersion: project.templateVersion, nameRef: project.name.text,
        row: overview.blocked.map(({ blocked }) => blocked?.reason), ...(project.added && { added: project.added }),
      },
    };
  });
  const names = await namesForItems(deps, items.map(({ item }) => item), language, persons, overviews.flatMap(({ rows: { project }, blocked }) => blocked.flatMap(({ item }) => (item === undefined ? [] : [{ project: project.project, item }]))));
  const programs = await readProgramNames(deps, overviews.map(({ rows }) => rows.project.program));
  return items.map(({ overview, item }) => portfolioItemOf(overview, names(item), language, programs(overview.rows.project.program))).sort(ORDER[wanted.sort]);
}

export const portfolioEndpoints = [
  endpoint({
    method: 'get', path: '/portfolio', id: 'getPortfolio', shared: true, tag: 'projects', summary: 'Where my projects stand, and which need attention',
    description: 'The worst first. Course and reasons follow stated rules; dates are by the plan as it stands.',
    query, answers: { 200: { description: 'Projects.', schema: listOf(portfolioItem).extend({ counts: z.record(z.string(), z.int()).meta({ description: 'Projects by course, of all pages.' }) }).meta({ id: 'Portfolio' }) } },
    async handle(call, deps) {
      const { limit, cursor } = call.query;
      const [from = 0] = decodeCursor(cursor, ['count']) ?? [];
      const all = await readPortfolio(call, deps);
      const counts: Record<string, number> = {};
      for (const each of all) counts[each.course] = (counts[each.course] ?? 0) + 1;
      const end = from + limit;
      return { body: { items: all.slice(from, end), counts, nextCursor: end < all.length ? encodeCursor([end]) : null } };
    },
  }),
  endpoint({
    method: 'get', path: '/portfolio.csv', id: 'exportPortfolio', tag: 'projects', summary: 'The portfolio as a table for a spreadsheet',
    query: query.omit({ limit: true, cursor: true }), answers: { 200: { description: 'CSV in UTF-8, all projects.', file: 'text/csv' } },
    async handle(call, deps) {
      const text = Buffer.from(portfolioCsv(await readPortfolio({ ...call, query: { ...call.query, limit: PROJECTS_AT_MOST } }, deps)));
      return { file: { name: `portfolio-${todayIn(HOME.timeZone, Date.now())}.csv`, type: 'text/csv; charset=utf-8', size: text.length, stream: Readable.from([text]) } };
    },
  }),
];
