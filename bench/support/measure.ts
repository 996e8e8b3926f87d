/** Times and what is made of them. */

/** `n` times: 50 of 100 were no longer than `p50`, and so on; milliseconds. */
export type Spread = { readonly n: number; readonly p50: number; readonly p95: number; readonly p99: number };

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

export const round = (x: number, digits = 1): number => Number(x.toFixed(digits));

const inOrder = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();
const at = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;

export function spread(times: readonly number[]): Spread {
  const sorted = inOrder(times);
  return { n: sorted.length, p50: round(at(sorted, 0.5), 2), p95: round(at(sorted, 0.95), 2), p99: round(at(sorted, 0.99), 2) };
}

/** The middle of the values, or of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = inOrder(values);
  if (sorted.length === 0) return Number.NaN;
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

export interface Driven<R> {
  readonly seconds: number;
  /** Milliseconds per item, in the order in which they ended. */
  readonly times: readonly number[];
  readonly results: readonly R[];
}

/** Runs `work` on every item with `clients` loops in parallel, items taken in order. */
export async function drive<T, R>(clients: number, items: readonly T[], work: (item: T) => Promise<R>): Promise<Driven<R>> {
  const times: number[] = [];
  const results: R[] = Array.from({ length: items.length });
  const queue = items.entries();
  const began = performance.now();
  await Promise.all(Array.from({ length: Math.min(clients, items.length) }, async () => {
    for (const [index, item] of queue) {
      const from = performance.now();
      results[index] = await work(item);
      times.push(performance.now() - from);
    }
  }));
  return { seconds: (performance.now() - began) / 1000, times, results };
}

/** Looks every few milliseconds until a check holds. @returns milliseconds it took. @throws Error after the limit. */
export async function until(check: () => Promise<boolean>, what: string, { everyMs = 4, limitMs = 60_000 } = {}): Promise<number> {
  const began = performance.now();
  while (!(await check())) {
    if (performance.now() - began > limitMs) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await sleep(everyMs);
  }
  return performance.now() - began;
}
