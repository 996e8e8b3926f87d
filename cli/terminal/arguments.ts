/** What is typed as KEY=VALUE and the like. All throw a UsageError that says how it is written. */
import type { ParameterValue } from '../../domain/template/parameters';
import type { Template } from '../../domain/template/schema';
import { dayIn, type DecimalSign, numberIn, truthIn } from '../../domain/written';
import { UsageError } from './usage-error';

export interface TemplateRef {
  readonly template: string;
  /** The latest when not given. */
  readonly version?: string;
}

/** `TEMPLATE` or `TEMPLATE@VERSION`. */
export function parseTemplateRef(text: string): TemplateRef {
  const [, template, version] = /^([^@\s]+)(?:@([^@\s]+))?$/.exec(text) ?? [];
  if (template === undefined) throw new UsageError(`${JSON.stringify(text)} names no template: write TEMPLATE or TEMPLATE@VERSION, such as pm2@1.0.0.`);
  return { template, ...(version !== undefined && { version }) };
}

/** `KEY=VALUE` each; the value may hold an equals sign. @param option As it is typed, such as `--param`. */
export function parsePairs(option: string, given: readonly string[]): [string, string][] {
  const seen = new Set<string>();
  return given.map((each) => {
    const at = each.indexOf('=');
    const key = each.slice(0, Math.max(0, at)).trim();
    if (key === '') throw new UsageError(`${option} ${each}: write KEY=VALUE.`);
    if (seen.has(key)) throw new UsageError(`${option} ${each}: ${key} has a value already.`);
    seen.add(key);
    return [key, each.slice(at + 1)];
  });
}

/** `ROLE=PERSON,PERSON` each. */
export function parseRoles(given: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(parsePairs('--role', given).map(([role, text]) => {
    const persons = text.split(',').map((person) => person.trim()).filter((person) => person !== '');
    if (persons.length === 0) throw new UsageError(`--role ${role}=${text}: write ROLE=PERSON,PERSON with the ids of persons.`);
    return [role, persons];
  }));
}

/** Decisions of all projects, and of single ones. */
export interface Decisions {
  readonly all: Readonly<Record<string, string>>;
  readonly of: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** `PROJECT:DECISION=CHOICE` each, such as `p-4f1c:task:executing/build=keep`; `all` in place of a project means each of them. */
export function parseDecisions(given: readonly string[]): Decisions {
  const all: Record<string, string> = {};
  const of = new Map<string, Record<string, string>>();
  for (const [left, choice] of parsePairs('--decide', given)) {
    const [, project, decision] = /^([^:]+):(.+)$/.exec(left) ?? [];
    if (project === undefined || decision === undefined || choice === '') {
      throw new UsageError(`--decide ${left}=${choice}: write PROJECT:DECISION=CHOICE, such as p-4f1c:task:executing/build=keep, with all for every project.`);
    }
    if (project === 'all') all[decision] = choice;
    else of.set(project, { ...of.get(project), [decision]: choice });
  }
  return { all, of };
}

/** A value that was typed or stands in a file, of the type that the template declares; what does not fit stays as it is, for the check to name. */
export function toValue(type: string | undefined, text: string, decimal: DecimalSign = '.'): ParameterValue {
  switch (type) {
    case 'number': return numberIn(text, decimal) ?? text;
    case 'checkbox': return truthIn(text) ?? text;
    case 'date': return dayIn(text) ?? text;
    default: return text;
  }
}

/** An amount of money that was typed. @throws UsageError */
export function parseAmount(what: string, text: string): number {
  // Who means a thousand and who means cents write the same.
  if (/^-?\d{1,3}[.,]\d{3}$/.test(text.trim())) throw new UsageError(`${what} ${text} could be ${numberIn(text, ',')} or ${numberIn(text, '.')}: write it without parting thousands, such as 1250.50.`);
  return parseNumber(what, text);
}

/** A number that was typed. @param what it is for, such as `--hours`. @throws UsageError */
export function parseNumber(what: string, text: string): number {
  const value = numberIn(text, '.');
  if (value === undefined) throw new UsageError(`${what} takes a number, not ${JSON.stringify(text)}.`);
  return value;
}

/** Values of `--param`, of the types that the template declares. Unknown names are kept: the API says what is wrong with them. */
export function parseParameters(given: readonly string[], declared: Template['parameters']): Record<string, ParameterValue> {
  return Object.fromEntries(parsePairs('--param', given).map(([key, text]) => [key, toValue(declared.find((each) => each.key === key)?.type, text)]));
}
