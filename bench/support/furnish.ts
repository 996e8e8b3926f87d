/**
 * Puts people with tokens and the templates of the benchmarks into the database `FURNISH`, and prints the tokens as JSON. In a process of its own:
 * the one that measures is the client as well, and would go through all of the store in its heap at each collection of garbage.
 */
import { openDatabase } from '../../store/client';
import { addPeople } from '../../store/people';
import { publishTemplate } from '../../store/templates';
import { createToken } from '../../store/tokens';
import { TEMPLATES } from './templates';

const PEOPLE = [
  { id: 'b-office', name: 'Office', globalRoles: ['project-office'] },
  { id: 'b-team', name: 'Team', globalRoles: [] },
  { id: 'b-approver', name: 'Approver', globalRoles: [] },
] as const;

async function main(): Promise<void> {
  const database = openDatabase(process.env['FURNISH'] ?? '', { max: 1 });
  try {
    await addPeople(database, PEOPLE.map((person) => ({ ...person, email: `${person.id}@bench.example`, language: 'en' as const })));
    for (const template of TEMPLATES) await publishTemplate(database, template, 'bench');
    const [office, team, approver] = await Promise.all(PEOPLE.map(({ id }) => createToken(database, id, { label: 'bench' })));
    process.stdout.write(JSON.stringify({ office, team, approver }));
  } finally {
    await database.close();
  }
}

void main();
