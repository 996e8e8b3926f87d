import type { CardFacts, SprintInput } from '../sprint/types';
import { own } from '../fold';
import type { Effect, Message, PersonId, Recorded, StreamId } from '../process';
import { sprintsOf, teamOf } from './items';
import { sprintStream, stageBeside } from './streams';
import type { BacklogEvent, BacklogState, SprintRef } from './types';

/** The sprints that have a process. */
export function openSprints(state: BacklogState): StreamId[] {
  return Object.keys(state.teams).flatMap((team) => sprintsOf(state, team).open.map(({ number }) => sprintStream(state.input.id, team, number)));
}

function sprintInput(state: BacklogState, event: Extract<BacklogEvent, { type: 'sprint-opened' }>): SprintInput | undefined {
  const { project, id, phase, iterations: { teams: _teams, ready: _ready, ...iterations }, planRoles, managerRole, calendar } = state.input;
  const team = teamOf(state, event.team);
  return team && {
    project, parent: id, id: sprintStream(id, event.team, event.number), phase, team, number: event.number, iterations, planRoles, managerRole, calendar, roles: state.roles,
    ...(state.absences && { absences: state.absences }), ...(event.start && { start: event.start }), ...(event.waits && { waits: event.waits }),
  };
}

function cardFacts(state: BacklogState, items: readonly string[], from?: number): CardFacts[] {
  return items.flatMap((item): CardFacts[] => {
    const known = own(state.items, item);
    if (!known) return [];
    const { kind, title, estimate } = known;
    return [{ item, kind, title, ...(estimate !== undefined && { estimate }), ...(from !== undefined && { from }) }];
  });
}

/** What must happen outside because of an event of a backlog; `state` is the one after it. */
export function react(state: BacklogState, { event, seq, by }: Recorded<BacklogEvent>): readonly Effect[] {
  const { id, parent } = state.input;
  const sprints = openSprints(state);
  const tell = ({ team, number }: SprintRef, message: Message): Effect => ({ kind: 'message', to: sprintStream(id, team, number), message });
  const tellAll = (message: Message): Effect[] => sprints.map((to): Effect => ({ kind: 'message', to, message }));
  /** Who sees to something new is told, unless they took it themselves. */
  const tellOwners = (...owners: readonly (PersonId | null | undefined)[]): Effect[] => {
    const persons = [...new Set(owners)].filter((owner): owner is PersonId => typeof owner === 'string' && !(by.kind === 'person' && by.person === owner));
    return persons.length > 0 ? [{ kind: 'notify', to: { persons }, notice: 'item-owned', about: { project: state.input.project, phase: state.input.phase } }] : [];
  };
  switch (event.type) {
    case 'items-added': return tellOwners(...event.items.map(({ owner }) => owner));
    case 'sprint-opened': {
      const input = sprintInput(state, event);
      return input ? [{ kind: 'start-child', process: 'sprint', id: input.id, input }] : [];
    }
    case 'items-planned':
      return [tell(event, { type: 'take-items', items: cardFacts(state, event.items, event.from), ...(event.person !== undefined && { person: event.person }) })];
    case 'item-changed': {
      const { sprint, title, estimate } = own(state.items, event.item) ?? {};
      const told = tellOwners(event.change.owner);
      if (!sprint || !title || !('title' in event.change || 'estimate' in event.change)) return told;
      return [...told, tell(sprint, { type: 'item-changed', item: event.item, title, ...(estimate !== undefined && { estimate }) })];
    }
    case 'sprint-freed': return [tell(event, { type: 'freed', ...(event.start && { start: event.start }) })];
    case 'criteria-judged': return [{ kind: 'message', to: stageBeside(id, state.round), message: { type: 'backlog-stands', met: event.met } }];
    case 'awaited-judged': return [{ kind: 'message', to: parent, message: { type: 'items-stand', phase: state.input.phase, stands: event.stands } }];
    case 'phase-turned': return event.open ? [] : tellAll({ type: 'finish' });
    case 'roles-changed': return tellAll({ type: 'roles-changed', roles: event.roles, ...(event.replaced && { replaced: event.replaced }) });
    case 'absences-changed': return tellAll({ type: 'absences-changed', absences: event.absences });
    case 'calendar-changed': return tellAll({ type: 'calendar-changed', calendar: event.calendar });
    // Nothing of a sprint can be in the way: sprints hear what was agreed, and need not be asked.
    case 'revision-prepared': return [{ kind: 'message', to: parent, message: { type: 'prepared', revision: event.revision, child: id, seq, digest: '', ended: false } }];
    case 'revision-committed': return event.kind === 'hold' || event.kind === 'resume' ? tellAll({ type: event.kind }) : [];
    case 'children-looked-at': return sprints.length > 0 ? [{ kind: 'inspect', children: sprints }] : [];
    case 'backlog-ended': return tellAll({ type: 'end' });
    default: return [];
  }
}
