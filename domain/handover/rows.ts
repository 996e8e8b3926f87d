/** The rows of the read model that a handover answers for. */
import { own } from '../fold';
import type { Key, Recorded, Row } from '../process';
import type { ArticleRow, HandoverRow, ServiceRow } from '../rows';
import type { EarlyLife } from './early-life-types';
import { missingOf } from './entries';
import { openSignOff } from './sign-off';
import type { HandoverEvent, HandoverState } from './types';

function handoverRow(state: HandoverState): Row {
  const { project, phase, id, handover } = state.input;
  const data: HandoverRow = { project, phase, status: state.status, handover, reached: state.reached ?? 'none', heldAt: state.heldAt ?? null };
  return { table: 'handover', id, data };
}

function withoutDays({ days: _, ...earlyLife }: EarlyLife): Omit<EarlyLife, 'days'> {
  return earlyLife;
}

function serviceRow(state: HandoverState, key: Key): Row[] {
  const service = own(state.services, key);
  if (!service) return [];
  const { articles: _articles, lastArticle: _last, earlyLife, ...facts } = service;
  const { project, phase, id, handover } = state.input;
  const data: ServiceRow = {
    ...facts, project, phase, handover: id, service: key, missing: missingOf(state, service), teams: service.teams ?? handover.teams.map((team) => team.key), approval: openSignOff(state, key, service) ?? null, ...(earlyLife && { earlyLife: withoutDays(earlyLife) }),
  };
  return [{ table: 'service', id: `${id}/service/${key}`, data }];
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
      ...serviceRow(state, key), ...Array.from({ length: service.lastArticle }, (_, index) => articleRow(state, key, `article-${index + 1}`)).flat(),
    ])];
  }
  const { event } = recorded;
  if (event.type === 'article-written' || event.type === 'article-dropped') return articleRow(state, event.service, event.article);
  const services = touched(state, event);
  return services.length > 0 ? services.flatMap((key) => serviceRow(state, key)) : [handoverRow(state)];
}
