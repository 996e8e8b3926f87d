/** One field over projects, tasks, evidence, decisions and people. */
import { z } from 'zod';
import { splitTaskKey } from '../../domain/inventory';
import { HIT, type FoundText, type TextPlace } from '../../store/reads/search';
import type { Deps } from '../deps';
import { type Call, endpoint } from '../http/endpoint';
import { toIso } from '../http/instant';
import { namesForItems, readTemplate } from '../naming';
import { Problem } from '../problem';
import { fileHref, textsOf } from '../names';
import { idText, instant, key } from '../schemas';

const KINDS = ['project', 'task', 'evidence', 'decision', 'person', 'service', 'article'] as const;
type Kind = (typeof KINDS)[number];
/** Texts that are looked into, and hits that are told. */
const TEXTS = 120;
const HITS = 60;
/** A name weighs more than a text in which the words stand. */
const WEIGHT = { project: 4, person: 3, task: 2, file: 1.5 } as const;

const hit = z.strictObject({
  kind: z.enum(KINDS), project: z.string().nullable(), projectName: z.string().nullable(), title: z.string(),
  phase: key.nullable(), task: key.nullable(), service: key.nullable().meta({ description: 'Of a service, or an article about one.' }), approval: z.string().nullable(), change: z.string().nullable(), file: z.string().nullable().meta({ description: 'Where the content of a file is.' }), person: z.string().nullable(),
  snippet: z.array(z.strictObject({ text: z.string(), hit: z.boolean() })).meta({ description: 'A part of the text, in pieces: those that were found, and those between them. Plain text.' }),
  at: instant.nullable(),
}).meta({ id: 'SearchHit' });
type Hit = z.output<typeof hit> & { readonly rank: number };

const query = z.strictObject({
  q: idText(10_000).min(1).meta({ description: 'Words; "quotes" for a phrase, - before what is not meant. The last word may be the beginning of one.' }),
  kind: z.enum(KINDS).optional(),
});
type Wanted = z.output<typeof query>;

const NOTHING = { project: null, projectName: null, phase: null, task: null, service: null, approval: null, change: null, file: null, person: null, at: null } as const;

/** Plain letters, so that words are found in names however they are accented. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (q: string): string[] => plain(q).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
/** Words that a dash joins one by one: people type the one that is on their keyboard, names have another. */
const apart = (q: string): string => q.replace(/(?<=\p{L})[-‐‑–—](?=\p{L})/gu, ' ');
const fits = (text: string, words: readonly string[]): boolean => words.every((word) => plain(text).includes(word));

function snippetOf(headline: string): Hit['snippet'] {
  return headline.split(HIT[0]).flatMap((part, place) => {
    const [found, rest] = place === 0 ? ['', part] : part.split(HIT[1]);
    return [...(found ? [{ text: found, hit: true }] : []), ...(rest ? [{ text: rest, hit: false }] : [])];
  });
}

const kindOf = ({ kind }: TextPlace): Kind => (kind === 'article' || kind === 'service' ? kind : kind === 'project' ? 'project' : kind === 'evidence' ? 'evidence' : kind === 'decision' || kind === 'change' ? 'decision' : 'task');

/** Tasks whose names fit, in any of the three languages. */
async function namedTasks({ caller }: Call<undefined, Wanted>, deps: Deps, words: readonly string[]) {
  const versions = await deps.reads.templates();
  const templates = await Promise.all(versions.map(({ key: template, version }) => readTemplate(deps, template, version)));
  const named = templates.flatMap((template) => Object.entries(textsOf(template)).flatMap(([path, text]): [string, string, string][] => {
    const [, phase, task] = /^task:([^/]+)\/([^/.]+)$/.exec(path) ?? [];
    return phase !== undefined && task !== undefined && Object.values(text).some((each) => fits(each, words)) ? [[`${template.key}@${template.version}`, phase, task]] : [];
  }));
  return deps.reads.findNamedTasks(caller, named, HITS);
}

/** Each text where it stands, once. */
function placed(found: readonly FoundText[], places: readonly TextPlace[]): (FoundText & { readonly place: TextPlace })[] {
  return found.flatMap((text) => {
    const place = places.find(({ ref }) => ref === text.ref);
    return place ? [{ ...text, place }] : [];
  });
}

async function search(call: Call<undefined, Wanted>, deps: Deps): Promise<Hit[]> {
  const { query: { q, kind }, caller, language } = call;
  const words = wordsOf(q);
  const wants = (one: Kind): boolean => kind === undefined || kind === one;
  const [found, files, tasks, people] = await Promise.all([
    kind === 'person' ? [] : deps.reads.searchTexts(caller, apart(q), language, TEXTS),
    wants('evidence') ? deps.reads.searchFiles(caller, q, HITS) : [],
    wants('task') ? namedTasks(call, deps, words) : [],
    wants('person') ? deps.reads.colleagues(caller) : [],
  ]);
  const places = await deps.reads.findTextPlaces(found.map(({ ref }) => ref), [...new Set(found.map(({ project }) => project))]);
  const inPlace = placed(found, places).filter(({ place }) => wants(kindOf(place)));
  const projects = [...new Set([...inPlace.map(({ project }) => project), ...files.map(({ project }) => project), ...tasks.map(({ project }) => project)])];
  const titles = new Map((await deps.reads.titles(projects)).map((title) => [title.id, { ...title, row: inPlace.flatMap(({ place }) => (place.title === null ? [] : [{ text: place.title }])) }]));
  const items = [...inPlace.map(({ project, place: { task } }) => ({ project, task })), ...tasks].flatMap(({ project, task }) => {
    const { item } = splitTaskKey(task ?? '');
    return item === undefined ? [] : [{ project, item }];
  });
  const names = await namesForItems(deps, [...titles.values()], language, [], items);
  const nameOf = (project: string) => {
    const title = titles.get(project);
    return title ? names(title).text({ text: title.nameRef }) : null;
  };
  const taskName = (project: string, phase: string | null, task: string | null): string => {
    const title = titles.get(project);
    return title && phase !== null && task !== null ? names(title).task(phase, task, null, project) : task ?? '';
  };
  const textOf = (project: string, text: string): string => {
    const title = titles.get(project);
    return (title && names(title).text({ text })) ?? '';
  };
  const decisionName = ({ id, project, kind: of }: TextPlace): string => {
    const title = titles.get(project);
    const gate = /\/approval\/([^/]+)\/\d+$/.exec(id)?.[1] ?? '';
    return of === 'decision' && title ? names(title).at(`gate:${gate}`) ?? nameOf(project) ?? gate : nameOf(project) ?? '';
  };
  const own: readonly Hit[] = inPlace.map(({ project, headline, rank, at, place }) => {
    const of = kindOf(place);
    return {
      ...NOTHING, kind: of, project, projectName: nameOf(project), phase: place.phase, task: place.task, service: place.service, at: toIso(at), snippet: of === 'project' ? [] : snippetOf(headline),
      approval: place.kind === 'decision' ? place.id : null, change: place.kind === 'change' ? place.id : null,
      title: place.title !== null ? textOf(project, place.title) : of === 'project' ? nameOf(project) ?? '' : of === 'decision' ? decisionName(place) : taskName(project, place.phase, place.task), rank: of === 'project' ? rank + WEIGHT.project : rank,
    };
  });
  return [
    ...own,
    ...tasks.map((task): Hit => ({ ...NOTHING, snippet: [], kind: 'task', project: task.project, projectName: nameOf(task.project), phase: task.phase, task: task.task, title: taskName(task.project, task.phase, task.task), rank: task.status === 'done' ? 1 : WEIGHT.task })),
    ...files.map((file): Hit => ({ ...NOTHING, snippet: [], kind: 'evidence', project: file.project, projectName: nameOf(file.project), title: file.name, file: fileHref(file.project, file.sha256), at: toIso(file.at), rank: WEIGHT.file })),
    ...people.filter(({ id, name }) => words.length > 0 && (fits(name, words) || id === q)).map(({ id, name }): Hit => ({ ...NOTHING, snippet: [], kind: 'person', person: id, title: name, rank: WEIGHT.person })),
  ].sort((one, other) => other.rank - one.rank).slice(0, HITS);
}

export const searchEndpoints = [
  endpoint({
    method: 'get', path: '/search', id: 'search', tag: 'me', summary: 'Find projects, tasks, evidence, decisions, people, services and what is known about them',
    description: 'Over what the caller may see: names in the three languages, and what people wrote, in Dutch, French and English. The best sixty, the best first.',
    query, answers: { 200: { description: 'What was found.', schema: z.strictObject({ items: z.array(hit) }).meta({ id: 'SearchHits' }) } },
    async handle(call, deps) {
      if (wordsOf(call.query.q).length === 0) throw Problem.fields([{ pointer: '/query/q', code: 'format', expected: 'a word' }]);
      // Beyond this nobody types: what follows would only cost time.
      const given = { ...call, query: { ...call.query, q: call.query.q.slice(0, 300) } };
      return { body: { items: (await search(given, deps)).map(({ rank: _, ...each }) => each) } };
    },
  }),
];
