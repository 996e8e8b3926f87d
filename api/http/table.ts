/** Tables in requests: CSV as people and spreadsheets write it. */
import { type CsvError, parse } from 'csv-parse/sync';
import { type DecimalSign, decimalIn, delimiterIn } from '../../domain/written';
import { Problem } from '../problem';

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

export interface Records {
  readonly records: readonly Record<string, string>[];
  /** How numbers are written in it. */
  readonly decimal: DecimalSign;
}

/**
 * The lines of a table by the names of their columns, which its first line has.
 * @throws Problem `invalid-request` at `/csv`.
 */
export function readTable(text: string, { columns, needed, linesAtMost }: Table): Records {
  const delimiter = delimiterIn(text);
  let records: Record<string, string>[];
  try {
    records = parse(text, { bom: true, columns: true, trim: true, skip_empty_lines: true, delimiter, relax_column_count_less: true });
  } catch (error) {
    throw Problem.fields([{ pointer: '/csv', code: 'format', expected: (error as CsvError).message }]);
  }
  const found = Object.keys(records[0] ?? {});
  if (needed.some((column) => !found.includes(column)) || found.some((column) => !columns.includes(column))) throw Problem.fields([{ pointer: '/csv', code: 'format', expected: columns.join(', ') }]);
  if (records.length > linesAtMost) throw Problem.fields([{ pointer: '/csv', code: 'range', expected: `1 – ${linesAtMost}` }]);
  return { records: records.map((record) => Object.fromEntries(Object.entries(record).map(([column, cell]) => [column, unescaped(cell)]))), decimal: decimalIn(delimiter) };
}
