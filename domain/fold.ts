/** Folding events into a state, and letting what follows from a state happen at once. */
import type { Context, Recorded } from './process';

/** Looks a key up among a record's own keys: a key from outside may be `constructor` or `__proto__`. */
export function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A copy of the record with one key changed. */
export function withKey<V>(record: Readonly<Record<string, V>>, key: string, value: V): Readonly<Record<string, V>> {
  return { ...record, [key]: value };
}

/**
 * Adds to `first` all that follows from it: `next` is asked for the events that the state calls for, until it has none.
 * @param limit Bound of rounds, against a rule that never comes to rest.
 */
export function cascade<S, E>(
  state: S, first: readonly E[], context: Context,
  evolve: (state: S, recorded: Recorded<E>) => S, next: (state: S) => readonly E[], limit = 10_000,
): E[] {
  const events: E[] = [];
  let current = state;
  let pending = first;
  for (let round = 0; pending.length > 0; round++) {
    if (round > limit) throw new Error('cascade does not come to rest');
    for (const event of pending) {
      current = evolve(current, provisional(event, context));
      events.push(event);
    }
    pending = next(current);
  }
  return events;
}

/** The state after events that were decided on, as the same command records them. */
export function foldAll<S, E>(state: S, events: readonly E[], context: Context, evolve: (state: S, recorded: Recorded<E>) => S): S {
  return events.reduce((each, event) => evolve(each, provisional(event, context)), state);
}

/** An event as it would be recorded, for looking ahead within one decision. */
function provisional<E>(event: E, context: Context): Recorded<E> {
  const by = context.authority.kind === 'person'
    ? { kind: 'person' as const, person: context.authority.person }
    : { kind: 'system' as const, source: context.authority.source };
  return { seq: 0, at: context.now, by, commandId: '', event };
}
