/** Looking for many commands of one stream at once: the group commit answers all of a batch in the same moment, and each asks for its own. */
import type { StreamId } from '../../domain/process';

interface Asked<T> {
  readonly promise: Promise<T | null>;
  readonly settle: (found: T | null) => void;
  readonly fail: (error: unknown) => void;
}

function ask<T>(): Asked<T> {
  let settle!: Asked<T>['settle'];
  let fail!: Asked<T>['fail'];
  const promise = new Promise<T | null>((resolve, reject) => { settle = resolve; fail = reject; });
  return { promise, settle, fail };
}

/**
 * A finder that asks once for all that is looked for in a stream in the same turn of the event loop.
 * @param find What a stream knows of these ids. When it throws, all that asked hear of it.
 * @returns what the stream knows of an id; null for nothing.
 */
export function findTogether<T>(find: (stream: StreamId, ids: readonly string[]) => Promise<ReadonlyMap<string, T>>): (stream: StreamId, id: string) => Promise<T | null> {
  const waiting = new Map<StreamId, Map<string, Asked<T>>>();
  const look = async (stream: StreamId): Promise<void> => {
    const asked = waiting.get(stream) ?? new Map<string, Asked<T>>();
    waiting.delete(stream);
    try {
      const found = await find(stream, [...asked.keys()]);
      for (const [id, { settle }] of asked) settle(found.get(id) ?? null);
    } catch (error) {
      for (const { fail } of asked.values()) fail(error);
    }
  };
  return (stream, id) => {
    let asked = waiting.get(stream);
    if (!asked) {
      waiting.set(stream, asked = new Map<string, Asked<T>>());
      setImmediate(() => void look(stream));
    }
    const one = asked.get(id) ?? ask<T>();
    asked.set(id, one);
    return one.promise;
  };
}
