/** `sluis calendar`: what is known of the years of a working calendar, and announcing one. */
import type { Config } from '../../config';
import { print, printJson } from '../terminal/print';
import { UsageError } from '../terminal/usage-error';
import { type ApiOptions, connect } from './api';

interface Year {
  readonly year: number;
  readonly provisional: boolean;
  readonly replacementDays: readonly string[];
  readonly closures: readonly string[];
  readonly announcedBy: { readonly name: string } | null;
}

interface Calendar {
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly years: readonly Year[];
}

export interface AnnounceOptions extends ApiOptions {
  readonly replacement?: readonly string[];
  readonly closure?: readonly string[];
}

/** @throws ApiProblem when it is refused, NoAnswer when nothing answers. */
export async function runCalendarList(config: Config, options: ApiOptions): Promise<void> {
  const found = await connect(config, options).get('/calendars');
  if (options.json) printJson(found);
  else found.items.forEach(printCalendar);
}

/** @throws UsageError for what is no date or year, ApiProblem when it is refused. */
export async function runAnnounce(config: Config, calendar: string, year: string, options: AnnounceOptions): Promise<void> {
  if (!/^\d{4}$/.test(year)) throw new UsageError(`${year} is no year; write it as 2027.`);
  const { replacement = [], closure = [] } = options;
  const body = { replacementDays: replacement.map(dateOf), closures: closure.map(periodOf) };
  const known = await connect(config, options).post(`/calendars/${encodeURIComponent(calendar)}/years/${year}/announce`, body);
  if (options.json) printJson(known);
  else printCalendar({ ...known, years: known.years.filter((each) => String(each.year) === year) });
}

function dateOf(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new UsageError(`${text} is no date; write it as 2027-05-03.`);
  return text;
}

function periodOf(text: string): { from: string; to?: string } {
  const [from = '', to, ...more] = text.split('..');
  if (more.length > 0) throw new UsageError(`${text} is no period; write FIRST..LAST.`);
  return { from: dateOf(from), ...(to !== undefined && { to: dateOf(to) }) };
}

function printCalendar({ key, name, version, years }: Calendar): void {
  print(`${key}  ${name}, version ${version}`);
  for (const each of years) {
    const days = [...each.replacementDays.map((day) => `${day} in place of a holiday`), ...each.closures.map((day) => `${day} closed`)];
    const known = each.announcedBy ? `announced by ${each.announcedBy.name}` : each.provisional ? 'provisional: its replacement days are not announced' : 'nothing to announce';
    print(`  ${each.year}  ${[known, ...days].join('; ')}`);
  }
}
