/** Commands on tasks: one request each, or one for many. */
import type { Config } from '../../config';
import { type ApiOptions, connect, given } from '../client/api';
import { evidenceOf } from '../project/adoption-tables';
import { EXIT } from '../run';
import { parseNumber, parsePairs } from '../terminal/arguments';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { UsageError } from '../terminal/usage-error';
import { parseTask, pathOf, type TaskPath } from './task-ref';

/** What can be done with one task, as it stands in its address. */
export type Verb = 'claim' | 'release' | 'complete' | 'withdraw' | 'confirm' | 'send-back' | 'reopen' | 'block' | 'unblock' | 'checklist' | 'attachments' | 'effort' | 'comments';

export interface ActOptions extends ApiOptions {
  /** Somebody absent, in whose name it is done. */
  readonly for?: string;
}

/** Sends one command on a task. @param said What is said when it is done. @throws UsageError, ApiProblem */
export async function runTaskCommand(config: Config, named: string, verb: Verb, body: object, said: string, options: ActOptions): Promise<void> {
  // All of them answer the same; their callers know what each takes.
  const answer = await connect(config, options).post(`${pathOf(parseTask(named))}/${verb}` as `${TaskPath}/claim`, given({ ...body, ...(options.for !== undefined && { onBehalfOf: options.for }) }));
  if (options.json) printJson(answer);
  else print(`${style.green(said)}  ${named}`);
}

export interface CompleteOptions extends ActOptions {
  readonly evidence?: readonly string[];
}

/** @throws UsageError for a table, which can't be typed; ApiProblem */
export async function runComplete(config: Config, named: string, { evidence = [], ...options }: CompleteOptions): Promise<void> {
  const pairs = parsePairs('--evidence', evidence);
  const fields = pairs.length === 0 ? [] : (await connect(config, options).get(pathOf(parseTask(named)))).fields;
  const values = Object.fromEntries(pairs.map(([key, text]) => {
    const value = evidenceOf(text, fields.find((field) => field.key === key)?.type);
    if (value === undefined) throw new UsageError(`--evidence ${key}: a table can not be typed; send it over the API.`);
    return [key, value];
  }));
  await runTaskCommand(config, named, 'complete', { evidence: values }, 'completed', options);
}

export interface ChecklistOptions extends ActOptions {
  readonly tick?: readonly string[];
  readonly untick?: readonly string[];
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** @throws UsageError when nothing is to change, ApiProblem */
export async function runChecklist(config: Config, named: string, { tick, untick, add, remove, ...options }: ChecklistOptions): Promise<void> {
  const changes = { ...(tick && { tick }), ...(untick && { untick }), ...(add && { add }), ...(remove && { remove }) };
  if (Object.keys(changes).length === 0) throw new UsageError('Say what changes: --tick, --untick, --add or --remove.');
  await runTaskCommand(config, named, 'checklist', changes, 'changed', options);
}

export interface EffortOptions extends ActOptions {
  readonly hours?: string;
  readonly remaining?: string;
}

/** @throws UsageError for what is no number, ApiProblem */
export async function runEffort(config: Config, named: string, { hours, remaining, ...options }: EffortOptions): Promise<void> {
  const given = Object.fromEntries(Object.entries({ hours, remaining }).flatMap(([name, text]): [string, number][] => {
    if (text === undefined) return [];
    return [[name, parseNumber(`--${name}`, text)]];
  }));
  if (Object.keys(given).length === 0) throw new UsageError('Say --hours, --remaining or both.');
  await runTaskCommand(config, named, 'effort', given, 'noted', options);
}

export interface AttachOptions extends ActOptions {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** Files by their digests, as the upload named them: `NAME=SHA256` each to add. @throws UsageError, ApiProblem */
export async function runAttach(config: Config, named: string, { add, remove, ...options }: AttachOptions): Promise<void> {
  const files = parsePairs('--add', add ?? []).map(([name, sha256]) => ({ name, sha256 }));
  if (files.length === 0 && !remove) throw new UsageError('Say what changes: --add or --remove.');
  await runTaskCommand(config, named, 'attachments', { ...(files.length > 0 && { add: files }), ...(remove && { remove }) }, 'changed', options);
}

/** Assigns tasks to a person, each with its own result. @throws UsageError, ApiProblem */
export async function runAssign(config: Config, person: string, named: readonly string[], options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).post('/tasks/assign', { person, tasks: named.map(parseTask) });
  if (options.json) printJson(answer);
  else {
    for (const { project, phase, task, outcome, problem } of answer.items) {
      print(`${outcome === 'assigned' ? style.green(outcome) : style.red(outcome)}  ${project}/${phase}/${task}${problem ? `  ${problem.detail}` : ''}`);
    }
  }
  if (answer.items.some(({ outcome }) => outcome !== 'assigned')) process.exitCode = EXIT.found;
}
