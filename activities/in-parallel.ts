/** Does `work` for every item, at most `width` at a time. @throws the first error; what has begun is finished first. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const results = await Promise.allSettled(Array.from({ length: width }, async () => {
    for (const item of queue) await work(item);
  }));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
