/** All that can be reached from the starts, these included, going on by `next`; in no order that means something. */
export function reachable<T>(starts: Iterable<T>, next: (from: T) => Iterable<T>): ReadonlySet<T> {
  const found = new Set(starts);
  // A set gives what is added while it is walked.
  for (const each of found) for (const further of next(each)) found.add(further);
  return found;
}
