/** A backlog as a table for a spreadsheet, and back. */
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { FieldProblem } from '../../domain/errors';
import { dayIn, numberIn } from '../../domain/written';
import { readTable } from '../http/table';
import { Problem } from '../problem';
import { type ItemInput, itemInput } from './input';
import type { itemView } from './views';

const COLUMNS = ['number', 'kind', 'title', 'criteria', 'estimate', 'epic', 'labels', 'after', 'deliverables', 'inventory', 'status', 'sprint', 'needs', 'owner', 'due'] as const;
const LISTS: readonly string[] = ['labels', 'after', 'deliverables', 'inventory', 'needs'];
export const ROWS_AT_MOST = 2_500;

/** With a mark that tells spreadsheets its encoding. What a spreadsheet would take for a formula is made plain text. */
export function backlogCsv(items: readonly z.output<typeof itemView>[]): string {
  const rows = items.map((item) => [
    item.item, item.kind, item.title ?? '', item.criteria ?? '', item.estimate ?? '', item.epic ?? '', item.labels.join(' '), item.after.join(' '),
    item.deliverables.map(({ key }) => key).join(' '), item.inventory.map(({ key }) => key).join(' '), item.status, item.sprint ? `${item.sprint.team.key}/${item.sprint.number}` : '',
    item.needs.filter(({ isOwn }) => isOwn).map(({ phase, deliverable }) => `${phase.key}/${deliverable.key}`).join(' '), item.owner?.id ?? '', item.due ?? '',
  ]);
  return stringify(rows, { bom: true, header: true, columns: [...COLUMNS], escape_formulas: true, record_delimiter: 'windows' });
}

/** An item of a table; `number` is how the table calls it, and how others in it refer to it. */
export interface TableItem {
  readonly number: string;
  readonly input: ItemInput;
}

/**
 * Reads a table whose first line names its columns: `title`, and any of the others. What it says of status and sprint is not taken over.
 * @throws Problem `invalid-request` that names lines, from 0 for the first item.
 */
export function parseBacklogCsv(text: string): TableItem[] {
  const { records, decimal } = readTable(text, { columns: COLUMNS, needed: ['title'], linesAtMost: ROWS_AT_MOST });
  const problems: FieldProblem[] = [];
  const items = records.flatMap((record, index): TableItem[] => {
    const { number = '', kind, title, criteria, estimate, epic, owner, due, ...rest } = record;
    const lists = Object.entries(rest).filter(([column, cell]) => LISTS.includes(column) && cell !== '').map(([column, cell]) => [column, cell.split(/[\s,;]+/)]);
    const size = estimate === undefined || estimate === '' ? undefined : numberIn(estimate, decimal) ?? Number.NaN;
    const judged = itemInput.safeParse({
      title, ...(kind && { kind }), ...(criteria && { criteria }), ...(size !== undefined && { estimate: size }), ...(epic && { epic }), ...(owner && { owner }), ...(due && { due: dayIn(due) ?? due }), ...Object.fromEntries(lists),
    });
    if (judged.success) return [{ number: number || `line ${index + 1}`, input: judged.data }];
    problems.push(...judged.error.issues.map(({ path, code, message }): FieldProblem => ({
      pointer: `/csv/${index}/${path.join('/')}`, code: code === 'invalid_value' ? 'choice' : code === 'invalid_type' ? 'type' : 'format', expected: message,
    })));
    return [];
  });
  const twice = items.findIndex(({ number }, index) => items.findIndex((other) => other.number === number) !== index);
  if (twice >= 0) problems.push({ pointer: `/csv/${twice}/number`, code: 'duplicate' });
  if (problems.length > 0) throw Problem.fields(problems.slice(0, 100));
  return items;
}

/**
 * A part of a table, as one command takes it: references as that command writes them.
 * @param known numbers that earlier parts got, by how the table calls them.
 */
export function resolveReferences(part: readonly TableItem[], from: number, known: ReadonlyMap<string, string>): ItemInput[] {
  const problems: FieldProblem[] = [];
  const here = new Map(part.map(({ number }, index) => [number, `#${index + 1}`]));
  const items = part.map(({ input }, index): ItemInput => {
    const resolve = (reference: string, field: string): string => {
      const found = here.get(reference) ?? known.get(reference);
      if (found === undefined) problems.push({ pointer: `/csv/${from + index}/${field}`, code: 'choice' });
      return found ?? reference;
    };
    return { ...input, ...(input.epic !== undefined && { epic: resolve(input.epic, 'epic') }), ...(input.after && { after: input.after.map((each) => resolve(each, 'after')) }) };
  });
  if (problems.length > 0) throw Problem.fields(problems);
  return items;
}
