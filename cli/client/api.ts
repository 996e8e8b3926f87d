/** The API as the commands of the project office speak to it: in the name of one person, in the language of the terminal. */
import { randomUUID } from 'node:crypto';
import type { Address, AnswerTo, BodyFor, ItemOf, QueryFor } from '../../client';
import type { Config } from '../../config';
import { dataFolder } from '../../embedded/data-folder';
import { readDemoTokens } from '../../embedded/demo-tokens';
import { readRunState } from '../../embedded/run-state';
import { languageOf } from './language';
import { ApiProblem, NoAnswerError, PATIENCE_MS, ask, pathOf, pause, type ProblemBody, type Reply, read, sendPatiently } from './request';

/** Options of every command that speaks to the API. */
export interface ApiOptions {
  /** Where the API is; the running product of the data folder when not given. */
  readonly url?: string;
  readonly json?: boolean;
}

const isProblem = (body: unknown): body is ProblemBody => typeof body === 'object' && body !== null && 'code' in body && 'title' in body;

/** Who speaks: the token of SLUIS_TOKEN, or in the embedded product the demo person of the project office. */
function tokenFor(config: Config): string {
  if (config.token !== undefined) return config.token;
  const demo = readDemoTokens(dataFolder(config.dataFolder).demoTokens).find(({ role }) => role === 'project-office');
  if (!demo) throw new Error('Set SLUIS_TOKEN to the token of someone in the project office.');
  return demo.token;
}

/** @throws Error that says what to do when no product or no token is known. */
export function connect(config: Config, { url }: ApiOptions): Api {
  const target = url ?? readRunState(dataFolder(config.dataFolder).run)?.url;
  if (target === undefined) throw new Error('No product runs on this data folder. Start it first (npm start), or say where it is: --url');
  return new Api(target, tokenFor(config), languageOf(process.env));
}

/** What a person typed, or wrote into a file: the API judges whether it is what it takes. */
export const given = <T>(value: unknown): T => value as T;

type Query = Readonly<Record<string, string | number | undefined>>;

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface PostOptions {
  /** The idempotency key; a fresh one when not given. */
  readonly key?: string | undefined;
  /** How long an answer may take. */
  readonly limitMs?: number;
}

const PAGE = 200;
/** A file may take its time. */
const FILE_LIMIT_MS = 15 * 60_000;

export class Api {
  constructor(private readonly url: string, private readonly token: string, private readonly language: string) {}

  /** @throws ApiProblem when it is refused, NoAnswerError when nothing answers. */
  async get<A extends string>(path: Address<'get', A>, query?: QueryFor<'get', A>): Promise<AnswerTo<'get', A>> {
    return this.answer(await this.send({ method: 'GET', path: withQuery(path, query as Query) })) as AnswerTo<'get', A>;
  }

  /** Sends a command, or a question that needs a body; waits until what people read shows it. @throws ApiProblem, NoAnswerError */
  async post<A extends string>(path: Address<'post', A>, body: BodyFor<'post', A>, options: PostOptions = {}): Promise<AnswerTo<'post', A>> {
    return (await this.postForStatus<A>(path, body, options)).body;
  }

  /** As {@link post}: says how something is from now on. */
  async put<A extends string>(path: Address<'put', A>, body: BodyFor<'put', A>): Promise<AnswerTo<'put', A>> {
    return (await this.order('PUT', path, body)).body as AnswerTo<'put', A>;
  }

  /** As {@link post}, where the status tells something more. */
  async postForStatus<A extends string>(
    path: Address<'post', A>, body: BodyFor<'post', A>, options: PostOptions = {},
  ): Promise<{ readonly status: number; readonly body: AnswerTo<'post', A> }> {
    return await this.order('POST', path, body, options) as { readonly status: number; readonly body: AnswerTo<'post', A> };
  }

  private async order(method: 'POST' | 'PUT', path: string, body: unknown, { key = randomUUID(), limitMs }: PostOptions = {}): Promise<{ readonly status: number; readonly body: unknown }> {
    const reply = await this.send({ method, path, body, key, ...(limitMs !== undefined && { limitMs }) });
    const first = this.answer(reply);
    if (reply.status !== 202 || reply.location === null) return { status: reply.status, body: first };
    const end = Date.now() + PATIENCE_MS;
    for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
      await pause(wait);
      const later = await this.send({ method: 'GET', path: pathOf(reply.location) });
      const answer = this.answer(later);
      if (later.status === 200) return { status: 200, body: { ...first as object, ...answer as object } };
      if (Date.now() <= end) continue;
      throw new NoAnswerError(`${method} ${path} is accepted, and not carried out after ${PATIENCE_MS / 1000} s. Its answer will be at ${reply.location}.`);
    }
  }

  /** Sends a file; the same content again is the same file. @throws ApiProblem, NoAnswerError */
  async upload<A extends string>(path: Address<'post', A>, query: QueryFor<'post', A>, file: Blob): Promise<AnswerTo<'post', A>> {
    return this.answer(await this.send({ method: 'POST', path: withQuery(path, query as Query), file, limitMs: FILE_LIMIT_MS })) as AnswerTo<'post', A>;
  }

  /** A file, to be read as it comes. @throws ApiProblem, NoAnswerError */
  async download<A extends string>(path: Address<'get', A>): Promise<ReadableStream<Uint8Array>> {
    const response = await ask(this.url, { method: 'GET', path, limitMs: FILE_LIMIT_MS, token: this.token, language: this.language });
    if (!response.ok) this.answer(await read(response));
    if (!response.ok || !response.body) throw new Error(`${this.url} answered ${response.status}: is it the API of Sluis?`);
    return response.body;
  }

  /** All items of a list, page after page. */
  async all<A extends string>(path: Address<'get', A>, query?: QueryFor<'get', A>): Promise<ItemOf<A>[]> {
    const items: ItemOf<A>[] = [];
    for (let cursor: string | undefined; ;) {
      const page = this.answer(await this.send({ method: 'GET', path: withQuery(path, { ...query as Query, limit: PAGE, cursor }) })) as Page<ItemOf<A>>;
      items.push(...page.items);
      if (page.nextCursor === null) return items;
      cursor = page.nextCursor;
    }
  }

  private send(request: { method: 'GET' | 'POST' | 'PUT'; path: string; body?: unknown; file?: Blob; key?: string; limitMs?: number }): Promise<Reply> {
    return sendPatiently(this.url, { ...request, token: this.token, language: this.language });
  }

  private answer({ status, body }: Reply): unknown {
    if (status >= 200 && status < 300) return body;
    throw isProblem(body) ? new ApiProblem(body) : new Error(`${this.url} answered ${status}: is it the API of Sluis?`);
  }
}

function withQuery(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}
