/** A calendar in which every second is worked, so that a ladder of seconds can be climbed at whatever hour a test runs. */
import type { WorkingCalendar } from '../../domain/calendar';
import type { Database } from '../../store/client';

/** Becomes the newest version of the calendar `be`. */
export async function workRoundTheClock({ prisma }: Database): Promise<WorkingCalendar> {
  const newest = await prisma.calendar.findFirstOrThrow({ where: { key: 'be' }, orderBy: { version: 'desc' } });
  const { unannounced: _, ...data } = newest.data as unknown as WorkingCalendar;
  const calendar: WorkingCalendar = { ...data, version: newest.version + 1, days: '1'.repeat(data.days.length), startMinute: 0, endMinute: 1440 };
  await prisma.calendar.create({ data: { key: 'be', version: calendar.version, data: JSON.parse(JSON.stringify(calendar)) } });
  return calendar;
}
