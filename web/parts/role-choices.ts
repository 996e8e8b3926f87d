import type { Schema } from '../data/api';
import { joined } from './joined';

export type RoleOfProject = Schema<'Project'>['roles'][number];

/** The roles of a project to choose from, each with who holds it: one is found by a person's name too. */
export const roleChoices = (roles: readonly RoleOfProject[]): { value: string; label: string }[] =>
  roles.map(({ key, name, persons }) => ({ value: key, label: joined([name, ...persons.map((person) => person.name)]) }));
