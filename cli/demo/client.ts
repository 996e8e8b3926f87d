/** The demo as clients of the API: a token per person, an idempotency key per command, and what must be refused. */
import { randomUUID } from 'node:crypto';
import { type Address, type AnswerTo, type BodyFor, createClient, NoAnswer, type ProblemBody, type QueryFor, type SluisClient } from '../../client';
import { type Method, PATIENCE_MS, pause, placeOfAnswer, type Query, type Reply, type Request, sendPatiently } from '../client/request';

export { PATIENCE_MS, type ProblemBody };

/** The demo went another way than it should: what was expected, and what came. */
export class DeviationError extends Error {
  override readonly name = 'DeviationError';
}

/** A body that is written down once and sent as it is. */
type Fixed<T> = T extends readonly (infer I)[] ? readonly Fixed<I>[] : T extends object ? { readonly [K in keyof T]: Fixed<T[K]> } : T;

export interface CommandAnswer {
  readonly stream: string;
  readonly seq: number;
  readonly events: readonly { readonly seq: number; readonly type: string; readonly at: string }[];
  readonly replayed: boolean;
  readonly id?: string;
}

export class Client {
  private readonly clients: ReadonlyMap<string, SluisClient>;

  constructor(url: string, tokens: Readonly<Record<string, string>>, language: string) {
    this.clients = new Map(Object.entries(tokens).map(([person, token]) => [person, createClient({ url, token, language: () => language })]));
  }

  /** Reads as a person. @throws DeviationError for any answer but 200. */
  async get<A extends string>(person: string, path: Address<'get', A>, query?: QueryFor<'get', A>): Promise<AnswerTo<'get', A>> {
    const reply = await this.patiently(person, 'get', path, { query: query as Query });
    if (reply.response.status !== 200) throw deviation(`GET ${path} as ${person}`, 200, reply);
    return reply.data as AnswerTo<'get', A>;
  }

  /**
   * Sends a command as a person and waits until what people read shows it.
   * @param key the idempotency key; a fresh one when not given.
   * @throws DeviationError when it is refused.
   */
  async command<A extends string>(person: string, path: Address<'post', A>, body: Fixed<BodyFor<'post', A>>, key: string = randomUUID()): Promise<CommandAnswer> {
    const reply = await this.patiently(person, 'post', path, { body, key });
    const { status } = reply.response;
    if (status === 200 || status === 201) return reply.data as CommandAnswer;
    const place = placeOfAnswer(reply);
    if (place === null) throw deviation(`POST ${path} as ${person}`, 200, reply);
    const answer = await until(`the answer to POST ${path}`, async () => {
      const later = await this.patiently(person, 'get', place);
      if (later.response.status === 200) return later.data as CommandAnswer;
      if (later.response.status === 202) return undefined;
      throw deviation(`GET ${place}`, 200, later);
    });
    const { id } = reply.data as { id?: string };
    return { ...answer, ...(id !== undefined && { id }) };
  }

  /** Sends what must be refused. @throws DeviationError for any answer but this status with this code. */
  async refused(person: string, method: 'get' | 'post', path: string, expected: { status: number; code: string }, body?: unknown, key: string = randomUUID()): Promise<ProblemBody> {
    const reply = await this.patiently(person, method, path, { ...(body !== undefined && { body, key }) });
    const problem = reply.error as Partial<ProblemBody> | undefined;
    if (reply.response.status === expected.status && problem?.code === expected.code) return problem as ProblemBody;
    throw deviation(`${method.toUpperCase()} ${path} as ${person}`, `${expected.status} ${expected.code}`, reply);
  }

  private async patiently(person: string, method: Method, path: string, request?: Request): Promise<Reply> {
    const client = this.clients.get(person);
    if (!client) throw new DeviationError(`There is no token of ${person}: is this a product with the demo people?`);
    return sendPatiently(client, method, path, request).catch((error: unknown) => {
      throw error instanceof NoAnswer ? new DeviationError(error.message) : error;
    });
  }
}

function deviation(request: string, expected: number | string, { response: { status }, error }: Reply): DeviationError {
  const problem = error as Partial<ProblemBody> | string | undefined;
  const came = typeof problem === 'object' && problem.code !== undefined ? `${status} ${problem.code}: ${problem.detail}` : `${status}`;
  const fields = (typeof problem === 'object' ? problem.errors : undefined)?.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
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
