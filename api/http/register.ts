/** Makes Express routes of endpoints: language, person, schemas, then the handler; every error leaves as problem+json. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { digestOf } from '../../domain/digest';
import { projectStream } from '../../workflows/contract';
import { credentialsOf, isCrossSite, sessionCookie, sessionOf } from '../auth/credentials';
import type { Person } from '../auth/person';
import { Abandoned } from '../commands/queue';
import { projectOf } from '../commands/stream';
import type { Deps } from '../deps';
import { namingPeople } from '../naming';
import { commonNaming, describeProblem, type Naming, Problem, toProblem } from '../problem';
import type { Wanted } from '../reads';
import type { Call, Endpoint, Reply } from './endpoint';
import { judgeJson } from './json';
import { chooseLanguage, type Language } from './language';
import { sendJson } from './send-json';
import { shareReads } from './shared';
import { outputOf, validate } from './validate';

const KEY = /^[\x21-\x7e]{1,200}$/;
const MEGABYTES = 1;

/** What a request carries from its first middleware on. */
export interface Trace {
  readonly id: string;
  language: Language;
  /** What stands behind the `?`, but for the language; read once, as Express would read it at each look. */
  readonly query: Request['query'];
  /** The language that `?lang=` asks for, as it came. */
  readonly lang: unknown;
  /** Aborts when the client has gone before its answer. */
  readonly signal: AbortSignal;
  /** The path of the endpoint, for logs: holds no ids. */
  route?: string;
  person?: string;
  /** How ids in the facts of a problem are called in this project. */
  naming?: Naming;
}

/** What the schema of an endpoint says of a query. */
type Judged = z.ZodSafeParseResult<Record<string, unknown>> | undefined;

const traces = new WeakMap<Request, Trace>();

/** Made when somebody asks for it: few requests do anything that could be broken off. */
function signalOf(response: Response | undefined): AbortSignal {
  const gone = new AbortController();
  // After the answer nobody listens any more.
  const close = (): void => { if (response && !response.writableFinished) gone.abort(); };
  if (response?.closed) close();
  else response?.once('close', close);
  return gone.signal;
}

/** The trace of a request; made when it is first asked for. */
export function traceOf(request: Request): Trace {
  const known = traces.get(request);
  if (known) return known;
  let signal: AbortSignal | undefined;
  const { query } = request;
  const { lang } = query;
  if (lang !== undefined) delete query['lang'];
  const trace: Trace = {
    id: randomUUID(), query, lang,
    language: chooseLanguage(lang, request.headers['accept-language']),
    get signal() { return (signal ??= signalOf(request.res)); },
  };
  traces.set(request, trace);
  return trace;
}

const readJson = (megabytes: number) => express.json({ limit: `${megabytes}mb`, strict: false, type: 'application/json' });

/** A body of another type than JSON is refused; no body at all is an empty object. */
function readBody(megabytes = MEGABYTES): RequestHandler {
  const read = readJson(megabytes);
  return (request, response, next) => {
    const has = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
    if (has && !request.is('application/json')) next(new Problem('unsupported-media-type'));
    else read(request, response, next);
  };
}

function keyOf(request: Request): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw new Problem('idempotency-key-required');
  return key;
}

/** The digest of a command as its client sent it. The person is part of it: a key is never shared between people. */
function hashOf(request: Request, person: string): string {
  return digestOf({ person, method: request.method, path: request.baseUrl + request.path, body: (request.body as unknown) ?? {} });
}

/** What a text in a path may be to be looked for: the database takes no NUL, and no id is so long. */
const isId = (text: string | undefined): text is string => text !== undefined && text.length <= 400 && !text.includes('\0');

/**
 * What a request is about, by its path: a project, by itself or as a part of a stream's id, and for a command where it may have been
 * carried out before.
 */
function wantedBy(endpoint: Endpoint, request: Request, query: Judged): Wanted {
  const place = placeOf(endpoint, request);
  // What is wrong with a query is told once it is known who asks.
  const tasks = query?.success ? endpoint.along?.(query.data) : undefined;
  return tasks ? { ...place, tasks } : place;
}

function placeOf(endpoint: Endpoint, request: Request): Wanted {
  const { project: given, phase, approval, stream, team, number } = request.params as Record<string, string | undefined>;
  const project = given ?? projectOf(approval ?? stream ?? '');
  if (!endpoint.params || !isId(project)) return {};
  const key = request.headers['idempotency-key'];
  if (!endpoint.command || typeof key !== 'string' || !KEY.test(key)) return { project };
  if (phase !== undefined) {
    if (!isId(phase)) return { project };
    const part = endpoint.tag !== 'agile' ? undefined : team === undefined || number === undefined ? 'backlog' : `sprint/${team}/${number}`;
    return { project, phase, commandId: key, ...(isId(part) && { part }) };
  }
  const target = approval ?? projectStream(project);
  return isId(target) ? { project, stream: target, commandId: key } : { project };
}

const sizeOf = (request: Request): number | undefined => {
  const size = request.headers['content-length'];
  return size === undefined ? undefined : Number(size);
};

/** A file is never shown in the place of a page: it is to be saved, is what its type says, and can do nothing in our name. */
async function sendFile({ name, type, size, stream }: NonNullable<Reply['file']>, request: Request, response: Response): Promise<void> {
  // What goes wrong before the first of it can still be told.
  await once(stream, 'readable');
  response.attachment(name).set({ 'Content-Type': type, 'Content-Security-Policy': `default-src 'none'; sandbox`, 'X-Content-Type-Options': 'nosniff' });
  if (size !== undefined) response.set('Content-Length', String(size));
  if (request.method === 'HEAD') {
    stream.destroy();
    response.end();
    return;
  }
  await pipeline(stream, response).catch((error: unknown) => {
    throw traceOf(request).signal.aborted && !stream.errored ? new Abandoned() : error;
  });
}

/** Who calls an endpoint that is open to everybody. */
const NOBODY: Person = { id: '', name: '', language: 'en', globalRoles: [] };

function callerOf(endpoint: Endpoint, deps: Deps, request: Request, query?: Judged): Promise<Person> {
  if (isCrossSite(request)) throw new Problem('cross-site');
  return endpoint.open ? Promise.resolve(NOBODY) : deps.authenticate(credentialsOf(request), wantedBy(endpoint, request, query));
}

/** As the connection itself says it: what a request claims of its host is not believed. */
function selfOf({ socket: { localAddress = '127.0.0.1', localPort } }: Request): string {
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
}

/** Nobody on the way may keep events back. They end when either side ends them, which is no failure. */
async function sendLive(stream: Readable, response: Response): Promise<void> {
  response.set({ 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  await pipeline(stream, response).catch(() => { throw new Abandoned(); });
}

/** What is to be sent; JSON as its text. */
interface Prepared {
  readonly reply: Reply;
  readonly text?: string;
}

async function prepare(endpoint: Endpoint, deps: Deps, request: Request): Promise<Prepared> {
  const trace = traceOf(request);
  trace.route = endpoint.path;
  const judged: Judged = endpoint.query?.safeParse(trace.query);
  const caller = await callerOf(endpoint, deps, request, judged);
  if (!endpoint.open && !endpoint.anonymous) trace.person = caller.id;
  trace.language = chooseLanguage(trace.lang, request.headers['accept-language'], caller.language);
  const id = endpoint.command ? keyOf(request) : '';
  const params = endpoint.params && validate(endpoint.params, request.params);
  const query = judged && outputOf(judged, trace.query, ['query']);
  if (endpoint.body) judgeJson(request.body, endpoint.large?.values);
  const body = endpoint.body && validate(endpoint.body, request.body ?? {});
  const call: Call = {
    params, query, body, ...(endpoint.upload && { upload: { stream: request, type: request.headers['content-type'] ?? '', size: sizeOf(request) } }), caller, language: trace.language,
    get signal() { return trace.signal; },
    get log() { return deps.log.child({ request: trace.id }); },
    command: { id, hash: endpoint.command ? hashOf(request, caller.id) : '' },
    session: sessionOf(request), cookie: (token, seconds) => sessionCookie(request, token, seconds),
    header: (name) => request.get(name), self: selfOf(request), lastEventId: request.get('Last-Event-ID'), check: () => callerOf(endpoint, deps, request),
    name: (naming) => { trace.naming = naming; },
  };
  const reply = await endpoint.handle(call, deps);
  const schema = endpoint.answers[reply.status ?? 200]?.schema;
  if (deps.settings.checkAnswers && schema) schema.parse(reply.body);
  return { reply, ...(reply.body !== undefined && { text: JSON.stringify(reply.body) }) };
}

/** How a shared read ended, and what its request came to know of who asked. */
interface Shared {
  readonly trace: Trace;
  readonly prepared?: Prepared;
  readonly error?: unknown;
}

const shared = new WeakMap<Deps, ReturnType<typeof shareReads<Shared>>>();

/** As `prepare`, once for all requests in the same words. */
async function prepareShared(endpoint: Endpoint, deps: Deps, request: Request): Promise<Prepared> {
  const share = shared.get(deps) ?? shareReads<Shared>();
  shared.set(deps, share);
  const words = [credentialsOf(request), request.headers['accept-language'], request.originalUrl].join('\n');
  const trace = traceOf(request);
  const { trace: { route, person, language, naming }, prepared, error } = await share(words, () => prepare(endpoint, deps, request).then(
    (found): Shared => ({ trace, prepared: found }), (failed: unknown): Shared => ({ trace, error: failed })));
  Object.assign(trace, { route, person, language, naming });
  if (!prepared) throw error;
  return prepared;
}

async function serve(endpoint: Endpoint, deps: Deps, request: Request, response: Response): Promise<void> {
  const { reply, text } = await (endpoint.shared ? prepareShared : prepare)(endpoint, deps, request).catch(async (error: unknown) => {
    const trace = traceOf(request);
    if (error instanceof Problem) trace.naming = await namingPeople(deps, trace.naming ?? commonNaming(trace.language), [error], trace.language);
    throw error;
  });
  response.statusCode = reply.status ?? 200;
  if (reply.headers) response.set(reply.headers);
  if (reply.live) await sendLive(reply.live, response);
  else if (reply.file) await sendFile(reply.file, request, response);
  else if (text === undefined) response.end();
  else sendJson(text, request, response);
}

/** Registers endpoints on a router, and 405 with `Allow` for the other methods of their paths. */
export function register(router: Router, endpoints: readonly Endpoint[], deps: Deps): void {
  const byPath = new Map<string, Endpoint[]>();
  for (const each of endpoints) byPath.set(each.path, [...(byPath.get(each.path) ?? []), each]);
  for (const [path, group] of byPath) {
    const route = router.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const endpoint of group) {
      const handler: RequestHandler = (request, response) => serve(endpoint, deps, request, response);
      if (endpoint.upload || endpoint.method === 'get') route[endpoint.method](handler);
      else route[endpoint.method](readBody(endpoint.large?.megabytes), handler);
    }
    const allow = [...new Set(group.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])))].join(', ');
    route.all(() => { throw new Problem('method-not-allowed', { facts: { allow }, headers: { Allow: allow } }); });
  }
}

/** The last handler: any error as problem+json. */
export function sendProblem(log: Deps['log']) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (error instanceof Abandoned) {
      response.destroy();
      return;
    }
    const trace = traceOf(request);
    const problem = toProblem(error);
    const { status, headers, body } = describeProblem(problem, trace.language, trace.id, trace.naming);
    if (status >= 500) log.error({ request: trace.id, code: problem.code, err: problem.options.cause }, 'a request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(status).set(headers).set('Content-Language', trace.language).type('application/problem+json').send(JSON.stringify(body));
  };
}
