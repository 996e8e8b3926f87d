/** An inventory as people paste it from a spreadsheet. Pure. */
import { dayIn, type DecimalSign, decimalIn, type Delimiter, delimiterIn, numberIn, truthIn } from '../../../domain/written';

export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

type Texts = Readonly<Record<string, string>>;
export interface Kind {
  readonly kind: string;
  readonly name: Texts;
  readonly attributes: readonly {
    readonly key: string; readonly name: Texts; readonly type: 'text' | 'number' | 'choice' | 'checkbox' | 'date';
    readonly choices?: readonly { readonly key: string; readonly name: Texts }[];
  }[];
}

/** What is wrong with a text, and in which line, from 1. */
export interface CsvProblem {
  readonly line: number;
  readonly code: 'no-column' | 'open-quote' | 'unknown-column' | 'unknown-kind' | 'column-twice' | 'too-many-cells';
  readonly what: string;
}

export interface Parsed {
  readonly items: readonly Item[];
  /** The line of each item. */
  readonly lines: readonly number[];
  readonly problems: readonly CsvProblem[];
}

const SHOWN_AT_MOST = 20;

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Lines with their cells; quotes may hold delimiters and line ends. */
function linesOf(text: string, delimiter: Delimiter): { readonly lines: readonly Line[]; readonly openQuote?: number } {
  const lines: Line[] = [];
  let [cells, cell, isQuoted, line, start]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
  const end = (): void => {
    cells.push(cell.trim());
    if (cells.some((each) => each !== '')) lines.push({ line: start, cells });
    [cells, cell, start] = [[], '', line + 1];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (isQuoted && char === '"' && text[at + 1] === '"') { cell += '"'; at++; }
    else if (char === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (!isQuoted && char === delimiter) { cells.push(cell.trim()); cell = ''; }
    else if (!isQuoted && char === '\n') { end(); line++; }
    else {
      if (char === '\n') line++;
      if (char !== '\r') cell += char;
    }
  }
  if (isQuoted) return { lines, openQuote: start };
  end();
  return { lines };
}

const isCalled = (given: string, key: string, name: Texts): boolean => [key, ...Object.values(name)].some((each) => each.toLowerCase() === given.toLowerCase());

/** What can not be read as its type stays as it is: the API says what it takes. */
function toValue(attribute: Kind['attributes'][number] | undefined, text: string, decimal: DecimalSign): string | number | boolean {
  switch (attribute?.type) {
    case 'number': return numberIn(text, decimal) ?? text;
    case 'checkbox': return truthIn(text) ?? text;
    case 'date': return dayIn(text) ?? text;
    case 'choice': return attribute.choices?.find(({ key, name }) => isCalled(text, key, name))?.key ?? text;
    default: return text;
  }
}

/** An id of the form the API takes. */
const toId = (text: string): string => text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 60);

/**
 * Items of a text with a head line: `id`, `name`, `kind` and attributes, by key or by name in any language. Without an `id` column ids are made of
 * names; without a `kind` column all are of the only kind. An empty cell is no attribute.
 */
export function parseInventory(text: string, kinds: readonly Kind[]): Parsed {
  const table = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterIn(table);
  const { lines: [head, ...lines], openQuote } = linesOf(table, delimiter);
  if (openQuote !== undefined) return { items: [], lines: [], problems: [{ line: openQuote, code: 'open-quote', what: '"' }] };
  if (!head) return { items: [], lines: [], problems: [] };
  const attributes = kinds.flatMap((each) => each.attributes);
  const columns = head.cells.map((cell) => {
    const fixed = ['id', 'name', 'kind'].find((each) => each === cell.toLowerCase());
    return fixed ?? attributes.find(({ key, name }) => isCalled(cell, key, name))?.key ?? null;
  });
  const problems: CsvProblem[] = head.cells.flatMap((cell, place) => (columns[place] === null && cell !== '' ? [{ line: head.line, code: 'unknown-column' as const, what: cell }] : []));
  for (const each of ['name', ...(kinds.length > 1 ? ['kind'] : [])]) if (!columns.includes(each)) problems.push({ line: head.line, code: 'no-column', what: each });
  columns.forEach((column, place) => { if (column !== null && columns.indexOf(column) !== place) problems.push({ line: head.line, code: 'column-twice', what: head.cells[place] ?? '' }); });
  if (problems.length > 0) return { items: [], lines: [], problems };

  const items = lines.map(({ line, cells }): Item => {
    const cell = (column: string): string => cells[columns.indexOf(column)] ?? '';
    // As where a comma parts cells and stands in a number.
    const more = cells.slice(columns.length).find((each) => each !== '');
    if (more !== undefined) problems.push({ line, code: 'too-many-cells', what: more });
    const given = cell('kind');
    const kind = given === '' && kinds.length === 1 ? kinds[0] : kinds.find((each) => isCalled(given, each.kind, each.name));
    if (!kind) problems.push({ line, code: 'unknown-kind', what: given });
    const found = (kind?.attributes ?? []).flatMap((attribute) => (cell(attribute.key) === '' ? [] : [[attribute.key, toValue(attribute, cell(attribute.key), decimalIn(delimiter))] as const]));
    return { id: cell('id') || toId(cell('name')), kind: kind?.kind ?? given, name: cell('name'), attributes: Object.fromEntries(found) };
  });
  return { items, lines: lines.map(({ line }) => line), problems: problems.slice(0, SHOWN_AT_MOST) };
}
