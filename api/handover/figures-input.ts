/** Figures of days as clients and spreadsheets write them. */
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import type { DailyFigures, FiguresEntry } from '../../domain/handover/early-life-types';
import { MAX_ENTRIES } from '../../domain/handover/early-life-support';
import { MOST } from '../../domain/handover/figures';
import { dayIn, type DecimalSign, numberIn, truthIn } from '../../domain/written';
import { readTable } from '../http/table';
import { Problem } from '../problem';
import { idText } from '../schemas';

const count = z.int().min(0).max(MOST);
const byPriority = z.strictObject({ p1: count, p2: count, p3: count, p4: count });
export const dailyFigures = z.strictObject({
  incidents: byPriority.meta({ description: 'Incidents that came in on that day.' }),
  open: byPriority.optional().meta({ description: 'Incidents still open when the day was over.' }),
  serviceLevel: z.number().min(0).max(100).meta({ description: 'How far the agreed service level was met, in percent.' }),
  defects: count.meta({ description: 'Defects still open when the day was over.' }), calls: count.meta({ description: 'Calls to the service desk about it.' }),
}).meta({ id: 'DailyFigures' });

export const figuresEntry = z.strictObject({
  service: idText(80).min(1).meta({ example: 'service-1' }), date: z.iso.date().meta({ example: '2026-11-27', description: 'A day of the time zone of the project.' }), figures: dailyFigures,
  timeZone: idText(60).min(1).optional().meta({ example: 'Europe/Brussels', description: 'Whose days yours are: refused when it is not that of the project.' }),
  correction: z.boolean().default(false).meta({ description: 'It takes the place of what was told of that day; both stay on record.' }),
}).meta({ id: 'FiguresEntry' });

export const figuresEntries = z.array(figuresEntry).min(1).max(MAX_ENTRIES);

/** Entries as the process takes them. */
export const toEntries = (given: readonly z.output<typeof figuresEntry>[]): FiguresEntry[] => given.map(({ service, date, figures, timeZone, correction }) => {
  const { open, ...rest } = figures;
  return { service, date, figures: { ...rest, ...(open && { open }) }, ...(timeZone !== undefined && { timeZone }), ...(correction && { correction: true as const }) };
});

const NEEDED = ['service', 'date', 'p1', 'p2', 'p3', 'p4', 'service_level', 'defects', 'calls'] as const;
const OPEN = ['open_p1', 'open_p2', 'open_p3', 'open_p4'] as const;
const COLUMNS: readonly string[] = [...NEEDED, ...OPEN, 'time_zone', 'correction'];

function readRecord(record: Readonly<Record<string, string>>, decimal: DecimalSign): unknown {
  const numberOf = (cell = ''): number => numberIn(cell, decimal) ?? Number.NaN;
  const four = (prefix: string): unknown => ({ p1: numberOf(record[`${prefix}1`]), p2: numberOf(record[`${prefix}2`]), p3: numberOf(record[`${prefix}3`]), p4: numberOf(record[`${prefix}4`]) });
  const hasOpen = OPEN.some((column) => (record[column] ?? '') !== '');
  const { service, date = '', time_zone: timeZone, correction = '' } = record;
  return {
    service, date: dayIn(date) ?? date, figures: { incidents: four('p'), ...(hasOpen && { open: four('open_p') }), serviceLevel: numberOf(record['service_level']), defects: numberOf(record['defects']), calls: numberOf(record['calls']) },
    ...(timeZone && { timeZone }), correction: correction === '' ? false : truthIn(correction),
  };
}

/** Where a value of an entry stands in a table. */
function columnOf(path: readonly PropertyKey[]): string {
  const [first, second, third] = path.map(String);
  if (first !== 'figures') return first === 'timeZone' ? 'time_zone' : first ?? '';
  if (second === 'incidents') return third ?? 'p1';
  if (second === 'open') return `open_${third ?? 'p1'}`;
  return second === 'serviceLevel' ? 'service_level' : second ?? '';
}

/**
 * Reads a table whose first line names its columns: service, date, p1 … p4, service_level, defects, calls, and any of open_p1 … open_p4, time_zone,
 * correction. An empty cell is no zero.
 * @throws Problem `invalid-request` that names lines, from 0 for the first day.
 */
export function parseFiguresCsv(text: string): z.output<typeof figuresEntry>[] {
  const { records, decimal } = readTable(text, { columns: COLUMNS, needed: NEEDED, linesAtMost: MAX_ENTRIES });
  const problems: FieldProblem[] = [];
  const entries = records.flatMap((record, index): z.output<typeof figuresEntry>[] => {
    const judged = figuresEntry.safeParse(readRecord(record, decimal));
    if (judged.success) return [judged.data];
    problems.push(...judged.error.issues.map(({ path, code, message }): FieldProblem => ({ pointer: `/csv/${index}/${columnOf(path)}`, code: code === 'too_big' || code === 'too_small' ? 'range' : 'format', expected: message })));
    return [];
  });
  if (problems.length > 0) throw Problem.fields(problems.slice(0, 100));
  return entries;
}

/** Days as a table that {@link parseFiguresCsv} reads. What a spreadsheet would take for a formula is made plain text. */
export function figuresCsv(service: string, days: readonly { readonly date: string; readonly figures: DailyFigures }[]): string {
  const rows = days.map(({ date, figures: { incidents, open, serviceLevel, defects, calls } }) => [
    service, date, incidents.p1, incidents.p2, incidents.p3, incidents.p4, serviceLevel, defects, calls, ...(open ? [open.p1, open.p2, open.p3, open.p4] : ['', '', '', '']),
  ]);
  return stringify(rows, { bom: true, header: true, columns: [...NEEDED, ...OPEN], escape_formulas: true, record_delimiter: 'windows' });
}
