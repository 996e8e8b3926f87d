/** The way of every command: known already? → its turn → the workflow → into what people read. */
import type { Authority, Instant, StreamId } from '../../domain/process';
import type { CommandAnswer, CommandEnvelope } from '../../workflows/contract';
import { DatabaseAway } from '../database';
import { pause } from '../http/limit';
import { Problem } from '../problem';
import { StreamGone, type Engine, type StartInput } from './engine';
import type { Projector } from './projector';
import type { KeyedQueue } from './queue';
import { kindOf } from './stream';

export interface Order {
  readonly stream: StreamId;
  /** Streams to which the same request may have gone before: earlier rounds of the phase. */
  readonly earlier?: readonly StreamId[];
  readonly id: string;
  readonly hash: string;
  /** What the log knew of it when the request came, where that was read already: null for nothing. */
  readonly known?: CarriedOut | null;
  readonly authority: Authority;
  /** Makes the command, keeping its texts; not called when the answer is known already. */
  readonly command: () => Promise<CommandEnvelope['command']>;
  /** Given: the process is started with this unless it runs. */
  readonly start?: () => Promise<StartInput>;
  readonly signal: AbortSignal;
}

export interface HappenedEvent {
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
}

/** What became of a command. `pending`: accepted, but what people read does not show it yet. */
export interface Outcome {
  readonly stream: StreamId;
  readonly id: string;
  readonly seq: number;
  readonly events: readonly HappenedEvent[];
  readonly replayed: boolean;
  readonly pending: boolean;
}

export interface CarriedOut {
  readonly stream: StreamId;
  readonly hash: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Whether the run itself has it for certain. */
  readonly settled: boolean;
}

/** Commands as the log knows them. All throw `DatabaseAway`. */
export interface CommandLog {
  /** The command of this id in one of the streams. */
  find(streams: readonly StreamId[], id: string): Promise<CarriedOut | null>;
  events(stream: StreamId, from: number, to: number): Promise<readonly HappenedEvent[]>;
  /** Whether the log holds the end of this stream; null when it knows no such stream. */
  isFinal(stream: StreamId): Promise<boolean | null>;
  /** The hash of an event; undefined when the log has none of that seq. */
  hashAt(stream: StreamId, seq: number): Promise<string | undefined>;
}

const FIRST_LOOK_AGAIN_MS = 8;
const LONGEST_BETWEEN_LOOKS_MS = 400;

export class Gateway {
  constructor(
    private readonly engine: Engine,
    private readonly queue: KeyedQueue,
    private readonly log: CommandLog,
    private readonly projector: Pick<Projector, 'project' | 'headOf'>,
    private readonly settings: { readonly projectionMs: number },
  ) {}

  /**
   * Carries out a command once, however often it is sent.
   * @throws Problem: a refusal, `idempotency-conflict`, `queue-full`, `engine-unavailable`, or that the stream has ended.
   */
  async send(order: Order): Promise<Outcome> {
    const known = order.known === undefined ? await this.find(order) : order.known;
    // With the database away it is the workflow that waits for it, and not this request.
    const projects = known !== undefined && { projects: true as const };
    // One that is not settled may stem from a workflow task that was lost. The workflow is asked what it has, and not given the command anew: it remembers the commands of a day only.
    if (known && (known.settled || known.stream !== order.stream || await this.isConfirmed(known))) return this.replay(order, known);
    const envelope: Omit<CommandEnvelope, 'command'> = { id: order.id, hash: order.hash, authority: order.authority };
    try {
      const answer = await this.queue.run(order.stream, order.signal, async () => {
        const command = await order.command();
        const input = await order.start?.();
        const logged = this.projector.headOf(order.stream);
        const sent = { ...envelope, command, ...projects, ...(logged && { logged }) };
        return input ? this.engine.start(order.stream, input, sent) : this.engine.execute(order.stream, sent);
      });
      if (answer.hash !== order.hash) throw new Problem('idempotency-conflict');
      const outcome = await this.settle(order, answer);
      return known?.toSeq === outcome.seq ? { ...outcome, replayed: true } : outcome;
    } catch (error) {
      if (error instanceof StreamGone) return this.afterTheEnd(order);
      throw error;
    }
  }

  /**
   * What became of an earlier command; undefined when none is known.
   * @throws Problem `engine-unavailable` when neither the log nor the engine can say.
   */
  async lookUp(stream: StreamId, id: string): Promise<Outcome | undefined> {
    const known = await this.find({ stream, id });
    if (known && (known.settled || await this.isConfirmed(known))) return this.outcomeOf(stream, id, known);
    const answer = await this.engine.accepted(stream, id);
    if (!answer) return undefined;
    const outcome = { stream, id, seq: answer.seq, events: happened(answer), replayed: true };
    return { ...outcome, pending: !await this.isProjected(stream, id, answer).catch(pendingWhileAway) };
  }

  /** Undefined: with the database away nothing is known. The workflow itself remembers the commands of the last day. */
  private async find(order: Pick<Order, 'stream' | 'earlier' | 'id'>): Promise<CarriedOut | null | undefined> {
    try {
      return await this.log.find([order.stream, ...(order.earlier ?? [])], order.id);
    } catch (error) {
      if (error instanceof DatabaseAway) return undefined;
      throw error;
    }
  }

  /** Whether the workflow's own record, which ends in a hash over all before, has what the log has of a command. */
  private async isConfirmed({ stream, toSeq }: CarriedOut): Promise<boolean> {
    try {
      return await lookUntil(Date.now() + this.settings.projectionMs, async () => {
        const { seq, head } = await this.engine.pending(stream);
        if (seq < toSeq) return false;
        // What the workflow did since may be on its way to the log, and says then whether the log goes on from what it has.
        const logged = seq === 0 ? head : await this.log.hashAt(stream, seq);
        return logged === undefined ? undefined : logged === head;
      }) ?? false;
    } catch (error) {
      // A workflow that has ended projected all it recorded before.
      if (error instanceof StreamGone) return true;
      throw error;
    }
  }

  private async replay(order: Order, known: CarriedOut): Promise<Outcome> {
    if (known.hash !== order.hash) throw new Problem('idempotency-conflict');
    return this.outcomeOf(known.stream, order.id, known);
  }

  private async outcomeOf(stream: StreamId, id: string, { fromSeq, toSeq }: CarriedOut): Promise<Outcome> {
    const events = fromSeq > toSeq ? [] : await this.log.events(stream, fromSeq, toSeq);
    return { stream, id, seq: toSeq, events, replayed: true, pending: false };
  }

  /** Whether the log holds what an answer tells, for certain: its workflow has seen to that, or we do now. Throws `DatabaseAway`. */
  private async isProjected(stream: StreamId, id: string, answer: CommandAnswer): Promise<boolean> {
    // A repeat has no events to tell: those are in the log.
    if (!answer.handedOut) return answer.projected === true && answer.events.length > 0;
    if (await this.projector.project(stream, id, answer, answer.handedOut)) return true;
    // Should it not hear that, it sees to it after some seconds.
    await this.engine.callBack(stream).catch(() => undefined);
    return false;
  }

  /** Waits until the log holds the command; in health the answer says that it does, or hands out what it lacks. */
  private async settle(order: Order, answer: CommandAnswer): Promise<Outcome> {
    const outcome = { stream: order.stream, id: order.id, seq: answer.seq, events: happened(answer), replayed: false };
    const until = Date.now() + this.settings.projectionMs;
    try {
      if (await this.isProjected(order.stream, order.id, answer)) return { ...outcome, pending: false };
      const known = await lookUntil(until, async () => {
        const found = await this.log.find([order.stream], order.id);
        return found?.toSeq === answer.seq ? found : undefined;
      });
      if (!known) return { ...outcome, pending: true };
      // The workflow had carried it out before: it remembers that, but not what happened.
      const isRepeat = answer.events.length === 0 && known.fromSeq <= known.toSeq;
      return isRepeat ? await this.outcomeOf(order.stream, order.id, known) : { ...outcome, pending: false };
    } catch (error) {
      // The command is accepted: whatever keeps us from seeing it, the client must not be told that it failed.
      if (error instanceof DatabaseAway) return { ...outcome, pending: true };
      throw error;
    }
  }

  /** The workflow is not there any more. The command may have been its last, and its answer lost on the way. */
  private async afterTheEnd(order: Order): Promise<Outcome> {
    const known = await this.log.find([order.stream], order.id);
    if (known) return this.replay(order, known);
    const final = await this.log.isFinal(order.stream);
    const kind = kindOf(order.stream);
    // The log says that it goes on (the directory always does): Temporal lost it, and people can do nothing about that.
    if (final === false || kind === 'directory') throw new Problem('engine-unavailable');
    if (kind === 'project') throw new Problem(final ? 'project-ended' : 'unknown-project');
    // Its parent has announced it, and the server is about to start it.
    if (final === null && (kind === 'stage' || kind === 'backlog' || kind === 'sprint' || kind === 'handover')) throw new Problem('phase-opening');
    if (kind === 'approval') throw new Problem(final ? 'approval-closed' : 'unknown-approval');
    if (kind === 'backlog') throw new Problem('backlog-closed');
    if (kind === 'handover') throw new Problem('handover-closed');
    if (kind === 'sprint') throw new Problem('sprint-closed');
    throw new Problem('phase-closed');
  }
}

/** Looks until there is something, at first soon again, then less and less often; undefined when there was nothing by then. */
async function lookUntil<T>(until: number, look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let wait = FIRST_LOOK_AGAIN_MS; ; wait = Math.min(wait * 1.6, LONGEST_BETWEEN_LOOKS_MS)) {
    const found = await look();
    if (found !== undefined || Date.now() + wait > until) return found;
    await pause(wait);
  }
}

/** With the database away a command is pending, and has not failed. */
const pendingWhileAway = (error: unknown): false => {
  if (error instanceof DatabaseAway) return false;
  throw error;
};

const happened = (answer: CommandAnswer): HappenedEvent[] =>
  answer.events.map(({ seq, at, event }) => ({ seq, type: event.type, at }));
