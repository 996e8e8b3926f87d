/** given / when / then for processes: pure, no server, milliseconds. */
import { isDeepStrictEqual } from 'node:util';
import type { Rejection } from '../../domain/errors';
import type { Authority, Effect, Instant, Process, Recorded } from '../../domain/process';
import { recordedAuthority } from '../../domain/permissions';

type Typed = { readonly type: string };

export const person = (id: string, ...roles: string[]): Authority => ({ kind: 'person', person: id, roles });
export const system: Authority = { kind: 'system', source: 'timer' };

/** Monday 5 October 2026, 09:00 in Brussels. */
export const MONDAY: Instant = Date.UTC(2026, 9, 5, 7, 0);

/** Applies commands one after another and remembers all that happened. */
export class Scenario<I, S, C extends Typed, E extends Typed> {
  state: S;
  now = MONDAY;
  readonly log: Recorded<E>[] = [];
  readonly effects: Effect[] = [];

  constructor(readonly process: Process<I, S, C, E>, readonly input: I) {
    this.state = process.initial(input);
  }

  /** Tries a command; events are applied, a refusal is returned. */
  when(command: C, authority: Authority): { events: readonly E[] } | { rejection: Rejection } {
    const decision = this.process.decide(this.state, command, { now: this.now, authority });
    if (!decision.ok) return { rejection: decision.rejection };
    for (const event of decision.events) {
      const recorded: Recorded<E> = {
        seq: this.log.length + 1, at: this.now, by: recordedAuthority(authority, decision.role), commandId: `c${this.log.length}`, event,
      };
      this.state = this.process.evolve(this.state, recorded);
      this.log.push(recorded);
      this.effects.push(...this.process.react(this.state, recorded));
    }
    return { events: decision.events };
  }

  /** As {@link when}, for a command that must be accepted. */
  given(command: C, authority: Authority): readonly E[] {
    const result = this.when(command, authority);
    if ('rejection' in result) throw new Error(`${command.type} was refused: ${JSON.stringify(result.rejection)}`);
    return result.events;
  }

  /** The code with which a command is refused; undefined when it is accepted. */
  refusal(command: C, authority: Authority): string | undefined {
    const decision = this.process.decide(this.state, command, { now: this.now, authority });
    return decision.ok ? undefined : decision.rejection.code;
  }

  /** Lets time pass until the next due moment, and lets it act. */
  ring(): readonly E[] {
    const due = this.process.due(this.state);
    if (!due) throw new Error('nothing is due');
    this.now = Math.max(this.now, due.at);
    return this.given(due.command, system);
  }

  types(): string[] {
    return this.log.map((each) => each.event.type);
  }

  /** Whether folding the log from the beginning gives the state. */
  foldsToState(): boolean {
    const folded = this.log.reduce((state, recorded) => this.process.evolve(state, recorded), this.process.initial(this.input));
    return isDeepStrictEqual(folded, this.state);
  }
}
