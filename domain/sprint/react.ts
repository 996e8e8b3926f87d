import type { AskedAction, LeftItem } from '../backlog/types';
import type { Effect, Recorded } from '../process';
import type { SprintEvent, SprintState } from './types';

/** What must happen outside because of an event of a sprint: its backlog is told what becomes of items. */
export function react(state: SprintState, { event, by }: Recorded<SprintEvent>): readonly Effect[] {
  const { parent, team, number, project, phase, iterations } = state.input;
  const tell = (message: { readonly type: string; readonly [field: string]: unknown }): Effect => ({ kind: 'message', to: parent, message: { ...message, team: team.key, number } });
  const left = (...items: readonly LeftItem[]): Effect => tell({ type: 'items-left', items });
  const about = { project, phase, sprint: `${team.key}/${number}` };
  switch (event.type) {
    case 'sprint-started': return [
      tell({ type: 'sprint-started' }),
      ...(team.days === undefined ? [] : [{ kind: 'notify' as const, to: { roles: [...team.roles, iterations.productOwner] }, notice: 'sprint-started' as const, about }]),
    ];
    case 'cards-refused': return [left(...event.items.map((item): LeftItem => ({ item, how: 'refused' })))];
    case 'cards-removed': return [left(...event.items.map((item): LeftItem => ({ item, how: 'removed' })))];
    case 'card-accepted': return [left({ item: event.item, how: 'accepted' })];
    case 'card-returned': return event.to === undefined ? [left({ item: event.item, how: 'returned' })] : [];
    case 'impediment-raised': {
      const actor = by.kind === 'person' ? by.person : undefined;
      const to = event.owner === undefined ? { roles: iterations.facilitator === undefined ? [iterations.productOwner] : [iterations.facilitator] } : { persons: event.owner === actor ? [] : [event.owner] };
      return [{ kind: 'notify', to, notice: 'impediment-raised', about }];
    }
    case 'recognition-given': return [{ kind: 'notify', to: { persons: [event.person] }, notice: 'recognition-given', about }];
    case 'sprint-over': return [
      tell({ type: 'sprint-over', items: event.left }),
      ...(state.startedAt === undefined ? [] : [{ kind: 'notify' as const, to: { roles: [...team.roles, iterations.productOwner] }, notice: 'sprint-over' as const, about: { ...about, outcome: event.because } }]),
    ];
    case 'sprint-closed':
      return [tell({ type: 'sprint-closed', items: event.left, actions: state.notes.filter(({ kind }) => kind === 'action')
        .map(({ text, owner, due }): AskedAction => ({ ...text, ...(owner !== undefined && { owner }), ...(due !== undefined && { due }) })) })];
    default: return [];
  }
}
