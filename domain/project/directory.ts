/** What a project makes of what the directory tells it: absences, groups, people who left. */
import { groupRole, replaced } from '../directory/people';
import type { Absences, DirectoryNews } from '../directory/types';
import { digestOf } from '../digest';
import { own } from '../fold';
import type { PersonId } from '../process';
import { concerns, managersNow } from './program';
import type { ProjectEvent, ProjectState, RoleHolders } from './types';

const NOTHING: DirectoryNews = { absences: {}, groups: {}, left: {} };

/** The latest that is known of each, beside what is known of the others. */
export const addNews = (known: DirectoryNews = NOTHING, { absences, groups, programs, left }: DirectoryNews): DirectoryNews => ({
  absences: { ...known.absences, ...absences }, groups: { ...known.groups, ...groups }, left: { ...known.left, ...left },
  ...((known.programs || programs) && { programs: { ...known.programs, ...programs } }),
});

/** While a change of the whole project is being settled nobody's rights change: news wait for it. */
export function hear(state: ProjectState, news: DirectoryNews): readonly ProjectEvent[] {
  return state.revision ? [{ type: 'directory-heard', news }] : eventsOf(state, news);
}

/** What follows from news; nothing of what was known already. */
export function eventsOf(state: ProjectState, news: DirectoryNews): readonly ProjectEvent[] {
  const told = rolesOf(state, news);
  return [...absencesOf(state, news), ...told, ...leaversOf(state, { ...state.roles, ...told[0]?.roles }, news)];
}

function absencesOf(state: ProjectState, news: DirectoryNews): ProjectEvent[] {
  const known = state.absences ?? {};
  const here = Object.entries(news.absences).map(([person, each]) => [person, each.filter((absence) => concerns(absence, state.program ?? null))] as const);
  const absences: Absences = Object.fromEntries(Object.entries({ ...known, ...Object.fromEntries(here) }).filter(([, each]) => each.length > 0));
  return digestOf(absences) === digestOf(known) ? [] : [{ type: 'absences-changed', absences }];
}

/** Roles that the directory gives: to the members of groups, and to who manages the program. */
function rolesOf(state: ProjectState, { groups, programs }: DirectoryNews): Extract<ProjectEvent, { type: 'roles-assigned' }>[] {
  const changed = Object.entries(groups).map(([group, members]) => [groupRole(group), members] as const)
    .filter(([role, members]) => state.plan.roles.some(({ key }) => key === role) && digestOf(own(state.roles, role) ?? []) !== digestOf(members));
  const managers = state.program === undefined || !programs ? undefined : own(programs, state.program);
  const roles = { ...Object.fromEntries(changed), ...(managers && managersNow(state, managers)) };
  return Object.keys(roles).length > 0 ? [{ type: 'roles-assigned', roles }] : [];
}

function leaversOf(state: ProjectState, holders: RoleHolders, { left }: DirectoryNews): ProjectEvent[] {
  let now = holders;
  return Object.entries(left).flatMap(([person, by]): ProjectEvent[] => {
    const roles = rolesWithout(now, person, by);
    now = { ...now, ...roles };
    const isKnown = own(state.replaced ?? {}, person) === by;
    return isKnown && Object.keys(roles).length === 0 ? [] : [{ type: 'person-replaced', replaced: { person, by }, roles }];
  });
}

/** The roles in which somebody else takes a person's place. */
function rolesWithout(roles: RoleHolders, person: PersonId, by: PersonId): RoleHolders {
  return Object.fromEntries(Object.entries(roles).filter(([, persons]) => persons.includes(person)).map(([role, persons]) => [role, replaced(persons, person, by)]));
}
