/** The people of a project that is played through: so many per role and nobody in two roles, or those whom a running project has. */
import { holdersOf } from '../permissions';
import type { Plan } from '../plan';
import type { Authority, Key, PersonId } from '../process';
import type { RoleHolders } from '../project/types';

export interface Cast {
  readonly holders: RoleHolders;
  /** Roles of a running project that nobody holds although they have something to do: somebody was invented. */
  readonly unassigned: readonly Key[];
  /** Persons who hold a role; for a body, through its members. */
  of(role: Key): readonly PersonId[];
  authority(person: PersonId): Authority;
}

/** The people of a running project. */
export interface Team {
  readonly holders: RoleHolders;
  /** Roles that have something to do yet: only for these somebody is invented where nobody is. */
  readonly needed: ReadonlySet<Key>;
}

/**
 * How many hold a role where nothing is said: one; three belong to a group, and three hold a role where who delivers and who checks may not decide, and the role does all of it.
 */
export function usualPeople(plan: Plan): Readonly<Record<Key, number>> {
  const separated = plan.phases.flatMap(({ gate, tasks }) => {
    if (!gate?.policy.separationOfDuties) return [];
    const working = new Set(tasks.flatMap(({ rasci }) => [rasci.r, rasci.a]));
    const voting = gate.policy.steps.flatMap(({ roles }) => roles);
    const members = voting.flatMap((role) => plan.roles.find(({ key }) => key === role)?.members ?? []);
    // A colleague checks what was delivered, so that who answers for it can still decide.
    const checked = tasks.flatMap(({ fourEyes, rasci }) => (fourEyes ? [rasci.r] : []));
    return [...checked, ...[...voting, ...members].filter((role) => working.has(role))];
  });
  const groups = plan.roles.flatMap(({ key, group }) => (group === undefined ? [] : [key]));
  return Object.fromEntries([...separated, ...groups].map((role) => [role, 3]));
}

/**
 * @param people how many hold each role; where nothing is said those of the team, or the usual number. A role that one person alone can hold
 *   has one.
 * @param team the people of a running project: they come first, whoever is still missing is invented.
 */
export function castOf(plan: Plan, people: Readonly<Record<Key, number>> = {}, team?: Team): Cast {
  const usual = usualPeople(plan);
  const holders: Record<Key, readonly PersonId[]> = {};
  const unassigned: Key[] = [];
  const rolesOf = new Map<PersonId, Key[]>();
  for (const { key, members, single } of plan.roles) {
    if (members.length > 0) continue;
    const held = team ? holdersOf(key, plan.roles, team.holders) : [];
    if (team && held.length === 0 && team.needed.has(key)) unassigned.push(key);
    const isInvented = !team || team.needed.has(key);
    const usually = held.length > 0 ? held.length : isInvented ? (usual[key] ?? 1) : 0;
    const given = people[key];
    const wanted = given === undefined ? usually : Math.max(1, Math.floor(given));
    const count = single ? Math.min(1, wanted) : wanted;
    holders[key] = Array.from({ length: count }, (_, index) => held[index] ?? `${key}#${index + 1}`);
  }
  for (const { key } of plan.roles) {
    for (const person of holdersOf(key, plan.roles, holders)) rolesOf.set(person, [...(rolesOf.get(person) ?? []), key]);
  }
  const authorities = new Map([...rolesOf].map(([person, roles]): [PersonId, Authority] => [person, { kind: 'person', person, roles }]));
  const byRole = new Map(plan.roles.map(({ key }) => [key, holdersOf(key, plan.roles, holders)]));
  return {
    holders, unassigned,
    of: (role) => byRole.get(role) ?? [],
    authority: (person) => authorities.get(person) ?? { kind: 'person', person, roles: [] },
  };
}
