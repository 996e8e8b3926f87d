/** Reads what a view or a sentence needs to call things by their names. */
import { splitTaskKey } from '../domain/inventory';
import type { Operation } from '../domain/change/types';
import type { Template } from '../domain/template/schema';
import { withAdded } from './added';
import { DatabaseAway } from './database';
import type { Deps } from './deps';
import type { Language } from './http/language';
import { collectTextRefs } from '../store/texts';
import { type ItemRef, Names } from './names';
import { collectDigests } from './files/evidence';
import { withLimit } from './http/limit';
import { Problem, type Naming } from './problem';
import { textsIn } from './texts';

/** Template versions never change: each is read once, as long as it is among the last used. */
const TEMPLATES_KEPT = 50;
const templates = new WeakMap<object, Map<string, Promise<Template | null>>>();

/** A published template version. Throws Problem `unknown-template`. */
export async function readTemplate(deps: Deps, key: string, version: string): Promise<Template> {
  const known = templates.get(deps.reads) ?? new Map<string, Promise<Template | null>>();
  templates.set(deps.reads, known);
  const id = `${key}@${version}`;
  const reading = known.get(id) ?? deps.reads.template(key, version);
  known.delete(id);
  known.set(id, reading);
  if (known.size > TEMPLATES_KEPT) known.delete(known.keys().next().value as string);
  try {
    const template = await reading;
    if (template) return template;
  } catch (error) {
    known.delete(id);
    throw error;
  }
  known.delete(id);
  throw new Problem('unknown-template');
}

/** Which template names the parts of a project. */
interface OfTemplate {
  readonly template: string;
  readonly templateVersion: string;
  /** What changes of its plan added. */
  readonly added?: readonly Operation[] | null;
}

/** The template of a project, with what changes added to its plan; that is called by its keys. Throws Problem `unknown-template`. */
export async function readTemplateOf(deps: Deps, { template, templateVersion, added }: OfTemplate): Promise<Template> {
  return withAdded(await readTemplate(deps, template, templateVersion), added, () => null);
}

/** A version of a template that a project moved on from. */
interface Move {
  readonly from: { readonly key: string; readonly version: string };
}

/** The names for rows of one project: its template's texts (of what it does not have any more, those of the versions that the project moved on from), the kept texts that the rows refer to, and the given people. */
export async function readNames(
  deps: Deps, of: OfTemplate & { readonly migrations?: readonly Move[] }, language: Language,
  values: readonly unknown[], people: readonly string[], items: readonly ItemRef[] = [],
): Promise<Names> {
  const former = new Map((of.migrations ?? []).map(({ from }) => [`${from.key}@${from.version}`, from]));
  const [template, before, kept, persons, named, files] = await Promise.all([
    readTemplate(deps, of.template, of.templateVersion),
    Promise.all([...former.values()].reverse().map(({ key, version }) => readTemplate(deps, key, version))),
    deps.reads.texts(collectTextRefs([values, of.added])),
    deps.reads.names(people),
    deps.reads.itemNames(items),
    deps.reads.fileFacts(collectDigests(values)),
  ]);
  return new Names(withAdded(template, of.added, ({ text }) => kept.get(text) ?? null), language, kept, persons, named, before, files);
}

interface Place {
  readonly phase?: string | undefined;
  readonly task?: string;
}

/** How the facts of a problem are called in a project; what is no fact of the template is left as it is. */
export async function namingFor(deps: Deps, of: OfTemplate, language: Language, place: Place = {}): Promise<Naming> {
  return (await namingsOf(deps, of, language))(place);
}

/** The same for problems at several places of a project. */
export async function namingsOf(deps: Deps, of: OfTemplate, language: Language): Promise<(place: Place) => Naming> {
  const read = async (): Promise<Template> => {
    const [template, kept] = await Promise.all([readTemplate(deps, of.template, of.templateVersion), of.added ? deps.reads.texts(collectTextRefs(of.added)) : undefined]);
    return withAdded(template, of.added, ({ text }) => kept?.get(text) ?? null);
  };
  const template = await read().catch((error: unknown) => {
    // A sentence with keys in it is better than no command at all.
    if (error instanceof DatabaseAway) return undefined;
    throw error;
  });
  if (!template) return () => (_, id) => id;
  const names = new Names(template, language, new Map(), new Map());
  return ({ phase, task }) => (fact, id) => {
    if (fact === 'roles' || fact === 'role') return names.at(`role:${id}`) ?? id;
    if ((fact === 'task' || fact === 'tasks') && phase !== undefined) return names.task(phase, id);
    if (fact === 'team' && phase !== undefined) return names.at(`team:${phase}/${id}`) ?? id;
    if ((fact === 'column' || fact === 'to') && phase !== undefined) return names.at(`column:${phase}/${id}`) ?? id;
    if (fact === 'missing' && phase !== undefined) return names.at(`done:${phase}/${id}`) ?? names.at(`ready:${phase}/${id}`) ?? names.at(`entry:${phase}/${id}`) ?? id;
    if (fact === 'criteria' && phase !== undefined) return names.at(`exit:${phase}/${id}`) ?? id;
    if (fact === 'entry' && phase !== undefined) return names.at(`entry:${phase}/${id}`) ?? id;
    if (fact === 'items' && phase !== undefined && task !== undefined) return names.at(`item:${phase}/${splitTaskKey(task).task}/${id}`) ?? id;
    if (fact === 'waitsFor') return nameOfNeed(names, id);
    if (fact === 'waitingFor') return names.awaited(phase, id);
    if (fact === 'phase' || fact === 'phases') return names.phase(id);
    return id;
  };
}

const PERSON_FACTS: readonly string[] = ['person', 'delegate'];
/** A refusal does not wait longer for how somebody is called. */
const NAMES_MS = 500;

/** A naming that calls the people whom problems name by their names; by their ids where these can not be read. */
export async function namingPeople(deps: Deps, naming: Naming, problems: readonly Problem[], language: Language): Promise<Naming> {
  const ids = problems.flatMap(({ code, options: { facts = {} } }) => {
    const { detail } = textsIn(language).problems[code];
    return PERSON_FACTS.flatMap((fact) => (typeof facts[fact] === 'string' && detail.includes(`{${fact}}`) ? [facts[fact]] : []));
  });
  if (ids.length === 0) return naming;
  const names = await withLimit(NAMES_MS, deps.reads.names([...new Set(ids)])).catch((): ReadonlyMap<string, string> => new Map());
  return (fact, id) => (PERSON_FACTS.includes(fact) ? names.get(id) ?? id : naming(fact, id));
}

/** A deliverable of another phase, `PHASE/DELIVERABLE`. */
function nameOfNeed(names: Names, need: string): string {
  const [phase = '', deliverable = ''] = need.split('/');
  return `${names.at(`deliverable:${phase}/${deliverable}`) ?? deliverable} (${names.phase(phase)})`;
}

interface Item extends OfTemplate {
  readonly row: unknown;
  readonly nameRef: string;
  /** The text of `nameRef`, where it was read already. */
  readonly projectName?: string | null;
}

/** Names for items of several projects: everything is read at once, then each item gets those of its own template. */
export async function namesForItems(
  deps: Deps, items: readonly Item[], language: Language, people: readonly string[], inventory: readonly ItemRef[] = [],
): Promise<(item: Item) => Names> {
  // What changes added is the project's own.
  const idOf = ({ template, templateVersion, added, nameRef }: Item): string => `${template}@${templateVersion}${added ? ` ${nameRef}` : ''}`;
  const distinct = [...new Map(items.map((item) => [idOf(item), item])).values()];
  const known = new Map(items.flatMap(({ nameRef, projectName }) => (projectName === undefined ? [] : [[nameRef, projectName] as const])));
  const refs = [...collectTextRefs(items.map(({ row, added }) => [row, added])), ...items.map(({ nameRef }) => nameRef)].filter((ref) => !known.has(ref));
  const [read, persons, named, files, versions] = await Promise.all([
    deps.reads.texts(refs),
    deps.reads.names(people),
    deps.reads.itemNames(inventory),
    deps.reads.fileFacts(collectDigests(items.map(({ row }) => row))),
    Promise.all(distinct.map(async (item) => [item, await readTemplate(deps, item.template, item.templateVersion)] as const)),
  ]);
  const kept = new Map([...known, ...read]);
  const names = new Map(versions.map(([item, template]) =>
    [idOf(item), new Names(withAdded(template, item.added, ({ text }) => kept.get(text) ?? null), language, kept, persons, named, [], files)]));
  return (item) => names.get(idOf(item)) as Names;
}
