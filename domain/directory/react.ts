import { own } from '../fold';
import type { Effect, Key, NoticeKind, PersonId, Recorded } from '../process';
import { FINDS_SUCCESSOR, RULES } from '../rules';
import { unreachable } from '../unreachable';
import { absencesIn } from './delegations';
import type { DirectoryEvent, DirectoryNews, DirectoryState } from './types';

/** What a project is told of these people, groups and programs. */
function newsFor(state: DirectoryState, project: string, { persons, groups, programs }: Extract<DirectoryEvent, { type: 'projects-told' }>, rules: number): DirectoryNews {
  return {
    absences: Object.fromEntries(persons.map((person) => [person, absencesIn(state, person, project)])),
    groups: Object.fromEntries(groups.map((group) => [group, own(state.groups, group)?.members ?? []])),
    ...(programs && { programs: Object.fromEntries(programs.map((program) => [program, own(state.programs ?? {}, program)?.managers ?? []])) }),
    left: Object.fromEntries(persons.flatMap((person) => {
      const to = rules >= FINDS_SUCCESSOR ? successorOf(state, person) : own(state.people, person)?.left?.to;
      return to === undefined ? [] : [[person, to]];
    })),
  };
}

/** Who has taken the place of somebody who left; where that one left, too, the next. It ends: nobody leaves twice, nor leaves their place to somebody who is gone. */
function successorOf(state: DirectoryState, person: PersonId): PersonId | undefined {
  const to = own(state.people, person)?.left?.to;
  return to === undefined ? undefined : successorOf(state, to) ?? to;
}

const concerning = (persons: readonly PersonId[], groups: readonly Key[] = []): Effect => ({ kind: 'find-projects', persons, groups });

/** What must happen outside because of an event of the directory; `state` is the one after it. */
export function react(state: DirectoryState, { event, at }: Recorded<DirectoryEvent>, rules = RULES): readonly Effect[] {
  const tellBoth = (notice: NoticeKind, id: string): Effect[] => {
    const delegation = own(state.delegations, id);
    if (!delegation) return [];
    const { absent, delegate, from, until, by, role, project, program } = delegation;
    const about = { delegation: id, absent, delegate, from, until, by, ...(role !== undefined && { role }), ...(project !== undefined && { project }), ...(program !== undefined && { program }) };
    return [{ kind: 'notify', to: { persons: [absent, delegate] }, notice, about }];
  };
  switch (event.type) {
    // One that begins at once is told by its beginning.
    case 'delegation-planned': return event.delegation.from > at ? tellBoth('delegation-planned', event.delegation.id) : [];
    case 'delegation-started':
    case 'delegation-ended': return [...tellBoth(event.type, event.delegation), concerning([event.absent])];
    case 'group-changed': return [concerning([], [event.group])];
    case 'program-changed': return [{ kind: 'find-projects', persons: [], groups: [], programs: [event.program] }];
    case 'person-left': return [concerning([event.person])];
    case 'directory-looked': return event.persons.length > 0 ? [concerning(event.persons)] : [];
    case 'projects-told': return event.projects.map((project): Effect => (
      { kind: 'message', to: `project/${project}`, message: { type: 'directory-told', ...newsFor(state, project, event, rules) } }));
    case 'manager-set': return [];
    default: return unreachable(event);
  }
}
