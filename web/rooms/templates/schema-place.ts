/** Where in a template a cursor stands, and what its JSON Schema says of that place. Pure; texts that are half written are the usual case. */

/** A place: properties by name, what stands in lists as `*`. */
export interface Place {
  readonly path: readonly string[];
  /** Whether the name of a property is written there, or the value of the last one of the path. */
  readonly writes: 'key' | 'value';
  /** What is written of it so far. */
  readonly word: string;
}

export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

const WORD = /[\w.-]*$/;
const unquote = (text: string): string => text.replace(/^["']|["']$/g, '');

interface Frame {
  readonly list: boolean;
  /** The property whose value is being written. */
  key: string | undefined;
  word: string;
}

/** Follows brackets: what is open at the end of a text in the flow style of YAML, which is JSON too. */
function openIn(text: string): Frame[] {
  const frames: Frame[] = [];
  let quote = '';
  for (const sign of text) {
    const top = frames.at(-1);
    if (quote !== '') {
      if (sign === quote) quote = '';
      if (top) top.word += sign;
    } else if (sign === '{' || sign === '[') frames.push({ list: sign === '[', key: undefined, word: '' });
    else if (sign === '}' || sign === ']') frames.pop();
    else if (top) {
      if (sign === '"' || sign === "'") quote = sign;
      if (sign === ',') Object.assign(top, { key: undefined, word: '' });
      else if (sign === ':' && !top.list && top.key === undefined) Object.assign(top, { key: unquote(top.word.trim()), word: '' });
      else top.word += sign;
    } else if (sign === '#') break;
  }
  return frames;
}

function inFlow(above: readonly string[], frames: readonly Frame[]): Place | undefined {
  const top = frames.at(-1);
  if (!top) return undefined;
  const path = [...above, ...frames.slice(0, -1).flatMap(({ list, key }) => (list ? ['*'] : key === undefined ? [] : [key]))];
  const word = unquote(top.word.trim());
  if (top.list) return { path: [...path, '*'], writes: 'value', word };
  return top.key === undefined ? { path, writes: 'key', word } : { path: [...path, top.key], writes: 'value', word };
}

/** A line in the block style: how far in its items and its property stand. */
function levelsOf(line: string): { readonly column: number; readonly key: string | undefined; readonly rest: string }[] {
  const levels = [];
  let rest = line;
  let column = 0;
  for (let found = /^(\s*)-(?=\s|$)/.exec(rest); found; found = /^(\s*)-(?=\s|$)/.exec(rest)) {
    levels.push({ column: column + (found[1]?.length ?? 0), key: undefined, rest: '' });
    column += found[0].length;
    rest = rest.slice(found[0].length);
  }
  const property = /^(\s*)(["']?[\w$.-]+["']?)\s*:(?:\s+(.*)|$)/.exec(rest);
  if (property) levels.push({ column: column + (property[1]?.length ?? 0), key: unquote(property[2] ?? ''), rest: property[3] ?? '' });
  return levels;
}

/** What encloses column `column` of the line after these. */
function above(lines: readonly string[], column: number, isItem: boolean): string[] {
  const path: string[] = [];
  let limit = column;
  let inList = isItem;
  for (let at = lines.length - 1; at >= 0 && (limit > 0 || inList); at -= 1) {
    const line = lines[at] ?? '';
    if (/^\s*(#.*)?$/.test(line)) continue;
    for (const level of levelsOf(line).reverse()) {
      // A list may stand as far in as the property that holds it.
      if (level.key === undefined ? level.column < limit : level.column < limit || (inList && level.column === limit)) {
        path.unshift(level.key ?? '*');
        limit = level.column;
        inList = level.key === undefined;
      }
    }
  }
  return path;
}

/** @param before the text up to the cursor. */
export function placeAt(before: string): Place | undefined {
  if (/^\s*\{/.test(before)) return inFlow([], openIn(before));
  const lines = before.split('\n');
  const line = lines.pop() ?? '';
  if (/^\s*#/.test(line) || /\s#/.test(line)) return undefined;
  const levels = levelsOf(line);
  const items = levels.filter(({ key }) => key === undefined);
  const property = levels.find(({ key }) => key !== undefined);
  const head = /^[\s-]*/.exec(line)?.[0].length ?? 0;
  const first = items[0]?.column ?? property?.column ?? head;
  const outer = [...above(lines, first, items.length > 0), ...items.map(() => '*')];
  if (property?.key === undefined) {
    const rest = line.slice(head);
    // A list of brackets may stand in an item.
    if (/^[{[]/.test(rest)) return inFlow(outer, openIn(rest));
    if (!/^["']?[\w-]*$/.test(rest)) return undefined;
    return { path: outer, writes: 'key', word: unquote(rest) };
  }
  const path = [...outer, property.key];
  return inFlow(path, openIn(property.rest)) ?? { path, writes: 'value', word: unquote(WORD.exec(line)?.[0] ?? '') };
}

const branchesOf = (schema: JsonSchema): JsonSchema[] => [schema, ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(branchesOf)];

/** All that may stand at a place; a union has more than one. */
export function schemasAt(root: JsonSchema, path: readonly string[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>((found, step) => found.flatMap((schema) => {
    const next = step === '*' ? [...(schema.items ? [schema.items] : []), ...(schema.prefixItems ?? [])] : [schema.properties?.[step]].filter((each) => each !== undefined);
    return next.flatMap(branchesOf);
  }), branchesOf(root));
}

export interface Property {
  readonly name: string;
  readonly required: boolean;
  readonly description: string | undefined;
}

/** The properties that may stand at a place, each once; what must be there first. */
export function propertiesAt(root: JsonSchema, path: readonly string[]): Property[] {
  const found = new Map<string, Property>();
  for (const { properties = {}, required = [] } of schemasAt(root, path)) {
    for (const [name, schema] of Object.entries(properties)) {
      found.set(name, { name, required: (found.get(name)?.required ?? false) || (required.includes(name)), description: found.get(name)?.description ?? describe(schema) });
    }
  }
  return [...found.values()].sort((one, other) => Number(other.required) - Number(one.required));
}

const describe = (schema: JsonSchema): string | undefined => branchesOf(schema).find(({ description }) => description !== undefined)?.description;

/** The values that may stand at a place, where these can be told. */
export function valuesAt(root: JsonSchema, path: readonly string[]): string[] {
  const values = schemasAt(root, path).flatMap((schema) => (schema.const !== undefined ? [schema.const] : (schema.enum ?? (schema.type === 'boolean' ? [true, false] : []))));
  return [...new Set(values.map(String))];
}

/** What is said of a place in the schema. */
export const descriptionAt = (root: JsonSchema, path: readonly string[]): string | undefined => schemasAt(root, path).map(({ description }) => description).find((each) => each !== undefined);
