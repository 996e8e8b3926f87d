/** Where exactly two values of a template differ: as deep as there are names, not lines of text. Pure. */
import { canonicalJson } from '../digest';

/** One place that is different; absent: it was not there, or is not any more. */
export interface ChangedValue {
  /** Names of properties, and the keys of what stands in lists. */
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A text in three languages is one value. */
const isText = (value: unknown): boolean => isObject(value) && 'nl' in value && 'fr' in value && 'en' in value;
const keyOf = (value: unknown): string | undefined => {
  if (!isObject(value)) return undefined;
  const key = value['key'] ?? value['kind'];
  return typeof key === 'string' ? key : undefined;
};
const isKeyed = (value: unknown): value is readonly Json[] => Array.isArray(value) && value.every((each) => keyOf(each) !== undefined);

/** All places at which two values differ; none when they are the same. */
export function changedValues(before: unknown, after: unknown, path: readonly string[] = []): ChangedValue[] {
  if (canonicalJson({ value: before ?? null }) === canonicalJson({ value: after ?? null })) return [];
  if (isKeyed(before) && isKeyed(after) && before.length + after.length > 0) return inside(byKey(before), byKey(after), path);
  if (isObject(before) && isObject(after) && !isText(before) && !isText(after)) return inside(new Map(Object.entries(before)), new Map(Object.entries(after)), path);
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

const byKey = (list: readonly Json[]): ReadonlyMap<string, unknown> => new Map(list.map((each) => [keyOf(each) ?? '', each]));

function inside(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>, path: readonly string[]): ChangedValue[] {
  const found = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => changedValues(before.get(name), after.get(name), [...path, name]));
  // The same things in another order.
  return found.length > 0 ? found : [{ path, before: [...before.keys()], after: [...after.keys()] }];
}
