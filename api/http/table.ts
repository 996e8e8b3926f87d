/** Tables in requests: CSV as people and spreadsheets write it. */
import { type CsvError, parse } from 'csv-parse/sync';
import { Problem } from '../problem';

/** A comma, or the semicolon that spreadsheets write where the comma is the decimal sign. */
const delimiterOf = (text: string): string => (/^[^,\r\n]*;/.test(text) ? ';' : ',');
/** What was marked so that no spreadsheet takes it for a formula. */
const unescaped = (cell: string): string => cell.replace(/^'(?=[=+\-@\t\r])/, '');

interface Table {
  /** All that there can be. */
  readonly columns: readonly string[];
  /** Those without which it is none. */
  readonly needed: readonly string[];
  /** Lines below the first. */
  readonly linesAtMost: number;
}

/**
 * The lines of a table by the names of their columns, which its first line has.
 * @throws Problem `invalid-request` at `/csv`.
 */
export function readTable(text: string, { columns, needed, linesAtMost }: Table): Record<string, string>[] {
  let records: Record<string, string>[];
  try {
    records = parse(text, { bom: true, columns: true, trim: true, skip_empty_lines: true, delimiter: delimiterOf(text), relax_column_count_less: true });
  } catch (error) {
    throw Problem.fields([{ pointer: '/csv', code: 'format', expected: (error as CsvError).message }]);
  }
  const found = Object.keys(records[0] ?? {});
  if (needed.some((column) => !found.includes(column)) || found.some((column) => !columns.includes(column))) throw Problem.fields([{ pointer: '/csv', code: 'format', expected: columns.join(', ') }]);
  if (records.length > linesAtMost) throw Problem.fields([{ pointer: '/csv', code: 'range', expected: `1 – ${linesAtMost}` }]);
  return records.map((record) => Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, unescaped(cell)])));
}
