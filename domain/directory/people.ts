/** What the directory and the projects share about people and groups. */
import type { Key, PersonId } from '../process';

/** The same people with one in the place of another, each once. */
export const replaced = (persons: readonly PersonId[], person: PersonId, by: PersonId): readonly PersonId[] =>
  [...new Set(persons.map((each) => (each === person ? by : each)))];

/** Under which key a group stands among the roles of a project: nobody assigns it there. */
export const groupRole = (group: Key): Key => `group:${group}`;

/** Likewise of a person whom a plan names. */
export const personRole = (person: PersonId): Key => `person:${person}`;
