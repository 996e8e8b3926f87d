import { resolveCalendars } from '../../store/calendars';
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
});
