/** The inventory of a project from a file: CSV as spreadsheets write it, or JSON as the API takes it. */
import { existsSync, readFileSync } from 'node:fs';
import { type CsvError, parse } from 'csv-parse/sync';
import type { InventoryItem } from '../../domain/inventory';
import { judgeInventory } from '../../domain/template/parameters';
import type { Problem } from '../../domain/template/problem';
import { say, told } from '../../domain/template/say';
import type { Template } from '../../domain/template/schema';
import { decimalIn, delimiterIn, textIn } from '../../domain/written';
import { UsageError } from '../terminal/usage-error';
import { toValue } from '../terminal/arguments';

const FIXED = ['id', 'kind', 'name'];
const SHOWN_AT_MOST = 20;

/** Reads a file that ends in .csv or .json. @throws UsageError that names what is wrong and where. */
export function readInventory(file: string, template: Pick<Template, 'inventory'>): InventoryItem[] {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const text = textIn(readFileSync(file));
  if (/\.json$/i.test(file)) return parseJson(file, text);
  if (/\.csv$/i.test(file)) return parseCsv(file, text, template);
  throw new UsageError(`${file}: an inventory is a file that ends in .csv or .json.`);
}

function parseJson(file: string, text: string): InventoryItem[] {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
  if (Array.isArray(found)) return found as InventoryItem[];
  throw new UsageError(`${file}: an inventory in JSON is a list of items, each with id, kind, name and attributes.`);
}

interface Line {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

function readLines(file: string, text: string): Line[] {
  try {
    const records = parse(text, { bom: true, info: true, trim: true, skip_empty_lines: true, delimiter: delimiterIn(text) }) as unknown as
      { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
    // A cell can hold several lines: `lines` is the last one of a record.
    return records.map(({ record, info }) => ({ line: info.lines - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0), cells: record }));
  } catch (error) {
    const { message, lines, column } = error as CsvError & { lines?: number; column?: number | string };
    throw new UsageError(`${file}${lines === undefined ? '' : `, line ${lines}`}${typeof column === 'number' ? `, column ${column + 1}` : ''}: ${message}`);
  }
}

/**
 * Items of a CSV text: a line with the names of the columns, then a line per item. An empty cell is no attribute.
 * @param template Says of which type an attribute is.
 * @throws UsageError with all that is wrong, each with its line and column.
 */
export function parseCsv(file: string, text: string, template: Pick<Template, 'inventory'>): InventoryItem[] {
  const [head, ...lines] = readLines(file, text);
  const columns = head?.cells ?? [];
  const missing = FIXED.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    const named = missing.map((name) => `column "${name}"`).join(', ');
    throw new UsageError(`${file}, line 1: ${named} missing; the first line names the columns: ${FIXED.join(', ')}, then attributes.`);
  }
  const twice = columns.find((name, place) => name === '' || columns.indexOf(name) !== place);
  if (twice !== undefined) {
    const wrong = twice === '' ? 'the column has no name' : `another column is called "${twice}" already`;
    throw new UsageError(`${file}, line 1, column ${columns.lastIndexOf(twice) + 1}: ${wrong}.`);
  }

  const cell = ({ cells }: Line, name: string): string => cells[columns.indexOf(name)] ?? '';
  const decimal = decimalIn(delimiterIn(text));
  const items = lines.map((line): InventoryItem => {
    const kind = template.inventory.find((each) => each.kind === cell(line, 'kind'));
    const attributes = columns.filter((name) => !FIXED.includes(name) && cell(line, name) !== '')
      .map((name) => [name, toValue(kind?.attributes.find((each) => each.key === name)?.type, cell(line, name), decimal)]);
    return { id: cell(line, 'id'), kind: cell(line, 'kind'), name: cell(line, 'name'), attributes: Object.fromEntries(attributes) };
  });
  const nameless = items.flatMap((item, place): Problem[] => (
    item.name === '' ? [{ pointer: `/inventory/${place}/name`, code: 'required', ...told(say`an item has a name`) }] : []));
  const problems = [...judgeInventory(template as Template, items), ...nameless];
  if (problems.length > 0) throw new UsageError(sayProblems(file, columns, lines, problems));
  return items;
}

function sayProblems(file: string, columns: readonly string[], lines: readonly Line[], problems: readonly Problem[]): string {
  const placed = problems.map(({ pointer, detail }) => {
    const [, , index, part, attribute] = pointer.split('/');
    const line = lines[Number(index)]?.line ?? 1;
    const name = attribute ?? part;
    const column = name === undefined ? -1 : columns.indexOf(name);
    const at = name === undefined ? '' : `, column "${name}"${column < 0 ? '' : ` (${column + 1})`}`;
    return { line, text: `${file}, line ${line}${at}: ${detail}` };
  }).sort((one, other) => one.line - other.line);
  const more = placed.length - SHOWN_AT_MOST;
  return [...placed.slice(0, SHOWN_AT_MOST).map(({ text }) => text), ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n');
}
