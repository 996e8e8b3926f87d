/** Who may do what: the one place that relates commands to roles. */
import { own } from './fold';
import type { PlanRole } from './plan';
import type { Authority, Key, PersonId, RecordedAuthority } from './process';
import type { RoleHolders } from './project/types';

/** Roles that hold beyond projects, kept with the person. */
export const GLOBAL_ROLES = ['project-office', 'program-manager', 'auditor'] as const;
export type GlobalRole = (typeof GLOBAL_ROLES)[number];

/** Who manages a program holds this role in the projects of the program, as those do in all projects who hold it beyond them. */
export const PROGRAM_MANAGER: Key = 'program-manager';

/** Global roles that see every project. */
export const SEES_ALL: readonly Key[] = GLOBAL_ROLES;
/** Global roles that see what everybody has to do. */
export const SEES_WORKLOAD: readonly Key[] = ['project-office', 'program-manager'];
/** Global roles that start projects. */
export const STARTS_PROJECTS: readonly Key[] = ['project-office', 'program-manager'];
/** The global role that may act beside a project's own manager. */
export const OFFICE: Key = 'project-office';

/** Whether someone with these global roles may start a project. */
export function mayStartProject(roles: readonly Key[]): boolean {
  return roles.some((role) => STARTS_PROJECTS.includes(role));
}

/** Whether someone with these roles may put files into a project that they see: who works on it or decides in it, and the project office. */
export function mayUpload(roles: readonly Key[], globalRoles: readonly Key[]): boolean {
  return roles.length > 0 || globalRoles.includes(OFFICE);
}

/** Whether someone with these roles may take the full record of a project away: its manager, the project office, an auditor. */
export function mayExport(roles: readonly Key[], globalRoles: readonly Key[], managerRole: Key): boolean {
  return roles.includes(managerRole) || globalRoles.some((role) => role === OFFICE || role === 'auditor');
}

/** The role among `allowed` that entitles this authority, if any. */
export function entitlingRole(authority: Authority, allowed: readonly Key[]): Key | undefined {
  if (authority.kind !== 'person') return undefined;
  return allowed.find((role) => authority.roles.includes(role));
}

/** Roles that steer a project: its manager, and the project office. */
export function steeringRoles(managerRole: Key): readonly Key[] {
  return [managerRole, OFFICE];
}

/** Who says to which program a project belongs. */
export const SETS_PROGRAM: readonly Key[] = [OFFICE, PROGRAM_MANAGER];

/** Whether somebody steers a project. */
export function isSteering(authority: Authority, managerRole: Key): boolean {
  return entitlingRole(authority, steeringRoles(managerRole)) !== undefined;
}

/** All persons who hold a role; for a body, those who hold a member role. In order, each once. */
export function holdersOf(role: Key, planRoles: readonly PlanRole[], holders: RoleHolders): readonly PersonId[] {
  const members = planRoles.find((each) => each.key === role)?.members ?? [];
  const persons = members.length > 0 ? members.flatMap((member) => own(holders, member) ?? []) : (own(holders, role) ?? []);
  return [...new Set(persons)];
}

/** Of these roles, those that a person holds, and the member roles through which they belong to a body among them. */
export function rolesHeld(person: PersonId, roles: readonly Key[], planRoles: readonly PlanRole[], holders: RoleHolders): readonly Key[] {
  return roles.flatMap((role) => {
    const members = planRoles.find((each) => each.key === role)?.members ?? [];
    const through = members.filter((member) => (own(holders, member) ?? []).includes(person));
    const holds = members.length > 0 ? through.length > 0 : (own(holders, role) ?? []).includes(person);
    return holds ? [role, ...through] : [];
  });
}

/** What the record keeps of an authority. */
export function recordedAuthority(authority: Authority, role?: Key): RecordedAuthority {
  if (authority.kind === 'system') return { kind: 'system', source: authority.source };
  return {
    kind: 'person', person: authority.person,
    ...(authority.onBehalfOf !== undefined && { onBehalfOf: authority.onBehalfOf }),
    ...(role !== undefined && { role }),
  };
}

/** Whether a person was named by this authority, as themselves or as a delegate. */
export function actingPerson(authority: Authority): PersonId | undefined {
  return authority.kind === 'person' ? (authority.onBehalfOf ?? authority.person) : undefined;
}
