/** Backlogs on a terminal: one request each. */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Config } from '../../config';
import { textIn } from '../../domain/written';
import { type ApiOptions, connect, given } from '../client/api';
import { parseNumber } from '../terminal/arguments';
import { count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { table, textTable } from '../terminal/table';
import { dayOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';
import { backlogPath, phasePath } from './ref';

export interface ItemListOptions extends ApiOptions {
  readonly status?: string;
  readonly label?: string;
}

/** Its status, with what it waits for. */
function standing({ status, needs }: { readonly status: string; readonly needs: readonly { readonly phase: { readonly key: string }; readonly deliverable: { readonly key: string }; readonly isOpen: boolean }[] }): string {
  const open = needs.filter(({ isOpen }) => isOpen).map(({ phase, deliverable }) => `${phase.key}/${deliverable.key}`);
  return open.length > 0 ? `${status}, waits for ${open.join(', ')}` : status;
}

/** @throws UsageError, ApiProblem */
export async function runItemList(config: Config, phase: string, { status, label, ...options }: ItemListOptions): Promise<void> {
  const items = await connect(config, options).all(`${backlogPath(phase)}/items`, { status: status ?? 'open,planned', label });
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['item', 'kind', 'title', 'estimate', 'status', 'sprint'], items.map((each) => (
      [each.item, each.kind, each.title ?? '(erased)', each.estimate === null ? '' : String(each.estimate), standing(each), each.sprint ? `${each.sprint.team.name} ${each.sprint.number}` : '']))));
    print('');
  }
  print(`${count(items.length, 'item')}.`);
}

export interface ItemAddOptions extends ApiOptions {
  readonly kind?: string;
  readonly estimate?: string;
  readonly epic?: string;
  readonly label?: readonly string[];
  readonly needs?: readonly string[];
  readonly criteria?: string;
  readonly first?: boolean;
}

/** @throws UsageError for what is no number, ApiProblem */
export async function runItemAdd(config: Config, phase: string, title: string, { kind, estimate, epic, label, needs, criteria, first, ...options }: ItemAddOptions): Promise<void> {
  const size = estimate === undefined ? undefined : parseNumber('--estimate', estimate);
  const item = { title, ...(kind && { kind }), ...(size !== undefined && { estimate: size }), ...(epic && { epic }), ...(label && { labels: label }), ...(needs && { needs }), ...(criteria && { criteria }) };
  const answer = await connect(config, options).post(`${backlogPath(phase)}/items`, given({ items: [item], ...(first && { place: 'first' }) }));
  if (options.json) printJson(answer);
  else print(`${style.green('added')}  ${phase} ${given<{ readonly items?: readonly string[] }>(answer).items?.join(', ') ?? ''}`);
}

export interface ItemMoveOptions extends ApiOptions {
  readonly after?: string;
  readonly before?: string;
}

/** @throws UsageError, ApiProblem */
export async function runItemMove(config: Config, phase: string, item: string, { after, before, ...options }: ItemMoveOptions): Promise<void> {
  if ((after === undefined) === (before === undefined)) throw new UsageError('Say where to: --after or --before another item.');
  const answer = await connect(config, options).post(`${backlogPath(phase)}/items/${encodeURIComponent(item)}/move`, { ...(after !== undefined && { after }), ...(before !== undefined && { before }) });
  if (options.json) printJson(answer);
  else print(`${style.green('moved')}  ${phase} ${item}`);
}

/** @throws UsageError, ApiProblem */
export async function runItemFinish(config: Config, phase: string, item: string, options: ApiOptions): Promise<void> {
  const answer = await connect(config, options).post(`${backlogPath(phase)}/items/${encodeURIComponent(item)}/finish`, {});
  if (options.json) printJson(answer);
  else print(`${style.green('done')}  ${phase} ${item}`);
}

/** @throws ApiProblem */
export async function runOwnItems(config: Config, options: ApiOptions): Promise<void> {
  const { items } = await connect(config, options).get('/me/items');
  if (options.json) {
    printJson({ items });
    return;
  }
  if (items.length > 0) {
    print(textTable(['backlog', 'item', 'title', 'due', 'sprint'], items.map(({ project, phase, item, title, due, endsAt, sprint }) => (
      [`${project}/${phase}`, item, title ?? '(erased)', due ?? (endsAt === null ? '' : dayOf(endsAt)), sprint ? `${sprint.team.name} ${sprint.number}` : '']))));
    print('');
  }
  print(`${count(items.length, 'item')}.`);
}

/** Adds the items of a CSV file. @throws UsageError, ApiProblem */
export async function runImport(config: Config, phase: string, file: string, options: ApiOptions): Promise<void> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  const answer = await connect(config, options).post(`${backlogPath(phase)}/import`, { csv: textIn(readFileSync(file)) }, { limitMs: 300_000 });
  if (options.json) printJson(answer);
  else print(`${style.green('imported')}  ${count(answer.items.length, 'item')}`);
}

/** Writes a backlog as CSV, to a file or to standard output. @throws ApiProblem */
export async function runExport(config: Config, phase: string, { output, ...options }: ApiOptions & { readonly output?: string }): Promise<void> {
  const stream = await connect(config, options).download(`${phasePath(phase)}/backlog.csv`);
  const text = Buffer.from(await new Response(stream).arrayBuffer());
  if (output === undefined) process.stdout.write(text);
  else {
    await writeFile(output, text);
    print(`${style.green('written')}  ${output}`);
  }
}

/** @throws ApiProblem */
export async function runBacklogForecast(config: Config, phase: string, { by, ...options }: ApiOptions & { readonly by?: string }): Promise<void> {
  const answer = await connect(config, options).get(`${backlogPath(phase)}/forecast`, { by });
  if (options.json) {
    printJson(answer);
    return;
  }
  const { enough, tooLittle, basis, remaining, done, by: until } = answer;
  for (const { team, has, needs } of tooLittle) print(style.dim(`${team.name} has ${has} of the ${needs} that it takes to say something of it.`));
  if (!enough) {
    print('There is too little history for a forecast.');
    return;
  }
  print(`${count(remaining.items, 'item')} to be done${basis === 'estimates' ? `, estimated at ${remaining.amount}` : ''}.`);
  if (done.length > 0) print(table(['certainty', 'done by'], done.map(({ percent, at }) => [`${percent} %`, dayOf(at)])));
  else print('At this pace it is not done within years.');
  if (until) print(table(['certainty', 'items by then', 'amount'], until.map(({ percent, items, amount }) => [`${percent} %`, String(items), String(amount)])));
}
