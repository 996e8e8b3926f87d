/** Reads YAML 1.2, of which JSON is a part, within bounds of size, depth and aliases, and remembers where things stand. */
import { isAlias, isMap, isScalar, LineCounter, type Node, type Pair, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import { type Problem, fromPointer } from './problem';
import { say, type Sentence, told } from './say';

/** Characters of a template's text; with this bound the slowest text is read in about two seconds. */
export const MAX_TEMPLATE_LENGTH = 1_048_576;
/** What aliases may stand for, counted as the library does: it grows with each alias of an alias. */
const MAX_ALIASES = 100;
const TOO_DEEP = say`the text is nested too deeply`;
const TOO_MANY_ALIASES = say`aliases stand for too much; at most ${MAX_ALIASES} are followed`;

/** Finds the place of a JSON pointer in the text: both numbers from 1, of the nearest thing that stands there; with the file of a fragment. */
export type Locate = (pointer: string) => { line: number; column: number; file?: string } | undefined;

export type Read =
  | { readonly ok: true; readonly value: unknown; readonly locate: Locate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads one document as plain JSON. Never throws.
 * @param text YAML or JSON, at most {@link MAX_TEMPLATE_LENGTH} characters.
 * @returns the value and a way to find places in the text, or the problems in the order of the text.
 */
export function readText(text: string): Read {
  if (text.length > MAX_TEMPLATE_LENGTH) {
    return problem('too-large', say`the text has ${text.length} characters; at most ${MAX_TEMPLATE_LENGTH} are read`);
  }
  try {
    return read(text);
  } catch (error) {
    if (error instanceof RangeError) return problem('too-deep', TOO_DEEP);
    if (error instanceof ReferenceError) return problem('too-many-aliases', TOO_MANY_ALIASES);
    throw error;
  }
}

function problem(code: Problem['code'], said: Sentence): Read {
  return { ok: false, problems: [{ pointer: '', code, ...told(said) }] };
}

function read(text: string): Read {
  const counter = new LineCounter();
  // The library looks for duplicate keys in quadratic time: `duplicates` does it in linear time.
  const documents = parseAllDocuments(text, { lineCounter: counter, uniqueKeys: false, prettyErrors: false });
  const document = documents[0];
  if (!document) return problem('required', say`the text is empty`);
  if (documents.length > 1) return problem('multiple-documents', say`the text holds ${documents.length} documents; one is expected`);
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return problem('too-deep', TOO_DEEP);
  const syntax = document.errors.map((error): Problem => (
    { pointer: '', code: 'syntax', ...told(say`not well written: ${error.message}`), ...place(error.pos[0]) }));
  if (syntax.length > 0) return { ok: false, problems: syntax };

  const contents = document.contents as Node | null;
  const twice = duplicates(contents).map(([name, offset]): Problem => (
    { pointer: '', code: 'duplicate-yaml-key', ...told(say`the key "${name}" occurs twice in the same object`), ...place(offset) }));
  if (twice.length > 0) return { ok: false, problems: twice };

  const loose = looseAliases(contents);
  if (loose === 'too-many') return problem('too-many-aliases', TOO_MANY_ALIASES);
  if (loose.length > 0) {
    const detail = say`this alias has no anchor before it`;
    return { ok: false, problems: loose.map((offset) => ({ pointer: '', code: 'syntax', ...told(detail), ...place(offset) })) };
  }

  const pairs = pairIndex();
  const locate: Locate = (pointer) => {
    const offset = offsetOf(contents, fromPointer(pointer), pairs, (node) => (isAlias(node) ? node.resolve(document) : node));
    return offset === undefined ? undefined : place(offset);
  };
  return { ok: true, value: document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, locate };
}

/** The template's own file first. */
const byFile = ({ file: a = '' }: Problem, { file: b = '' }: Problem): number => (a < b ? -1 : a > b ? 1 : 0);

/** Adds line and column to problems, and puts them in the order of the text. */
export function located(problems: readonly Problem[], locate: Locate): Problem[] {
  return inOrder(problems.map((one) => ({ ...one, ...locate(one.pointer) })));
}

/** Problems with their places, in the order of the text. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => byFile(a, b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

function duplicates(contents: Node | null): [name: string, offset: number][] {
  const found: [string, number][] = [];
  visit(contents, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : String(key);
        if (seen.has(name)) found.push([name, isScalar(key) ? (key.range?.[0] ?? 0) : 0]);
        seen.add(name);
      }
    },
  });
  return found;
}

/** Where aliases without an anchor before them stand. The library would look each of them up through the whole document. */
function looseAliases(contents: Node | null): number[] | 'too-many' {
  const anchors = new Set<string>();
  const loose: number[] = [];
  let count = 0;
  visit(contents, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      count += 1;
      if (!anchors.has(node.source)) loose.push(node.range?.[0] ?? 0);
    },
  });
  return count > MAX_ALIASES ? 'too-many' : loose;
}

type FindPair = (map: YAMLMap, key: string) => Pair | undefined;

/** Finds pairs by key. The library looks through all of a map each time, which takes minutes for thousands of problems in one map. */
function pairIndex(): FindPair {
  const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();
  return (map, key) => {
    let index = indexes.get(map);
    if (!index) {
      index = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : String(pair.key), pair]));
      indexes.set(map, index);
    }
    return index.get(key);
  };
}

/** Where a path stands; for what is missing, its nearest parent. Keys are pointed at, not their values. */
function offsetOf(
  root: Node | null, path: readonly string[], pairOf: FindPair, follow: (node: Node) => Node | undefined,
): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const part of path) {
    if (isAlias(node)) node = follow(node);
    if (isMap(node)) {
      const pair = pairOf(node, part);
      if (!pair) return offset;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = pair.value;
    } else {
      const item = (node as { items?: Node[] } | null)?.items?.[Number(part)];
      if (!item) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    }
  }
  return offset;
}
