/** Early-life support on a terminal: figures of days, and what they say. */
import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../../config';
import { textIn } from '../../domain/written';
import { phasePath } from '../agile/ref';
import type { Schema } from '../../client';
import { type ApiOptions, connect } from '../client/api';
import { parseNumber } from '../terminal/arguments';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { dayOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';

type HandoverPath = `${ReturnType<typeof phasePath>}/handover`;
const handoverPath = (phase: string): HandoverPath => `${phasePath(phase)}/handover`;

export interface TellOptions extends ApiOptions {
  readonly incidents: string;
  readonly open?: string;
  readonly level: string;
  readonly defects: string;
  readonly calls: string;
  readonly correct?: boolean;
}

function byPriority(text: string, option: string): { readonly p1: number; readonly p2: number; readonly p3: number; readonly p4: number } {
  const parts = text.split(',');
  if (parts.length !== 4) throw new UsageError(`${option} takes four numbers, of P1 to P4, such as 0,0,2,5.`);
  const [p1 = 0, p2 = 0, p3 = 0, p4 = 0] = parts.map((part) => parseNumber(option, part));
  return { p1, p2, p3, p4 };
}

interface Answer {
  readonly entries?: readonly { readonly service: string; readonly date: string; readonly outcome: string; readonly problem: { readonly detail: string } | null }[];
}

function tell(answer: Answer, options: ApiOptions): void {
  if (options.json) {
    printJson(answer);
    return;
  }
  const { entries = [] } = answer;
  print(textTable(['service', 'date', 'outcome', ''], entries.map(({ service, date, outcome, problem }) => [service, date, outcome, problem?.detail ?? ''])));
  const refused = entries.filter(({ outcome }) => outcome === 'refused').length;
  print(`\n${count(entries.length, 'day')}${refused > 0 ? style.red(`, ${refused} refused`) : ''}.`);
}

/** Tells figures of one day. @throws UsageError, ApiProblem */
export async function runTell(config: Config, phase: string, service: string, date: string, { incidents, open, level, defects, calls, correct, ...options }: TellOptions): Promise<void> {
  const figures = {
    incidents: byPriority(incidents, '--incidents'), ...(open !== undefined && { open: byPriority(open, '--open') }), serviceLevel: parseNumber('--level', level), defects: parseNumber('--defects', defects), calls: parseNumber('--calls', calls),
  };
  tell(await connect(config, options).post(`${handoverPath(phase)}/figures`, { entries: [{ service, date, figures, correction: correct ?? false }] }) as Answer, options);
}

/** Tells the figures of a CSV file, up to 500 days, with an answer for each. @throws UsageError, ApiProblem */
export async function runImport(config: Config, phase: string, file: string, options: ApiOptions): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  tell(await connect(config, options).post(`${handoverPath(phase)}/figures/import`, { csv: textIn(readFileSync(file)) }) as Answer, options);
}

/** Shows how early-life support of a service stands. @throws ApiProblem */
export async function runSupport(config: Config, phase: string, service: string, options: ApiOptions): Promise<void> {
  const support = await connect(config, options).get(`${handoverPath(phase)}/services/${encodeURIComponent(service)}/support`);
  if (options.json) {
    printJson(support);
    return;
  }
  print(`${support.name ?? '(erased)'}: ${support.from} to ${support.until}, ${support.outcome}${support.extensions.length > 0 ? `, lengthened ${count(support.extensions.length, 'time')}` : ''}`);
  print('');
  print(textTable(['criterion', 'stands', 'value', 'limit', 'days'], support.criteria.map(({ name, verdict, accepted, value, limit, breached, missing }) => (
    [name, accepted ? `${verdict}, accepted` : verdict, value === null ? '' : String(value), limit === null ? '' : String(limit), [...breached, ...missing].join(' ')]))));
  print('');
  print(textTable(['day', 'P1', 'P2', 'P3', 'P4', 'level %', 'defects', 'calls', 'told by'], support.days.filter(({ isOver, figures }) => isOver || figures).map(({ date, figures, by, source, late }) => (
    figures ? [date, String(figures.incidents.p1), String(figures.incidents.p2), String(figures.incidents.p3), String(figures.incidents.p4), String(figures.serviceLevel), String(figures.defects), String(figures.calls), `${by?.name ?? source ?? ''}${late ? ', late' : ''}`]
      : [date, '—', '—', '—', '—', '—', '—', '—', 'missing']))));
}

export interface ServicesOptions extends ApiOptions {
  readonly team?: string;
  readonly status?: string;
  readonly project?: string;
  readonly all?: boolean;
}

/** When it is taken over, or else signed off: by the forecast, if there is one, and by the plan. */
function datesOf({ forecast, transferBy, acceptBy }: Schema<'ServiceOfProject'>): string[] {
  const span = forecast?.transfer ?? forecast?.accept;
  return [span?.p50, span?.p80, transferBy ?? acceptBy].map((at) => (at === undefined || at === null ? '' : dayOf(at)));
}

/** Lists services that operations take over. @throws ApiProblem */
export async function runServices(config: Config, { team, status, project, all, ...options }: ServicesOptions): Promise<void> {
  const items = await connect(config, options).all('/services', { team, status: status as never, project, ...(all && { all: 'true' }) });
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['service', 'project', 'state', 'expected', '80 %', 'planned', 'missing', 'conditions', 'support'], items.map((each) => [
      `${each.name ?? '(erased)'} (${each.service})`, each.project.name, each.status, ...datesOf(each), each.missingCount === 0 ? '' : String(each.missingCount),
      each.conditions.length === 0 ? '' : `${each.conditions.length}${each.conditions.some(({ status: of }) => of === 'expired') ? ', expired' : ''}`, each.support ? `${each.support.outcome} until ${each.support.until}${each.support.daysMissing > 0 ? `, ${each.support.daysMissing} days missing` : ''}` : '',
    ])));
    print('');
  }
  print(`${count(items.length, 'service')}.`);
}
