/** Calendars in which every second is worked, so that a ladder of seconds can be climbed, and a day be over, at whatever hour a test runs. */
import type { WorkingCalendar } from '../../domain/calendar';
import type { Database } from '../../store/client';

/** The newest version of the calendar `be`, with some of it as a test wants it, becomes the newest. */
async function putCalendar({ prisma }: Database, more: Partial<WorkingCalendar>): Promise<WorkingCalendar> {
  const newest = await prisma.calendar.findFirstOrThrow({ where: { key: 'be' }, orderBy: { version: 'desc' } });
  const { unannounced: _, ...data } = newest.data as unknown as WorkingCalendar;
  const calendar: WorkingCalendar = { ...data, version: newest.version + 1, days: '1'.repeat(data.days.length), startMinute: 0, endMinute: 1440, ...more };
  await prisma.calendar.create({ data: { key: 'be', version: calendar.version, data: JSON.parse(JSON.stringify(calendar)) } });
  return calendar;
}

/** Becomes the newest version of the calendar `be`. */
export const workRoundTheClock = (database: Database): Promise<WorkingCalendar> => putCalendar(database, {});

const DAY_MS = 86_400_000;
/** A 32nd of a minute: offsets in minutes are exact in it. */
const GRAIN_MS = 1_875;

/**
 * As {@link workRoundTheClock}, where it is now a date, and midnight comes in so many milliseconds or little later. Projects that run hear of it as of
 * any version: by `tellCalendars`. So days pass by another calendar, while the clocks of the server and of the worker stay what they are.
 * @param endMinute when people stop working, in minutes after midnight.
 */
export async function putMidnight(database: Database, date: string, inMs: number, endMinute = 1440): Promise<WorkingCalendar> {
  const midnight = Math.ceil((Date.now() + inMs) / GRAIN_MS) * GRAIN_MS;
  return putCalendar(database, { offsets: [[0, (Date.parse(date) + DAY_MS - midnight) / 60_000]], endMinute });
}
