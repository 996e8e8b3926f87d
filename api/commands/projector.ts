/** What answers hand out, on its way into the log: in the order of each stream, with all that came meanwhile in one statement. */
import type { Logger } from 'pino';
import type { StreamId } from '../../domain/process';
import type { Appended } from '../../store/append';
import { type Batch, type CommandAnswer, type Entry, type HandedOut, type LogHead, batchOf } from '../../workflows/contract';
import { DatabaseAway } from '../database';
import { pause } from '../http/limit';

interface Waiting {
  readonly entry: Entry;
  readonly frame: Pick<HandedOut, 'project' | 'process' | 'rules'>;
  readonly first: number;
  readonly last: LogHead;
  readonly since: number;
  readonly settle: (isLogged: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** How long a batch waits for those before it, which may be with another API, until its workflow is asked to see to all of them. */
const EARLY_MS = 500;
const EARLY_AGAIN_MS = 4;
/** Most entries of one batch; each is small, or its workflow would have kept it. */
const TOGETHER = 50;
/** Streams whose end is remembered. */
const HEADS = 10_000;

export class Projector {
  private readonly heads = new Map<StreamId, LogHead>();
  private readonly lanes = new Map<StreamId, Waiting[]>();

  /** @param append Appends and projects a batch that may be early. */
  constructor(private readonly append: (batch: Batch) => Promise<Appended>, private readonly log: Pick<Logger, 'error'>) {}

  /** Where this API saw the log of a stream end, for its workflow to hear with the next command. */
  headOf(stream: StreamId): LogHead | undefined {
    return this.heads.get(stream);
  }

  /**
   * Brings what an answer hands out into the log and what people read.
   * @param id Of the command.
   * @returns whether the log holds it. False: the workflow must be asked to project it.
   * @throws DatabaseAway
   */
  project(stream: StreamId, id: string, { events, hash, seq }: CommandAnswer, handedOut: HandedOut): Promise<boolean> {
    const [first] = events;
    const last = events.at(-1);
    if (!first || !last) return Promise.resolve(false);
    const { prevHash, rows, notices, ...frame } = handedOut;
    const entry = { prevHash, events, rows, notices, command: { id, hash, from: first.seq, to: seq, at: first.at } };
    return new Promise((settle, fail) => {
      const waiting = { entry, frame, first: first.seq, last: { seq, hash: last.hash }, since: Date.now(), settle, fail };
      const lane = this.lanes.get(stream);
      if (lane) {
        lane.push(waiting);
        return;
      }
      this.lanes.set(stream, [waiting]);
      // What came in the same turn goes along.
      setImmediate(() => void this.work(stream));
    });
  }

  private async work(stream: StreamId): Promise<void> {
    const lane = this.lanes.get(stream) ?? [];
    while (lane.length > 0) {
      const taken = takeTogether(lane);
      const appended = await this.appendAll(stream, taken);
      if (appended === undefined) continue;
      if (appended.outcome !== 'early') {
        const isLogged = appended.outcome !== 'outdated' && appended.outcome !== 'broken';
        if (isLogged) this.remember(stream, taken);
        for (const each of taken) each.settle(isLogged);
        continue;
      }
      const givenUp = Date.now() - EARLY_MS;
      for (const each of taken) {
        if (each.since < givenUp) each.settle(false);
        else lane.push(each);
      }
      await pause(EARLY_AGAIN_MS);
    }
    this.lanes.delete(stream);
  }

  private async appendAll(stream: StreamId, taken: readonly Waiting[]): Promise<Appended | undefined> {
    const [first] = taken;
    if (!first) return undefined;
    // An answer comes from a workflow task that is in the history: what it made is certain.
    const settled = taken.at(-1)?.last.seq ?? 0;
    try {
      return await this.append(batchOf(taken.map(({ entry }) => entry), { ...first.frame, stream, final: false, settled }));
    } catch (error) {
      if (!(error instanceof DatabaseAway)) this.log.error({ stream, error: String(error) }, 'what was handed out could not be projected: its workflow is asked to');
      for (const { settle, fail } of taken) {
        if (error instanceof DatabaseAway) fail(error);
        else settle(false);
      }
      return undefined;
    }
  }

  private remember(stream: StreamId, taken: readonly Waiting[]): void {
    const last = taken.at(-1)?.last;
    if (!last || last.seq < (this.heads.get(stream)?.seq ?? 0)) return;
    this.heads.delete(stream);
    this.heads.set(stream, last);
    if (this.heads.size > HEADS) this.heads.delete(this.heads.keys().next().value as StreamId);
  }
}

/** Takes the earliest out of a lane, with all that follow it without a gap under the same rules. */
function takeTogether(lane: Waiting[]): Waiting[] {
  lane.sort((one, other) => one.first - other.first);
  const gap = lane.findIndex((each, index) => {
    const before = lane[index - 1];
    return before !== undefined && (each.first !== before.last.seq + 1 || each.entry.prevHash !== before.last.hash || each.frame.rules !== before.frame.rules);
  });
  return lane.splice(0, Math.min(gap < 0 ? lane.length : gap, TOGETHER));
}
