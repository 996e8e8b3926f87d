import { calendarKey } from '../../domain/template/calendar-key';
import { keepAnnouncement, listAnnouncements } from '../../store/announcements';
import { keepTemplateCalendar, resolveCalendars } from '../../store/calendars';
import { isCovered, isWorkingDay, type WorkingCalendar } from '../../domain/calendar';
import { type Database, openDatabase } from '../../store/client';
import { createTestDatabase, DATABASE_KINDS, type TestDatabase } from '../support/database';

describe.each(DATABASE_KINDS)('keeping calendars on %s', (kind) => {
  let created: TestDatabase;
  let database: Database;
  const list = () => database.prisma.calendar.findMany({ where: { key: 'be' }, orderBy: { version: 'asc' } });

  beforeAll(async () => {
    created = await createTestDatabase(kind);
    database = openDatabase(created.url);
  });
  afterAll(async () => {
    await database?.close();
    await created?.close();
  });

  test('one version, whoever calls at once and how often; a new one when the years move on', async () => {
    const now = new Date('2026-11-23T10:00:00Z');
    await Promise.all(Array.from({ length: 8 }, () => resolveCalendars(database.prisma, now)));
    await resolveCalendars(database.prisma, now);
    const [first, ...others] = await list();
    expect(others).toEqual([]);

    const calendar = first?.data as unknown as WorkingCalendar;
    expect(calendar).toMatchObject({ key: 'be', version: 1, from: '2025-01-01', timeZone: 'Europe/Brussels' });
    expect(isWorkingDay(calendar, '2026-05-14')).toBe(false);
    expect(isCovered(calendar, Date.parse('2031-12-31T12:00:00Z'))).toBe(true);

    await Promise.all(Array.from({ length: 8 }, () => resolveCalendars(database.prisma, new Date('2027-01-02T10:00:00Z'))));
    expect((await list()).map((row) => row.version)).toEqual([1, 2]);
  });

  test('a calendar with freezes stays as it is while nothing of it changes', async () => {
    const now = new Date('2026-11-23T10:00:00Z');
    const own = { calendar: { extends: 'be', closures: [], replacementDays: [], freezes: [{ key: 'year-end', from: '2026-12-15', to: '2027-01-05' }] } } as unknown as Parameters<typeof keepTemplateCalendar>[1];
    for (let times = 0; times < 3; times += 1) await keepTemplateCalendar(database.prisma, own, now);
    expect((await database.prisma.calendar.findMany({ where: { key: calendarKey(own) } })).map(({ version }) => version)).toEqual([1]);
  });

  test('a year is open until its replacement days are announced; the last announcement counts, for calendars that extend it too', async () => {
    const now = new Date('2027-01-02T10:00:00Z');
    const own = { calendar: { extends: 'be', closures: ['2027-06-01'], replacementDays: [], freezes: [] } };
    await keepTemplateCalendar(database.prisma, own, now);
    const newest = async (key: string) => (await database.prisma.calendar.findFirstOrThrow({ where: { key }, orderBy: { version: 'desc' } })).data as unknown as WorkingCalendar;
    // In each of these years a holiday falls on a weekend.
    expect((await newest('be')).unannounced).toEqual([2026, 2027, 2028, 2029, 2030, 2031, 2032]);
    expect((await newest(calendarKey(own))).unannounced).toEqual([2026, 2027, 2028, 2029, 2030, 2031, 2032]);
    const announce = (...replacementDays: string[]) => keepAnnouncement(database.prisma, 'be', { year: 2027, replacementDays, closures: ['2027-12-27'], announcedBy: 'olga' });
    await announce('2027-05-03');
    await announce('2027-05-03', '2027-05-07');
    await announce('2027-05-07');
    await resolveCalendars(database.prisma, now);
    await keepTemplateCalendar(database.prisma, own, now);
    for (const key of ['be', calendarKey(own)]) {
      const calendar = await newest(key);
      expect(calendar.unannounced).toEqual([2026, 2028, 2029, 2030, 2031, 2032]);
      expect(['2027-05-03', '2027-05-07', '2027-12-27'].map((date) => isWorkingDay(calendar, date))).toEqual([true, false, false]);
    }
    expect(isWorkingDay(await newest(calendarKey(own)), '2027-06-01')).toBe(false);
    expect(await listAnnouncements(database.prisma, 'be')).toMatchObject([{ year: 2027, replacementDays: ['2027-05-07'], closures: ['2027-12-27'], announcedBy: 'olga' }]);
  });
});
