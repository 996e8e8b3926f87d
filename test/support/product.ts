/** The whole product for a test file: the engine (`engine.ts`) and the API before it, spoken to over real HTTP. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import pino from 'pino';
import { createApp } from '../../api/app';
import { createDeps, type ApiSettings } from '../../api/create-deps';
import { makeServer } from '../../api/http/server';
import { createClient, type SluisClient } from '../../client';
import { resolveCalendars } from '../../store/calendars';
import { addPeople } from '../../store/people';
import { publishTemplate } from '../../store/templates';
import { createToken } from '../../store/tokens';
import { checkDocumented } from './documented';
import { eventually, startEngine, type Engine } from './engine';
import { SMALL_ROLES, smallTemplate } from './template';
import type { TemporalOptions } from './temporal';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into answers by name; a wrong name fails them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

export interface CallOptions {
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** People of the tests and their global roles. */
export const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  olga: ['project-office'], pia: ['program-manager'], aude: ['auditor'],
  mia: [], eva: [], edo: [], sam: [], sol: [], leo: [],
};

export interface Product {
  readonly engine: Engine;
  readonly url: string;
  readonly tokens: ReadonlyMap<string, string>;
  /** What the API logged. */
  readonly logged: string[];
  /** A request below `/api/v1` by a person; commands get a new key unless one is given. */
  call(person: string, method: string, path: string, body?: unknown, options?: CallOptions): Promise<Answer>;
  /** The typed client of the API, in the name of a person. */
  client(person: string): SluisClient;
  /**
   * The log of a project as a person reads it, up to 200 events. Waits until all of it is shown: an event stands back while an older
   * transaction is open, of other tests on the same server as well.
   */
  log(person: string, project: string): Promise<Answer['body'][]>;
  /** Starts a project from the small template; gives its id. */
  startProject(name?: string): Promise<string>;
  /** Ends the worker; `engine.startWorker` runs another. */
  stopWorker(): Promise<void>;
  /** Puts another API before the same engine. */
  serve(settings: Partial<ApiSettings>): Promise<{ readonly url: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

export async function startProduct(env: Record<string, string> = {}, through?: (url: string) => Promise<string>, more: Partial<ApiSettings> = {}, server: TemporalOptions = {}): Promise<Product> {
  const engine = await startEngine(env, through, server);
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => { logged.push(line); } });
  const servers = new Set<Server>();

  const serve = async (settings: Partial<ApiSettings>) => {
    const deps = createDeps(engine.commandClient, engine.database, log, {
      taskQueue: engine.config.temporal.taskQueue, queue: engine.config.queue, files: engine.files, fileLimit: engine.config.files.limit, checkAnswers: true,
      // A busy machine may take longer than a client would wait.
      projectionMs: 15_000, ...settings,
    });
    const server = makeServer(createApp(deps));
    servers.add(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = async (): Promise<void> => {
      servers.delete(server);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
  };

  const people = Object.entries(PEOPLE);
  await addPeople(engine.database, people.map(([id, globalRoles]) =>
    ({ id, name: id.toUpperCase(), email: `${id}@example.org`, language: 'en', globalRoles })));
  const tokens = new Map(await Promise.all(people.map(async ([id]) => [id, await createToken(engine.database, id, { label: 'test' })] as const)));
  await publishTemplate(engine.database, smallTemplate(), 'test');
  await resolveCalendars(engine.database.prisma);
  const stopWorker = await engine.startWorker();
  const { url } = await serve(more);

  const call: Product['call'] = async (person, method, path, body, options = {}) => {
    const at = path.startsWith('http') ? path : `${url}/api/v1${path}`;
    const response = await fetch(at, {
      method,
      ...(options.signal && { signal: options.signal }),
      headers: {
        Authorization: `Bearer ${tokens.get(person)}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(method !== 'GET' && { 'Idempotency-Key': options.key ?? randomUUID() }),
        ...options.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    checkDocumented(method, at, response.status);
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };

  return {
    engine, url, tokens, logged, call, serve, stopWorker,
    client: (person) => createClient({ url, token: tokens.get(person) ?? '', language: () => 'en' }),
    log: async (person, project) => {
      await eventually(async () => {
        const { rows } = await engine.database.pool.query<{ back: boolean }>(
          'SELECT EXISTS (SELECT FROM events WHERE project = $1 AND tx >= pg_snapshot_xmin(pg_current_snapshot())) AS back', [project]);
        return rows[0]?.back === false;
      }, `the log of ${project}`);
      return (await call(person, 'GET', `/projects/${project}/events?limit=200`)).body.items;
    },
    startProject: async (name = 'A project') => {
      const answer = await call('olga', 'POST', '/projects', { name, template: 'small', roles: SMALL_ROLES });
      if (answer.status !== 201) throw new Error(`not started: ${JSON.stringify(answer.body)}`);
      return answer.body.id as string;
    },
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await engine.close();
    },
  };
}
