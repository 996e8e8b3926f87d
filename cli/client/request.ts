/** Requests by the typed client, with patience for a product that is busy. */
import type { SluisClient } from '../../client';

/** How long a client waits for what happens by itself, such as the opening of the next phase. */
export const PATIENCE_MS = 60_000;
const REQUEST_LIMIT_MS = 60_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

export type Method = 'get' | 'post' | 'put';
export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Request {
  readonly query?: Query | undefined;
  readonly body?: unknown;
  /** In place of `body`: a file, sent as it is, with its type. */
  readonly file?: Blob;
  /** The idempotency key of a command. */
  readonly key?: string | undefined;
  /** How long an answer may take. */
  readonly limitMs?: number | undefined;
  /** The answer is not read, but given as it comes. */
  readonly stream?: boolean;
}

export interface Reply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** The client's own `request` at an address that is written out: what `Address` has checked, openapi-fetch's types would check again. */
type Send = (method: Method, path: string, init: object) => Promise<Reply>;

/** Sends one request. @param path below `/api/v1`. @throws NoAnswer */
export function send(client: SluisClient, method: Method, path: string, { query, body, file, key, limitMs = REQUEST_LIMIT_MS, stream }: Request = {}): Promise<Reply> {
  return (client.request as Send)(method, `/api/v1${path}`, {
    params: { ...(query && { query }) },
    headers: { ...(key !== undefined && { 'Idempotency-Key': key }), ...(file && { 'Content-Type': file.type }) },
    signal: AbortSignal.timeout(limitMs),
    ...(stream && { parseAs: 'stream' }),
    ...(body !== undefined && { body }),
    ...(file && { body: file, bodySerializer: (content: Blob) => content }),
  });
}

/** As {@link send}; a refusal that passes by itself is repeated, under the same key, as its Retry-After says. @throws NoAnswer */
export async function sendPatiently(client: SluisClient, method: Method, path: string, request: Request = {}): Promise<Reply> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const reply = await send(client, method, path, request);
    const retryAfter = reply.response.headers.get('retry-after');
    if (retryAfter === null || Date.now() > end) return reply;
    await pause(Math.min(Number(retryAfter) || 1, 5) * 1000);
  }
}

/** Where the answer to a command that is not carried out yet can be asked for, below `/api/v1`; null when it is carried out. */
export function placeOfAnswer({ response }: Reply): string | null {
  const location = response.headers.get('location');
  return response.status === 202 && location !== null ? location.replace(/^.*\/api\/v1/, '') : null;
}
