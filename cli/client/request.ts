/** One request to the API, and one that has patience with a product that is busy. */

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly token: string;
  readonly language: string;
  readonly body?: unknown;
  /** In place of `body`: a file, sent as it is, with its type. */
  readonly file?: Blob;
  /** The idempotency key of a command. */
  readonly key?: string | undefined;
  /** How long an answer may take. */
  readonly limitMs?: number;
}

export interface Reply {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

/** A problem as the API tells it (RFC 9457). */
export interface ProblemBody {
  readonly status?: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail?: string }[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** The API refused. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(readonly problem: ProblemBody) {
    super(describe(problem));
  }
}

/** What is wrong, with a line for each field and for each thing that a list of facts names. */
function describe({ title, detail, errors = [], facts = {} }: ProblemBody): string {
  const lists = Object.values(facts).flatMap((fact) => (Array.isArray(fact) ? fact.filter((each): each is string => typeof each === 'string') : []));
  return [`${title}: ${detail}`, ...errors.map((each) => `    ${each.pointer || '/'} ${each.detail ?? each.code}`), ...lists.map((each) => `    ${each}`)].join('\n');
}

/** Nothing answers there, or not in time. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** How long a client waits for what happens by itself, such as the opening of the next phase. */
export const PATIENCE_MS = 60_000;
const REQUEST_LIMIT_MS = 60_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** The address of the API below which all its paths are. */
export const baseOf = (url: string): string => `${url.replace(/\/$/, '')}/api/v1`;

/** Sends one request; its answer is still to be read. @throws NoAnswerError */
export async function ask(url: string, { method, path, token, language, body, file, key, limitMs = REQUEST_LIMIT_MS }: Request): Promise<Response> {
  return fetch(`${baseOf(url)}${path}`, {
    method,
    signal: AbortSignal.timeout(limitMs),
    headers: {
      'Authorization': `Bearer ${token}`,
      'Accept-Language': language,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(file && { 'Content-Type': file.type }),
      ...(method !== 'GET' && key !== undefined && { 'Idempotency-Key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(file && { body: file }),
  }).catch((error: unknown) => {
    throw new NoAnswerError(`${method} ${baseOf(url)}${path} got no answer (${reasonOf(error)}): does the product run?`);
  });
}

/** Sends one request. @throws NoAnswerError */
export async function send(url: string, request: Request): Promise<Reply> {
  return read(await ask(url, request));
}

/** The answer, read to its end. */
export async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status, location: response.headers.get('location'), retryAfter: response.headers.get('retry-after'),
    body: text === '' ? null : parse(text),
  };
}

/** As {@link send}; a refusal that passes by itself is repeated, under the same key, as its Retry-After says. @throws NoAnswerError */
export async function sendPatiently(url: string, request: Request): Promise<Reply> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const reply = await send(url, request);
    if (reply.retryAfter === null || Date.now() > end) return reply;
    await pause(Math.min(Number(reply.retryAfter) || 1, 5) * 1000);
  }
}

/** Where the answer to a command that is not carried out yet can be asked for, below `/api/v1`. */
export const pathOf = (location: string): string => location.replace(/^.*\/api\/v1/, '');

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : error instanceof Error ? error.message : String(error);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
