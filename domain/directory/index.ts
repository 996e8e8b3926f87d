/** The directory: who stands in for whom and when, groups, line managers, who left. It tells the projects concerned. */
import { own } from '../fold';
import type { Due, Key, PersonId, Process, Recorded, Row } from '../process';
import type { DelegationRow, GroupRow, PersonRow, ProgramRow } from '../rows';
import { decide, nextLook, toTellAgain } from './decide';
import { nextTurn } from './delegations';
import { evolve, initial } from './evolve';
import { react } from './react';
import type { DirectoryCommand, DirectoryEvent, DirectoryInput, DirectoryState } from './types';

/** The next beginning or end of a delegation; and, as long as there is anything to tell again, the daily look. */
function due(state: DirectoryState): Due<DirectoryCommand> | null {
  const daily = nextLook(state);
  const at = Math.min(nextTurn(state), toTellAgain(state, daily).length > 0 ? daily : Infinity);
  return at === Infinity ? null : { at, command: { type: 'turn' } };
}

function delegationRow(state: DirectoryState, id: string): Row[] {
  const known = own(state.delegations, id);
  if (!known) return [];
  const { id: _, endedAt, because, ...rest } = known;
  const data: DelegationRow = { ...rest, endedAt: endedAt ?? null, because: because ?? null };
  return [{ table: 'delegation', id, data }];
}

function groupRow(state: DirectoryState, group: Key): Row[] {
  const known = own(state.groups, group);
  const data: GroupRow | undefined = known && { group, name: known.name, members: known.members };
  return data ? [{ table: 'group', id: group, data }] : [];
}

function programRow(state: DirectoryState, program: Key): Row[] {
  const known = own(state.programs ?? {}, program);
  const data: ProgramRow | undefined = known && { program, ...known };
  return data ? [{ table: 'program', id: program, data }] : [];
}

function personRow(state: DirectoryState, person: PersonId): Row[] {
  const { manager, left } = own(state.people, person) ?? {};
  const data: PersonRow = { person, manager: manager ?? null, leftAt: left?.at ?? null, successor: left?.to ?? null };
  return [{ table: 'person', id: person, data }];
}

function rows(state: DirectoryState, recorded?: Recorded<DirectoryEvent>): readonly Row[] {
  if (!recorded) {
    const { delegations, groups, programs = {}, people } = state;
    return [
      ...Object.keys(delegations).flatMap((id) => delegationRow(state, id)), ...Object.keys(groups).flatMap((group) => groupRow(state, group)),
      ...Object.keys(programs).flatMap((program) => programRow(state, program)), ...Object.keys(people).flatMap((person) => personRow(state, person)),
    ];
  }
  const { event } = recorded;
  switch (event.type) {
    case 'delegation-planned': return delegationRow(state, event.delegation.id);
    case 'delegation-started':
    case 'delegation-ended': return delegationRow(state, event.delegation);
    case 'group-changed': return groupRow(state, event.group);
    case 'program-changed': return programRow(state, event.program);
    case 'manager-set':
    case 'person-left': return personRow(state, event.person);
    default: return [];
  }
}

export const directory: Process<DirectoryInput, DirectoryState, DirectoryCommand, DirectoryEvent> = {
  name: 'directory', initial, decide, evolve, due, react, rows, isFinal: () => false, opening: null,
};
