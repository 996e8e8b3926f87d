import type { NewPerson } from './people';

/** A demo person with what they do: a global role, a role in the demo project, or none. */
export interface DemoPerson extends NewPerson {
  readonly role: string | null;
}

const person = (
  id: string, name: string, language: NewPerson['language'], role: string | null, isGlobal = false,
): DemoPerson => ({
  id, name, language, role, email: `${id.slice(2)}@demo.example`, globalRoles: isGlobal && role !== null ? [role] : [],
});

/** Who the embedded product knows from its first start. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('p-olga', 'Olga Peeters', 'nl', 'project-office', true),
  person('p-pia', 'Pia Lambert', 'fr', 'program-manager', true),
  person('p-aude', 'Aude Claes', 'fr', 'auditor', true),
  person('p-paul', 'Paul Vermeulen', 'nl', 'project-owner'),
  person('p-bea', 'Bea Janssens', 'nl', 'business-manager'),
  person('p-sam', 'Sam Dubois', 'fr', 'solution-provider'),
  person('p-marc', 'Marc Wouters', 'nl', 'project-manager'),
  person('p-tess', 'Tess De Smet', 'nl', 'project-core-team'),
  person('p-tom', 'Tom Leroy', 'fr', 'project-core-team'),
  person('p-ines', 'Inès Maes', 'en', 'business-implementation-group'),
  person('p-greta', 'Greta Willems', 'nl', 'appropriate-governance-body'),
  person('p-leo', 'Leo Martens', 'en', null),
];
