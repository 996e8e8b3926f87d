/** What is offered at a place of a template: properties, values, and the keys of what has a name in it. */
import { type JsonSchema, descriptionAt, placeAt, propertiesAt, valuesAt } from './schema-place';

/** Keys by what they name. */
export interface Known {
  readonly roles: readonly string[];
  readonly phases: readonly string[];
  readonly tasks: readonly string[];
  readonly deliverables: readonly string[];
  readonly parameters: readonly string[];
  readonly kinds: readonly string[];
}
export const NOTHING_KNOWN: Known = { roles: [], phases: [], tasks: [], deliverables: [], parameters: [], kinds: [] };

interface Authored {
  readonly roles?: readonly { readonly key: string }[];
  readonly parameters?: readonly { readonly key: string }[];
  readonly inventory?: readonly { readonly kind: string }[];
  readonly phases?: readonly { readonly key: string; readonly tasks?: readonly { readonly key: string }[]; readonly deliverables?: readonly { readonly key: string }[] }[];
}

const keys = (list: readonly { readonly key: string }[] | undefined): string[] => (list ?? []).map(({ key }) => key);

export function knownIn({ roles, parameters, inventory, phases = [] }: Authored): Known {
  return {
    roles: keys(roles), parameters: keys(parameters), kinds: (inventory ?? []).map(({ kind }) => kind), phases: keys(phases),
    tasks: phases.flatMap(({ tasks }) => keys(tasks)), deliverables: phases.flatMap(({ deliverables }) => keys(deliverables)),
  };
}

const NAMES: Readonly<Record<string, readonly (keyof Known)[]>> = {
  r: ['roles'], a: ['roles'], s: ['roles'], c: ['roles'], i: ['roles'], roles: ['roles'], to: ['roles'], managerRole: ['roles'], members: ['roles'], chair: ['roles'], escalateTo: ['roles'], veto: ['roles'], exceptionsTo: ['roles'], separation: ['roles'],
  after: ['tasks', 'phases'], task: ['tasks'], phase: ['phases'], onStop: ['phases'], onRework: ['phases'], onCancel: ['phases'],
  produces: ['deliverables'], deliverable: ['deliverables'], parameter: ['parameters'],
};

/** The keys that are meant where a property holds one. */
function namesAt(path: readonly string[], known: Known): string[] {
  const property = path.findLast((step) => step !== '*') ?? '';
  // Whoever lists roles of the template itself gives them keys.
  if (path.length <= 2 && property === 'roles') return [];
  const kinds = property === 'kind' && path.at(-2) === 'forEach' ? known.kinds : [];
  return [...kinds, ...(NAMES[property] ?? []).flatMap((each) => known[each])];
}

export interface Option {
  readonly label: string;
  readonly type: 'property' | 'enum' | 'variable';
  readonly apply?: string;
  readonly info?: string;
  readonly boost?: number;
}

/** @param before the text up to the cursor. */
export function completeAt(schema: JsonSchema, known: Known, before: string): { readonly word: string; readonly options: readonly Option[] } | undefined {
  const place = placeAt(before);
  if (!place) return undefined;
  const isJson = /^\s*\{/.test(before);
  const values = (path: readonly string[]): Option[] => [
    ...namesAt(path, known).map((label): Option => ({ label, type: 'variable' })), ...valuesAt(schema, path).map((label): Option => ({ label, type: 'enum' })),
  ];
  if (place.writes === 'value') return { word: place.word, options: values(place.path) };
  const properties = propertiesAt(schema, place.path).map(({ name, required, description }): Option => (
    { label: name, type: 'property', apply: isJson ? name : `${name}: `, ...(description !== undefined && { info: description }), ...(required && { boost: 1 }) }));
  // What stands in a list may be a key itself.
  return { word: place.word, options: [...properties, ...(place.path.at(-1) === '*' ? values(place.path) : [])] };
}

/** What is said of the property in a line. @param at where in it somebody points. */
export function tellAt(schema: JsonSchema, above: string, line: string, at: number): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  for (const found of line.matchAll(/["']?([A-Za-z]+)["']?\s*:/g)) {
    const from = found.index;
    const to = from + found[0].length;
    if (at < from || at > to) continue;
    const place = placeAt(`${above}${line.slice(0, to)} `);
    const text = place?.writes === 'value' ? descriptionAt(schema, place.path) : undefined;
    const values = place?.writes === 'value' ? valuesAt(schema, place.path) : [];
    const said = [...(text === undefined ? [] : [text]), ...(values.length > 0 ? [values.join(' · ')] : [])].join('\n');
    return said === '' ? undefined : { from, to, text: said };
  }
  return undefined;
}
