import { Problem } from '../problem';

/** `count`: how many items were shown before, in lists that are made anew each time. */
type Part = 'string' | 'position' | 'count' | 'instant' | 'instant?';
type Value<P extends Part> = P extends 'string' | 'position' ? string : P extends 'count' | 'instant' ? number : number | null;

/** The opaque place in a list: the sort values of the last item shown, as base64url JSON. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function fits(value: unknown, part: Part): boolean {
  if (part === 'string') return typeof value === 'string' && value.length <= 1000 && !value.includes('\0');
  if (part === 'position') return typeof value === 'string' && /^\d{1,18}$/.test(value);
  if (value === null) return part === 'instant?';
  // Nothing happened before 1970; the latest moment is that of a Date. No count is beyond it.
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 8.64e15;
}

/**
 * The sort values in a cursor, each of the type asked for; undefined without a cursor.
 * @throws Problem `invalid-cursor` for anything that `encodeCursor` did not give for such a list.
 */
export function decodeCursor<const T extends readonly Part[]>(cursor: string | undefined, parts: T): { -readonly [K in keyof T]: Value<T[K]> } | undefined {
  if (cursor === undefined) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new Problem('invalid-cursor');
  }
  if (!Array.isArray(values) || values.length !== parts.length || !parts.every((part, place) => fits((values as unknown[])[place], part))) {
    throw new Problem('invalid-cursor');
  }
  return values as { -readonly [K in keyof T]: Value<T[K]> };
}
