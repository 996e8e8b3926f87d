/** Puts fragments in the place of the includes of a template, before its shape is judged, so that nothing is written twice. */
import { type Problem, suggest, toPointer } from './problem';
import { type Locate, readText } from './read';
import { didYouMean, say, type Sentence, told } from './say';

/** A fragment as it was found: its text, and the file to name in problems. */
export interface FragmentText {
  readonly file: string;
  readonly text: string;
}
export interface Fragments {
  find(key: string): FragmentText | undefined;
  /** Keys of all fragments, for suggestions. */
  list(): readonly string[];
}
export const NO_FRAGMENTS: Fragments = { find: () => undefined, list: () => [] };

export interface Expanded {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Where a pointer into the expanded template stands: its own file, or that of a fragment. */
  readonly locate: Locate;
}

const MAX_DEPTH = 5;
const MAX_INCLUDES = 50;
const INCLUDE_KEYS = ['include', 'with', 'after', 'when'];
const FRAGMENT_KEYS = ['fragment', 'key', 'name', 'description', 'with', 'roles', 'parameters', 'inventory', 'phases'];
/** What a fragment adds beside its phases, and by which key an entry is known. */
const ADDED = { roles: 'key', parameters: 'key', inventory: 'kind' } as const;
type Added = keyof typeof ADDED;
const VARIABLE = /\$\{([^}]*)\}/g;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listIn = (value: Json, key: string): readonly unknown[] => (Array.isArray(value[key]) ? value[key] : []);

/** A text that parts of the expanded template come from. */
interface Source {
  readonly file?: string;
  readonly locate: Locate;
}
/** An entry of the expanded template, and where it stands in its source. */
interface Entry {
  readonly value: unknown;
  readonly source: Source;
  readonly pointer: string;
}

/** Expands the includes of a template. Never throws. @param locate finds places in the template's own text. */
export function expandIncludes(value: unknown, locate: Locate, fragments: Fragments): Expanded {
  if (!isObject(value) || !listIn(value, 'phases').some((phase) => isObject(phase) && 'include' in phase)) return { value, problems: [], locate };
  return new Expander(fragments).expand(value, { locate });
}

class Expander {
  private readonly problems: Problem[] = [];
  private readonly added: Record<Added, Entry[]> = { roles: [], parameters: [], inventory: [] };
  private included = 0;

  constructor(private readonly fragments: Fragments) {}

  expand(template: Json, own: Source): Expanded {
    const phases = this.phasesOf(template, own, []);
    const entries = new Map<string, readonly Entry[]>([['phases', phases]]);
    for (const list of Object.keys(ADDED) as Added[]) {
      const key = ADDED[list];
      const given = listIn(template, list).map((value, index): Entry => ({ value, source: own, pointer: toPointer([list, index]) }));
      const known = new Set(given.map(({ value }) => (isObject(value) ? value[key] : undefined)));
      const more = this.added[list].filter(({ value }) => isObject(value) && !known.has(value[key]) && known.add(value[key]));
      if (more.length > 0) entries.set(list, [...given, ...more]);
    }
    const value = { ...template, ...Object.fromEntries([...entries].map(([list, all]) => [list, all.map((entry) => entry.value)])) };
    return { value, problems: this.problems, locate: (pointer) => locateIn(pointer, entries, own) };
  }

  private phasesOf(value: Json, source: Source, trail: readonly string[], variables?: Json): Entry[] {
    return listIn(value, 'phases').flatMap((phase, index): Entry[] => {
      const pointer = toPointer(['phases', index]);
      const filled = variables ? this.fill(phase, variables, source, pointer) : phase;
      if (!isObject(filled) || !('include' in filled)) return [{ value: filled, source, pointer }];
      return this.include(filled, source, pointer, trail);
    });
  }

  private report(source: Source, pointer: string, code: Problem['code'], said: Sentence, suggestion?: string): Entry[] {
    const place = source.locate(pointer);
    this.problems.push({ pointer, code, ...told(said), ...(suggestion !== undefined && { suggestion }), ...(source.file !== undefined && { file: source.file }), ...place });
    return [];
  }

  private include(entry: Json, source: Source, pointer: string, trail: readonly string[]): Entry[] {
    for (const key of Object.keys(entry).filter((each) => !INCLUDE_KEYS.includes(each))) {
      const suggestion = suggest(key, INCLUDE_KEYS);
      this.report(source, `${pointer}/${key}`, 'unknown-key', say`unknown key${suggestion ? didYouMean(suggestion) : say`; known are ${INCLUDE_KEYS.join(', ')}`}`, suggestion);
    }
    const key = String(entry['include']);
    const at = `${pointer}/include`;
    if (trail.includes(key)) return this.report(source, at, 'include-cycle', say`fragments include each other in a circle: ${[...trail, key].join(' → ')}`);
    if (trail.length >= MAX_DEPTH) return this.report(source, at, 'include-too-deep', say`fragments include each other more than ${MAX_DEPTH} deep`);
    this.included += 1;
    if (this.included > MAX_INCLUDES) return this.report(source, at, 'include-too-many', say`more than ${MAX_INCLUDES} fragments are included`);
    const found = this.fragments.find(key);
    if (!found) {
      const suggestion = suggest(key, this.fragments.list());
      const hint = suggestion ? didYouMean(suggestion) : say`; there are ${this.fragments.list().join(', ') || say`none`}`;
      return this.report(source, at, 'unknown-fragment', say`there is no fragment "${key}"${hint}`, suggestion);
    }
    return this.take(found, entry, source, pointer, [...trail, key]);
  }

  private take(found: FragmentText, entry: Json, source: Source, pointer: string, trail: readonly string[]): Entry[] {
    const read = readText(found.text);
    if (!read.ok) {
      this.problems.push(...read.problems.map((problem) => ({ ...problem, file: found.file })));
      return [];
    }
    const fragment: Source = { file: found.file, locate: read.locate };
    const { value } = read;
    if (!isObject(value) || value['fragment'] !== 1) return this.report(fragment, '', 'format', say`a fragment says "fragment: 1"`);
    for (const key of Object.keys(value).filter((each) => !FRAGMENT_KEYS.includes(each))) {
      const suggestion = suggest(key, FRAGMENT_KEYS);
      this.report(fragment, `/${key}`, 'unknown-key', say`unknown key${didYouMean(suggestion)}`, suggestion);
    }
    const defaults = isObject(value['with']) ? value['with'] : {};
    const given = isObject(entry['with']) ? entry['with'] : {};
    for (const name of Object.keys(given).filter((each) => !Object.hasOwn(defaults, each))) {
      const suggestion = suggest(name, Object.keys(defaults));
      this.report(source, `${pointer}/with/${name}`, 'unknown-parameter',
        say`the fragment has no parameter "${name}"${suggestion ? didYouMean(suggestion) : say`; it has ${Object.keys(defaults).join(', ') || say`none`}`}`, suggestion);
    }
    const variables = { ...defaults, ...given };
    for (const list of Object.keys(ADDED) as Added[]) {
      listIn(value, list).forEach((each, index) => {
        const at = toPointer([list, index]);
        this.added[list].push({ value: this.fill(each, variables, fragment, at), source: fragment, pointer: at });
      });
    }
    return this.phasesOf(value, fragment, trail, variables).map((phase) => ({ ...phase, value: attach(phase.value, entry) }));
  }

  /** Fills the variables of a fragment in: a text that is nothing else takes the value as it is. */
  private fill(value: unknown, variables: Json, source: Source, pointer: string): unknown {
    if (typeof value === 'string') {
      const whole = /^\$\{([^}]*)\}$/.exec(value)?.[1];
      const of = (name: string): unknown => {
        if (Object.hasOwn(variables, name)) return variables[name];
        this.report(source, pointer, 'unknown-parameter', say`the fragment has no parameter "${name}"`, suggest(name, Object.keys(variables)));
        return name;
      };
      if (whole !== undefined) return of(whole);
      return value.includes('${') ? value.replace(VARIABLE, (_, name: string) => String(of(name))) : value;
    }
    if (Array.isArray(value)) return value.map((each, index) => this.fill(each, variables, source, `${pointer}/${index}`));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.fill(each, variables, source, `${pointer}${toPointer([key])}`)]));
  }
}

/** What the include says of the fragment as a whole goes to the phases with which it begins. */
function attach(phase: unknown, entry: Json): unknown {
  if (!isObject(phase) || listIn(phase, 'after').length > 0) return phase;
  return { ...phase, ...(entry['after'] !== undefined && { after: entry['after'] }), ...(entry['when'] !== undefined && { when: entry['when'] }) };
}

function locateIn(pointer: string, entries: ReadonlyMap<string, readonly Entry[]>, own: Source): ReturnType<Locate> {
  const [, list = '', index = '', rest = ''] = /^\/([^/]+)\/(\d+)(.*)$/.exec(pointer) ?? [];
  const entry = entries.get(list)?.[Number(index)];
  if (!entry) return own.locate(pointer);
  const place = entry.source.locate(`${entry.pointer}${rest}`);
  return place && { ...place, ...(entry.source.file !== undefined && { file: entry.source.file }) };
}
