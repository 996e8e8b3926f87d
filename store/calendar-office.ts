/** The calendars as the project office sees them: what is known of each year, and what was announced. */
import type { WorkingCalendar } from '../domain/calendar';
import { digestOf } from '../domain/digest';
import type { Key } from '../domain/process';
import type { Text } from '../domain/template/schema';
import { type Announcement, type CalendarTables, keepAnnouncement, listAnnouncements } from './announcements';
import { type CalendarDefinition, type PublicHoliday, publicHolidays, readCalendarDefinitions, resolveCalendar, resolveCalendars, yearsAround } from './calendars';
import type { Database } from './client';
import { findCalendar } from './plans';
import { resolveTemplateCalendars } from './templates';

export interface KnownCalendar {
  readonly key: Key;
  readonly name: Text;
  readonly timeZone: string;
  /** The newest version. */
  readonly calendar: WorkingCalendar;
  readonly years: readonly number[];
  /** Public holidays of all these years. */
  readonly holidays: readonly PublicHoliday[];
  readonly announcements: readonly Announcement[];
  /** Working days as they would be if nothing had been announced. */
  readonly bare: WorkingCalendar;
}

/** The shipped calendars that have been resolved. */
export async function listCalendars(db: Database, now = new Date()): Promise<KnownCalendar[]> {
  const found = await Promise.all(readCalendarDefinitions().map(async (definition): Promise<KnownCalendar[]> => {
    const calendar = await findCalendar(db, definition.key);
    return calendar ? [await describe(db.prisma, definition, calendar, now)] : [];
  }));
  return found.flat();
}

async function describe(prisma: CalendarTables, definition: CalendarDefinition, calendar: WorkingCalendar, now: Date): Promise<KnownCalendar> {
  const { key, name, timeZone } = definition;
  const { first, last } = yearsAround(now);
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return {
    key, name, timeZone, calendar, years, holidays: years.flatMap((year) => publicHolidays(definition, year)),
    announcements: await listAnnouncements(prisma, key), bare: { ...resolveCalendar(definition, { first, last }), version: 0 },
  };
}

/** Keeps an announcement, unless it says what is known, and the versions of all calendars that it changes. @returns the newest version of the calendar itself. */
export async function announce(db: Database, key: Key, announcement: Omit<Announcement, 'announcedAt'>): Promise<number> {
  const { year, replacementDays, closures } = announcement;
  const known = (await listAnnouncements(db.prisma, key)).find((each) => each.year === year);
  const isSame = known && digestOf([known.replacementDays, known.closures]) === digestOf([replacementDays, closures]);
  if (!isSame) await keepAnnouncement(db.prisma, key, announcement);
  await resolveCalendars(db.prisma);
  await resolveTemplateCalendars(db);
  return (await findCalendar(db, key))?.version ?? 0;
}
