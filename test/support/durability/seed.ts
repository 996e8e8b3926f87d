/** What the durability tests find in the database: the demo people, the resolved calendars, and the template of the tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveCalendars } from '../../../store/calendars';
import { parseTemplate } from '../../../domain/template/schema';
import { openDatabase } from '../../../store/client';
import { publishTemplate } from '../../../store/templates';

export const TEMPLATE = 'canal';

/** Who holds which role in the projects of the tests; bodies follow from their members. */
export const ROLES = {
  'project-manager': ['p-marc'], 'project-owner': ['p-paul'], 'solution-provider': ['p-sam'], 'project-core-team': ['p-tess', 'p-tom'],
};

/** The versions of the template: in the second the build has a test in place of its labels, and control has one log more. */
export const VERSIONS = ['1.0.0', '2.0.0'] as const;

function versions(): string[] {
  const text = readFileSync(join(__dirname, 'template.yaml'), 'utf8');
  const second = text.replace('version: 1.0.0', 'version: 2.0.0')
    .replace('key: label, name: { nl: Labelen, fr: Étiqueter, en: Label }', 'key: test, name: { nl: Testen, fr: Tester, en: Test }').replace('[rack, cable, label]', '[rack, cable, test]')
    .replace('      - key: look-back', '      - { key: log-3, name: { nl: Logboek 3, fr: Journal 3, en: Log 3 }, rasci: { r: project-core-team, a: project-manager } }\n      - key: look-back');
  return [text, second];
}

/** Publishes the template of the tests and resolves the calendars, which the worker would do at its start. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  const database = openDatabase(databaseUrl, { max: 2 });
  try {
    for (const text of versions()) {
      const parsed = parseTemplate(text);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      await publishTemplate(database, parsed.template, 'durability tests');
    }
    await resolveCalendars(database.prisma);
  } finally {
    await database.close();
  }
}
