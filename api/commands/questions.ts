/** Questions to runs: each in its turn, and one at a time for all who want to know the same. */
import type { StreamId } from '../../domain/process';
import { Problem } from '../problem';
import type { Engine } from './engine';
import { Abandoned, type KeyedQueue } from './queue';

/** A question waits so long for its turn; then it is asked all the same. */
const TURN_MS = 300;

/**
 * Puts those together who ask the same while it is being asked: they share the next answer, so that none is older than its question. All answers of a run that
 * meet one workflow task travel together, and the server takes a few MiB at once.
 */
export function sharing<K, T>(ask: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const lanes = new Map<K, { readonly now: Promise<T>; next?: Promise<T> }>();
  const begin = (key: K): Promise<T> => {
    const lane: { readonly now: Promise<T>; next?: Promise<T> } = { now: ask(key) };
    lanes.set(key, lane);
    const end = (): void => { if (!lane.next) lanes.delete(key); };
    lane.now.then(end, end);
    return lane.now;
  };
  return (key) => {
    const lane = lanes.get(key);
    if (!lane) return begin(key);
    const again = (): Promise<T> => begin(key);
    lane.next ??= lane.now.then(again, again);
    return lane.next;
  };
}

/** The engine, with questions that take their turn among the commands of their workflow, as the server counts them among these. */
export function askingInTurn(engine: Engine, lanes: KeyedQueue): Engine {
  const inTurn = <T>(ask: (stream: StreamId) => Promise<T>) => sharing((stream: StreamId) =>
    lanes.run(stream, AbortSignal.timeout(TURN_MS), () => ask(stream)).catch((error: unknown) => {
      if (error instanceof Abandoned || (error instanceof Problem && error.code === 'queue-full')) return ask(stream);
      throw error;
    }));
  return { ...engine, rows: inTurn((stream) => engine.rows(stream)), pending: inTurn((stream) => engine.pending(stream)) };
}
