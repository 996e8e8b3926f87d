/** One endpoint = schemas + a thin handler, stated once: Express routes and the OpenAPI document are both made of it. */
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Deps } from '../deps';
import type { Person } from '../auth/person';
import type { Naming } from '../problem';
import type { Wanted } from '../reads';
import type { Language } from './language';

type Fields = z.ZodObject;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request whose parts have been judged by their schemas. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Present where the endpoint takes a file: the body as it comes, its media type and, if the client said so, its size. */
  readonly upload?: { readonly stream: Readable; readonly type: string; readonly size: number | undefined };
  readonly caller: Person;
  readonly language: Language;
  /** Present for commands: the idempotency key and the digest of the request as the client sent it. */
  readonly command: { readonly id: string; readonly hash: string };
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** The token of the browser's session, if it has one; and the header that begins one, or ends it. */
  readonly session: string | undefined;
  readonly cookie: (token: string | undefined, seconds?: number) => string;
  /** Where this API can be reached from here. */
  readonly self: string;
  /** A header of the request, by its name. */
  readonly header: (name: string) => string | undefined;
  /** Where a stream of events is to go on. */
  readonly lastEventId: string | undefined;
  /** Throws when the caller is no longer who they were: for what goes on for long. */
  readonly check: () => Promise<unknown>;
  /** Says how roles and tasks are called, for the sentence of a problem. */
  readonly name: (naming: Naming) => void;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In place of `body`: server-sent events, for as long as somebody listens. */
  readonly live?: Readable;
  /** In place of `body`: a file to save under this name. */
  readonly file?: { readonly name: string; readonly type: string; readonly size?: number; readonly stream: Readable };
}

export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** In place of a schema: the answer is a file of this media type. */
  readonly file?: string;
}

export interface EndpointSpec<P, Q, B> {
  readonly method: 'get' | 'post' | 'put';
  /** Below the base, OpenAPI style: `/projects/{project}`. */
  readonly path: string;
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Takes more than other bodies may hold: so many megabytes, so many values. */
  readonly large?: { readonly megabytes: number; readonly values: number };
  /** Takes a file of any type as its body, in place of JSON. */
  readonly upload?: true;
  /** Answers people who are not signed in: `caller` is nobody. */
  readonly open?: true;
  /** Who calls it is not logged. */
  readonly anonymous?: true;
  /** Takes an `Idempotency-Key`. */
  readonly command?: boolean;
  /** A read that is carried out once for all who wait for it in the same words: its answer depends on who asks, the address and the language alone. */
  readonly shared?: true;
  /** A list of tasks to read in the same query as the person: whether they may see it is judged afterwards, as ever. */
  readonly along?: (query: Out<Q>) => Wanted['tasks'] | undefined;
  readonly answers: Readonly<Record<number, Answer>>;
  /** What it refuses beside what all of its kind do: 403 where only some may, 404 where its query or body names what may not be there, 409 where it is not always possible. */
  readonly refuses?: readonly (403 | 404 | 409)[];
}

export type Tag = 'me' | 'templates' | 'calendars' | 'projects' | 'files' | 'tasks' | 'agile' | 'handover' | 'approvals' | 'changes' | 'people' | 'commands';

/** An endpoint with the types of its schemas erased, as routes and document see it. */
export interface Endpoint extends EndpointSpec<Fields | undefined, Fields | undefined, z.ZodType | undefined> {
  readonly handle: (call: Call, deps: Deps) => Promise<Reply>;
}

/** States an endpoint; the handler's call is typed by the schemas. */
export function endpoint<P extends Fields | undefined = undefined, Q extends Fields | undefined = undefined, B extends z.ZodType | undefined = undefined>(
  spec: EndpointSpec<P, Q, B> & { readonly handle: (call: Call<Out<P>, Out<Q>, Out<B>>, deps: Deps) => Promise<Reply> },
): Endpoint {
  return spec as unknown as Endpoint;
}
