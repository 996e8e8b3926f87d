/** The program that a project belongs to: who manages it holds a role of that name in the project. */
import { own } from '../fold';
import { digestOf } from '../digest';
import { PROGRAM_MANAGER } from '../permissions';
import type { Key, PersonId } from '../process';
import type { ProgramOf, ProjectEvent, ProjectState, RoleHolders } from './types';

/** It joins a program, or leaves the one it belongs to. Who was absent for that program alone is there again. */
export function joinProgram(state: ProjectState, program: ProgramOf | null): readonly ProjectEvent[] {
  const key = program?.key ?? null;
  if (key === (state.program ?? null)) return heldBy(state, program?.managers ?? []);
  const absences = Object.fromEntries(Object.entries(state.absences ?? {}).map(([person, each]) => [person, each.filter((absence) => concerns(absence, key))] as const).filter(([, each]) => each.length > 0));
  const back: ProjectEvent[] = digestOf(absences) === digestOf(state.absences ?? {}) ? [] : [{ type: 'absences-changed', absences }];
  return [{ type: 'program-set', program: key }, ...heldBy(state, program?.managers ?? []), ...back];
}

/** Whether an absence concerns a project of this program. */
export const concerns = ({ program }: { readonly program?: Key }, of: Key | null): boolean => program === undefined || program === of;

/** The holders of the role when these manage the program; nothing when they hold it already. */
export function managersNow({ roles }: ProjectState, managers: readonly PersonId[]): RoleHolders {
  return digestOf(own(roles, PROGRAM_MANAGER) ?? []) === digestOf(managers) ? {} : { [PROGRAM_MANAGER]: managers };
}

function heldBy(state: ProjectState, managers: readonly PersonId[]): ProjectEvent[] {
  const roles = managersNow(state, managers);
  return Object.keys(roles).length > 0 ? [{ type: 'roles-assigned', roles }] : [];
}
