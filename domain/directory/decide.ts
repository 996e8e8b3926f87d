import type { FieldProblem } from '../errors';
import { refuse } from '../errors';
import { cascade, foldAll, own } from '../fold';
import { entitlingRole, OFFICE } from '../permissions';
import { reachable } from '../reachable';
import type { Authority, Context, Decision, Instant, PersonId } from '../process';
import { clashOf, openDelegations } from './delegations';
import { evolve } from './evolve';
import { replaced } from './people';
import type { Delegation, DelegationEnd, DelegationState, DirectoryCommand, DirectoryEvent, DirectoryState } from './types';

type PersonCommand = Extract<DirectoryCommand, { type: 'delegate' | 'revoke' | 'set-group' | 'set-program' | 'set-manager' | 'leave' | 'tell' }>;
type Of<T extends PersonCommand['type']> = Extract<PersonCommand, { type: T }>;

const PERSON_COMMANDS: readonly string[] = ['delegate', 'revoke', 'set-group', 'set-program', 'set-manager', 'leave', 'tell'];
const isPersonCommand = (command: DirectoryCommand): command is PersonCommand => PERSON_COMMANDS.includes(command.type);

const DAY_MS = 86_400_000;
/** Longest time of a delegation. */
const MAX_DAYS = 731;
/** So long projects are told again of people who left: somebody may have given them a role at that very moment. */
const RECENTLY_MS = 30 * DAY_MS;

const accept = (...events: DirectoryEvent[]): Decision<DirectoryEvent> => ({ ok: true, events });

/** Judges a command on the directory. Refusals: see `domain/errors.ts`. */
export function decide(state: DirectoryState, command: DirectoryCommand, context: Context): Decision<DirectoryEvent> {
  const decision = isPersonCommand(command) ? decidePerson(state, command, context) : decideSystem(state, command, context);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: cascade(state, decision.events, context, evolve, (each) => turn(each, context.now)) };
}

function decideSystem(state: DirectoryState, command: Exclude<DirectoryCommand, PersonCommand>, context: Context): Decision<DirectoryEvent> {
  const { authority, now } = context;
  if (authority.kind !== 'system') return refuse('system-only');
  switch (command.type) {
    case 'turn': {
      const turned = turn(state, now);
      return accept(...turned, ...look(foldAll(state, turned, context, evolve), now));
    }
    case 'concerned': return command.projects.length === 0 ? accept()
      : accept(toTell(command, command.projects));
    // A project that has ended needs to be told nothing.
    case 'child-lost': return accept();
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

function decidePerson(state: DirectoryState, command: PersonCommand, { authority, now }: Context): Decision<DirectoryEvent> {
  if (authority.kind !== 'person') return refuse('not-permitted', { roles: [OFFICE] });
  switch (command.type) {
    case 'delegate': return entitled(state, authority, [command.absent], () => judgeDelegation(state, command, now));
    case 'revoke': {
      const delegation = own(state.delegations, command.delegation);
      if (!delegation) return refuse('unknown-delegation');
      const { absent, delegate, by } = delegation;
      return entitled(state, authority, [absent, delegate, by], () =>
        (delegation.status === 'ended' ? refuse('delegation-ended') : accept(ended(delegation, 'revoked'))));
    }
    case 'set-group': return byOffice(authority, () => judgeGroup(state, command));
    case 'set-program': return byOffice(authority, () => judgeProgram(state, command));
    case 'set-manager': return byOffice(authority, () => judgeManager(state, command));
    case 'leave': return byOffice(authority, () => judgeLeave(state, command));
    case 'tell': return accept(toTell(command, [command.project]));
    default: return refuse('unknown-command', { command: (command as { type: string }).type });
  }
}

const toTell = ({ persons, groups, programs }: Extract<DirectoryCommand, { type: 'concerned' | 'tell' }>, projects: readonly string[]): DirectoryEvent =>
  ({ type: 'projects-told', projects, persons, groups, ...(programs && { programs }) });

/** One of these persons themselves, the line manager of the first, or the project office. */
function entitled(
  state: DirectoryState, authority: Extract<Authority, { kind: 'person' }>, persons: readonly PersonId[], judge: () => Decision<DirectoryEvent>,
): Decision<DirectoryEvent> {
  const manager = own(state.people, persons[0] ?? '')?.manager;
  return persons.includes(authority.person) || authority.person === manager ? judge() : byOffice(authority, judge);
}

function byOffice(authority: Authority, judge: () => Decision<DirectoryEvent>): Decision<DirectoryEvent> {
  const role = entitlingRole(authority, [OFFICE]);
  if (role === undefined) return refuse('not-permitted', { roles: [OFFICE] });
  const decision = judge();
  return decision.ok ? { ...decision, role } : decision;
}

const hasLeft = (state: DirectoryState, person: PersonId): boolean => own(state.people, person)?.left !== undefined;

function judgeDelegation(state: DirectoryState, { type: _, ...delegation }: Of<'delegate'>, now: Instant): Decision<DirectoryEvent> {
  const { absent, delegate, from, until } = delegation;
  const fields: FieldProblem[] = [];
  if (delegate === absent || hasLeft(state, delegate)) fields.push({ pointer: '/to', code: 'choice' });
  if (until <= from || until <= now || until - from > MAX_DAYS * DAY_MS) {
    fields.push({ pointer: '/until', code: 'range', expected: `${new Date(Math.max(from, now)).toISOString()} – ${new Date(from + MAX_DAYS * DAY_MS).toISOString()}` });
  }
  if (fields.length > 0) return refuse('delegation-invalid', undefined, fields);
  if (hasLeft(state, absent)) return refuse('person-left', { person: absent });
  const clash = clashOf(state, delegation);
  if (clash) return refuse(clash.code, { delegation: clash.delegation.id, person: clash.delegation.absent, delegate: clash.delegation.delegate });
  return accept({ type: 'delegation-planned', delegation });
}

/** Refuses a list in which somebody has left. */
function refuseLeavers(state: DirectoryState, list: string, persons: readonly PersonId[]): Decision<DirectoryEvent> | null {
  const fields = persons.flatMap((person, place): FieldProblem[] => (hasLeft(state, person) ? [{ pointer: `/${list}/${place}`, code: 'choice' }] : []));
  return fields.length > 0 ? refuse('person-left', undefined, fields) : null;
}

const judgeGroup = (state: DirectoryState, { group, name, members }: Of<'set-group'>): Decision<DirectoryEvent> =>
  refuseLeavers(state, 'members', members) ?? accept({ type: 'group-changed', group, name, members: [...new Set(members)] });

const judgeProgram = (state: DirectoryState, { program, name, managers }: Of<'set-program'>): Decision<DirectoryEvent> =>
  refuseLeavers(state, 'managers', managers) ?? accept({ type: 'program-changed', program, name, managers: [...new Set(managers)] });

function judgeManager(state: DirectoryState, { person, manager }: Of<'set-manager'>): Decision<DirectoryEvent> {
  const known = own(state.people, person)?.manager ?? null;
  if (known === manager) return accept();
  if (manager !== null && isAbove(state, person, manager)) return refuse('manager-circle', { person });
  return manager !== null && hasLeft(state, manager) ? refuse('person-left', { person: manager }) : accept({ type: 'manager-set', person, manager });
}

/** Whether a person is another one, or their line manager, however far up. */
function isAbove(state: DirectoryState, person: PersonId, other: PersonId): boolean {
  const managerOf = (each: PersonId): readonly PersonId[] => {
    const manager = own(state.people, each)?.manager;
    return manager === undefined ? [] : [manager];
  };
  return reachable([other], managerOf).has(person);
}

/** A person leaves: delegations of theirs end, and somebody else decides where they were the delegate, if that person can. */
function judgeLeave(state: DirectoryState, { person, to }: Of<'leave'>): Decision<DirectoryEvent> {
  const left = own(state.people, person)?.left;
  if (left) return left.to === to ? accept() : refuse('person-left', { person });
  if (person === to || hasLeft(state, to)) return refuse('person-left', { person: to }, [{ pointer: '/to', code: 'choice' }]);
  const theirs = openDelegations(state).filter(({ absent, delegate }) => absent === person || delegate === person);
  const groups = Object.entries(state.groups).filter(([, { members }]) => members.includes(person)).map(([group, { name, members }]): DirectoryEvent =>
    ({ type: 'group-changed', group, name, members: replaced(members, person, to) }));
  const programs = Object.entries(state.programs ?? {}).filter(([, { managers }]) => managers.includes(person)).map(([program, { name, managers }]): DirectoryEvent =>
    ({ type: 'program-changed', program, name, managers: replaced(managers, person, to) }));
  const managed = Object.entries(state.people).filter(([, { manager }]) => manager === person).map(([each]): DirectoryEvent =>
    ({ type: 'manager-set', person: each, manager: isAbove(state, each, to) ? (own(state.people, person)?.manager ?? null) : to }));
  return accept({ type: 'person-left', person, to }, ...theirs.map((each) => ended(each, 'left')), ...passedOn(state, theirs, person, to), ...groups, ...programs, ...managed);
}

/** The delegations in which the successor takes the leaver's place; one that would clash is not passed on: it has ended. */
function passedOn(state: DirectoryState, theirs: readonly DelegationState[], person: PersonId, to: PersonId): DirectoryEvent[] {
  const rest: DirectoryState = { ...state, delegations: Object.fromEntries(Object.entries(state.delegations).filter(([id]) => !theirs.some((each) => each.id === id))) };
  return theirs.filter(({ absent, delegate }) => delegate === person && absent !== to).flatMap((each): DirectoryEvent[] => {
    const { by: _by, status: _status, endedAt: _at, because: _because, ...delegation } = each;
    const next: Delegation = { ...delegation, id: `${each.id}-${to}`, delegate: to };
    return clashOf(rest, next) ? [] : [{ type: 'delegation-planned', delegation: next }];
  });
}

const ended = ({ id, absent, delegate }: DelegationState, because: DelegationEnd): DirectoryEvent =>
  ({ type: 'delegation-ended', delegation: id, absent, delegate, because });

/** The delegations that begin and end at this moment; one whose whole time has passed ends without having begun. */
function turn(state: DirectoryState, now: Instant): DirectoryEvent[] {
  const open = openDelegations(state);
  const over = open.filter(({ until }) => until <= now).map((each) => ended(each, 'time'));
  const beginning = open.filter(({ status, from, until }) => status === 'planned' && from <= now && until > now)
    .map(({ id, absent, delegate }): DirectoryEvent => ({ type: 'delegation-started', delegation: id, absent, delegate }));
  return [...over, ...beginning];
}

/** Who is absent, and who left lately: once a day the projects concerned are told again. */
export function toTellAgain(state: DirectoryState, now: Instant): readonly PersonId[] {
  const absent = openDelegations(state).filter(({ status }) => status === 'active').map((each) => each.absent);
  const gone = Object.entries(state.people).filter(([, { left }]) => left !== undefined && left.at > now - RECENTLY_MS).map(([person]) => person);
  return [...new Set([...absent, ...gone])];
}

/** The moment of the next daily look. */
export const nextLook = (state: DirectoryState): Instant => state.lookedAt + DAY_MS;

function look(state: DirectoryState, now: Instant): DirectoryEvent[] {
  if (now < nextLook(state) || toTellAgain(state, nextLook(state)).length === 0) return [];
  return [{ type: 'directory-looked', persons: toTellAgain(state, now) }];
}
