/** What an organisation announces of a year of a calendar: the days that replace holidays, and those on which it is closed. */
import type { Key, PersonId } from '../domain/process';
import type { PrismaClient } from '../prisma/generated/client';
import type { CalendarDefinition } from './calendars';

/** The tables that calendars are resolved from and kept in. */
export type CalendarTables = Pick<PrismaClient, 'calendar' | 'calendarAnnouncement'>;

/** Days are dates `YYYY-MM-DD` of the year. */
export interface Announcement {
  readonly year: number;
  readonly replacementDays: readonly string[];
  readonly closures: readonly string[];
  readonly announcedBy: PersonId;
  /** Milliseconds since 1970. */
  readonly announcedAt: number;
}

/** Keeps an announcement; it takes the place of what was announced of that year before. */
export async function keepAnnouncement(prisma: CalendarTables, key: Key, { year, replacementDays, closures, announcedBy }: Omit<Announcement, 'announcedAt'>): Promise<void> {
  await prisma.calendarAnnouncement.create({ data: { key, year, announcedBy, replacementDays: [...replacementDays], closures: [...closures] } });
}

/** The announcement of each year that has one, by year. */
export async function listAnnouncements(prisma: CalendarTables, key: Key): Promise<Announcement[]> {
  const found = await prisma.calendarAnnouncement.findMany({ where: { key }, orderBy: [{ year: 'asc' }, { id: 'desc' }], distinct: ['year'] });
  return found.map(({ year, replacementDays, closures, announcedBy, announcedAt }) => ({ year, replacementDays, closures, announcedBy, announcedAt: announcedAt.getTime() }));
}

/** A calendar with what was announced of it. */
export function withAnnouncements(definition: CalendarDefinition, announcements: readonly Announcement[]): CalendarDefinition {
  if (announcements.length === 0) return definition;
  return {
    ...definition,
    announced: [...definition.announced, ...announcements.map(({ year }) => year)],
    replacementDays: [...definition.replacementDays, ...announcements.flatMap(({ replacementDays }) => replacementDays)],
    closures: [...definition.closures, ...announcements.flatMap(({ closures }) => closures)],
  };
}
