/**
 * A process in motion: judges commands, records what happens, and keeps what is still to be projected and sent. Synchronous and
 * free of Temporal, so that nothing can come between deciding and evolving; `shell.ts` connects it to the server.
 */
import { chainHash } from '../../domain/chain';
import type { Rejection } from '../../domain/errors';
import { own } from '../../domain/fold';
import { recordedAuthority } from '../../domain/permissions';
import { RULES } from '../../domain/rules';
import type { Authority, Due, Effect, Instant, Process, Recorded, Row, StreamId } from '../../domain/process';
import { type ChainedEvent, type CommandAnswer, type CommandEnvelope, type LiveRows, type Notice, noticesOf } from '../contract';
import type { Carried, KnownCommand } from './carried';
import { REMEMBER_AT_MOST, remembered } from './carried';
import { Outbox } from './outbox';

type Typed = { readonly type: string };

/** Forgetting is done in strides, as it copies all that is remembered. */
const FORGET_STRIDE = 1_000;

export class Runner<I, S, C extends Typed, E extends Typed> {
  state: S;
  seq: number;
  head: string;
  readonly outbox: Outbox;
  effects: Effect[];
  sent: number;
  /** The rules that the first run of the stream followed. */
  readonly born: number;
  /** The last seq that stands in the run's own history for certain: what came before the workflow task under way. */
  settled: number;
  private task = -1;
  private commands: Map<string, KnownCommand>;
  private heard: Record<StreamId, number>;
  private dueAfter: { readonly seq: number; readonly due: Due<C> | null } | undefined;

  /** @param rules The rules that the run follows. */
  constructor(private readonly process: Process<I, S, C, E>, readonly stream: StreamId, carried: Carried<S>, private readonly rules = RULES) {
    this.state = carried.state;
    this.seq = carried.seq;
    this.head = carried.head;
    this.outbox = new Outbox(carried.outbox);
    this.effects = [...carried.effects];
    this.commands = new Map(Object.entries(carried.commands));
    this.heard = { ...carried.heard };
    this.sent = carried.sent;
    this.born = carried.born ?? 0;
    this.settled = carried.seq;
  }

  /**
   * Notes which workflow task is under way, by the length of the history at its beginning. A task that is lost (a worker that
   * died, an event that came between) leaves no trace in the history but may have been projected: its repetition replaces that.
   */
  during(task: number): void {
    if (task === this.task) return;
    this.task = task;
    this.settled = this.seq;
  }

  /** Why an envelope would be refused now; null if it would be accepted, or was before. */
  refusal(envelope: CommandEnvelope, now: Instant): Rejection | null {
    const known = this.commands.get(envelope.id);
    if (known) return known.hash === envelope.hash ? null : { code: 'idempotency-conflict' };
    const decision = this.process.decide(this.state, envelope.command as unknown as C, { now, authority: envelope.authority, rules: this.rules });
    return decision.ok ? null : decision.rejection;
  }

  /** Carries a command out, once: a repeat answers its seq again, with no events. */
  execute(envelope: CommandEnvelope, now: Instant): CommandAnswer | Rejection {
    const known = this.commands.get(envelope.id);
    if (known) return known.hash === envelope.hash ? { seq: known.to, events: [], hash: known.hash } : { code: 'idempotency-conflict' };
    const result = this.apply(envelope.command as unknown as C, envelope.authority, envelope.id, now, envelope.hash);
    if ('code' in result) return result;
    return { seq: this.seq, events: result, hash: envelope.hash };
  }

  /** A message of another workflow: judged as a command of the system. Repeats are ignored; a refusal is answered, not thrown. */
  hear(from: StreamId, number: number, message: Typed, now: Instant): Rejection | null {
    if (number <= (own(this.heard, from) ?? 0)) return null;
    this.heard[from] = number;
    const result = this.apply(message as unknown as C, { kind: 'system', source: from }, `message/${from}/${number}`, now);
    return 'code' in result ? result : null;
  }

  /** A command that the workflow gives itself: its opening, what time brings, what an inspection found. */
  issue(command: C, source: 'timer' | 'upkeep', now: Instant): Rejection | null {
    const result = this.apply(command, { kind: 'system', source }, `${source}/${this.seq + 1}`, now);
    return 'code' in result ? result : null;
  }

  /** The next due moment. It is asked for at every step of the workflow, and stays the same until something happens. */
  due(): Due<C> | null {
    if (this.dueAfter?.seq !== this.seq) this.dueAfter = { seq: this.seq, due: this.process.due(this.state) };
    return this.dueAfter.due;
  }

  isFinal(): boolean {
    return this.process.isFinal(this.state);
  }

  rows(): LiveRows {
    return { seq: this.seq, rows: this.process.rows(this.state) };
  }

  /** All that the next run needs. */
  carry(now: Instant): Carried<S> {
    const { state, seq, head, effects, heard, sent, born } = this;
    return { state, seq, head, outbox: this.outbox.carry(), effects, heard, sent, born, commands: remembered(this.commands, now) };
  }

  private apply(command: C, authority: Authority, commandId: string, now: Instant, hash?: string): readonly ChainedEvent[] | Rejection {
    const decision = this.process.decide(this.state, command, { now, authority, rules: this.rules });
    if (!decision.ok) return decision.rejection;
    const by = recordedAuthority(authority, decision.role);
    const prevHash = this.head;
    const from = this.seq + 1;
    const events: ChainedEvent[] = [];
    const rows = new Map<string, Row>();
    const notices: Notice[] = [];
    for (const event of decision.events) {
      const recorded: Recorded<E> = { seq: this.seq + 1, at: now, by, commandId, event };
      this.state = this.process.evolve(this.state, recorded);
      this.seq = recorded.seq;
      this.head = chainHash(this.head, recorded);
      events.push({ ...recorded, hash: this.head });
      for (const row of this.process.rows(this.state, recorded)) rows.set(row.id, row);
      this.take(this.process.react(this.state, recorded, this.rules), recorded, notices);
    }
    if (hash !== undefined) this.remember(commandId, { hash, to: this.seq, at: now }, now);
    if (events.length > 0 || hash !== undefined) {
      const record = hash === undefined ? {} : { command: { id: commandId, hash, from, to: this.seq, at: now } };
      this.outbox.add({ prevHash, events, rows: [...rows.values()], notices, ...record });
    }
    return events;
  }

  /** Notices are delivered with the projection; all other effects wait for the loop that carries them out. */
  private take(effects: readonly Effect[], recorded: Recorded<E>, notices: Notice[]): void {
    this.effects.push(...effects.filter(({ kind }) => kind !== 'notify'));
    notices.push(...noticesOf(this.stream, effects, recorded, this.rules));
  }

  private remember(id: string, command: KnownCommand, now: Instant): void {
    this.commands.set(id, command);
    if (this.commands.size >= REMEMBER_AT_MOST + FORGET_STRIDE) this.commands = new Map(Object.entries(remembered(this.commands, now)));
  }
}
