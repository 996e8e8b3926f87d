/** Checks of evidence values against the fields of a task, and the tests that criteria and approval steps make on them. */
import { isDate } from './date';
import type { FieldProblem } from './errors';
import type { DocumentRef, Evidence, EvidenceValue, TableValue, TextRef } from './evidence-types';
import type { EvidenceField, EvidenceTest, SimpleField, TableField } from './plan';
import { own } from './fold';
import { unreachable } from './unreachable';

const SHA256 = /^[0-9a-f]{64}$/;

const isTextRef = (value: unknown): value is TextRef =>
  typeof value === 'object' && value !== null && typeof (value as TextRef).text === 'string';

const isDocument = (value: unknown): value is DocumentRef => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, url, sha256 } = value as DocumentRef;
  return isTextRef(name) && (url === undefined || isTextRef(url)) && (sha256 === undefined || SHA256.test(sha256));
};

function checkValue(field: SimpleField, value: EvidenceValue): Omit<FieldProblem, 'pointer'> | null {
  switch (field.type) {
    case 'document': return isDocument(value) ? null : { code: 'type', expected: 'document' };
    case 'link':
    case 'text': return isTextRef(value) ? null : { code: 'type', expected: field.type };
    case 'date': return typeof value === 'string' && isDate(value) ? null : { code: 'format', expected: 'YYYY-MM-DD' };
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'type', expected: 'number' };
      const { min, max } = field;
      const tooSmall = min !== undefined && value < min;
      const tooLarge = max !== undefined && value > max;
      return tooSmall || tooLarge ? { code: 'range', expected: `${min ?? '…'} – ${max ?? '…'}` } : null;
    }
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value) ? null : { code: 'choice', expected: field.choices.join(', ') };
    case 'checkbox':
      if (typeof value !== 'boolean') return { code: 'type', expected: 'true, false' };
      return field.mustBeChecked && !value ? { code: 'not-checked', expected: 'true' } : null;
    default: return unreachable(field);
  }
}

const isTable = (value: EvidenceValue): value is TableValue =>
  typeof value === 'object' && Array.isArray((value as TableValue).rows)
  && (value as TableValue).rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));

/** What is wrong with a table: its length, or cells, each by its own pointer. */
function checkTable(field: TableField, value: EvidenceValue, pointer: string): FieldProblem[] {
  if (!isTable(value)) return [{ pointer, code: 'type', expected: 'table' }];
  const { rows } = value;
  if (rows.length < field.minRows || rows.length > field.maxRows) return [{ pointer: `${pointer}/rows`, code: 'range', expected: `${field.minRows} – ${field.maxRows}` }];
  return rows.flatMap((row, index) => checkFields(field.columns, row, `${pointer}/rows/${index}`));
}

/** What is wrong with the evidence given for a task: missing, unknown and unfit fields, all of them, by JSON pointer. */
export function checkEvidence(fields: readonly EvidenceField[], evidence: Evidence): FieldProblem[] {
  return checkFields(fields, evidence, '/evidence');
}

function checkFields(fields: readonly EvidenceField[], evidence: Evidence, at: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  for (const field of fields) {
    const pointer = `${at}/${field.key}`;
    const value = own(evidence, field.key);
    if (value === undefined) {
      if (field.required) problems.push({ pointer, code: 'required', expected: field.type });
      continue;
    }
    if (field.type === 'table') problems.push(...checkTable(field, value, pointer));
    else {
      const problem = checkValue(field, value);
      if (problem) problems.push({ pointer, ...problem });
    }
  }
  for (const key of Object.keys(evidence)) {
    if (!fields.some((field) => field.key === key)) {
      problems.push({ pointer: `${at}/${key}`, code: 'unknown', expected: fields.map((field) => field.key).join(', ') });
    }
  }
  return problems;
}

/** Whether a test holds for what the tasks of the phase delivered. */
export function holds(test: EvidenceTest, evidenceOf: (task: string) => Evidence | undefined): boolean {
  const evidence = evidenceOf(test.task);
  const value = evidence && own(evidence, test.field);
  return typeof value !== 'object' && value !== undefined && test.is.includes(value);
}
