/** Chance that depends on a seed alone. */
export interface Chance {
  /** A whole number in [0, n). */
  (n: number): number;
  /** True in so many cases of a hundred. */
  chance(percent: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** One of the items; undefined of none. */
  one<T>(items: readonly T[]): T | undefined;
}

/** Makes chance of a seed (mulberry32); `name` gives each user of one seed a sequence of their own. */
export function makeChance(seed: number, name = ''): Chance {
  let state = name.split('').reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return Object.assign(below, {
    chance: (percent: number) => next() * 100 < percent,
    between: (least: number, most: number) => least + below(most - least + 1),
    one: <T>(items: readonly T[]): T | undefined => items[below(items.length)],
  });
}
