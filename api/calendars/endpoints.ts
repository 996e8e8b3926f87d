import { z } from 'zod';
import { isWorkingDay } from '../../domain/calendar';
import type { FieldProblem } from '../../domain/errors';
import type { KnownCalendar } from '../../store/calendar-office';
import type { Deps } from '../deps';
import { endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import type { Language } from '../http/language';
import { Problem } from '../problem';
import { instant, key, namedPerson } from '../schemas';

const OFFICE = 'project-office';
const date = z.iso.date();

const year = z.strictObject({
  year: z.int(),
  provisional: z.boolean().meta({ description: 'A public holiday falls on a day off, and its replacement day is not announced yet: dates in this year may move.' }),
  holidays: z.array(z.strictObject({
    date, name: z.string(), onDayOff: z.boolean().meta({ description: 'It falls on a usual day off: a working day is to replace it.' }),
  })).meta({ description: 'Public holidays.' }),
  daysOff: z.array(date).meta({ description: 'All days on which nobody works, also those of each week.' }),
  replacementDays: z.array(date), closures: z.array(date), announcedAt: instant.nullable(), announcedBy: namedPerson.nullable(),
}).meta({ id: 'CalendarYear' });
const calendar = z.strictObject({ key, name: z.string(), timeZone: z.string(), version: z.int(), years: z.array(year) }).meta({ id: 'Calendar' });

const period = z.strictObject({ from: date, to: date.optional().meta({ description: 'The last day; `from` alone when not given.' }) });
const body = z.strictObject({
  replacementDays: z.array(date).max(20).meta({ description: 'The days that replace public holidays on a day off.' }),
  closures: z.array(period).max(60).default([]).meta({ description: 'Other days on which the organisation is closed.' }),
});

const DAY_MS = 86_400_000;

/** All days of a period. */
function daysOf({ from, to = from }: z.output<typeof period>): string[] {
  const first = Date.parse(from);
  return Array.from({ length: Math.floor((Date.parse(to) - first) / DAY_MS) + 1 }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

/** What is wrong with an announcement: days of another year, replacement days on which nobody works, days that are there twice. */
function problemsOf({ bare }: KnownCalendar, of: number, { replacementDays, closures }: z.output<typeof body>): FieldProblem[] {
  const isIn = (day: string): boolean => day.startsWith(`${of}-`);
  const days = replacementDays.flatMap((day, index): FieldProblem[] => {
    const pointer = `/replacementDays/${index}`;
    if (!isIn(day)) return [{ pointer, code: 'range', expected: `${of}-01-01 – ${of}-12-31` }];
    const first = replacementDays.indexOf(day);
    if (first < index) return [{ pointer, code: 'duplicate', expected: `/replacementDays/${first}` }];
    return isWorkingDay(bare, day) ? [] : [{ pointer, code: 'not-worked' }];
  });
  const periods = closures.flatMap(({ from, to = from }, index): FieldProblem[] => {
    if (!isIn(from) || !isIn(to)) return [{ pointer: `/closures/${index}`, code: 'range', expected: `${of}-01-01 – ${of}-12-31` }];
    return to < from ? [{ pointer: `/closures/${index}/to`, code: 'range', expected: `≥ ${from}` }] : [];
  });
  return [...days, ...periods];
}

/** The days of a year on which nobody works. */
function daysOffIn({ from, days }: Pick<KnownCalendar['calendar'], 'from' | 'days'>, of: number): string[] {
  const first = (Date.UTC(of, 0, 1) - Date.parse(from)) / DAY_MS;
  const length = (Date.UTC(of + 1, 0, 1) - Date.UTC(of, 0, 1)) / DAY_MS;
  return Array.from({ length }, (_, index) => first + index).filter((index) => days[index] === '0').map((index) => new Date(Date.parse(from) + index * DAY_MS).toISOString().slice(0, 10));
}

async function views(known: readonly KnownCalendar[], language: Language, deps: Deps): Promise<z.output<typeof calendar>[]> {
  const names = await deps.reads.names(known.flatMap(({ announcements }) => announcements.map(({ announcedBy }) => announcedBy)));
  return known.map(({ key: name, name: text, timeZone, years, holidays, announcements, calendar: { version, unannounced = [], ...days } }) => ({
    key: name, name: text[language], timeZone, version,
    years: years.map((each) => {
      const found = announcements.find((one) => one.year === each);
      return {
        year: each, provisional: unannounced.includes(each), holidays: holidays.filter(({ date: day }) => day.startsWith(`${each}-`)).map((one) => ({ ...one, name: one.name[language] })), daysOff: daysOffIn(days, each),
        replacementDays: [...found?.replacementDays ?? []], closures: [...found?.closures ?? []],
        announcedAt: toIso(found?.announcedAt ?? null), announcedBy: found ? { id: found.announcedBy, name: names.get(found.announcedBy) ?? found.announcedBy } : null,
      };
    }),
  }));
}

export const calendarEndpoints = [
  endpoint({
    method: 'get', path: '/calendars', id: 'listCalendars', tag: 'calendars', summary: 'The working calendars, and what is announced of each year',
    answers: { 200: { description: 'Calendars.', schema: z.strictObject({ items: z.array(calendar) }).meta({ id: 'Calendars' }) } },
    async handle({ language }, deps) {
      return { body: { items: await views(await deps.reads.calendars(), language, deps) } };
    },
  }),
  endpoint({
    method: 'post', path: '/calendars/{calendar}/years/{year}/announce', id: 'announceYear', tag: 'calendars', command: true,
    summary: 'Announce the replacement days and closures of a year',
    description: 'Takes the place of what was announced of that year before. Running projects are told: their due dates and what happens by itself are counted anew.',
    params: z.object({ calendar: key, year: z.string().regex(/^\d{4}$/) }), body,
    answers: { 200: { description: 'Announced; running projects are being told.', schema: calendar } },
    async handle({ params, body: announced, caller, language, log }, deps) {
      if (!caller.globalRoles.includes(OFFICE)) throw new Problem('not-permitted', { facts: { roles: [OFFICE] } });
      const of = Number(params.year);
      const known = (await deps.reads.calendars()).find((each) => each.key === params.calendar);
      if (!known?.years.includes(of)) throw new Problem('unknown-calendar', { facts: known ? { years: known.years.map(String) } : {} });
      const fields = problemsOf(known, of, announced);
      if (fields.length > 0) throw Problem.fields(fields);
      const closures = [...new Set(announced.closures.flatMap(daysOf))].sort();
      const version = await deps.reads.announce(known.key, { year: of, replacementDays: [...announced.replacementDays].sort(), closures, announcedBy: caller.id });
      await deps.engine.tellCalendars(`calendars/${known.key}/${version}`).catch((error: unknown) => {
        log.warn({ error }, 'running projects will hear of the announcement with the next upkeep');
      });
      const [now] = await views((await deps.reads.calendars()).filter((each) => each.key === known.key), language, deps);
      return { body: now };
    },
  }),
];
