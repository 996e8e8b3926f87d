/** A portfolio as a table for a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { PortfolioItem } from './views';

const COLUMNS = ['id', 'name', 'template', 'version', 'program', 'status', 'course', 'reasons', 'managers', 'started', 'baseline_end', 'plan_end', 'expected_end', 'slip_working_days', 'next_gate', 'next_gate_due', 'waiting_for', 'overdue_tasks', 'blocked_tasks', 'open_approvals', 'open_conditions', 'currency', 'cost_baseline', 'cost_actual', 'cost_at_completion', 'cost_limit', 'blocked_by'];

const day = (instant: string | null): string => instant?.slice(0, 10) ?? '';
const people = (persons: readonly { readonly name: string }[]): string => persons.map(({ name }) => name).join('; ');
const blockedBy = ({ blocked }: PortfolioItem): string => blocked.map(({ name, by, reason }) => `${name} (${by.name})${reason === null ? '' : `: ${reason}`}`).join('; ');

function rowOf(item: PortfolioItem): (string | number)[] {
  const { template, next, cost } = item;
  return [
    item.id, item.name ?? '', template.key, template.version, item.program?.name ?? '', item.status, item.course, item.reasons.map(({ text }) => text).join('; '), people(item.managers),
    day(item.startedAt), day(item.baselineEndAt), day(item.planEndAt), day(item.expectedEndAt), item.slipDays ?? '', next?.gate?.name ?? '', day(next?.dueAt ?? null), people(next?.waitingFor ?? []),
    item.overdue, item.blocked.length, item.approvals, item.conditions,
    cost?.currency ?? '', cost?.baseline ?? '', cost?.actual ?? '', cost?.atCompletion ?? '', cost?.limit ?? '', blockedBy(item),
  ];
}

/** With a mark that tells spreadsheets its encoding. What a spreadsheet would take for a formula is made plain text. */
export const portfolioCsv = (items: readonly PortfolioItem[]): string =>
  stringify(items.map(rowOf), { bom: true, header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' });
