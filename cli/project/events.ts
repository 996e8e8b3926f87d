/** `sluis project events`: the log of a project as a timeline. */
import type { Config } from '../../config';
import { type Api, type ApiOptions, connect } from '../client/api';
import type { Events, LoggedEvent, Person, Project, Task } from '../client/views';
import { print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { dayOf, timeOf } from '../terminal/time';
import { UsageError } from '../terminal/usage-error';
import { type EventNames, INNER, sayEvent } from './event-words';

export interface EventsOptions extends ApiOptions {
  readonly after?: string;
  readonly limit: string;
  readonly all?: boolean;
  readonly stream?: string;
}

/** The API gives so many events at once. */
const PAGE = 200;
const WHO = 22;

/** @throws UsageError, ApiProblem */
export async function runEvents(config: Config, project: string, options: EventsOptions): Promise<void> {
  const limit = options.all ? Infinity : Number(options.limit);
  if (!options.all && (!Number.isInteger(limit) || limit < 1)) throw new UsageError(`--limit takes a whole number from 1, not ${JSON.stringify(options.limit)}.`);
  if (options.after !== undefined && !/^\d{1,18}$/.test(options.after)) {
    throw new UsageError(`--after takes a number, as the page before named it, not ${JSON.stringify(options.after)}.`);
  }
  const api = connect(config, options);
  const path = `/projects/${encodeURIComponent(project)}` as const;
  const { items, nextAfter } = await readEvents(api, `${path}/events`, options, limit);
  if (options.json) {
    printJson({ items, nextAfter });
    return;
  }
  const [view, tasks, people] = await Promise.all([
    api.get(path), api.get(`${path}/tasks`), api.get('/people'),
  ]);
  printTimeline(items, namesOf(view, tasks.items, people.items));
  if (nextAfter === null) return;
  const stream = options.stream === undefined ? '' : ` --stream ${options.stream}`;
  print(style.dim(`\nThere is more: sluis project events ${project} --after ${nextAfter}${stream}, or --all.`));
}

async function readEvents(api: Api, path: `/projects/${string}/events`, { after: from, stream }: EventsOptions, limit: number): Promise<Events> {
  const items: LoggedEvent[] = [];
  for (let after = from; ;) {
    const page = await api.get(path, { after, stream, limit: Math.min(PAGE, limit - items.length) });
    items.push(...page.items);
    if (page.nextAfter === null || items.length >= limit) return { items, nextAfter: page.nextAfter };
    after = page.nextAfter;
  }
}

/** Who has no role in the project, such as its starter, is known by the people that the caller may see. */
function namesOf(project: Project, tasks: readonly Task[], people: readonly Person[]): EventNames {
  const of = (pairs: readonly (readonly [string, string])[]) => new Map(pairs);
  const persons = of([...people, ...project.roles.flatMap((role) => role.persons)].map(({ id, name }) => [id, name] as const));
  const phases = of(project.phases.map(({ phase, name }) => [phase, name] as const));
  const gates = of(project.phases.flatMap(({ phase, gate }) => (gate ? [[phase, gate.name] as const] : [])));
  const named = of(tasks.map((each) => [`${each.phase}/${each.task}`, each.name] as const));
  const roles = of(project.roles.map(({ key, name }) => [key, name] as const));
  return {
    person: (id) => persons.get(id) ?? id, phase: (key) => phases.get(key) ?? key, gate: (phase) => gates.get(phase) ?? 'the gate',
    task: (phase, task) => named.get(`${phase}/${task}`) ?? task, role: (key) => roles.get(key) ?? key,
  };
}

function printTimeline(items: readonly LoggedEvent[], names: EventNames): void {
  let day = '';
  for (const each of items) {
    if (dayOf(each.at) !== day) {
      if (day !== '') print('');
      day = dayOf(each.at);
      print(style.bold(day));
    }
    const said = sayEvent(each, names);
    const { by } = each;
    const who = by.kind === 'person' ? names.person(by.person) : '';
    const behalf = by.kind === 'system' || by.onBehalfOf === undefined ? '' : style.dim(` for ${names.person(by.onBehalfOf)}`);
    print(`${style.dim(timeOf(each.at))}  ${who.padEnd(WHO)}  ${INNER.has(each.type) ? style.dim(said) : said}${behalf}`);
  }
  if (items.length === 0) print('Nothing happened after that.');
}
