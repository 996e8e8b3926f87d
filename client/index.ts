/** A typed client of the API, for pages and programs: paths, parameters, bodies and answers as api/openapi.json has them. */
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/api';

export type { components, paths };
/** A schema of the API by its name. */
export type Schema<N extends keyof components['schemas']> = components['schemas'][N];
export type ProblemBody = Schema<'Problem'>;
export type SluisClient = Client<paths>;

/** The API refused, or could not; `problem` says why (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(readonly problem: ProblemBody, readonly status: number) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

/** Nothing answers: whether a command was carried out is not known, and it may be sent again under the same key. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export interface ClientOptions {
  /** Where the API is; in a page, where the page came from. */
  readonly url?: string;
  /** Who speaks; in a page, whoever's session the browser has. */
  readonly token?: string;
  /** The language of answers, asked for at each request. */
  readonly language?: () => string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Makes a client. Commands get a fresh `Idempotency-Key` unless one is given. */
export function createClient({ url = '', token, language, fetch }: ClientOptions = {}): SluisClient {
  const client = createFetchClient<paths>({ baseUrl: url, ...(fetch && { fetch }) });
  const headers: Middleware = {
    onRequest({ request }) {
      if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
      if (language) request.headers.set('Accept-Language', language());
      if (request.method !== 'GET' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', crypto.randomUUID());
      return request;
    },
    onError({ error }) {
      return new NoAnswer(error instanceof Error ? error.message : String(error), { cause: error });
    },
  };
  client.use(headers);
  return client;
}

interface Result<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

const isProblem = (body: unknown): body is ProblemBody => typeof body === 'object' && body !== null && 'code' in body && 'title' in body;

/** The answer of a request. @throws ApiProblem when it was refused, NoAnswer when something else than the API answered. */
export async function answerOf<T>(request: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await request;
  if (response.ok) return data as T;
  throw isProblem(error) ? new ApiProblem(error, response.status) : new NoAnswer(`status ${response.status}`);
}

export type { Address, AnswerTo, BodyFor, ItemOf, QueryFor } from './addresses';
