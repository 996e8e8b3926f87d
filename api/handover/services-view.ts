import { z } from 'zod';
import { HOME, todayIn } from '../../config/home';
import type { WorkingCalendar } from '../../domain/calendar';
import { expectedDays } from '../../domain/handover/early-life';
import { type Expected, forecastOf, type ServiceForecast } from '../../domain/handover/forecast';
import type { RecordedDay } from '../../domain/handover/early-life-types';
import { unpackFigures } from '../../domain/handover/figures';
import { localWeeks } from '../../domain/workload';
import type { ServiceOfProject } from '../../store/reads/services';
import type { Deps } from '../deps';
import { decodeCursor } from '../http/cursor';
import { type Call, endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { pageOf } from '../http/page';
import type { Names } from '../names';
import { namesForItems } from '../naming';
import { Problem } from '../problem';
import { flag, idText, instant, key, listOf, namedKey, namedPerson, page } from '../schemas';
import { dailyFigures } from './figures-input';
import { acceptedIn, exitName, standingsOf } from './support-view';
import { nameOf } from './views';

const STATUSES = ['preparing', 'early-life', 'handed-back', 'transferred', 'withdrawn'] as const;
/** Services of which a workload is made. */
const AT_MOST = 2_000;
const WEEKS = 12;

const expectedSpan = z.strictObject({ p50: instant, p80: instant }).meta({ id: 'ExpectedBy', description: 'By when half of the runs are there, and eight of ten.' });
const serviceItem = z.strictObject({
  project: namedKey, phase: namedKey, service: key, name: z.string().nullable(), owner: namedPerson.nullable(), teams: z.array(namedKey), status: z.enum(STATUSES),
  acceptBy: instant.nullable().meta({ description: 'By the plan: when it can be signed off. A moment in the past: it is late.' }), transferBy: instant.nullable().meta({ description: 'By the plan: when it is taken over for good.' }),
  forecast: z.strictObject({ accept: expectedSpan.nullable(), transfer: expectedSpan.nullable(), madeAt: instant }).nullable()
    .meta({ description: 'By the simulation of its project, and never before the plan: when it can be signed off, and when it is taken over for good. null: there is no forecast (yet).' }),
  missing: z.array(namedKey).meta({ description: 'What keeps it from being signed off, ten at most.' }), missingCount: z.int(), approval: z.string().nullable().meta({ description: 'The sign-off that is open.' }),
  conditions: z.array(z.strictObject({ key, defect: z.string().nullable(), owner: namedKey, status: z.enum(['open', 'expired']), dueAt: instant })).meta({ description: 'Those that are not met, the first to expire first.' }),
  support: z.strictObject({
    from: z.string(), until: z.string(), outcome: z.enum(['running', 'met', 'unmet', 'missing']), extensions: z.int(), daysMissing: z.int(), last: z.strictObject({ date: z.string(), figures: dailyFigures }).nullable(),
    criteria: z.array(namedKey.extend({ verdict: z.enum(['met', 'unmet', 'missing', 'pending']), accepted: z.boolean() })),
  }).nullable().meta({ description: 'Early-life support; null: it has not begun.' }),
}).meta({ id: 'ServiceOfProject' });
export type ServiceItem = z.output<typeof serviceItem>;

const week = z.strictObject({
  from: z.string().meta({ description: 'Its Monday.' }), arriving: z.int().meta({ description: 'Services that can be signed off.' }), sessions: z.int(), inSupport: z.int().meta({ description: 'Services in early-life support.' }),
  transfers: z.int().meta({ description: 'Services that are taken over for good.' }), conditions: z.int().meta({ description: 'Conditions that expire.' }),
});

const query = {
  team: idText(80).optional().meta({ description: 'Key of a team that receives.' }), status: z.enum(STATUSES).optional(), project: idText(400).optional(),
  all: flag.optional().meta({ description: 'Also those that are over: transferred with nothing left open, and withdrawn.' }),
};
type Wanted = { readonly team?: string | undefined; readonly status?: (typeof STATUSES)[number] | undefined; readonly project?: string | undefined; readonly all?: boolean | undefined };
const filterOf = ({ team, status, project, all }: Wanted) => ({
  ...(team !== undefined && { team }), ...(status !== undefined && { statuses: [status] }), ...(project !== undefined && { project }), ...(!all && status === undefined && { current: true as const }),
});

/** What the forecast says of a service; null: there is none. */
function forecastFor({ service, forecast }: Pick<ServiceOfProject, 'service' | 'forecast'>): ServiceForecast | null {
  const of = forecast && Object.hasOwn(forecast.phases, service.phase) ? forecast.phases[service.phase] : undefined;
  const found = of ? forecastOf(service, of) : null;
  return found && (found.accept || found.transfer) ? found : null;
}

/** When it is signed off and taken over: as forecast, else by the plan. */
function datesOf(each: ServiceOfProject): { readonly accept: number | null; readonly transfer: number | null } {
  const forecast = forecastFor(each);
  return { accept: forecast?.accept?.p50 ?? each.service.acceptBy, transfer: forecast?.transfer?.p50 ?? each.service.transferBy };
}

const iso = (at: number | null): string | null => (at === null ? null : toIso(at));
const named = (names: Names, path: string, each: string): z.output<typeof namedKey> => ({ key: each, name: names.at(path) ?? each });

const span = (of: Expected | null): z.output<typeof expectedSpan> | null => of && { p50: toIso(of.p50), p80: toIso(of.p80) };

function itemOf({ service, handover, nameRef, madeAt, ...more }: ServiceOfProject, days: Readonly<Record<string, Pick<RecordedDay, 'figures'>>>, names: Names, now: number): ServiceItem {
  const { earlyLife: life, phase } = service;
  const accepted = acceptedIn(service, now);
  const told = life && life.told !== null && Object.hasOwn(days, life.told) ? days[life.told] : undefined;
  const today = life ? todayIn(life.timeZone, now) : '';
  const expected = life ? expectedDays(life.from, life.expected) : [];
  const forecast = forecastFor({ service, forecast: more.forecast });
  return {
    project: { key: service.project, name: names.text({ text: nameRef }) ?? service.project }, phase: { key: phase, name: names.phase(phase) }, service: service.service, name: names.text(service.name),
    owner: service.owner === undefined ? null : names.person(service.owner), teams: service.teams.map((team) => named(names, `receiver:${phase}/${team}`, team)), status: service.status,
    acceptBy: iso(service.acceptBy), transferBy: iso(service.transferBy),
    forecast: forecast && madeAt !== null ? { accept: span(forecast.accept), transfer: span(forecast.transfer), madeAt: toIso(madeAt) } : null, missing: service.missing.slice(0, 10).map((each) => nameOf(service, each, names)), missingCount: service.missing.length, approval: service.approval,
    conditions: Object.entries(service.conditions).flatMap(([condition, { status, defect, owner, dueAt }]) => (status === 'met' ? [] : [{ key: condition, defect: names.text(defect), owner: names.role(owner), status, dueAt: toIso(dueAt) }]))
      .sort((one, other) => one.dueAt.localeCompare(other.dueAt)),
    support: life ? {
      from: life.from, until: life.until, outcome: life.judged?.outcome ?? 'running', extensions: life.extensions.length,
      daysMissing: life.endedAt === undefined ? expected.filter((day) => day < today && !Object.hasOwn(days, day)).length : 0,
      last: told && life.told !== null ? { date: life.told, figures: unpackFigures(told.figures) } : null,
      criteria: standingsOf(handover, service, days, now).map(({ key: criterion, verdict }) => ({ ...exitName(phase, criterion, names), verdict, accepted: accepted.has(criterion) })),
    } : null,
  };
}

async function toItems(call: Call, deps: Deps, found: readonly (ServiceOfProject & { readonly id: string })[]): Promise<ServiceItem[]> {
  const rows = found.map((each) => ({ each, item: { project: each.service.project, template: each.template, templateVersion: each.templateVersion, nameRef: each.nameRef, row: each.service } }));
  const [days, names] = await Promise.all([
    deps.reads.serviceFigures(found.filter(({ service }) => service.earlyLife).map(({ id }) => id)),
    namesForItems(deps, rows.map(({ item }) => item), call.language, found.flatMap(({ service: { owner } }) => owner ?? [])),
  ]);
  const now = Date.now();
  return rows.map(({ each, item }) => itemOf(each, days.get(each.id) ?? {}, names(item), now));
}

function workloadOf(found: readonly ServiceOfProject[], calendar: WorkingCalendar, now: number): z.output<typeof week>[] {
  const services = found.map(({ service }) => service);
  const dates = found.map((each) => ({ status: each.service.status, ...datesOf(each) }));
  return localWeeks(calendar, now, WEEKS).map(({ from, to, startsAt, endsAt }, index) => {
    const isIn = (at: number | null | undefined): boolean => typeof at === 'number' && (index === 0 || at >= startsAt) && at < endsAt;
    return {
      from, arriving: dates.filter(({ accept }) => isIn(accept)).length,
      sessions: services.reduce((sum, { sessions }) => sum + Object.values(sessions).filter(({ status, at }) => status === 'planned' && isIn(at)).length, 0),
      inSupport: services.filter(({ status, earlyLife }) => status === 'early-life' && earlyLife && earlyLife.from <= to && (earlyLife.until >= from || index === 0)).length,
      transfers: dates.filter(({ status, transfer }) => status === 'early-life' && isIn(transfer)).length,
      conditions: services.reduce((sum, { conditions }) => sum + Object.values(conditions).filter(({ status, dueAt }) => status === 'open' && isIn(dueAt)).length, 0),
    };
  });
}

export const servicesEndpoints = [
  endpoint({
    method: 'get', path: '/services', id: 'listServices', tag: 'handover', summary: 'Services that operations take over, of all projects that I see: those first that come first',
    description: 'What is missing, which conditions are open and when they expire, and how early-life support stands.',
    query: z.strictObject({ ...query, ...page }), answers: { 200: { description: 'Services.', schema: listOf(serviceItem).meta({ id: 'ServicesOfProjects' }) } },
    async handle(call, deps) {
      const { limit, cursor } = call.query;
      const after = decodeCursor(cursor, ['instant', 'string']);
      const found = await deps.reads.services(call.caller, filterOf(call.query), { limit: limit + 1, ...(after && { after: { expected: after[0], id: after[1] } }) });
      const { items, nextCursor } = pageOf(found, limit, (each) => [each.expected, each.id]);
      return { body: { items: await toItems(call, deps, items), nextCursor } };
    },
  }),
  endpoint({
    method: 'get', path: '/services/workload', id: 'getWorkload', tag: 'handover', summary: 'What comes to the teams that receive services, week by week',
    description: `For ${WEEKS} weeks from this one on; what is late counts for this week.`,
    query: z.strictObject(query), answers: { 200: { description: 'Weeks.', schema: z.strictObject({ weeks: z.array(week), teams: z.array(namedKey).meta({ description: 'All teams that receive services which I see.' }) }).meta({ id: 'Workload' }) } },
    async handle(call, deps) {
      const { team, ...rest } = filterOf(call.query);
      const [calendar, found] = await Promise.all([deps.reads.calendar(HOME.calendar), deps.reads.services(call.caller, rest, { limit: AT_MOST })]);
      if (!calendar) throw new Problem('unknown-calendar');
      const items = found.map((each) => ({ each, item: { template: each.template, templateVersion: each.templateVersion, nameRef: each.nameRef, row: null } }));
      const names = await namesForItems(deps, items.map(({ item }) => item), call.language, []);
      const teams = new Map(items.flatMap(({ each: { service }, item }) => service.teams.map((one) => [one, names(item).at(`receiver:${service.phase}/${one}`) ?? one] as const)));
      return { body: {
        weeks: workloadOf(found.filter(({ service }) => team === undefined || service.teams.includes(team)), calendar, Date.now()),
        teams: [...teams].map(([one, name]) => ({ key: one, name })).sort((one, other) => one.name.localeCompare(other.name)),
      } };
    },
  }),
];
