/** The API as the commands of the project office speak to it: in the name of one person, in the language of the terminal. */
import { randomUUID } from 'node:crypto';
import { type Address, answerOf, type AnswerTo, type BodyFor, createClient, type ItemOf, NoAnswer, type QueryFor, type SluisClient } from '../../client';
import type { Config } from '../../config';
import { dataFolder } from '../../embedded/data-folder';
import { readDemoTokens } from '../../embedded/demo-tokens';
import { readRunState } from '../../embedded/run-state';
import { type Language, languageOf } from './language';
import { PATIENCE_MS, pause, placeOfAnswer, type Query, type Reply, sendPatiently } from './request';

/** Options of every command that speaks to the API. */
export interface ApiOptions {
  /** Where the API is; the running product of the data folder when not given. */
  readonly url?: string;
  readonly json?: boolean;
}

/** Who speaks: the token of SLUIS_TOKEN, or in the embedded product the demo person of the project office. */
function tokenFor(config: Config): string {
  if (config.token !== undefined) return config.token;
  const demo = readDemoTokens(dataFolder(config.dataFolder).demoTokens).find(({ role }) => role === 'project-office');
  if (!demo) throw new Error('Set SLUIS_TOKEN to the token of someone in the project office.');
  return demo.token;
}

/** @param language In which it answers; that of the terminal when not given. @throws Error that says what to do when no product or no token is known. */
export function connect(config: Config, { url }: ApiOptions, language: Language = languageOf(process.env)): Api {
  const target = url ?? readRunState(dataFolder(config.dataFolder).run)?.url;
  if (target === undefined) throw new Error('No product runs on this data folder. Start it first (npm start), or say where it is: --url');
  return new Api(createClient({ url: target, token: tokenFor(config), language: () => language }));
}

/** What a person typed, or wrote into a file: the API judges whether it is what it takes. */
export const given = <T>(value: unknown): T => value as T;

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

/** What was asked for is in the answer, or it was refused. @throws ApiProblem, NoAnswer */
const dataOf = (reply: Reply): Promise<unknown> => answerOf(Promise.resolve(reply));

/** The typed client with patience; addresses are written out, and have the types that the API's document gives them. */
export class Api {
  constructor(private readonly client: SluisClient) {}

  /** @throws ApiProblem when it is refused, NoAnswer when nothing answers. */
  async get<A extends string>(path: Address<'get', A>, query?: QueryFor<'get', A>): Promise<AnswerTo<'get', A>> {
    return await answerOf(sendPatiently(this.client, 'get', path, { query: query as Query })) as AnswerTo<'get', A>;
  }

  /** Sends a command, or a question that needs a body; waits until what people read shows it. @throws ApiProblem, NoAnswer */
  async post<A extends string>(path: Address<'post', A>, body: BodyFor<'post', A>, options: PostOptions = {}): Promise<AnswerTo<'post', A>> {
    return (await this.postForStatus<A>(path, body, options)).body;
  }

  /** As {@link post}: says how something is from now on. */
  async put<A extends string>(path: Address<'put', A>, body: BodyFor<'put', A>): Promise<AnswerTo<'put', A>> {
    return (await this.order('put', path, body)).body as AnswerTo<'put', A>;
  }

  /** As {@link post}, where the status tells something more. */
  async postForStatus<A extends string>(
    path: Address<'post', A>, body: BodyFor<'post', A>, options: PostOptions = {},
  ): Promise<{ readonly status: number; readonly body: AnswerTo<'post', A> }> {
    return await this.order('post', path, body, options) as { readonly status: number; readonly body: AnswerTo<'post', A> };
  }

  private async order(method: 'post' | 'put', path: string, body: unknown, { key = randomUUID(), limitMs }: PostOptions = {}): Promise<{ readonly status: number; readonly body: unknown }> {
    const reply = await sendPatiently(this.client, method, path, { body, key, limitMs });
    const first = await dataOf(reply);
    const place = placeOfAnswer(reply);
    if (place === null) return { status: reply.response.status, body: first };
    const end = Date.now() + PATIENCE_MS;
    for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
      await pause(wait);
      const later = await sendPatiently(this.client, 'get', place);
      const answer = await dataOf(later);
      if (later.response.status === 200) return { status: 200, body: { ...first as object, ...answer as object } };
      if (Date.now() <= end) continue;
      throw new NoAnswer(`${method.toUpperCase()} ${path} is accepted, and not carried out after ${PATIENCE_MS / 1000} s. Its answer will be at ${place}.`);
    }
  }

  /** Sends a file; the same content again is the same file. @throws ApiProblem, NoAnswer */
  async upload<A extends string>(path: Address<'post', A>, query: QueryFor<'post', A>, file: Blob): Promise<AnswerTo<'post', A>> {
    return await answerOf(sendPatiently(this.client, 'post', path, { query: query as Query, file, key: randomUUID(), limitMs: FILE_LIMIT_MS })) as AnswerTo<'post', A>;
  }

  /** A file, to be read as it comes. @throws ApiProblem, NoAnswer */
  async download<A extends string>(path: Address<'get', A>): Promise<ReadableStream<Uint8Array>> {
    return await answerOf(sendPatiently(this.client, 'get', path, { stream: true, limitMs: FILE_LIMIT_MS })) as ReadableStream<Uint8Array>;
  }

  /** All items of a list, page after page. @throws ApiProblem, NoAnswer */
  async all<A extends string>(path: Address<'get', A>, query?: QueryFor<'get', A>): Promise<ItemOf<A>[]> {
    const items: ItemOf<A>[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await answerOf(sendPatiently(this.client, 'get', path, { query: { ...query as Query, limit: PAGE, cursor } })) as Page<ItemOf<A>>;
      items.push(...page.items);
      if (page.nextCursor === null) return items;
      cursor = page.nextCursor;
    }
  }
}
