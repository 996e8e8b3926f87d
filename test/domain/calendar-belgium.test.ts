import { parseCalendar, readCalendarDefinitions, resolveCalendar, resolveCalendars, resolveTemplateCalendar } from '../../store/calendars';
import { addWorkingDays, addWorkingTime, endOfWork, isWorkingDay, startOfWork, type WorkingCalendar, workingMsBetween } from '../../domain/calendar';

const definition = readCalendarDefinitions().find((each) => each.key === 'be')!;
const resolve = (changes: Partial<typeof definition> = {}, first = 2025, last = 2031): WorkingCalendar =>
  ({ ...resolveCalendar({ ...definition, ...changes }, { first, last }), version: 1 });

function listDaysOff(calendar: WorkingCalendar, year: number): string[] {
  const dates: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const [weekday, date] = [new Date(at).getUTCDay(), new Date(at).toISOString().slice(0, 10)];
    if (weekday !== 0 && weekday !== 6 && !isWorkingDay(calendar, date)) dates.push(date);
  }
  return dates;
}

describe('the Belgian calendar', () => {
  test.each([
    [2025, ['01-01', '04-21', '05-01', '05-29', '06-09', '07-21', '08-15', '11-11', '12-25']],
    [2026, ['01-01', '04-06', '05-01', '05-14', '05-25', '07-21', '11-11', '12-25']],
    [2027, ['01-01', '03-29', '05-06', '05-17', '07-21', '11-01', '11-11']],
    [2028, ['04-17', '05-01', '05-25', '06-05', '07-21', '08-15', '11-01', '12-25']],
    [2031, ['01-01', '04-14', '05-01', '05-22', '06-02', '07-21', '08-15', '11-11', '12-25']],
  ])('has exactly the public holidays on weekdays of %i off', (year, expected) => {
    expect(listDaysOff(resolve(), year)).toEqual(expected.map((date) => `${year}-${date}`));
  });

  test('knows every clock change of the years covered', () => {
    const { offsets } = resolve({}, 2026, 2027);
    expect(offsets.map(([since, minutes]) => [new Date(since).toISOString(), minutes])).toEqual([
      ['2025-12-31T23:00:00.000Z', 60], ['2026-03-29T01:00:00.000Z', 120], ['2026-10-25T01:00:00.000Z', 60],
      ['2027-03-28T01:00:00.000Z', 120], ['2027-10-31T01:00:00.000Z', 60],
    ]);
  });

  test('works from 08:30 to 17:00 local time', () => {
    const calendar = resolve();
    expect(new Date(startOfWork(calendar, '2026-07-01')).toISOString()).toBe('2026-07-01T06:30:00.000Z');
    expect(new Date(endOfWork(calendar, '2026-12-01')).toISOString()).toBe('2026-12-01T16:00:00.000Z');
  });

  test('assumes no replacement day, and keeps those that were announced', () => {
    // 15 August 2026 is a Saturday and 1 November 2026 a Sunday: the employer names the days instead.
    const due = (calendar: WorkingCalendar): string =>
      new Date(addWorkingDays(calendar, Date.parse('2026-12-28T09:00:00Z'), 1)).toISOString().slice(0, 10);
    expect(due(resolve())).toBe('2026-12-29');
    expect(due(resolve({ replacementDays: ['2026-12-29'], closures: ['2026-12-30'] }))).toBe('2026-12-31');
  });

  test('refuses holidays other than the expected ones', () => {
    const holidays = { ...definition.holidays, expected: definition.holidays.expected.slice(1) };
    expect(() => resolve({ holidays })).toThrow('public holidays of 2025');
  });

  test.each([
    ['a time that is none', "hours: { from: '25:00', to: '17:00' }"],
    ['hours that end before they begin', "hours: { from: '17:00', to: '08:30' }"],
    ['a date that does not exist', "closures: ['2026-02-30']"],
  ])('refuses a definition with %s', (_name, line) => {
    const text = [
      'key: x', 'name: { nl: x, fr: x, en: x }', 'timeZone: Europe/Brussels', 'weekdays: [mon]',
      ...(line.startsWith('hours') ? [] : ["hours: { from: '08:30', to: '17:00' }"]),
      "holidays: { country: BE, expected: ['01-01'] }", 'replacementDays: []', ...(line.startsWith('closures') ? [] : ['closures: []']), line,
    ].join('\n');
    expect(() => parseCalendar(text)).toThrow();
  });
});

describe('where and when it is worked', () => {
  const own = (more: object): WorkingCalendar => resolveTemplateCalendar({ calendar: { extends: 'be', closures: [], replacementDays: [], freezes: [], ...more } }, new Date('2026-11-23T10:00:00Z'));
  const iso = (moment: number) => new Date(moment).toISOString();

  test('in another time zone hours are those of its clocks, to the second, over both changes, which come on other days there', () => {
    const york = own({ timeZone: 'America/New_York' });
    // Clocks change on 14 March 2027 and 7 November 2027 there.
    expect(iso(addWorkingDays(york, Date.parse('2027-03-12T14:00:00Z'), 1))).toBe('2027-03-15T21:00:00.000Z');
    expect(iso(addWorkingDays(york, Date.parse('2027-11-05T14:00:00Z'), 1))).toBe('2027-11-08T22:00:00.000Z');
    expect(iso(addWorkingTime(york, Date.parse('2027-03-12T21:59:59Z'), 2_000))).toBe('2027-03-15T12:30:01.000Z');
    expect(iso(addWorkingTime(york, Date.parse('2027-11-05T20:59:59Z'), 2_000))).toBe('2027-11-08T13:30:01.000Z');
  });

  test('a closure is no working day, from its first to its last; a freeze still is', () => {
    const calendar = own({ closures: [{ from: '2027-12-27', to: '2027-12-31' }, '2027-05-07'], freezes: [{ key: 'year-end', from: '2027-12-01', to: '2027-12-24' }] });
    expect(iso(addWorkingDays(calendar, Date.parse('2027-12-24T12:00:00Z'), 1))).toBe('2028-01-03T16:00:00.000Z');
    expect(['2027-05-07', '2027-12-27', '2027-12-31', '2027-12-23'].map((date) => isWorkingDay(calendar, date))).toEqual([false, false, false, true]);
    expect(calendar.freezes).toEqual([{ key: 'year-end', from: '2027-12-01', to: '2027-12-24' }]);
  });

  test('work around the clock passes 23 and 25 hours on the days on which clocks change', () => {
    const always = own({ hours: { from: '00:00', to: '23:59' }, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] });
    expect(workingMsBetween(always, startOfWork(always, '2027-03-28'), endOfWork(always, '2027-03-28')) / 60_000).toBe(23 * 60 - 1);
    expect(workingMsBetween(always, startOfWork(always, '2027-10-31'), endOfWork(always, '2027-10-31')) / 60_000).toBe(25 * 60 - 1);
  });
});

describe('keeping versions', () => {
  /** The table `calendars`, with the unique key that the database has. */
  function makeTable() {
    const kept: { key: string; version: number; data: unknown }[] = [];
    const calendar = {
      findFirst: async () => kept.at(-1) ?? null,
      createMany: async ({ data: [row] }: { data: typeof kept }) => {
        if (!row || kept.some((other) => other.version === row.version)) return { count: 0 };
        kept.push(row);
        return { count: 1 };
      },
    };
    const calendarAnnouncement = { findMany: async () => [] };
    return { kept, prisma: { calendar, calendarAnnouncement } as unknown as Parameters<typeof resolveCalendars>[0] };
  }

  test('writes one version whoever calls how often, and a new one when the data change', async () => {
    const { kept, prisma } = makeTable();
    const now = new Date('2026-11-23T10:00:00Z');
    await Promise.all([1, 2, 3].map(() => resolveCalendars(prisma, now)));
    await resolveCalendars(prisma, now);
    expect(kept.map((row) => row.version)).toEqual([1]);
    expect(kept[0]?.data).toMatchObject({ key: 'be', version: 1, from: '2025-01-01' });
    await resolveCalendars(prisma, new Date('2027-01-01T00:30:00Z'));
    expect(kept.map((row) => row.version)).toEqual([1, 2]);
  });
});
