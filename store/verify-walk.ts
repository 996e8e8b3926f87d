/** The walk along a stream's chain, wherever its events come from: the log, or the record of a project. */
import { chainHash, genesisHash } from '../domain/chain';
import type { LoggedEvent } from './fold';
import type { SealedHead } from './seal';
import { collectTextRefs } from './texts';
import type { VerifyProblem } from './verify';

interface Run {
  readonly from: number;
  to: number;
  count: number;
  byPerson: boolean;
}

/** What the walk along a stream's chain knows at its end. */
export interface Walk {
  seq: number;
  hash: string;
  position: bigint;
  /** Hashes under which a seq was sealed; what was discarded since is left out. */
  readonly sealed: Map<number, string>;
  readonly commands: Map<string, Run>;
  readonly texts: Set<string>;
}

/** @param seals the heads of this stream that were sealed. */
export function beginWalk(stream: string, seals: readonly Pick<SealedHead, 'seq' | 'hash'>[]): Walk {
  return {
    seq: 0, hash: genesisHash(stream), position: 0n, texts: new Set(), commands: new Map(),
    sealed: new Map(seals.map(({ seq, hash }) => [seq, hash])),
  };
}

/** Goes one event further, or says what is wrong with it. */
export function step(walk: Walk, event: LoggedEvent, project: string): [VerifyProblem['kind'], string] | undefined {
  const { seq, at, by, commandId, hash, prevHash } = event;
  if (seq !== walk.seq + 1) return ['missing', `event ${walk.seq + 1} is missing`];
  if (prevHash !== walk.hash) return ['link', `event ${seq} does not follow the one before`];
  if (chainHash(prevHash, { seq, at, by, commandId, event: event.event }) !== hash) return ['content', `event ${seq} is not what was written`];
  if (event.type !== event.event.type) return ['column', `the type of event ${seq} is not its own`];
  if (event.project !== project) return ['column', `the project of event ${seq} is not the stream's`];
  if (event.position <= walk.position) return ['column', `the position of event ${seq} is not after the one before`];
  const sealedHash = walk.sealed.get(seq);
  if (sealedHash !== undefined && sealedHash !== hash) return ['sealed-otherwise', `event ${seq} was sealed with another content`];
  walk.seq = seq;
  walk.hash = hash;
  walk.position = event.position;
  collectTextRefs(event.event, walk.texts);
  const run = walk.commands.get(commandId);
  if (!run) walk.commands.set(commandId, { from: seq, to: seq, count: 1, byPerson: by.kind === 'person' });
  else {
    run.to = seq;
    run.count += 1;
  }
  return undefined;
}

/** A command that does not name its events, or an event of a person that belongs to no command; the first of either. */
export function findWrongCommand(
  walk: Walk, commands: readonly { readonly id: string; readonly from: number; readonly to: number }[],
): { readonly seq: number; readonly detail: string } | undefined {
  const known = new Set(commands.map(({ id }) => id));
  for (const { id, from, to } of commands) {
    if (to > walk.seq) continue;
    const run = walk.commands.get(id);
    const fits = from > to ? !run : run?.from === from && run.to === to && run.count === to - from + 1;
    if (!fits) return { seq: from, detail: `the command ${id} does not name its events` };
  }
  const lost = [...walk.commands].find(([id, run]) => run.byPerson && !known.has(id));
  return lost && { seq: lost[1].from, detail: `the command ${lost[0]} of event ${lost[1].from} is missing` };
}
