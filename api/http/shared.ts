/** Reads that several requests ask for in the same words at the same time, as the tabs of one person do, or all who look at one board. */

interface Lane<T> {
  running: number;
  /** Begins once one of those that run has ended. */
  next: { readonly read: () => Promise<T>; readonly promise: Promise<T>; readonly settle: (result: Promise<T>) => void } | undefined;
}

/** The same read at once; so two who ask at the same time wait for each other no more than they would anyway. */
const RUNNING = 2;

/**
 * Makes what carries out reads. Who asks while the same is being read takes no part in that, but in the next read, together with all who asked since: it begins after
 * they asked, so that it shows them whatever they know to have happened.
 */
export function shareReads<T>(): (words: string, read: () => Promise<T>) => Promise<T> {
  const lanes = new Map<string, Lane<T>>();
  const run = (words: string, lane: Lane<T>, read: () => Promise<T>): Promise<T> => {
    lane.running += 1;
    return read().finally(() => {
      lane.running -= 1;
      const { next } = lane;
      lane.next = undefined;
      if (next) next.settle(run(words, lane, next.read));
      else if (lane.running === 0) lanes.delete(words);
    });
  };
  return (words, read) => {
    const lane = lanes.get(words) ?? { running: 0, next: undefined };
    lanes.set(words, lane);
    if (lane.running < RUNNING) return run(words, lane, read);
    if (!lane.next) {
      let settle!: (result: Promise<T>) => void;
      const promise = new Promise<T>((resolve) => { settle = resolve; });
      lane.next = { read, promise, settle };
    }
    return lane.next.promise;
  };
}
