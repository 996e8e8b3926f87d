/**
 * Places in a list as texts that sort as the list does (by character code): between any two there is another, so that moving an item changes that
 * item alone. A key is an integer part, whose first character tells its length, and a fraction: added at either end, keys stay short.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FIRST = 'a0';
/** Longer keys are made anew for the whole list: they come of many moves to one and the same place. */
export const LONGEST_ORDER = 60;

/** Length of an integer part by its first character: `a` two, `b` three …; `Z` two, `Y` three … before them. */
const integerLength = (head: string): number => (head >= 'a' ? head.charCodeAt(0) - 95 : 92 - head.charCodeAt(0));
const integerOf = (key: string): string => key.slice(0, integerLength(key[0] ?? 'a'));
const digit = (index: number): string => DIGITS[index] ?? '';

/** A fraction between two; `b` undefined: below 1. Neither ends in `0`. */
function midpoint(a: string, b: string | undefined): string {
  if (b !== undefined) {
    let same = 0;
    while (same < b.length && (a[same] ?? '0') === b[same]) same += 1;
    if (same > 0) return b.slice(0, same) + midpoint(a.slice(same), b.slice(same));
  }
  const low = a === '' ? 0 : DIGITS.indexOf(a.charAt(0));
  const high = b === undefined ? DIGITS.length : DIGITS.indexOf(b.charAt(0));
  if (high - low > 1) return digit(Math.round((low + high) / 2));
  if (b !== undefined && b.length > 1) return b.charAt(0);
  return digit(low) + midpoint(a.slice(1), undefined);
}

/** The integer part one further in a direction. */
function stepInteger(integer: string, step: 1 | -1): string {
  const head = integer.charAt(0);
  const digits = integer.slice(1).split('');
  const [over, start] = step > 0 ? [DIGITS.length - 1, '0'] : [0, digit(DIGITS.length - 1)];
  let place = digits.length - 1;
  while (place >= 0 && DIGITS.indexOf(digits[place] ?? '') === over) {
    digits[place] = start;
    place -= 1;
  }
  if (place >= 0) {
    digits[place] = digit(DIGITS.indexOf(digits[place] ?? '') + step);
    return head + digits.join('');
  }
  if (step > 0 && head === 'Z') return FIRST;
  if (step < 0 && head === 'a') return `Z${digit(DIGITS.length - 1)}`;
  const next = String.fromCharCode(head.charCodeAt(0) + step);
  // Away from the middle integer parts grow, towards it they shrink.
  const grows = step > 0 ? next > 'a' : next < 'Z';
  return next + (grows ? [...digits, start] : digits.slice(1)).join('');
}

/** A key between two neighbours; undefined: before the first, or after the last. @param before less than `after`. */
export function orderBetween(before: string | undefined, after: string | undefined): string {
  if (before === undefined && after === undefined) return FIRST;
  if (before === undefined) {
    const integer = integerOf(after ?? FIRST);
    return integer < (after ?? FIRST) ? integer : stepInteger(integer, -1);
  }
  const integer = integerOf(before);
  const fraction = before.slice(integer.length);
  if (after === undefined) return stepInteger(integer, 1);
  const other = integerOf(after);
  if (integer === other) return integer + midpoint(fraction, after.slice(other.length));
  const next = stepInteger(integer, 1);
  return next < after ? next : integer + midpoint(fraction, undefined);
}

/** So many keys after one, in order. */
export function ordersAfter(before: string | undefined, count: number): string[] {
  let last = before;
  return Array.from({ length: count }, () => {
    last = orderBetween(last, undefined);
    return last;
  });
}
