/** What a run hands on to the next when it continues as new: plain JSON, all that the process is. */
import { genesisHash } from '../../domain/chain';
import type { Effect, Instant, Process, StreamId } from '../../domain/process';
import { RULES } from '../../domain/rules';
import type { Entry } from '../contract';

/** A command that was carried out: repeated within 24 hours it gives the same answer. */
export interface KnownCommand {
  readonly hash: string;
  readonly to: number;
  readonly at: Instant;
}

export interface Carried<S> {
  readonly state: S;
  readonly seq: number;
  /** Hash of the last event. */
  readonly head: string;
  /** Accepted but not yet known to be projected. */
  readonly outbox: readonly Entry[];
  readonly effects: readonly Effect[];
  readonly commands: Readonly<Record<string, KnownCommand>>;
  /** Number of the last message heard, per sender. */
  readonly heard: Readonly<Record<StreamId, number>>;
  /** Messages sent so far. */
  readonly sent: number;
  /** The rules that the first run of the stream followed; missing: older ones than 10. */
  readonly born?: number;
}

/** Argument of every workflow. `rules` stand in the history, so that a replay follows the same. */
export interface RunArgument<I, S> {
  readonly input: I;
  readonly rules: number;
  readonly carried?: Carried<S>;
}

export const REMEMBER_MS = 24 * 3_600_000;
/** Bounds of remembered commands, so that a run's argument stays below the server's limit of 2 MiB beside a plan, another that it may be moving to, and what it was started with. */
export const REMEMBER_AT_MOST = 8_000;
const REMEMBER_CHARACTERS = 1_000_000;
/** Of one beside its id, which the client chose. */
const CHARACTERS_OF_ONE = 120;

export function begin<I, S>(process: Process<I, S, never, never>, input: I, stream: StreamId, born = RULES): Carried<S> {
  return { state: process.initial(input), seq: 0, head: genesisHash(stream), outbox: [], effects: [], commands: {}, heard: {}, sent: 0, born };
}

/** The commands still to be remembered at `now`: of the last 24 hours, the newest where there are too many. */
export function remembered(commands: ReadonlyMap<string, KnownCommand>, now: Instant): Record<string, KnownCommand> {
  // Where they were carried, ids that look like numbers came first, whenever they were added.
  const recent = [...commands].filter(([, command]) => command.at > now - REMEMBER_MS)
    .sort(([, one], [, other]) => other.at - one.at).slice(0, REMEMBER_AT_MOST);
  let characters = 0;
  const kept = recent.filter(([id]) => {
    characters += id.length + CHARACTERS_OF_ONE;
    return characters <= REMEMBER_CHARACTERS;
  });
  return Object.fromEntries(kept.reverse());
}
