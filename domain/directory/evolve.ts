import { own, withKey } from '../fold';
import type { Instant, Recorded, RecordedAuthority } from '../process';
import { unreachable } from '../unreachable';
import type { DelegationState, DirectoryEvent, DirectoryInput, DirectoryState, PersonState } from './types';

/** So many delegations that ended stand with the directory; the log has all. */
const ENDED_AT_MOST = 1_000;

export function initial(_input: DirectoryInput): DirectoryState {
  return { delegations: {}, groups: {}, people: {}, lookedAt: 0 };
}

const personOf = (by: RecordedAuthority): string => (by.kind === 'person' ? by.person : by.source);

function changeDelegation(state: DirectoryState, id: string, change: Partial<DelegationState>): DirectoryState {
  const known = own(state.delegations, id);
  return known ? { ...state, delegations: withKey(state.delegations, id, { ...known, ...change }) } : state;
}

function changePerson(state: DirectoryState, person: string, change: (known: PersonState) => PersonState): DirectoryState {
  return { ...state, people: withKey(state.people, person, change(own(state.people, person) ?? {})) };
}

/** Without the oldest of those that ended, once there are too many. */
function forgetting(state: DirectoryState): DirectoryState {
  const over = Object.values(state.delegations).filter(({ status }) => status === 'ended');
  if (over.length <= ENDED_AT_MOST) return state;
  const oldest = over.reduce((one, other) => ((other.endedAt ?? 0) < (one.endedAt ?? 0) ? other : one));
  const { [oldest.id]: _, ...delegations } = state.delegations;
  return { ...state, delegations };
}

/** The daily look begins with the first thing that there is to tell again. */
const looking = (state: DirectoryState, at: Instant): DirectoryState => (state.lookedAt === 0 ? { ...state, lookedAt: at } : state);

export function evolve(state: DirectoryState, { event, at, by }: Recorded<DirectoryEvent>): DirectoryState {
  switch (event.type) {
    case 'delegation-planned':
      return looking({ ...state, delegations: withKey(state.delegations, event.delegation.id, { ...event.delegation, by: personOf(by), status: 'planned' }) }, at);
    case 'delegation-started': return changeDelegation(state, event.delegation, { status: 'active' });
    case 'delegation-ended': return forgetting(changeDelegation(state, event.delegation, { status: 'ended', endedAt: at, because: event.because }));
    case 'group-changed': return { ...state, groups: withKey(state.groups, event.group, { name: event.name, members: event.members }) };
    case 'program-changed': return { ...state, programs: withKey(state.programs ?? {}, event.program, { name: event.name, managers: event.managers }) };
    case 'manager-set':
      return changePerson(state, event.person, ({ manager: _, ...rest }) => ({ ...rest, ...(event.manager !== null && { manager: event.manager }) }));
    case 'person-left': return looking(changePerson(state, event.person, (known) => ({ ...known, left: { at, to: event.to } })), at);
    case 'directory-looked': return { ...state, lookedAt: at };
    case 'projects-told': return state;
    default: return unreachable(event);
  }
}
