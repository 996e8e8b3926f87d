/** What `npm run durability` sets; without it the small run of every test run. */

const number = (name: string, fallback: number): number => {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number, 0 or more`);
  return value;
};

const verbose = process.env['SLUIS_DURABILITY_VERBOSE'] === '1';

export const settings = {
  seed: number('SLUIS_DURABILITY_SEED', 1),
  kills: { parts: number('SLUIS_DURABILITY_PARTS', 7), product: number('SLUIS_DURABILITY_PRODUCT', 3) },
  /** Crashes at crash points. */
  crashes: number('SLUIS_DURABILITY_CRASHES', 4),
  /** How long the database is away. */
  awayMs: number('SLUIS_DURABILITY_AWAY_SECONDS', 20) * 1_000,
  say: (line: string): void => {
    if (verbose) process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  },
} as const;
