/** What a benchmark is. Each is a file in this folder, listed in `run.ts`. */

/** Numbers by name; groups and lists of them where a benchmark has rounds. */
export type Figures = { readonly [name: string]: Figure };
export type Figure = number | string | null | Figures | readonly Figure[];

export interface BenchOptions {
  /** The embedded database in place of a PostgreSQL server. */
  readonly embedded: boolean;
  /** Smaller sizes: a look, no measurement. */
  readonly quick: boolean;
  /** Tells the person who waits what goes on. */
  readonly say: (line: string) => void;
}

export interface Benchmark {
  readonly name: string;
  readonly about: string;
  run(options: BenchOptions): Promise<Figures>;
  /** Rows of the table for people; by default each number with its name. */
  rows?(figures: Figures): readonly (readonly [string, string])[];
}

/** A size: from the environment variable of this name, or the default, or the smaller one of `--quick`. */
export function size(options: Pick<BenchOptions, 'quick'>, name: string, otherwise: number, quick = otherwise): number {
  const given = process.env[name];
  if (given === undefined || given === '') return options.quick ? quick : otherwise;
  const value = Number(given);
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name}: ${JSON.stringify(given)} is no size. It must be a number from 0 on.`);
  return value;
}
