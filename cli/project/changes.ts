/** `sluis project change`, `changes` and `compare`: the plan of a running project, and what was promised. */
import { readFileSync } from 'node:fs';
import type { Schema } from '../../client';
import type { Config } from '../../config';
import { readText } from '../../domain/template/read';
import { type ApiOptions, connect, given } from '../client/api';
import { parseAmount } from '../terminal/arguments';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { table } from '../terminal/table';
import { UsageError } from '../terminal/usage-error';

type Difference = Schema<'PlanDifference'>;
type Size = Schema<'ChangeSize'>;
type Preview = Schema<'ChangePreview'>;

export interface ChangeOptions extends ApiOptions {
  readonly yes?: boolean;
  readonly key?: string;
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
const saySize = ({ days, cost, tasks }: Size): string => `${signed(days)} working days, ${signed(cost)} money, ${tasks} tasks come or go`;

function sayDifference({ kind, phase, name, change, fields }: Difference): string[] {
  const of = kind === 'phase' ? `phase ${name}` : `${kind} ${phase.name}: ${name}`;
  const sign = change === 'added' ? style.green('+') : change === 'removed' ? style.red('-') : change === 'again' ? style.yellow('↺') : style.yellow('~');
  const said = change === 'removed' ? [] : fields.filter(({ before, after }) => change === 'changed' || after !== null || before !== null)
    .map(({ field, before, after }) => `      ${field}: ${change === 'added' ? (after ?? '–') : `${before ?? '–'} → ${after ?? '–'}`}`);
  return [`  ${sign} ${of}`, ...said];
}

/** The change in a file: `title`, `reason`, `impact` and `operations`, as the API takes them. @throws UsageError */
function readChange(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const read = readText(text);
  if (!read.ok) throw new UsageError(read.problems.map(({ line, column, detail }) => `${file}:${line ?? 1}:${column ?? 1} ${detail}`).join('\n'));
  const { value } = read;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${file}: write title, reason and operations (docs/changes.md).`);
  return value as Record<string, unknown>;
}

/** Shows what a change would do; with `yes` asks for it. @throws ApiProblem when it is refused, UsageError when the file is no change. */
export async function runChange(config: Config, project: string, file: string, options: ChangeOptions): Promise<void> {
  const api = connect(config, options);
  const { title, reason, operations, impact, ...others } = readChange(file);
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new UsageError(`${file}: ${unknown.join(', ')} means nothing here; write title, reason, impact and operations.`);
  const path = `/projects/${encodeURIComponent(project)}/changes` as const;
  const asked = { operations, ...(impact !== undefined && { impact }) };
  if (options.yes) {
    const answer = await api.post(path, given({ title, reason, ...asked }), { key: options.key });
    if (options.json) printJson(answer);
    else print('Asked for. See where it stands: sluis project changes');
    return;
  }
  const preview = await api.post(`${path}/preview`, given(asked));
  if (options.json) printJson(preview);
  else for (const line of sayPreview(preview)) print(line);
  if (preview.findings.length > 0) process.exitCode = 1;
}

function sayPreview({ size, difference, decides, level, findings }: Preview): string[] {
  return [
    style.bold(saySize(size)), ...difference.flatMap(sayDifference),
    decides === 'nobody' ? 'It is within what the project manager may do: it takes effect when it is asked for.' : `Decides: ${level?.name}`,
    ...findings.map(({ code, subject }) => style.red(`The project could get stuck: ${code} ${Object.values(subject).join('/')}`)),
    ...findings.length === 0 ? [style.dim('Nothing is asked for yet: --yes does.')] : [],
  ];
}

export interface ChangesOptions extends ApiOptions {
  /** As typed: the API judges it. */
  readonly status?: Schema<'Change'>['status'];
}

export async function runChanges(config: Config, project: string, options: ChangesOptions): Promise<void> {
  const answer = await connect(config, options).get(`/projects/${encodeURIComponent(project)}/changes`, { status: options.status });
  if (options.json) return printJson(answer);
  if (answer.items.length === 0) return print('No changes.');
  print(table(['change', 'title', 'status', 'decides', 'asked for', 'size'], answer.items.map((each) => [
    each.id, each.title ?? '(erased)', each.status, each.level?.name ?? 'the project manager', `${each.requestedAt.slice(0, 10)} ${each.requestedBy.name}`, saySize(each.size),
  ])));
}

export async function runCompare(config: Config, project: string, options: ApiOptions & { readonly asOf?: string; readonly forecast?: boolean }): Promise<void> {
  const answer = await connect(config, options).get(`/projects/${encodeURIComponent(project)}/comparison`, {
    asOf: options.asOf, ...(options.forecast && { forecast: 'true' }),
  });
  if (options.json) return printJson(answer);
  const day = (instant: string | null | undefined): string => instant?.slice(0, 10) ?? '–';
  const { end, cost } = answer;
  print(`${style.bold('As of')} ${day(answer.asOf)}   promised on ${day(answer.baselineAt)}${answer.baselineChange === null ? '' : ` with change ${answer.baselineChange}`}   money in ${answer.currency}`);
  print(table(['', 'promised', 'planned', 'over', 'forecast (80 %)', 'promised', 'planned', 'spent', 'at completion'], [
    ...answer.phases.map((each) => [
      each.phase.name, day(each.baseline?.endAt), day(each.plan?.endAt), day(each.passedAt), day(each.forecast?.p80),
      ...[each.cost.baseline, each.cost.plan, each.cost.actual, each.cost.atCompletion].map(String),
    ]),
    ['the project', day(end.baseline), day(end.plan), '', day(end.forecast?.p80), ...[cost.baseline, cost.plan, cost.actual, cost.atCompletion].map(String)],
  ]));
}

export interface CostOptions extends ApiOptions {
  readonly phase: string;
  readonly task?: string;
  readonly committed?: string;
  readonly actual?: string;
  readonly toComplete?: string;
  readonly note?: string;
}

/** @throws UsageError for what is no amount, ApiProblem when it is refused. */
export async function runCost(config: Config, project: string, { phase, task, note, committed, actual, toComplete, ...options }: CostOptions): Promise<void> {
  const amounts = Object.entries({ committed, actual, toComplete }).flatMap(([name, text]): [string, number][] => {
    if (text === undefined) return [];
    return [[name, parseAmount(`--${name === 'toComplete' ? 'to-complete' : name}`, text)]];
  });
  const body = { phase, ...(task !== undefined && { task }), ...Object.fromEntries(amounts), ...(note !== undefined && { note }) };
  const answer = await connect(config, options).post(`/projects/${encodeURIComponent(project)}/costs`, body);
  if (options.json) printJson(answer);
  else print('Recorded. See what it comes to: sluis project compare');
}
