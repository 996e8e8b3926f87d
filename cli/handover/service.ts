/** Services that are handed over, on a terminal: one request each. */
import type { Config } from '../../config';
import { phasePath } from '../agile/ref';
import { type ApiOptions, connect, given } from '../client/api';
import { evidenceOf } from '../project/adoption-tables';
import { parseNumber, parsePairs } from '../terminal/arguments';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import { dayOf, momentOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';
import { type ServicePath, servicePath } from './ref';

/** The services of a phase, and what each still needs. @throws UsageError, ApiProblem */
export async function runHandoverShow(config: Config, phase: string, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).get(`${phasePath(phase)}/handover`);
  if (options.json) {
    printJson(answer);
    return;
  }
  const { services } = answer;
  if (services.length > 0) {
    print(textTable(['service', 'name', 'status', 'sign-off', 'settled', 'missing', 'conditions'], services.map((each) => {
      const open = each.conditions.filter(({ status }) => status !== 'met');
      const expired = open.filter(({ status }) => status === 'expired').length;
      return [each.service, each.name ?? '(erased)', each.status, each.signOff.status, `${each.met}/${each.asked}`, String(each.missing.length), open.length === 0 ? '' : `${open.length}${expired > 0 ? `, ${expired} expired` : ''}`];
    })));
    print('');
  }
  for (const { service, what, of, role, person } of answer.unmanned) print(style.red(`nobody  ${service}  ${[what, of?.name, role?.name, person?.name].filter((part) => part !== undefined).join(', ')}`));
  print(`${count(services.length, 'service')}.`);
}

/** @throws UsageError, ApiProblem */
export async function runServiceShow(config: Config, named: string, options: ApiOptions): Promise<void> {
  const service = await connect(config, options).get(servicePath(named));
  if (options.json) {
    printJson(service);
    return;
  }
  print(`${style.bold(service.name ?? '(erased)')}  ${service.status}, sign-off ${service.signOff.status}${service.owner ? `, owner ${service.owner.name}` : ''}`);
  for (const { name, target, unit } of service.levels) print(`${name ?? '(erased)'}: ${target} ${unit}`);
  print(textTable(['key', 'what', 'owner', 'due', 'status'], service.entries.map((each) => [each.key, each.name, each.owner.name, dayOf(each.dueAt), each.overdue ? style.red(`${each.status}, overdue`) : each.status])));
  if (service.sessions.length > 0) print(textTable(['session', 'about', 'kind', 'when', 'status'], service.sessions.map((each) => [each.key, each.name ?? '(erased)', each.kind, momentOf(each.heldAt ?? each.at), each.status])));
  for (const each of service.conditions) {
    const line = `${each.key}  ${each.status}, until ${dayOf(each.dueAt)}: ${each.defect ?? '(erased)'} (${each.owner.name})`;
    print(each.status === 'expired' ? style.red(line) : line);
  }
  for (const each of service.articles) print(`${each.key}  ${each.title ?? '(erased)'}`);
}

export interface ServiceOptions extends ApiOptions {
  readonly item?: string;
  readonly owner?: string;
  readonly team?: readonly string[];
  readonly level?: readonly string[];
}

const UNITS = { '%': 'percent', 'percent': 'percent', 'minutes': 'minutes', 'hours': 'hours', 'days': 'days', 'count': 'count' } as const;

/** `NAME=NUMBER UNIT` each, such as `Availability=99.5 %`. @throws UsageError */
function levelsOf(typed: readonly string[]) {
  return parsePairs('--level', typed).map(([name, text]) => {
    const [, target, unit = 'count'] = /^(\d+(?:[.,]\d+)?)\s*(%|[a-z]+)?$/.exec(text.trim()) ?? [];
    if (target === undefined || !Object.hasOwn(UNITS, unit)) throw new UsageError(`--level ${name}=${text}: write NAME=NUMBER UNIT, with percent, minutes, hours, days or count.`);
    return { name, target: parseNumber(`--level ${name}`, target), unit: UNITS[unit as keyof typeof UNITS] };
  });
}

/** What became of it elsewhere. */
export interface Adopted {
  readonly since?: string;
  readonly acceptedOn?: string;
  readonly acceptedBy?: string;
}

/** @throws UsageError, ApiProblem */
export async function runServiceAdd(config: Config, phase: string, name: string, { item, owner, team, level, since, acceptedOn, acceptedBy, ...options }: ServiceOptions & Adopted): Promise<void> {
  if ((acceptedOn === undefined) !== (acceptedBy === undefined)) throw new UsageError('Say both: --accepted-on DATE and --accepted-by WHO.');
  const accepted = acceptedOn !== undefined && acceptedBy !== undefined ? { on: acceptedOn, by: acceptedBy } : undefined;
  const began = since ?? acceptedOn;
  const service = { name, ...(began !== undefined && { adopted: { since: began, ...(accepted && { accepted }) } }), ...(item !== undefined && { item }), ...(owner !== undefined && { owner }), ...(team && { teams: [...team] }), ...(level && { levels: levelsOf(level) }) };
  const answer = await connect(config, options).post(`${phasePath(phase)}/handover/services`, { services: [service] });
  if (options.json) printJson(answer);
  else print(`${style.green('added')}  ${phase}/${given<{ readonly services?: readonly string[] }>(answer).services?.join(', ') ?? ''}`);
}

/** @throws UsageError, ApiProblem */
export async function runServiceChange(config: Config, named: string, { name, owner, team, level, ...options }: Omit<ServiceOptions, 'item'> & { readonly name?: string }): Promise<void> {
  const change = { ...(name !== undefined && { name }), ...(owner !== undefined && { owner: owner === '' ? null : owner }), ...(team && { teams: [...team] }), ...(level && { levels: levelsOf(level) }) };
  if (Object.keys(change).length === 0) throw new UsageError('Say what changes: --name, --owner, --team or --level.');
  await runServiceCommand(config, named, 'change', change, 'changed', options);
}

/** Sends one command on a service. @param path what follows the address of the service. @param said What is said when it is done. @throws UsageError, ApiProblem */
export async function runServiceCommand(config: Config, named: string, path: string, body: object, said: string, { for: absent, ...options }: ApiOptions & { readonly for?: string }): Promise<void> {
  // All of them answer the same; their callers know what each takes.
  const answer = await connect(config, options).post(`${servicePath(named)}/${path}` as `${ServicePath}/sign-off`, given({ ...body, ...(absent !== undefined && { onBehalfOf: absent }) }));
  if (options.json) printJson(answer);
  else print(`${style.green(said)}  ${named}`);
}

/** @throws UsageError for a table, which can't be typed; ApiProblem */
export async function runMeet(config: Config, named: string, entry: string, { evidence = [], ...options }: ApiOptions & { readonly evidence?: readonly string[]; readonly for?: string }): Promise<void> {
  const pairs = parsePairs('--evidence', evidence);
  const { entries } = await connect(config, options).get(servicePath(named));
  const fields = entries.find(({ key }) => key === entry)?.fields ?? [];
  const values = Object.fromEntries(pairs.map(([key, text]) => {
    const value = evidenceOf(text, fields.find((field) => field.key === key)?.type);
    if (value === undefined) throw new UsageError(`--evidence ${key}: a table can not be typed; send it over the API.`);
    return [key, value];
  }));
  await runServiceCommand(config, named, `entries/${encodeURIComponent(entry)}/meet`, { evidence: values }, 'met', options);
}

/** A moment as it is typed, in the terminal's time zone. @throws UsageError */
export function momentIn(option: string, text: string): string {
  // Other forms are read with the month first, or not at all.
  const at = new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? text : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new UsageError(`${option} takes a moment such as 2027-03-31T14:00, not ${JSON.stringify(text)}.`);
  return at.toISOString();
}
