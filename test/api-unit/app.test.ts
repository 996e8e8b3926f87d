/** The application over real HTTP with nothing behind it: what it answers before any handler is reached. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createApp } from '../../api/app';
import type { Deps } from '../../api/deps';
import { makeServer } from '../../api/http/server';
import { Problem } from '../../api/problem';

const logged: string[] = [];
const pages = mkdtempSync(join(tmpdir(), 'sluis-pages-'));
mkdirSync(join(pages, 'assets'));
writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Sluis</title>');
writeFileSync(join(pages, 'assets', 'base-1a2b.js'), 'export const text = "lock";\n'.repeat(500));
const deps = {
  authenticate: async (header: string | undefined) => {
    if (header !== 'Bearer good') throw new Problem('unauthenticated');
    return { id: 'p', name: 'P', language: 'nl', globalRoles: [] };
  },
  enter: async () => ({ template: 't', templateVersion: '1', roles: [] }),
  health: { temporal: async () => true, database: async () => { throw new Error('away'); }, worker: () => new Promise(() => undefined) },
  reads: {}, log: pino({}, { write: (line: string) => { logged.push(line); } }), settings: { checkAnswers: true, pages },
} as unknown as Deps;

let server: Server;
let url: string;
beforeAll(async () => {
  server = makeServer(createApp(deps)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); rmSync(pages, { recursive: true }); }));

async function ask(method: string, path: string, options: { headers?: Record<string, string>; body?: string } = {}) {
  const response = await fetch(url + path, { method, ...options, headers: { Authorization: 'Bearer good', ...options.headers } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}
const json = { 'Content-Type': 'application/json', 'Idempotency-Key': 'k1' };

test('an unknown address, and a wrong method with what is allowed', async () => {
  expect((await ask('GET', '/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'unknown-route' });
  expect((await ask('GET', '/nothing.js')).headers.get('content-type')).toContain('application/problem+json');
  const wrong = await ask('DELETE', '/api/v1/projects');
  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST, GET, HEAD');
  expect((await ask('GET', '/api/v1/projects/%E0%A4%A')).status).toBe(404);
});

test('requests and answers keep the prototypes that they were made with', async () => {
  const seen: { readonly of: object; readonly made: unknown }[] = [];
  const look = (...each: object[]): void => { seen.push(...each.map((of) => ({ of, made: Object.getPrototypeOf(of) as unknown }))); };
  server.prependOnceListener('request', look);
  expect((await ask('GET', '/api/v1/nothing')).status).toBe(404);
  expect(seen).toHaveLength(2);
  for (const { of, made } of seen) expect(Object.getPrototypeOf(of)).toBe(made);
  expect(seen[0]?.of).toBeInstanceOf(IncomingMessage);
  expect(seen[0]?.of).toHaveProperty('app');
});

test('each answer has a number, and a problem names it', async () => {
  const { headers, body } = await ask('GET', '/api/v1/nothing');
  expect(body.instance).toBe(`urn:uuid:${headers.get('x-request-id')}`);
});

test('no token, or a bad one', async () => {
  const { status, headers, body } = await ask('GET', '/api/v1/me', { headers: { 'Authorization': 'Bearer bad', 'Accept-Language': 'fr' } });
  expect({ status, challenge: headers.get('www-authenticate'), code: body.code, title: body.title })
    .toEqual({ status: 401, challenge: 'Bearer', code: 'unauthenticated', title: 'Identifiez-vous d’abord' });
});

test('bodies that are no JSON, of another type, or too large', async () => {
  const path = '/api/v1/projects/p1/hold';
  expect((await ask('POST', path, { headers: json, body: '{' })).body).toMatchObject({ status: 400, code: 'malformed-json' });
  expect((await ask('POST', path, { headers: { ...json, 'Content-Type': 'text/plain' }, body: 'x' })).status).toBe(415);
  expect((await ask('POST', path, { headers: json, body: JSON.stringify({ reason: 'x'.repeat(1_100_000) }) })).status).toBe(413);
  expect((await ask('POST', path, { headers: json, body: '"text"' })).body).toMatchObject({ status: 422, errors: [{ pointer: '', code: 'type' }] });
  expect((await ask('POST', path, { headers: json })).body.errors).toEqual([{ pointer: '/reason', code: 'required', detail: 'Dit is verplicht.' }]);
});

test.each(['', 'with space', 'ü', 'x'.repeat(201)])('the key %j is refused', async (key) => {
  const headers = { 'Content-Type': 'application/json', ...(key !== '' && { 'Idempotency-Key': encodeURI(key) === key ? key : 'a b' }) };
  expect((await ask('POST', '/api/v1/projects/p1/resume', { headers })).body).toMatchObject({ status: 400, code: 'idempotency-key-required' });
});

test('wrong parts of a query are named', async () => {
  expect((await ask('GET', '/api/v1/projects?limit=0&colour=red&lang=en')).body.errors).toEqual([
    expect.objectContaining({ pointer: '/query/limit', code: 'range' }), expect.objectContaining({ pointer: '/query/colour', code: 'unknown' }),
  ]);
  expect((await ask('GET', '/api/v1/projects?cursor=zzz')).body.code).toBe('invalid-cursor');
  expect((await ask('GET', '/api/v1/tasks?limit=1&limit=2')).status).toBe(422);
});

test('health says that the process lives; readiness says what is away, and does not wait for ever', async () => {
  expect(await ask('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(await ask('GET', '/readyz')).toMatchObject({ status: 503, body: { temporal: true, database: false, worker: false } });
});

test('the scripts of the pages are compressed and kept for ever, the page itself is asked for anew, and health is never kept', async () => {
  const script = await ask('GET', '/assets/base-1a2b.js', { headers: { 'Accept-Encoding': 'gzip' } });
  expect(script.status).toBe(200);
  expect(script.headers.get('content-encoding')).toBe('gzip');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.body).toMatch(/^(export const text = "lock";\n){500}$/);
  expect((await ask('GET', '/portfolio', { headers: { Accept: 'text/html' } })).headers.get('cache-control')).toBe('no-cache');
  for (const path of ['/healthz', '/api/v1/nothing']) expect((await ask('GET', path)).headers.get('cache-control')).toBe('no-store');
});

test('an answer is no page: it loads nothing and stands in no frame, an error either', async () => {
  for (const path of ['/api/v1/nothing', '/api/v1/projects']) {
    const { headers } = await ask('GET', path);
    expect(['content-security-policy', 'cross-origin-resource-policy', 'referrer-policy', 'x-content-type-options'].map((header) => headers.get(header)))
      .toEqual([`default-src 'none';frame-ancestors 'none'`, 'same-origin', 'no-referrer', 'nosniff']);
  }
  for (const path of ['/healthz', '/portfolio', '/nothing']) {
    const { headers } = await ask('GET', path);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';.*frame-ancestors 'none'$/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  }
});

test('the page to read the API asks no outside host and runs no inline script', async () => {
  const page = await ask('GET', '/docs');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
  const sources = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources) {
    expect(source).toMatch(/^\//);
    expect((await ask('GET', source)).status).toBe(200);
  }
  expect(String(page.body)).not.toMatch(/<script>|onload=|style=/);
});

test('the document lists every endpoint with its schemas', async () => {
  const { body } = await ask('GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths)).toContain('/api/v1/projects/{project}/phases/{phase}/tasks/{task}/complete');
  const parameters = body.paths['/api/v1/projects'].post.parameters.map((each: { name: string }) => each.name);
  expect(parameters).toContain('Idempotency-Key');
  const ids = Object.values(body.paths).flatMap((path) => Object.values(path as object).map((each) => each.operationId));
  expect(new Set(ids).size).toBe(ids.length);
});

test('the log holds no tokens and no texts', async () => {
  await ask('POST', '/api/v1/projects/p1/hold?lang=nl&secret=s3cret', { headers: json, body: JSON.stringify({ reason: 'very private', more: 1 }) });
  expect(logged.join('')).not.toMatch(/Bearer|good"|s3cret|very private/);
  expect(logged.at(-1)).toContain('/projects/{project}/hold');
});

const NUL = '%00';
test.each([
  '/projects?q=a%00', '/projects?template=%00', '/projects/p1/tasks?phase=%00', '/projects/p1/events?stream=%00', '/projects/p%00', '/commands/project%2Fp1/a%00',
  '/commands/project%2Fp%00/a', `/approvals/project%2Fp1%2Fphase%2F${NUL}%2F1%2Fapproval%2Fg%2F1`,
])('what no id can be is not looked for: %s', async (path) => {
  expect((await ask('GET', `/api/v1${path}`)).body).toMatchObject({ status: 422, errors: [expect.objectContaining({ code: 'format' })] });
});

test('a body that no command may be is refused before its schema and its digest', async () => {
  const parameters = `{"name":"x","template":"t","roles":{},"parameters":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
  for (const body of [parameters, '{"name":"x","template":"t","roles":{},"parameters":{"a":1e999}}', '{"name":"x","template":"t","roles":{"__proto__":["p"]}}']) {
    expect((await ask('POST', '/api/v1/projects', { headers: json, body })).body).toMatchObject({ status: 422, code: 'invalid-request' });
  }
  expect((await ask('POST', '/api/v1/me/inbox/a%00/read', { headers: json })).status).toBe(422);
  expect((await ask('POST', '/api/v1/projects', { headers: json, body: '{"name":"x","template":"t","version":"1\\u0000","roles":{}}' })).body.errors)
    .toEqual([expect.objectContaining({ pointer: '/version' })]);
});
