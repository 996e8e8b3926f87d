/** How much property tests try: little at each commit, with another seed each time, and as much as one likes when asked. */

const wish = (name: string): number | undefined => {
  const value = process.env[name];
  if (value === undefined || value === '') return undefined;
  if (!/^-?\d+$/.test(value)) throw new Error(`${name} must be a whole number, not "${value}"`);
  return Number(value);
};

/** How often to try, of what is tried once by default: `SLUIS_TEST_RUNS`, 1 unless it is set. */
export const TIMES = Math.max(1, wish('SLUIS_TEST_RUNS') ?? 1);

/** Parameters of `fc.assert`. @param runs how many by default. */
export function thorough(runs: number): { numRuns: number; seed?: number } {
  const seed = wish('SLUIS_TEST_SEED');
  return { numRuns: runs * TIMES, ...(seed !== undefined && { seed }) };
}

/**
 * A part of the items, another one for each turn, so that turns together see more than one of them does.
 * @param one of how many is taken by default; with more runs, more, until all are.
 */
export function sample<T>(items: readonly T[], one: number, turn: number): readonly T[] {
  const step = Math.max(1, Math.round(one / TIMES));
  return items.filter((_, index) => index % step === turn % step);
}
