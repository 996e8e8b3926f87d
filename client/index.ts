/** A typed client of the API, for pages and programs: paths, parameters, bodies and answers as api/openapi.json has them. */
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import { ApiProblem, NoAnswer, type ProblemBody } from './errors';
import type { components, paths } from './generated/api';

export { ApiProblem, NoAnswer, type ProblemBody };
export type { components, paths };
/** A schema of the API by its name. */
export type Schema<N extends keyof components['schemas']> = components['schemas'][N];
export type SluisClient = Client<paths>;

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
    onError({ request, error }) {
      return new NoAnswer(`${request.method} ${request.url} got no answer (${reasonOf(error)}): does the product run?`, { cause: error });
    },
  };
  client.use(headers);
  return client;
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return cause.message || String((cause as Error & { readonly code?: string }).code);
  return error instanceof Error ? error.message : String(error);
}

interface Result<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

const isProblem = (body: unknown): body is ProblemBody => typeof body === 'object' && body !== null && 'code' in body && 'title' in body;

/** The answer of a request. @throws ApiProblem when it was refused, NoAnswer when something else than the API answered. */
export async function answerOf<T>(request: Promise<Result<T>>): Promise<T> {
  const { data, error, response } = await request.catch((reason: unknown) => {
    // A page in place of JSON.
    throw reason instanceof SyntaxError ? new NoAnswer(`What answers there is not the API of Sluis (${reason.message}).`, { cause: reason }) : reason;
  });
  if (response.ok) return data as T;
  throw isProblem(error) ? new ApiProblem(error, response.status) : new NoAnswer(`${response.url} answered ${response.status}: is it the API of Sluis?`);
}

export type { Address, AnswerTo, BodyFor, ItemOf, QueryFor } from './addresses';
