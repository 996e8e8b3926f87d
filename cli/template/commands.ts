/** The commands of the project office that work on files and on shipped templates, without a running product. */
import { existsSync, writeFileSync } from 'node:fs';
import { HOME, todayIn } from '../../config/home';
import { type Comparison, compareSimulations } from '../../domain/play/compare';
import { simulate, type SimulationResult } from '../../domain/play/simulate';
import { verify } from '../../domain/play/verify';
import { compile } from '../../domain/template/compile';
import { diffTemplates } from '../../domain/template/diff';
import { sampleInventory, sampleParameters } from '../../domain/template/parameters';
import type { Problem } from '../../domain/template/problem';
import type { Template } from '../../domain/template/schema';
import { variantsOf } from '../../domain/template/variants';
import { resolveTemplateCalendar } from '../../store/calendars';
import { type Loaded, loadTemplate } from './load';
import { newTemplate } from './new-template';
import { sayChange, sayFinding, sayTrace } from './words';
import { count, type Output, print, printJson } from '../terminal/print';
import { progressBar } from '../terminal/progress-bar';
import { style } from '../terminal/style';
import { table } from '../terminal/table';
import { UsageError } from '../terminal/usage-error';

/** Writes a commented starting point. @throws Error when the file exists. */
export function runNew(file: string, { json }: Output): void {
  if (existsSync(file)) throw new Error(`${file} exists already; name another file.`);
  writeFileSync(file, newTemplate(file));
  if (json) printJson({ file });
  else print(`${file} is written. Next: sluis template validate ${file}`);
}

function placeOf(file: string, { file: fragment, line, column }: Problem): string {
  return `${fragment ?? file}${line === undefined ? '' : `:${line}:${column ?? 1}`}`;
}

/** Prints the problems and sets the exit code. */
function refuse(loaded: Extract<Loaded, { ok: false }>, { json }: Output): void {
  process.exitCode = 1;
  const { file, problems } = loaded;
  if (json) {
    printJson({ ok: false, file, problems });
    return;
  }
  for (const problem of problems) print(`${style.red(placeOf(file, problem))} ${problem.pointer || '/'} ${style.dim(problem.code)}\n    ${problem.detail}`);
  print(`\n${count(problems.length, 'problem')}.`);
}

export function runValidate(named: string, output: Output): void {
  const loaded = loadTemplate(named);
  if (!loaded.ok) {
    refuse(loaded, output);
    return;
  }
  const { key, version, phases } = loaded.template;
  const tasks = phases.reduce((sum, phase) => sum + phase.tasks.length, 0);
  const gates = phases.filter(({ gate }) => gate).length;
  if (output.json) printJson({ ok: true, file: loaded.file, key, version, phases: phases.length, tasks, gates });
  else print(`${style.green('right')}  ${key} ${version}: ${count(phases.length, 'phase')}, ${count(tasks, 'task')}, ${count(gates, 'gate')}`);
}

export function runVerify(named: string, output: Output): void {
  const loaded = loadTemplate(named);
  if (!loaded.ok) {
    refuse(loaded, output);
    return;
  }
  const began = Date.now();
  const calendar = resolveTemplateCalendar(loaded.template);
  const variants = variantsOf(loaded.template, calendar);
  if (!('plans' in variants)) {
    refuse({ ok: false, file: loaded.file, problems: variants.problems }, output);
    return;
  }
  const proof = verify(variants.plans, { start: Date.now() });
  const unexplored = [...proof.unexplored, ...(variants.more ? ['parameters: each value was tried, not every combination'] : [])];
  if (proof.findings.length > 0) process.exitCode = 1;
  if (output.json) {
    printJson({ ok: proof.findings.length === 0, ...proof, unexplored, variants: variants.plans.length });
    return;
  }
  for (const finding of proof.findings) {
    print(`${style.red('✗')} ${sayFinding(finding)}${finding.confirmed ? '' : style.dim(' (possible: not all was explored)')}`);
    for (const line of sayTrace(finding.trace)) print(`    ${line}`);
  }
  for (const line of unexplored) print(style.dim(`  not explored: ${line}`));
  const verdict = proof.findings.length === 0 ? style.green('sound') : style.red(count(proof.findings.length, 'finding'));
  print(`${verdict}  ${count(proof.states, 'state')} of ${count(variants.plans.length, 'variant')} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

export interface SimulateOptions extends Output {
  readonly runs: string;
  readonly seed: string;
  readonly start?: string;
  readonly people?: readonly string[];
  readonly rejection?: string;
  /** The same as `people` and `rejection`, to be compared with what these give. */
  readonly whatIf?: readonly string[];
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}.`);
  return value;
}

/** `ROLE=NUMBER` each. */
function peopleOf(template: Template, given: readonly string[], option = 'people'): Record<string, number> {
  return Object.fromEntries(given.map((each) => {
    const [, role = '', count = ''] = /^([a-z0-9-]+)=(\d+)$/.exec(each) ?? [];
    if (!template.roles.some(({ key, members }) => key === role && !members)) {
      throw new UsageError(`--${option} ${each}: write ROLE=NUMBER, with a role of the template that is no body: ${template.roles.filter(({ members }) => !members).map(({ key }) => key).join(', ')}.`);
    }
    return [role, whole(option, count, 1, 1000)];
  }));
}

const REJECTION = /^rejection=(\S+)$/;

/** `ROLE=NUMBER` or `rejection=PERCENT` each. */
function changeOf(template: Template, given: readonly string[]): { readonly people: Record<string, number>; readonly rejectionRate?: number } {
  const rejection = given.findLast((each) => REJECTION.test(each))?.replace(REJECTION, '$1');
  return {
    people: peopleOf(template, given.filter((each) => !REJECTION.test(each)), 'what-if'),
    ...(rejection !== undefined && { rejectionRate: whole('what-if rejection', rejection, 0, 90) / 100 }),
  };
}

export function runSimulate(named: string, options: SimulateOptions): void {
  const loaded = loadTemplate(named);
  if (!loaded.ok) {
    refuse(loaded, options);
    return;
  }
  const { template } = loaded;
  const runs = whole('runs', options.runs, 1, 100_000);
  const seed = whole('seed', options.seed, 0, 2 ** 31);
  const people = peopleOf(template, options.people ?? []);
  const change = options.whatIf && changeOf(template, options.whatIf);
  const calendar = resolveTemplateCalendar(template);
  const start = Date.parse(`${options.start ?? todayIn(HOME.timeZone, Date.now())}T09:00:00Z`);
  if (Number.isNaN(start)) throw new UsageError(`--start takes a date such as 2027-01-31, not ${JSON.stringify(options.start)}.`);
  const compiled = compile(template, sampleParameters(template, new Date(start).toISOString().slice(0, 10)), calendar, sampleInventory(template, 2));
  if (!compiled.ok) {
    refuse({ ok: false, file: loaded.file, problems: compiled.problems }, options);
    return;
  }
  const rejectionRate = options.rejection === undefined ? {} : { rejectionRate: whole('rejection', options.rejection, 0, 90) / 100 };
  const given = { runs, seed, start, people, ...rejectionRate };
  const play = (title: string, more: Partial<typeof given> = {}): SimulationResult => {
    const bar = progressBar(title, runs);
    const result = simulate(compiled.plan, { ...given, ...more, onProgress: bar.update });
    bar.end();
    return result;
  };
  const result = play('simulating');
  const changed = change && play('what if', { ...change, people: { ...people, ...change.people } });
  const difference = changed && compareSimulations(result, changed);
  if (options.json) printJson({ ...toJson(result), ...(changed && { whatIf: { ...toJson(changed), difference } }) });
  else printSimulation(result);
  if (!options.json && difference) printComparison(difference, options.whatIf ?? []);
}

const toDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
const dates = ({ p50, p80, p95 }: { readonly p50: number; readonly p80: number; readonly p95: number }) => ({ p50: toDate(p50), p80: toDate(p80), p95: toDate(p95) });
const toJson = (result: SimulationResult) => ({
  ...result, start: toDate(result.start), end: dates(result.end), ends: result.ends.map(({ at, runs }) => ({ at: toDate(at), runs })), gates: result.gates.map(({ gate, reached, ...spread }) => ({ gate, reached, ...dates(spread) })),
});
const percent = (share: number): string => `${Math.round(share * 100)} %`;

function printSimulation(result: SimulationResult): void {
  const { end, workingDays, gates, critical, load, outcomes, runs, seed } = result;
  print(`${style.bold('Start')} ${toDate(result.start)}   ${runs} runs, seed ${seed}`);
  print(table(['', 'half of the runs', '80 %', '95 %'], [
    ['end', toDate(end.p50), toDate(end.p80), toDate(end.p95)],
    ['working days', String(workingDays.p50), String(workingDays.p80), String(workingDays.p95)],
    ...gates.map(({ gate, ...spread }) => [`gate ${gate}`, toDate(spread.p50), toDate(spread.p80), toDate(spread.p95)]),
  ]));
  print(`\n${table(['tasks that decide on the end', 'in runs'], critical.slice(0, 10).map(({ task, share }) => [task, percent(share)]))}`);
  print(`\n${table(['role', 'people', 'busiest week', 'tasks waited, working days'], [...load].sort((a, b) => b.waitedDays - a.waitedDays)
    .map(({ role, people, peak, waitedDays }) => [role, String(people), percent(peak), String(waitedDays)]))}`);
  printWaiting(result.waiting);
  const others = Object.entries(outcomes).filter(([status]) => status !== 'completed');
  if (others.length > 0) print(style.yellow(`\nNot completed: ${others.map(([status, count]) => `${count} ${status}`).join(', ')} of ${runs} runs.`));
}

function printWaiting({ tasks, gates }: SimulationResult['waiting']): void {
  if (tasks.length > 0) print(`\n${table(['task that waits', 'for', 'working days'], tasks.slice(0, 10).map(({ task, role, days }) => [task, role, String(days)]))}`);
  if (gates.length > 0) print(`\n${table(['gate that waits', 'for', 'working days'], gates.map(({ gate, roles, days }) => [gate, roles.join(', '), String(days)]))}`);
}

const signed = (difference: number): string => (difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : '0');

function printComparison({ workingDays, ended, roles }: Comparison, change: readonly string[]): void {
  print(`\n${style.bold('What if')} ${change.join(', ')}`);
  print(table(['', 'half of the runs', '80 %', '95 %'], [['working days', signed(workingDays.p50), signed(workingDays.p80), signed(workingDays.p95)]]));
  print(`\n${table(['role', 'people', 'busiest week', 'tasks waited, working days', ''], roles
    .map(({ role, people, peak, waitedDays, relieved }) => [role, signed(people), `${signed(Math.round(peak * 100))} %`, signed(waitedDays), relieved ? 'relieved' : '']))}`);
  if (ended !== 0) print(style.yellow(`\nRuns that come to an end: ${signed(Math.round(ended * 100))} %.`));
}

export function runDiff(before: string, after: string, output: Output): void {
  const [one, other] = [loadTemplate(before), loadTemplate(after)];
  for (const loaded of [one, other]) {
    if (!loaded.ok) {
      refuse(loaded, output);
      return;
    }
  }
  if (!one.ok || !other.ok) return;
  const changes = diffTemplates(one.template, other.template);
  if (output.json) {
    printJson({ changes });
    return;
  }
  const colour = { '+': style.green, '-': style.red, '>': style.cyan, '~': style.yellow } as const;
  for (const line of changes.map(sayChange)) print((colour[line[0] as keyof typeof colour] ?? String)(line));
  print(changes.length === 0 ? 'They mean the same.' : `\n${count(changes.length, 'change')}.`);
}
