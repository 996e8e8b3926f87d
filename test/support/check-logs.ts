/** What holds of the log of every process, whatever happens to it. */
import { isDeepStrictEqual } from 'node:util';
import { chainHash, genesisHash } from '../../domain/chain';
import type { World } from './world';

/** The numbers have no gap, each event hangs on the one before, and folding all gives the state. `look` sees each state with the event that brought it about. @throws Error */
export function checkLogs(world: World, look?: (process: string, id: string, state: unknown, event: { readonly type: string }) => void): void {
  for (const [id, { log, process, input, runner }] of world.actors) {
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    let head = genesisHash(id);
    let state = process.initial(input);
    for (const recorded of log) {
      head = chainHash(head, recorded);
      state = process.evolve(state, recorded);
      look?.(process.name, id, state, recorded.event);
    }
    expect(head).toBe(runner.head);
    if (!isDeepStrictEqual(state, runner.state)) throw new Error(`${id}: folding the events does not give the state`);
  }
}
