/** Evidence as a client sends it, and as an event holds it: free text goes to the kept texts, its reference takes its place. */
import { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import type { DocumentRef, Evidence, EvidenceValue, TextRef } from '../../domain/evidence-types';
import { splitTaskKey } from '../../domain/inventory';
import type { EvidenceField } from '../../domain/plan';
import { CONDITION_EVIDENCE } from '../../domain/stage/decide-task';
import type { Template, TemplateField } from '../../domain/template/schema';
import { fewKeys, freeText, idText } from '../schemas';

const document = z.strictObject({
  name: freeText(300),
  url: z.url({ protocol: /^https?$/ }).max(2000).optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).optional(),
}).meta({ id: 'DocumentInput' });

const cell = z.union([freeText(20_000), z.number(), z.boolean(), document]);
const row = z.record(idText(80).min(1), cell).refine(fewKeys);
const table = z.strictObject({ rows: z.array(row).max(500) }).meta({ id: 'TableInput' });

export const evidenceInput = z.record(idText(80).min(1), z.union([cell, table])).refine(fewKeys).meta({
  description: 'Field → value. document: { name, url?, sha256? }, where sha256 without url names an uploaded file of the project; link: "https://…"; text; date: "YYYY-MM-DD"; number; choice: its key; '
    + 'checkbox: true or false; table: { rows: [column → value] }.',
  example: { charter: { name: 'Project charter', url: 'https://docs.example.org/charter' }, approved: true },
});
export type EvidenceInput = z.output<typeof evidenceInput>;
type CellInput = z.output<typeof cell>;
type RowInput = z.output<typeof row>;

const isTable = (given: EvidenceInput[string]): given is z.output<typeof table> => typeof given === 'object' && 'rows' in given;

/** A field as `decide` knows it. What a parameter gives is not known here: `decide` judges it. */
function toField(field: TemplateField): EvidenceField {
  const { key, required } = field;
  switch (field.type) {
    case 'choice': return { key, required, type: 'choice', choices: field.choices.map((choice) => choice.key) };
    case 'checkbox': return { key, required, type: 'checkbox', mustBeChecked: field.mustBeChecked };
    case 'number': {
      const { min, max } = field;
      return { key, required, type: 'number', ...(typeof min === 'number' && { min }), ...(typeof max === 'number' && { max }) };
    }
    case 'table': {
      const { minRows, maxRows } = field;
      return { key, required, type: 'table', minRows, maxRows, columns: field.columns.map((column) => toField(column) as Exclude<EvidenceField, { type: 'table' }>) };
    }
    default: return { key, required, type: field.type };
  }
}

/** Whether a key is that of a task which stands for a condition. */
export const isConditionKey = (task: string): boolean => /^condition-\d+-\d+$/.test(task);

/** A task as its template has it; undefined for a condition, and for what the template does not have any more. */
export function authoredTask(template: Template, phase: string, task: string): Template['phases'][number]['tasks'][number] | undefined {
  const planned = splitTaskKey(task).task;
  return template.phases.find((each) => each.key === phase)?.tasks.find((each) => each.key === planned);
}

/** The fields that a task must deliver; for one that stands for a condition, the proof that it is met. */
export function fieldsOf(template: Template, phase: string, task: string, isCondition: boolean): readonly EvidenceField[] {
  const authored = authoredTask(template, phase, task);
  if (authored) return authored.evidence.map(toField);
  return isCondition ? CONDITION_EVIDENCE : [];
}

const isLink = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** What only the API can judge, as `decide` sees references in place of texts. */
export function linkProblems(fields: readonly EvidenceField[], input: EvidenceInput, at = '/evidence'): FieldProblem[] {
  return fields.flatMap((field): FieldProblem[] => {
    const { key, type } = field;
    const given = Object.hasOwn(input, key) ? input[key] : undefined;
    if (given === undefined) return [];
    const pointer = `${at}/${key}`;
    if (type === 'table') return isTable(given) ? given.rows.flatMap((each, index) => linkProblems(field.columns, each, `${pointer}/rows/${index}`)) : [];
    if (type === 'link' && (typeof given !== 'string' || !isLink(given))) return [{ pointer, code: 'format', expected: 'https://…' }];
    return [];
  });
}

type Visit<T> = (field: EvidenceField | undefined, given: CellInput) => T;

/** Goes through all values in a fixed order, those in the rows of tables too. */
function mapCells<T>(fields: readonly EvidenceField[], input: EvidenceInput, visit: Visit<T>): Record<string, T | { rows: Record<string, T>[] }> {
  const cells = (of: readonly EvidenceField[], values: RowInput): Record<string, T> =>
    Object.fromEntries(Object.entries(values).map(([key, given]) => [key, visit(of.find((field) => field.key === key), given)]));
  return Object.fromEntries(Object.entries(input).map(([key, given]) => {
    const field = fields.find((each) => each.key === key);
    if (!isTable(given)) return [key, visit(field, given)];
    return [key, { rows: given.rows.map((each) => cells(field?.type === 'table' ? field.columns : [], each)) }];
  }));
}

/** A text under a key that is no field is kept from the log as well: `decide` refuses it, and nothing else is to see it. */
function isText(field: EvidenceField | undefined, given: unknown): given is string {
  const type = field?.type;
  return typeof given === 'string' && type !== 'date' && type !== 'choice' && type !== 'number' && type !== 'checkbox';
}

/** Evidence with references in place of its texts; `keep` keeps texts and gives their references in order. */
export async function withReferences(
  fields: readonly EvidenceField[], input: EvidenceInput, keep: (texts: readonly string[]) => Promise<readonly TextRef[]>,
): Promise<Evidence> {
  const texts: string[] = [];
  mapCells(fields, input, (field, given) => {
    if (typeof given === 'object') texts.push(given.name, ...(given.url === undefined ? [] : [given.url]));
    else if (isText(field, given)) texts.push(given);
  });
  const refs = [...(texts.length > 0 ? await keep(texts) : [])];
  const next = (): TextRef => refs.shift() as TextRef;
  return mapCells<Exclude<EvidenceValue, { rows: unknown }>>(fields, input, (field, given) => {
    if (typeof given !== 'object') return isText(field, given) ? next() : given;
    const { url, sha256 } = given;
    return { name: next(), ...(url !== undefined && { url: next() }), ...(sha256 !== undefined && { sha256 }) } satisfies DocumentRef;
  });
}
