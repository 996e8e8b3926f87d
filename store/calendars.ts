/** Resolves working calendars (holidays, replacement days, clock changes) into data that workflows compute with. */
import fs from 'node:fs';
import path from 'node:path';
import type Holidays from 'date-holidays';
import { parse } from 'yaml';
import { z } from 'zod';
import type { WorkingCalendar } from '../domain/calendar';
import { calendarKey } from '../domain/template/calendar-key';
import type { Template, Text } from '../domain/template/schema';
import { type CalendarTables, listAnnouncements, withAnnouncements } from './announcements';

const DAY = 86_400_000;
const MINUTE = 60_000;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const FOLDER = path.join(__dirname, '..', 'templates', 'calendars');

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time as HH:MM');

/** What an author writes in `templates/calendars/*.yaml`. */
const definitionSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.strictObject({ nl: z.string(), fr: z.string(), en: z.string() }),
  timeZone: z.string(),
  weekdays: z.array(z.enum(WEEKDAYS)).min(1),
  hours: z.strictObject({ from: timeOfDay, to: timeOfDay })
    .refine((hours) => hours.from < hours.to, 'working hours end before they begin'),
  holidays: z.strictObject({ country: z.string().length(2), expected: z.array(z.string()).min(1) }),
  replacementDays: z.array(z.iso.date()),
  /** Years of which all replacement days are known; also those that have some. */
  announced: z.array(z.int()).default([]),
  closures: z.array(z.iso.date()),
  freezes: z.array(z.strictObject({ key: z.string(), from: z.iso.date(), to: z.iso.date() })).default([]),
});

export type CalendarDefinition = z.infer<typeof definitionSchema>;

/** A calendar resolved into data that has no version yet. */
export type ResolvedCalendar = Omit<WorkingCalendar, 'version'>;

/** First and last calendar year that are resolved. */
export interface YearRange {
  readonly first: number;
  readonly last: number;
}

/** Parses the text of a calendar definition (YAML). Throws a `ZodError` that names the field. */
export function parseCalendar(text: string): CalendarDefinition {
  return definitionSchema.parse(parse(text));
}

/** Reads the shipped definitions. */
export function readCalendarDefinitions(folder = FOLDER): CalendarDefinition[] {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()
    .map((name) => parseCalendar(fs.readFileSync(path.join(folder, name), 'utf8')));
}

/**
 * Computes the working days, offsets and hours of the years.
 *
 * @throws Error when the computed public holidays of a year are not exactly the expected ones, or the time zone is unknown.
 */
export function resolveCalendar(definition: CalendarDefinition, years: YearRange): ResolvedCalendar {
  const off = new Set([...listHolidays(definition, years), ...definition.replacementDays, ...definition.closures]);
  const first = Date.UTC(years.first, 0, 1);
  const end = Date.UTC(years.last + 1, 0, 1);
  let days = '';
  for (let at = first; at < end; at += DAY) {
    const weekday = WEEKDAYS[new Date(at).getUTCDay()] ?? 'sun';
    days += definition.weekdays.includes(weekday) && !off.has(toDate(at)) ? '1' : '0';
  }
  return {
    key: definition.key,
    from: toDate(first),
    days,
    timeZone: definition.timeZone,
    offsets: listOffsets(definition.timeZone, first, end),
    startMinute: toMinutes(definition.hours.from),
    endMinute: toMinutes(definition.hours.to),
    ...unannouncedYears(definition, years),
    ...(definition.freezes.length > 0 && { freezes: definition.freezes }),
  };
}

/** The years in which a public holiday falls on a day off, while its replacement day is not announced. */
function unannouncedYears(definition: CalendarDefinition, years: YearRange): Pick<ResolvedCalendar, 'unannounced'> {
  const announced = new Set([...definition.announced, ...definition.replacementDays.map((date) => Number(date.slice(0, 4)))]);
  const isOff = (date: string): boolean => !definition.weekdays.includes(WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sun');
  const open = new Set(listHolidays(definition, years).filter(isOff).map((date) => Number(date.slice(0, 4))).filter((year) => !announced.has(year)));
  return open.size > 0 ? { unannounced: [...open].sort((one, other) => one - other) } : {};
}

/**
 * Writes a new version of each shipped calendar whose data differ from the newest version, from the year before `now` to five
 * years ahead. Repeated and concurrent calls are harmless: versions are unique per key, and the one who comes second looks again.
 */
export async function resolveCalendars(prisma: CalendarTables, now = new Date()): Promise<void> {
  for (const definition of readCalendarDefinitions()) {
    await keepVersion(prisma, resolveCalendar(withAnnouncements(definition, await listAnnouncements(prisma, definition.key)), yearsAround(now)));
  }
}

/** The years that are resolved: from the one before to five years ahead. */
export const yearsAround = (now: Date): YearRange => ({ first: now.getUTCFullYear() - 1, last: now.getUTCFullYear() + 5 });

/** The calendar of a template that is not in the database: for trying it out. @throws Error for an unknown calendar or time zone. */
export function resolveTemplateCalendar(template: Pick<Template, 'calendar'>, now = new Date()): WorkingCalendar {
  return { ...resolveCalendar(definitionFor(template), yearsAround(now)), version: 0 };
}

/** Keeps the newest data of a template's own calendar; what upkeep does for the shipped ones. */
export async function keepTemplateCalendar(prisma: CalendarTables, template: Pick<Template, 'calendar'>, now = new Date()): Promise<void> {
  if (typeof template.calendar !== 'object') return;
  const announced = await listAnnouncements(prisma, template.calendar.extends);
  await keepVersion(prisma, resolveCalendar(withAnnouncements(definitionFor(template), announced), yearsAround(now)));
}

/** A shipped calendar with what a template changes in it. */
function definitionFor(template: Pick<Template, 'calendar'>): CalendarDefinition {
  const { calendar } = template;
  const name = typeof calendar === 'string' ? calendar : calendar.extends;
  const base = readCalendarDefinitions().find(({ key }) => key === name);
  if (!base) throw new Error(`there is no calendar "${name}"`);
  if (typeof calendar === 'string') return base;
  const { closures, replacementDays, freezes, hours, timeZone, weekdays } = calendar;
  return {
    ...base, key: calendarKey(template),
    closures: [...base.closures, ...closures.flatMap((each) => (typeof each === 'string' ? [each] : daysOf(each)))],
    replacementDays: [...base.replacementDays, ...replacementDays],
    freezes: freezes.map(({ key, from, to }) => ({ key, from, to })),
    ...(hours && { hours }), ...(timeZone !== undefined && { timeZone }), ...(weekdays && { weekdays }),
  };
}

function daysOf({ from, to }: { readonly from: string; readonly to: string }): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length < 1_000; at += DAY) days.push(toDate(at));
  return days;
}

async function keepVersion(prisma: CalendarTables, resolved: ResolvedCalendar): Promise<void> {
  for (;;) {
    const newest = await prisma.calendar.findFirst({ where: { key: resolved.key }, orderBy: { version: 'desc' } });
    if (newest && isSame(newest.data as unknown as WorkingCalendar, resolved)) return;
    const calendar: WorkingCalendar = { ...resolved, version: (newest?.version ?? 0) + 1 };
    const { count } = await prisma.calendar.createMany({
      data: [{ key: calendar.key, version: calendar.version, data: JSON.parse(JSON.stringify(calendar)) }],
      skipDuplicates: true,
    });
    if (count > 0) return;
  }
}

function isSame(kept: WorkingCalendar, resolved: ResolvedCalendar): boolean {
  return kept.from === resolved.from && kept.days === resolved.days && kept.timeZone === resolved.timeZone
    && kept.startMinute === resolved.startMinute && kept.endMinute === resolved.endMinute
    && JSON.stringify(kept.offsets) === JSON.stringify(resolved.offsets)
    && JSON.stringify(kept.unannounced ?? []) === JSON.stringify(resolved.unannounced ?? [])
    && freezesOf(kept) === freezesOf(resolved);
}

/** The database gives what it keeps with its properties in an order of its own. */
const freezesOf = ({ freezes = [] }: Pick<WorkingCalendar, 'freezes'>): string => JSON.stringify(freezes.map(({ key, from, to }) => [key, from, to]));

/** Public holidays of a country. What computes them, with its tables of the moon, is loaded when somebody asks: few processes do, and it takes 5 MB. */
function holidaysOf(country: string): Holidays {
  const Loaded = require('date-holidays') as typeof Holidays;
  return new Loaded(country, { types: ['public'] });
}

function listHolidays(definition: CalendarDefinition, years: YearRange): string[] {
  const computed = holidaysOf(definition.holidays.country);
  const expected = [...definition.holidays.expected].sort();
  const dates: string[] = [];
  for (let year = years.first; year <= years.last; year += 1) {
    const holidays = computed.getHolidays(year);
    const rules = holidays.map((holiday) => holiday.rule).sort();
    if (JSON.stringify(rules) !== JSON.stringify(expected)) {
      throw new Error(`calendar ${definition.key}: public holidays of ${year} are ${rules.join(', ')}; expected ${expected.join(', ')}`);
    }
    for (const holiday of holidays) dates.push(holiday.date.slice(0, 10));
  }
  return dates;
}

/** A public holiday of a year. */
export interface PublicHoliday {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly name: Text;
  /** It falls on a usual day off: a working day is to replace it. */
  readonly onDayOff: boolean;
}

/** The public holidays of a year, by date. */
export function publicHolidays({ holidays: { country }, weekdays }: CalendarDefinition, year: number): PublicHoliday[] {
  const computed = holidaysOf(country);
  const [nl = [], fr = [], en = []] = (['nl', 'fr', 'en'] as const).map((language) => computed.getHolidays(year, language));
  return en.map(({ date, name }, place) => {
    const day = date.slice(0, 10);
    return { date: day, name: { nl: nl[place]?.name ?? name, fr: fr[place]?.name ?? name, en: name }, onDayOff: !weekdays.includes(WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'sun') };
  });
}

/** The offset at the start of the first day, then every change until `end`, to the minute. */
function listOffsets(timeZone: string, first: number, end: number): [number, number][] {
  const offsetAt = makeOffsetReader(timeZone);
  let current = offsetAt(first);
  const offsets: [number, number][] = [[first - current * MINUTE, current]];
  for (let at = first; at < end; at += DAY) {
    const next = offsetAt(at + DAY);
    if (next === current) continue;
    let [low, high] = [at, at + DAY];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / (2 * MINUTE)) * MINUTE;
      if (offsetAt(middle) === current) low = middle;
      else high = middle;
    }
    offsets.push([high, next]);
    current = next;
  }
  return offsets;
}

/** A function that gives the minutes from UTC at an instant in a zone. */
function makeOffsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  });
  return (at) => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    return (Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE) * MINUTE) / MINUTE;
  };
}

function toDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function toMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
