/** The hash chain of a stream: each event's hash covers the one before, so that nothing can be altered or cut out unseen. */
import { canonicalJson, sha256Hex } from './digest';
import type { Recorded, StreamId } from './process';

/** The head of a stream before its first event. */
export function genesisHash(stream: StreamId): string {
  return sha256Hex(`sluis:stream:${stream}`);
}

/** The link of one event: SHA-256 over the previous hash, a line feed, and the event's canonical JSON. */
export function chainHash(prev: string, recorded: Recorded<unknown>): string {
  const { seq, at, by, commandId, event } = recorded;
  return sha256Hex(`${prev}\n${canonicalJson({ seq, at, by, commandId, event })}`);
}
