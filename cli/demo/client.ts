/** A client of the API as anybody could write it: fetch, a token per person, an idempotency key per command. */
import { randomUUID } from 'node:crypto';
import { NoAnswerError, PATIENCE_MS, pathOf, pause, type ProblemBody, type Reply, sendPatiently } from '../client/request';

export { PATIENCE_MS, type ProblemBody };

/** The demo went another way than it should: what was expected, and what came. */
export class DeviationError extends Error {
  override readonly name = 'DeviationError';
}

export interface CommandAnswer {
  readonly stream: string;
  readonly seq: number;
  readonly events: readonly { readonly seq: number; readonly type: string; readonly at: string }[];
  readonly replayed: boolean;
  readonly id?: string;
}

export class Client {
  constructor(private readonly url: string, private readonly tokens: Readonly<Record<string, string>>, private readonly language: string) {}

  /** Reads as a person. @throws DeviationError for any answer but 200. */
  async get<T>(person: string, path: string): Promise<T> {
    const reply = await this.patiently(person, 'GET', path);
    if (reply.status !== 200) throw deviation(`GET ${path} as ${person}`, 200, reply);
    return reply.body as T;
  }

  /**
   * Sends a command as a person and waits until what people read shows it.
   * @param key the idempotency key; a fresh one when not given.
   * @throws DeviationError when it is refused.
   */
  async command(person: string, path: string, body: unknown, key: string = randomUUID()): Promise<CommandAnswer> {
    const reply = await this.patiently(person, 'POST', path, body, key);
    if (reply.status === 200 || reply.status === 201) return reply.body as CommandAnswer;
    if (reply.status !== 202 || reply.location === null) throw deviation(`POST ${path} as ${person}`, 200, reply);
    const place = pathOf(reply.location);
    const answer = await until(`the answer to POST ${path}`, async () => {
      const later = await this.patiently(person, 'GET', place);
      if (later.status === 200) return later.body as CommandAnswer;
      if (later.status === 202) return undefined;
      throw deviation(`GET ${place}`, 200, later);
    });
    const { id } = reply.body as { id?: string };
    return { ...answer, ...(id !== undefined && { id }) };
  }

  /** Sends what must be refused. @throws DeviationError for any answer but this status with this code. */
  async refused(person: string, method: 'GET' | 'POST', path: string, expected: { status: number; code: string }, body?: unknown, key: string = randomUUID()): Promise<ProblemBody> {
    const reply = await this.patiently(person, method, path, body, key);
    const problem = reply.body as Partial<ProblemBody> | null;
    if (reply.status === expected.status && problem?.code === expected.code) return problem as ProblemBody;
    throw deviation(`${method} ${path} as ${person}`, `${expected.status} ${expected.code}`, reply);
  }

  private async patiently(person: string, method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<Reply> {
    const token = this.tokens[person];
    if (token === undefined) throw new DeviationError(`There is no token of ${person}: is this a product with the demo people?`);
    return sendPatiently(this.url, { method, path, token, language: this.language, body, key }).catch((error: unknown) => {
      throw error instanceof NoAnswerError ? new DeviationError(error.message) : error;
    });
  }
}

function deviation(request: string, expected: number | string, { status, body }: Reply): DeviationError {
  const problem = body as Partial<ProblemBody> | null;
  const came = typeof problem === 'object' && problem?.code !== undefined ? `${status} ${problem.code}: ${problem.detail}` : `${status}`;
  const fields = (typeof problem === 'object' ? problem?.errors : undefined)?.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  return new DeviationError(`${request}: expected ${expected}, got ${came}${fields ? ` (${fields})` : ''}`);
}

/** Asks again and again until there is an answer. @throws DeviationError when there is none in {@link PATIENCE_MS}. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (let wait = 50; ; wait = Math.min(wait * 1.5, 1000)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new DeviationError(`Waited ${PATIENCE_MS / 1000} s in vain for ${what}`);
    await pause(wait);
  }
}

/** @throws DeviationError when what must hold doesn't. */
export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new DeviationError(what);
}
