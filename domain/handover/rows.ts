/** The rows of the read model that a handover answers for. */
import { own } from '../fold';
import type { Key, Recorded, Row } from '../process';
import type { ArticleRow, DayRow, HandoverRow, ServiceRow } from '../rows';
import { localDate } from '../calendar';
import { daysOf, endOf, expectedOn, firstDay } from './early-life';
import { isSettled, missingOf } from './entries';
import { openSignOff } from './sign-off';
import type { HandoverEvent, HandoverState, ServiceState } from './types';

function handoverRow(state: HandoverState): Row {
  const { project, phase, id, handover } = state.input;
  const data: HandoverRow = { project, phase, status: state.status, handover, reached: state.reached ?? 'none', heldAt: state.heldAt ?? null };
  return { table: 'handover', id, data };
}

function serviceRow(state: HandoverState, key: Key): Row[] {
  const service = own(state.services, key);
  if (!service) return [];
  const { articles: _, lastArticle: _last, earlyLife: _life, ...facts } = service;
  const { project, phase, id, handover } = state.input;
  const data: ServiceRow = {
    ...facts, project, phase, handover: id, service: key, missing: missingOf(state, service), teams: service.teams ?? handover.teams.map((team) => team.key), approval: openSignOff(state, key, service) ?? null,
    ...supportRow(state, service), ...expectedBy(state, service),
  };
  return [{ table: 'service', id: `${id}/service/${key}`, data }];
}

function supportRow({ input: { calendar, handover: { earlyLife: policy } } }: HandoverState, { earlyLife }: ServiceState): Pick<ServiceRow, 'earlyLife'> {
  if (!earlyLife) return {};
  const { days, ...life } = earlyLife;
  const told = Object.keys(days).reduce<string | null>((last, day) => (last === null || day > last ? day : last), null);
  const counted = daysOf(calendar, policy ?? { count: 'working' }, life);
  return { earlyLife: { ...life, expected: expectedOn(life.from, counted), timeZone: calendar.timeZone, until: counted.at(-1) ?? life.from, told } };
}

/** By what is due and planned: never a promise, as what is late moves nothing by itself. */
function expectedBy({ input: { calendar, handover: { earlyLife: policy } } }: HandoverState, service: ServiceState): Pick<ServiceRow, 'acceptBy' | 'transferBy'> {
  const { status, earlyLife: life, entries, sessions } = service;
  if (status === 'transferred' || status === 'withdrawn') return { acceptBy: null, transferBy: null };
  if (status === 'early-life') return { acceptBy: null, transferBy: life && policy ? endOf(calendar, policy, life) : null };
  const dates = [...Object.values(entries).filter((entry) => !isSettled(entry)).map(({ dueAt }) => dueAt), ...Object.values(sessions).filter(({ status: of }) => of === 'planned').map(({ at }) => at)].filter((at) => at !== undefined);
  const acceptBy = dates.length > 0 ? Math.max(...dates) : null;
  if (acceptBy === null || !policy) return { acceptBy, transferBy: acceptBy };
  const first = firstDay(calendar, policy, localDate(calendar, acceptBy));
  return { acceptBy, transferBy: endOf(calendar, policy, { from: first, length: policy.days }) };
}

function dayRow({ input: { project, id }, services }: HandoverState, service: Key, date: string): Row[] {
  const day = own(own(services, service)?.earlyLife?.days ?? {}, date);
  if (!day) return [];
  const of = `${id}/service/${service}`;
  const data: DayRow = { ...day, project, handover: id, of, date };
  return [{ table: 'day', id: `${of}/day/${date}`, data }];
}

/** Of one that is not there any more the row says so. */
function articleRow(state: HandoverState, service: Key, article: Key): Row[] {
  const { project, phase, id } = state.input;
  const known = own(own(state.services, service)?.articles ?? {}, article);
  const data: ArticleRow = { project, phase, handover: id, service, article, ...(known ?? { dropped: true as const }) };
  return [{ table: 'article', id: `${id}/article/${service}/${article}`, data }];
}

/** Services whose row an event may change. */
function touched(state: HandoverState, event: HandoverEvent): readonly Key[] {
  switch (event.type) {
    case 'services-added': return event.services.map(({ service }) => service);
    case 'roles-changed': return event.replaced ? Object.keys(state.services) : [];
    case 'calendar-changed': return Object.keys(state.services);
    case 'revision-committed': return event.slice ? Object.keys(state.services) : [];
    case 'article-written':
    case 'article-dropped': return [];
    default: return 'service' in event ? [event.service] : [];
  }
}

export function rows(state: HandoverState, recorded?: Recorded<HandoverEvent>): readonly Row[] {
  if (state.status === 'opening') return [];
  if (!recorded) {
    return [handoverRow(state), ...Object.entries(state.services).flatMap(([key, service]) => [
      ...serviceRow(state, key), ...Object.keys(service.earlyLife?.days ?? {}).flatMap((date) => dayRow(state, key, date)), ...Array.from({ length: service.lastArticle }, (_, index) => articleRow(state, key, `article-${index + 1}`)).flat(),
    ])];
  }
  const { event } = recorded;
  if (event.type === 'article-written' || event.type === 'article-dropped') return articleRow(state, event.service, event.article);
  if (event.type === 'figures-recorded') return [...serviceRow(state, event.service), ...dayRow(state, event.service, event.date)];
  if (event.type === 'figures-refused') return [];
  const services = touched(state, event);
  return services.length > 0 ? services.flatMap((key) => serviceRow(state, key)) : [handoverRow(state)];
}
