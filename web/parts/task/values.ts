/** Evidence between a form and the API. */
import type { Schema } from '../../data/api';
import { isUnreadable } from '../written';

export type Task = Schema<'TaskDetails'>;
export type Field = Task['fields'][number];
export type Column = NonNullable<Field['columns']>[number];
export type Shown = NonNullable<Task['evidence']>[string];

export interface Document {
  readonly name: string;
  readonly url?: string;
  readonly sha256?: string;
}
export type Cell = string | number | boolean | Document;
export type Row = Readonly<Record<string, Cell>>;
export type Value = Cell | { readonly rows: readonly Row[] };
export type Values = Readonly<Record<string, Value>>;

export const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && 'name' in value;
export const isTable = (value: unknown): value is { readonly rows: readonly Row[] } => typeof value === 'object' && value !== null && 'rows' in value;

// What is no number is kept in a browser's store as null.
const isFilled = (value: Cell | undefined): boolean => value != null && value !== '' && (!isDocument(value) || value.name.trim() !== '');

/** What is sent: fields that were left empty are left out, a document without a link has none. */
export function toEvidence(values: Values): Record<string, never> {
  const cell = (value: Cell): Cell => {
    if (!isDocument(value)) return value;
    const { name, url, sha256 } = value;
    return { name, ...(url !== undefined && url !== '' && { url }), ...(sha256 !== undefined && { sha256 }) };
  };
  const cells = (row: Readonly<Record<string, Cell>>) => Object.fromEntries(Object.entries(row).filter(([, value]) => isFilled(value)).map(([key, value]) => [key, cell(value)]));
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    if (isTable(value)) return [[key, { rows: value.rows.map(cells) }]];
    return isFilled(value) ? [[key, cell(value)]] : [];
  })) as Record<string, never>;
}

function isMissing({ required, type, mustBeChecked }: Pick<Field, 'required' | 'type'> & Partial<Pick<Field, 'mustBeChecked'>>, value: Cell | undefined): boolean {
  if (typeof value === 'number' && isUnreadable(value)) return true;
  if (!required) return false;
  if (type === 'checkbox') return mustBeChecked ? value !== true : value === undefined;
  return !isFilled(value);
}

/** Where in a field something is missing or no number: `''` is the field itself, the cells of a table have pointers below it. */
function missingOf(field: Field, value: Value | undefined): string[] {
  if (field.type !== 'table') return isMissing(field, isTable(value) ? undefined : value) ? [''] : [];
  const rows = isTable(value) ? value.rows : [];
  if (field.required && rows.length < (field.minRows ?? 1)) return [''];
  return rows.flatMap((row, place) => (field.columns ?? []).filter((column) => isMissing(column, row[column.key])).map(({ key }) => `/rows/${place}/${key}`));
}

/** What is still missing or no number, by field, as far as a form can tell. */
export const missingIn = (fields: readonly Field[], values: Values): ReadonlyMap<string, readonly string[]> => new Map(fields.flatMap((field): [string, string[]][] => {
  const found = missingOf(field, values[field.key]);
  return found.length > 0 ? [[field.key, found]] : [];
}));

/** What was delivered before, as a form takes it: after rework nobody types it again. */
export function fromEvidence(evidence: Task['deliveredBefore']): Values {
  const cell = (value: unknown): Cell | undefined => {
    if (value === null || value === undefined) return undefined;
    if (!isDocument(value)) return value as Cell;
    const { name, url, sha256 } = value as { name: string | null; url?: string | null; sha256?: string };
    return { name: name ?? '', ...(url && { url }), ...(sha256 !== undefined && { sha256 }) };
  };
  const cells = (row: object) => Object.fromEntries(Object.entries(row).flatMap(([key, value]): [string, Cell][] => {
    const found = cell(value);
    return found === undefined ? [] : [[key, found]];
  }));
  return Object.fromEntries(Object.entries(evidence ?? {}).flatMap(([key, value]): [string, Value][] => {
    if (isTable(value)) return [[key, { rows: value.rows.map(cells) }]];
    const found = cell(value);
    return found === undefined ? [] : [[key, found]];
  }));
}
