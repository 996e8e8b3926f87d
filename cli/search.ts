/** `sluis search`: what the caller may see, by words that stand in it. */
import type { Schema } from '../client';
import type { Config } from '../config';
import { type ApiOptions, connect } from './client/api';
import { count, print, printJson } from './terminal/print';
import { style } from './terminal/style';
import { textTable } from './terminal/table';

type Hit = Schema<'SearchHit'>;

export interface SearchOptions extends ApiOptions {
  readonly kind?: Hit['kind'];
}

/** The best hits, the best first. @throws ApiProblem */
export async function runSearch(config: Config, words: readonly string[], { kind, ...options }: SearchOptions): Promise<void> {
  const answer = await connect(config, options).get('/search', { q: words.map(quoted).join(' '), kind });
  if (options.json) {
    printJson(answer);
    return;
  }
  const { items } = answer;
  if (items.length > 0) print(`${textTable(['kind', 'what', 'project', 'where', ''], items.map(rowOf))}\n`);
  print(`${count(items.length, 'hit')}.`);
}

/** A phrase comes without its quotes: the shell has taken them. */
const quoted = (typed: string): string => (/\s/.test(typed) && !typed.includes('"') ? `"${typed}"` : typed);

const rowOf = (hit: Hit): string[] => [hit.kind, hit.title, hit.projectName ?? '', placeOf(hit), hit.snippet.map(({ text, hit: found }) => (found ? style.bold(text) : text)).join('')];

/** What other commands take: a task as PROJECT/PHASE/TASK, everything else by its id. */
function placeOf({ project, phase, task, approval, change, file, person }: Hit): string {
  if (person !== null) return person;
  if (approval !== null) return approval;
  if (change !== null) return change;
  if (phase !== null && task !== null) return [project, phase, task].join('/');
  // By the first characters of its SHA-256, as `project download` takes it.
  if (file !== null) return `${project} ${file.split('/').at(-1)?.slice(0, 12)}`;
  return project ?? '';
}
