/** The tables of `sluis project adopt`: tasks that are done elsewhere, and gates that were passed there. */
import { CsvError, parse } from 'csv-parse/sync';
import { dayIn, type DecimalSign, decimalIn, delimiterIn, numberIn, truthIn } from '../../domain/written';
import { UsageError } from '../terminal/usage-error';

/** A row of a table by its columns, with the line it stands on. */
export interface Line {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
  /** How numbers are written in it. */
  readonly decimal: DecimalSign;
}

/** Columns of the tables and the fields of the request that they are. */
export const TASK_COLUMNS = { phase: 'phase', task: 'task', item: 'item', status: 'status', done_at: 'doneAt', done_by: 'by' } as const;
export const GATE_COLUMNS = { gate: 'gate', passed_at: 'passedAt', passed_by: 'by', note: 'note' } as const;
export const EVIDENCE = 'evidence.';

/** What of a template says of which type evidence is. */
export interface AuthoredTypes {
  readonly phases: readonly { readonly key: string; readonly tasks: readonly { readonly key: string; readonly evidence?: readonly { readonly key: string; readonly type: string }[] }[] }[];
}

const isColumn = (columns: object, name: string): boolean => Object.hasOwn(columns, name);

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 text. Save it as "CSV UTF-8".`);
  }
}

/**
 * The rows of a table in CSV, with a comma or a semicolon between cells. Empty cells are left out.
 * @throws UsageError with line and column of what is wrong.
 */
export function readTable(file: string, bytes: Uint8Array, columns: object, required: readonly string[], more?: string): Line[] {
  const text = decode(file, bytes);
  const delimiter = delimiterIn(text);
  const wrong: string[] = [];
  const checkHead = (names: string[]): string[] => names.map((raw, index) => {
    const name = raw.trim();
    if (!isColumn(columns, name) && !(more !== undefined && name.startsWith(more) && name.length > more.length)) {
      const known = [...Object.keys(columns), ...(more === undefined ? [] : [`${more}FIELD`])].join(', ');
      wrong.push(`${file}:1 column ${index + 1}: "${name}" is no column; known are ${known}`);
    }
    if (names.findIndex((each) => each.trim() === name) < index) wrong.push(`${file}:1 column ${index + 1}: "${name}" is there twice`);
    return name;
  });
  let found: readonly string[] = [];
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(text, {
      delimiter, bom: true, trim: true, skip_empty_lines: true, skip_records_with_empty_values: true, info: true,
      columns: (names: string[]) => (found = checkHead(names)),
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines, column } = error as unknown as { lines?: number; column?: string | number };
    throw new UsageError(`${file}:${lines ?? 1}${column === undefined ? '' : ` column ${typeof column === 'number' ? column + 1 : column}`}: ${error.message}`);
  }
  for (const name of required) if (!found.includes(name)) wrong.push(`${file}:1: the column "${name}" is missing`);
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'));
  return records.map(({ record, info }) => ({
    line: info.lines, decimal: decimalIn(delimiter), cells: Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== '')),
  }));
}

/** A cell as a value of evidence; undefined when a cell can't hold one. What does not fit otherwise is left to the API to judge. */
export function evidenceOf(cell: string, type: string | undefined, decimal: DecimalSign = '.'): unknown {
  switch (type) {
    case 'number': return numberIn(cell, decimal) ?? cell;
    case 'checkbox': return truthIn(cell) ?? cell;
    case 'date': return dayIn(cell) ?? cell;
    case 'document': {
      const [, name, url] = /^(.*?)\s*<(https?:[^<>]+)>$/.exec(cell) ?? [];
      if (url !== undefined) return { name: name === '' ? url : name, url };
      return /^https?:\S+$/.test(cell) ? { name: cell, url: cell } : { name: cell };
    }
    case 'table': return undefined;
    default: return cell;
  }
}

/** Rows of the tasks as the API takes them. @throws UsageError */
export function toTasks(file: string, lines: readonly Line[], template: AuthoredTypes): object[] {
  const types = new Map(template.phases.flatMap((phase) => phase.tasks.flatMap((task) =>
    (task.evidence ?? []).map(({ key, type }) => [`${phase.key}/${task.key}/${key}`, type] as const))));
  return lines.map(({ line, cells, decimal }) => {
    const evidence = Object.entries(cells).filter(([column]) => column.startsWith(EVIDENCE)).map(([column, cell]) => {
      const field = column.slice(EVIDENCE.length);
      const value = evidenceOf(cell, types.get(`${cells['phase']}/${cells['task']}/${field}`), decimal);
      if (value === undefined) throw new UsageError(`${file}:${line} ${column}: a table does not fit into a cell; leave the task open, or adopt the project over the API`);
      return [field, value];
    });
    return { ...renamed(cells, TASK_COLUMNS), ...(evidence.length > 0 && { evidence: Object.fromEntries(evidence) }) };
  });
}

/** The fields of the request that the cells of a line are. */
export const renamed = (cells: Line['cells'], columns: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(cells).flatMap(([column, cell]) => (isColumn(columns, column) ? [[columns[column] as string, cell]] : [])));

export interface Table {
  readonly file: string;
  readonly lines: readonly Line[];
  readonly columns: Readonly<Record<string, string>>;
}

/** Where in the tables a pointer of the API points; the pointer itself when it points elsewhere. */
export function placeIn(tables: { readonly tasks: Table; readonly gates: Table }, pointer: string): string {
  const [, kind, index, field, evidence] = /^\/adoption\/(tasks|gates)\/(\d+)(?:\/([^/]+)(?:\/([^/]+).*)?)?$/.exec(pointer) ?? [];
  if (kind !== 'tasks' && kind !== 'gates') return pointer;
  const { file, lines, columns } = tables[kind];
  const column = field === 'evidence' ? `${EVIDENCE}${evidence ?? ''}` : Object.keys(columns).find((name) => columns[name] === field);
  return `${file}:${lines[Number(index)]?.line ?? '?'}${column === undefined ? '' : ` ${column}`}`;
}

