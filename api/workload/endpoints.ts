/** Who has how much to do, week by week, against the time that they have. */
import { z } from 'zod';
import { HOME } from '../../config/home';
import type { Instant } from '../../domain/process';
import { PROGRAM_MANAGER, SEES_WORKLOAD } from '../../domain/permissions';
import { splitTaskKey } from '../../domain/inventory';
import { HOURS_PER_DAY, loadOf, weeksFrom, workDaysFrom } from '../../domain/workload';
import type { AssignedWork, LoadedPerson } from '../../store/reads/workload';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { type Call, endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pageOf } from '../http/page';
import { namesForItems, readTemplate } from '../naming';
import type { Names } from '../names';
import { Problem } from '../problem';
import { idText, instant, key, listOf, namedPerson, page, whole } from '../schemas';

const WEEKS_AT_MOST = 26;

const hours = z.array(z.number());
const week = z.strictObject({
  year: z.int(), week: z.int().meta({ description: 'Number by ISO 8601.' }), from: z.string().meta({ format: 'date', description: 'Its Monday.' }),
  workingDays: z.int().meta({ description: 'Still to come, today included.' }),
});
const part = z.strictObject({
  kind: z.enum(['task', 'item']), project: z.string(), projectName: z.string().nullable(), phase: key, phaseName: z.string(),
  key: z.string().meta({ description: 'Of the task, or the number of the item.' }), team: key.nullable().meta({ description: 'Of an item: whose sprint it is in.' }), name: z.string().nullable(),
  hours: z.number().nullable().meta({ description: 'What is left of it; null where nobody said how long it takes.' }),
  basis: z.enum(['said', 'estimate', 'points']).nullable().meta({ description: '`said`: what somebody said is left. `estimate`: of the template or the item, less what was worked. `points`: by the points and the capacity of the sprint.' }),
  until: instant.nullable(), weeks: hours.meta({ description: 'Hours of it per week.' }),
});
const personLoad = z.strictObject({
  person: namedPerson, capacity: hours.meta({ description: 'Hours per week: working days, less known absences.' }), load: hours.meta({ description: 'Hours per week of all they have to do, `elsewhere` included.' }),
  elsewhere: hours.meta({ description: 'Hours per week in projects that you do not see.' }), unknown: z.int().meta({ description: 'Things of which nobody said how long they take.' }), parts: z.array(part),
}).meta({ id: 'PersonLoad' });
const workload = listOf(personLoad).extend({ hoursPerDay: z.number(), weeks: z.array(week) }).meta({ id: 'WorkloadOfPeople' });

interface Sized {
  readonly hours: number | null;
  readonly basis: z.output<typeof part>['basis'];
  readonly until: Instant | null;
}

const positive = (value: number): number => Math.max(0, Math.round(value * 10) / 10);

/** How much of a work is left. Points are worth what the sprint had time for when it started. */
async function sizeOf(deps: Deps, work: AssignedWork): Promise<Sized> {
  if (work.kind === 'item') {
    const { row: { remaining, estimate }, unit, endsAt: until, capacity, scope } = work;
    if (remaining !== undefined) return { hours: remaining, basis: 'said', until };
    if (estimate === undefined) return { hours: null, basis: null, until };
    if (unit === 'hours') return { hours: estimate, basis: 'estimate', until };
    const days = (capacity ?? []).reduce((sum, each) => sum + each.days, 0);
    return scope && scope.estimate > 0 && days > 0 ? { hours: positive(estimate * (days * HOURS_PER_DAY) / scope.estimate), basis: 'points', until } : { hours: null, basis: null, until };
  }
  const { phase, task, remaining, spent = 0, dueAt: until } = work.row;
  if (remaining !== undefined) return { hours: remaining, basis: 'said', until };
  const template = await readTemplate(deps, work.template, work.templateVersion);
  const days = template.phases.find((each) => each.key === phase)?.tasks.find((each) => each.key === splitTaskKey(task).task)?.estimate?.[1];
  return days === undefined ? { hours: null, basis: null, until } : { hours: positive(days * HOURS_PER_DAY - spent), basis: 'estimate', until };
}

/** Projects whose people are the caller's: which they manage, or whose program they do. */
async function steeredBy({ caller }: Pick<Call, 'caller'>, deps: Deps): Promise<string[]> {
  const found = await deps.reads.rolesOf(caller.id);
  const steered = await Promise.all(found.map(async ({ project, template, templateVersion, roles }) => (
    roles.includes(PROGRAM_MANAGER) || roles.includes((await readTemplate(deps, template, templateVersion)).managerRole) ? [project] : [])));
  return steered.flat();
}

function partOf(work: AssignedWork, { hours: left, basis, until }: Sized, weeks: readonly number[], names: Names): z.output<typeof part> {
  const { kind, project } = work;
  const phase = work.row.phase;
  const named = work.kind === 'task' ? { key: work.row.task, name: names.task(phase, work.row.task, work.row.condition, project), team: null } : { key: work.row.item, name: names.text(work.row.title), team: work.row.team };
  return { kind, project, projectName: names.text({ text: work.nameRef }), phase, phaseName: names.phase(phase), ...named, hours: left, basis, until: until === null ? null : toIso(until), weeks: [...weeks] };
}

export const workloadEndpoints = [
  endpoint({
    method: 'get', path: '/workload', id: 'getPeopleWorkload', tag: 'people', summary: 'Who has how much to do over all projects, against the time that they have',
    description: 'For oneself; line managers, project and program managers for their people; the project office for everybody. Open tasks and items of running sprints, spread evenly until they are due. '
      + 'What lies in projects that you do not see is summed as `elsewhere`.',
    query: z.strictObject({
      weeks: whole(1, WEEKS_AT_MOST).default(8).meta({ description: 'Weeks ahead, 1 to 26.', override: { type: 'integer', minimum: 1, maximum: WEEKS_AT_MOST, default: 8 } }),
      person: idText(100).min(1).optional().meta({ description: 'This one alone.' }), project: idText(400).min(1).optional().meta({ description: 'Who has a part in this project.' }), ...page,
    }),
    refuses: [403, 404],
    answers: { 200: { description: 'The load of each person, by name.', schema: workload } },
    async handle(call, deps) {
      const { caller, language, query: { weeks: count, person, project, limit, cursor } } = call;
      if (project !== undefined) await deps.enter(caller, project);
      const now = Date.now();
      const everybody = caller.globalRoles.some((role) => SEES_WORKLOAD.includes(role));
      const scope = { person: caller.id, everybody, projects: everybody ? [] : await steeredBy(call, deps) };
      const [name, id] = decodeCursor(cursor, ['string', 'string']) ?? [];
      const filter = { ...(person !== undefined && { person }), ...(project !== undefined && { project }) };
      const [calendar, found] = await Promise.all([
        deps.reads.calendar(HOME.calendar), deps.reads.loadedPeople(scope, filter, { limit: limit + 1, ...(name !== undefined && id !== undefined && { after: { name, id } }) }),
      ]);
      if (!calendar) throw new Problem('unknown-calendar');
      if (person !== undefined && found.length === 0) throw new Problem('not-permitted', { facts: { roles: SEES_WORKLOAD } });
      const { items: people, nextCursor } = pageOf(found, limit, (each) => [each.name, each.id]);
      const works = await deps.reads.assignedWork(caller, people.map((each) => each.id));
      const seen = works.filter(({ visible }) => visible);
      const inventory = seen.flatMap(({ project: of, row }) => ('task' in row && row.item !== undefined ? [{ project: of, item: row.item }] : []));
      const [names, sizes] = await Promise.all([namesForItems(deps, seen, language, [], inventory), Promise.all(works.map(async (work) => [work, await sizeOf(deps, work)] as const))]);
      const days = workDaysFrom(calendar, now, count, sizes.map(([, { until }]) => until));
      const load = ({ id: who, name: called, away }: LoadedPerson): z.output<typeof personLoad> => {
        const mine = sizes.filter(([work]) => work.person === who);
        const figures = loadOf(days, count, away, mine.map(([, size]) => size));
        const hidden = figures.works.filter((_, place) => !mine[place]?.[0].visible);
        return {
          person: { id: who, name: called }, capacity: [...figures.capacity], load: [...figures.load],
          elsewhere: Array.from({ length: count }, (_, place) => positive(hidden.reduce((sum, each) => sum + (each[place] ?? 0), 0))), unknown: mine.filter(([, size]) => size.hours === null).length,
          parts: mine.flatMap(([work, size], place) => (work.visible ? [partOf(work, size, figures.works[place] ?? [], names(work))] : [])),
        };
      };
      return { body: { hoursPerDay: HOURS_PER_DAY, weeks: weeksFrom(calendar, now, count), items: people.map(load), nextCursor } };
    },
  }),
];
