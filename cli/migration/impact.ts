/** `sluis template impact`: what a version or a draft would do to the running projects of its template. */
import { existsSync, readFileSync } from 'node:fs';
import type { Config } from '../../config';
import { type Api, type ApiOptions, connect } from '../client/api';
import { openProjects, readTemplate, resolveVersion } from '../client/templates';
import { paintStatus } from '../project/words';
import { parsePairs, parseParameters, parseTemplateRef } from '../terminal/arguments';
import { count, print, printJson } from '../terminal/print';
import { progressBar } from '../terminal/progress-bar';
import { style } from '../terminal/style';
import { textTable } from '../terminal/table';
import type { Migration } from './views';
import { sayMigration } from './words';

export interface ImpactOptions extends ApiOptions {
  readonly param?: readonly string[];
}

interface Impact {
  readonly items: readonly Migration[];
  readonly nextCursor: string | null;
  readonly problems: readonly { readonly pointer: string; readonly detail: string }[];
}

type Question = Readonly<Record<string, unknown>>;

/** A page of projects is judged in one request, each of them proved: that may take its time. */
const LIMIT_MS = 290_000;
const cannot = ({ outcome }: Migration): boolean => outcome === 'refused' || outcome === 'impossible';

/** Exit code 1 when something is wrong with a draft, or a project can not move. @throws UsageError, ApiProblem */
export async function runImpact(config: Config, named: string, options: ImpactOptions): Promise<void> {
  const api = connect(config, options);
  const { items, problems } = await readImpact(api, await questionFor(api, named, options.param ?? []));
  if (problems.length > 0 || items.some(cannot)) process.exitCode = 1;
  if (options.json) printJson({ items, problems });
  else if (problems.length > 0) {
    for (const { pointer, detail } of problems) print(`${style.red(named)} ${pointer || '/'}\n    ${detail}`);
    print(`\n${count(problems.length, 'problem')}.`);
  } else printImpact(items);
}

/** A file is a draft; anything else names a published version. */
async function questionFor(api: Api, named: string, given: readonly string[]): Promise<Question> {
  if (existsSync(named)) {
    const text = readFileSync(named, 'utf8');
    // The draft declares the types, and only the API reads it: a number or a yes is taken for what it looks like.
    return { text, ...(given.length > 0 && { parameters: Object.fromEntries(parsePairs('--param', given).map(([key, value]) => [key, guess(value)])) }) };
  }
  const ref = await resolveVersion(api, parseTemplateRef(named));
  return given.length === 0 ? { ...ref } : { ...ref, parameters: parseParameters(given, (await readTemplate(api, ref)).parameters) };
}

function guess(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function readImpact(api: Api, question: Question): Promise<Pick<Impact, 'items' | 'problems'>> {
  const ask = (cursor?: string) => api.post('/templates/impact', { ...question, ...(cursor !== undefined && { cursor }) }, { limitMs: LIMIT_MS });
  let page = await ask();
  const items = [...page.items];
  const template = items[0]?.from.key;
  if (page.nextCursor === null || template === undefined) return { items, problems: page.problems };
  const bar = progressBar('judging', (await openProjects(api, template)).length);
  try {
    while (page.nextCursor !== null) {
      bar.update(items.length);
      page = await ask(page.nextCursor);
      items.push(...page.items);
    }
  } finally {
    bar.end();
  }
  return { items, problems: [] };
}

function printImpact(items: readonly Migration[]): void {
  if (items.length > 0) {
    print(textTable(['project', 'name', 'from', 'outcome', 'what changes, what is to be decided, or why not'],
      items.map((each) => [each.project, each.name ?? '', each.from.version, paintStatus(each.outcome), sayMigration(each)])));
    print('');
  }
  print(`${summaryOf(items) || 'No project of this template runs'}.`);
}

/** How many came out how. */
export function summaryOf(items: readonly { readonly outcome: string }[]): string {
  const outcomes = [...new Set(items.map(({ outcome }) => outcome))];
  return outcomes.map((outcome) => `${items.filter((each) => each.outcome === outcome).length} ${outcome}`).join(', ');
}
