/** What a database holds from the start: the shipped templates, the working calendars and, in the embedded product, the demo people with their tokens. */
import { readCalendarDefinitions, resolveCalendars } from './calendars';
import { type Database, usingDatabase } from './client';
import { DEMO_PEOPLE } from './demo-people';
import { addPeople } from './people';
import { listSources, TEMPLATES_FOLDER, publishTemplate, readTemplateFiles } from './templates';
import { createToken } from './tokens';

export interface SeedOptions {
  readonly databaseUrl: string;
  /** Adds the demo people who are missing. */
  readonly demo: boolean;
  readonly templatesFolder?: string;
  /** Hears of a shipped template version that was published before with another content; that one stays. */
  readonly warn?: (message: string) => void;
}

export interface SeedToken {
  /** Role key, or null for a person without one. */
  readonly role: string | null;
  readonly person: string;
  readonly name: string;
  readonly token: string;
}

export interface Seeded {
  /** Tokens of the demo people who were added now: they can't be read again. */
  readonly tokens: readonly SeedToken[];
  /** The shipped templates, as `key@version`. */
  readonly templates: readonly string[];
}

/**
 * Publishes the shipped templates, resolves the calendars where there are none, and adds the demo people. Repeating it is harmless.
 * @throws Error when a shipped template is not right: it names the file, the line and the problem.
 */
export function seed(options: SeedOptions): Promise<Seeded> {
  return usingDatabase(options.databaseUrl, { max: 2 }, async (db) => {
    const known = await listSources(db);
    const templates: string[] = [];
    const files = readTemplateFiles(options.templatesFolder ?? TEMPLATES_FOLDER, (source) => {
      const published = known.get(source);
      if (published) templates.push(`${published.key}@${published.version}`);
      return !published;
    });
    for (const { file, source, text, template } of files) {
      const name = `${template.key}@${template.version}`;
      if (await publishTemplate(db, template, source, { text }) === 'different') {
        options.warn?.(`The template ${name} was published before with another content than ${file} has now; the published one is kept. ` +
          'A changed template needs a new version.');
      }
      templates.push(name);
    }
    // Later the hourly upkeep does it: the first project must not wait for that.
    if (await lacksCalendars(db)) await resolveCalendars(db.prisma);
    return { tokens: options.demo ? await addDemoPeople(db) : [], templates: templates.sort() };
  });
}

/** Whether a shipped calendar was never resolved. Those of templates that have their own are there once these are published. */
async function lacksCalendars({ prisma }: Database): Promise<boolean> {
  const kept = new Set((await prisma.calendar.findMany({ select: { key: true }, distinct: ['key'] })).map(({ key }) => key));
  return readCalendarDefinitions().some(({ key }) => !kept.has(key));
}

/** In one transaction, so that nobody is added without a token. */
async function addDemoPeople({ prisma }: Database): Promise<SeedToken[]> {
  return prisma.$transaction(async (transaction) => {
    const db = { prisma: transaction };
    const added = new Set(await addPeople(db, DEMO_PEOPLE.map(({ role: _, ...person }) => person)));
    const tokens: SeedToken[] = [];
    for (const { id, name, role } of DEMO_PEOPLE) {
      if (added.has(id)) tokens.push({ role, person: id, name, token: await createToken(db, id, { label: 'demo' }) });
    }
    return tokens;
  });
}
