/** Clients as they should be: each command has a key, and is sent again under it until its answer is final. */
import { randomUUID } from 'node:crypto';
import type { Chance } from './random';
import type { Rig } from './rig';

export interface HappenedEvent {
  readonly seq: number;
  readonly type: string;
}

/** The final answer to a command that was carried out. */
export interface Acknowledged {
  readonly stream: string;
  readonly seq: number;
  readonly events: readonly HappenedEvent[];
}

/** A command and what its client knows of it in the end. */
export interface Sent {
  readonly key: string;
  readonly person: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** `acknowledged`: 200 or 201. `refused`: a final error. `given-up`: the client never learned what became of it. */
  outcome: 'acknowledged' | 'refused' | 'given-up';
  answer?: Acknowledged;
  /** Where the engine had accepted it, as an answer 202 said. */
  accepted?: Pick<Acknowledged, 'stream' | 'seq'>;
  /** Project that it started. */
  project?: string;
  /** Status and code of the refusal. */
  refusal?: string;
  attempts: number;
  /** Answers 202 that it got. */
  pending: number;
  ms: number;
}

export interface Reply {
  readonly status: number;
  readonly location: string | null;
  readonly body: Record<string, unknown>;
}

/** How patient a client is. */
export interface Patience {
  /** After so long a command is given up. */
  readonly limitMs: number;
  /** Percentage of attempts that are broken off almost at once, and of commands that are given up after a first failure. */
  readonly hasty: number;
  readonly careless: number;
}

export const PATIENT: Patience = { limitMs: 90_000, hasty: 0, careless: 0 };

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Refusals that pass by themselves: the same request may succeed a moment later. */
const isPassing = ({ status, body }: Reply): boolean => status >= 500 || status === 429 || body['code'] === 'project-changing';

export class Clients {
  readonly sent: Sent[] = [];

  constructor(private readonly rig: Rig, private readonly chance: Chance) {}

  /** One request; undefined when there was no answer. */
  private async request(person: string, method: string, path: string, options: { key?: string; body?: unknown; timeoutMs: number }): Promise<Reply | undefined> {
    const { key, body, timeoutMs } = options;
    try {
      const response = await fetch(`${this.rig.url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, {
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          Authorization: `Bearer ${this.rig.tokens.get(person) ?? ''}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(key !== undefined && { 'Idempotency-Key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, location: response.headers.get('location'), body: await response.json() as Record<string, unknown> };
    } catch {
      return undefined;
    }
  }

  /** What a person reads; undefined when nothing answers, or not with 200. */
  async read<T>(person: string, path: string, timeoutMs = 5_000): Promise<T | undefined> {
    const reply = await this.request(person, 'GET', path, { timeoutMs });
    return reply?.status === 200 ? reply.body as T : undefined;
  }

  /** One request that changes something, under a key of its own; undefined when there was no answer. */
  post(person: string, path: string, body: unknown, timeoutMs = 30_000): Promise<Reply | undefined> {
    return this.request(person, 'POST', path, { key: randomUUID(), body, timeoutMs });
  }

  /** Sends a command until its answer is final or the client's patience ends; notes it in `sent`. */
  async command(person: string, method: string, path: string, body: unknown, patience: Patience = PATIENT): Promise<Sent> {
    const began = Date.now();
    const sent: Sent = { key: randomUUID(), person, method, path, body, outcome: 'given-up', attempts: 0, pending: 0, ms: 0 };
    this.sent.push(sent);
    for (;;) {
      if (await this.attempt(sent, patience)) break;
      if (this.chance.chance(patience.careless) || Date.now() - began > patience.limitMs) break;
      await wait(this.chance.between(30, 400));
    }
    sent.ms = Date.now() - began;
    return sent;
  }

  /** One more attempt. @returns whether the answer is final. */
  private async attempt(sent: Sent, patience: Patience): Promise<boolean> {
    sent.attempts += 1;
    const timeoutMs = this.chance.chance(patience.hasty) ? this.chance.between(5, 150) : 20_000;
    const reply = await this.request(sent.person, sent.method, sent.path, { key: sent.key, body: sent.body, timeoutMs });
    if (!reply) return false;
    if (reply.status === 202) {
      sent.pending += 1;
      sent.accepted = { stream: String(reply.body['stream']), seq: Number(reply.body['seq']) };
      return this.lookUp(sent, reply);
    }
    return this.note(sent, reply);
  }

  /** Asks at the place that a 202 named, for a while; half of the time the client rather sends its command again. */
  private async lookUp(sent: Sent, accepted: Reply): Promise<boolean> {
    if (accepted.location === null) throw new Error(`202 without Location: ${sent.path}`);
    if (this.chance.chance(50)) return false;
    for (let asked = 0; asked < 5; asked += 1) {
      await wait(this.chance.between(50, 500));
      const reply = await this.request(sent.person, 'GET', accepted.location, { timeoutMs: 10_000 });
      if (reply?.status === 200) return this.note(sent, reply);
    }
    return false;
  }

  private note(sent: Sent, reply: Reply): boolean {
    const { status, body } = reply;
    if (status === 200 || status === 201) {
      sent.outcome = 'acknowledged';
      sent.answer = toAnswer(body);
      if (typeof body['id'] === 'string') sent.project = body['id'];
      return true;
    }
    if (isPassing(reply)) return false;
    sent.outcome = 'refused';
    sent.refusal = `${status} ${String(body['code'])}`;
    return true;
  }

  /**
   * Sends a command that was acknowledged once more under its key.
   * @returns in what its answer differs from the first one; undefined: in nothing.
   */
  async repeat(sent: Sent): Promise<string | undefined> {
    const until = Date.now() + PATIENT.limitMs;
    for (;;) {
      const reply = await this.request(sent.person, sent.method, sent.path, { key: sent.key, body: sent.body, timeoutMs: 20_000 });
      if (reply && (reply.status === 200 || reply.status === 201)) {
        const [first, again] = [JSON.stringify(sent.answer), JSON.stringify(toAnswer(reply.body))];
        return first === again ? undefined : `${sent.method} ${sent.path} (${sent.key}) answered ${first}, then ${again}`;
      }
      if (reply?.status === 202 && reply.body['seq'] !== sent.answer?.seq) {
        return `${sent.method} ${sent.path} (${sent.key}) was acknowledged at ${sent.answer?.seq}, then accepted at ${String(reply.body['seq'])}`;
      }
      if (reply && reply.status !== 202 && !isPassing(reply)) {
        return `${sent.method} ${sent.path} (${sent.key}) was acknowledged, then answered ${reply.status} ${JSON.stringify(reply.body)}`;
      }
      if (Date.now() > until) return `${sent.method} ${sent.path} (${sent.key}) was acknowledged, then got no final answer (${reply?.status ?? 'none'})`;
      await wait(100);
    }
  }

  /** Sends another request under a key that was used. @returns what is wrong with the answer; undefined: it was refused as it must be. */
  async abuse(sent: Sent): Promise<string | undefined> {
    const reply = await this.request(sent.person, sent.method, sent.path, { key: sent.key, body: { ...(sent.body as object), reason: 'other' }, timeoutMs: 20_000 });
    if (!reply || isPassing(reply)) return undefined;
    const isRight = reply.status === 422 || (reply.status === 409 && reply.body['code'] === 'idempotency-conflict');
    return isRight ? undefined : `another body under the key ${sent.key} was answered ${reply.status} ${JSON.stringify(reply.body)}`;
  }
}

function toAnswer(body: Record<string, unknown>): Acknowledged {
  const events = (body['events'] ?? []) as HappenedEvent[];
  return { stream: String(body['stream']), seq: Number(body['seq']), events: events.map(({ seq, type }) => ({ seq, type })) };
}
