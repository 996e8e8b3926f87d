/** How answers leave, over real HTTP: in which words requests share them, what is each request's own, and what is compressed. */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pino from 'pino';
import { z } from 'zod';
import type { Deps } from '../../api/deps';
import { endpoint } from '../../api/http/endpoint';
import { register, sendProblem, traceOf } from '../../api/http/register';
import { Problem } from '../../api/problem';

const known = new Set(['ann', 'bob']);
const log = pino({ level: 'silent' });
const deps = {
  authenticate: async (header: string | undefined) => {
    const id = header?.replace('Bearer ', '') ?? '';
    if (!known.has(id)) throw new Problem('unauthenticated');
    return { id, name: id, language: 'nl', globalRoles: [] };
  },
  log, settings: { checkAnswers: false },
} as unknown as Deps;

/** Reads under way: who asked, and in which words. */
const reads: { readonly words: string; readonly end: () => void }[] = [];
const persons: (string | undefined)[] = [];
const shared = endpoint({
  method: 'get', path: '/things/{thing}', id: 'getThing', tag: 'tasks', summary: '', shared: true, params: z.strictObject({ thing: z.string() }), query: z.strictObject({ q: z.string().optional() }), answers: { 200: { description: '' } },
  handle: ({ params, query, caller, language }) => new Promise((resolve, reject) => {
    const words = [caller.id, params.thing, query.q ?? '-', language].join(' ');
    const number = reads.length;
    reads.push({ words, end: () => { if (params.thing === 'none') reject(new Problem('unknown-task')); else resolve({ body: { words, number } }); } });
  }),
});
const long = endpoint({
  method: 'get', path: '/long/{bytes}', id: 'getLong', tag: 'tasks', summary: '', params: z.strictObject({ bytes: z.coerce.number() }), answers: { 200: { description: '' } },
  handle: async ({ params }) => ({ body: 'é'.repeat((params.bytes - 2) / 2) }),
});

let server: Server;
let base: string;
beforeAll(async () => {
  const app = express();
  app.use((request, response, next) => {
    response.once('close', () => persons.push(traceOf(request).person));
    next();
  });
  register(app, [shared, long], deps);
  app.use(sendProblem(log));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }));
beforeEach(() => { reads.length = 0; persons.length = 0; });

async function get(path: string, person: string, language = 'nl') {
  const response = await fetch(base + path, { headers: { 'Authorization': `Bearer ${person}`, 'Accept-Language': language } });
  return { status: response.status, body: await response.json() as { words?: string; number?: number; instance?: string } };
}
/** Until so many reads have begun, and what can come of what was asked has come. */
async function begun(count: number): Promise<void> {
  while (reads.length < count) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  expect(reads).toHaveLength(count);
}

test('requests in the same words share the next read; those of others, or in other words, do not', async () => {
  const many = Array.from({ length: 8 }, () => get('/things/a', 'ann'));
  const others = [get('/things/a', 'bob'), get('/things/a?q=1', 'ann'), get('/things/a', 'ann', 'fr'), get('/things/b', 'ann')];
  await begun(6);
  for (const { end } of reads.slice()) end();
  await begun(7);
  reads[6]?.end();
  expect((await Promise.all(others)).map(({ body }) => body.words)).toEqual(['bob a - nl', 'ann a 1 nl', 'ann a - fr', 'ann b - nl']);
  const answers = await Promise.all(many);
  expect(answers.every(({ body }) => body.words === 'ann a - nl')).toBe(true);
  expect(answers.filter(({ body }) => body.number === 6)).toHaveLength(6);
  expect(persons.filter((person) => person === 'ann')).toHaveLength(11);
});

test('whoever is no longer known is not answered by what others read', async () => {
  known.add('eve');
  const before = [get('/things/a', 'eve'), get('/things/a', 'eve')];
  await begun(2);
  const after = [get('/things/a', 'eve'), get('/things/a', 'eve')];
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  known.delete('eve');
  for (const { end } of reads) end();
  expect((await Promise.all(before)).map(({ status }) => status)).toEqual([200, 200]);
  expect((await Promise.all(after)).map(({ status }) => status)).toEqual([401, 401]);
});

test('a problem is told to each by the number of their own request', async () => {
  const all = Array.from({ length: 4 }, () => get('/things/none', 'ann'));
  await begun(2);
  for (const { end } of reads.slice()) end();
  await begun(3);
  reads[2]?.end();
  const answers = await Promise.all(all);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(new Set(answers.map(({ body }) => body.instance)).size).toBe(4);
  expect(persons).toEqual(['ann', 'ann', 'ann', 'ann']);
});

test.each([
  ['GET', 65_534, 'gzip', undefined, '65534', 65_534], ['GET', 65_536, 'gzip', 'gzip', undefined, undefined], ['GET', 65_536, 'identity', undefined, '65536', 65_536], ['HEAD', 65_536, 'gzip', undefined, '65536', 0],
])('%s of %i bytes for who takes %s', async (method, bytes, accepted, encoding, length, received) => {
  const [response] = await once(ask(`${base}/long/${bytes}`, { method, headers: { 'authorization': 'Bearer ann', 'accept-encoding': accepted } }).end(), 'response') as [IncomingMessage];
  let size = 0;
  for await (const chunk of response) size += (chunk as Buffer).length;
  expect({ encoding: response.headers['content-encoding'], length: response.headers['content-length'], type: response.headers['content-type'] }).toEqual({ encoding, length, type: 'application/json; charset=utf-8' });
  if (received === undefined) expect(size).toBeLessThan(bytes / 10);
  else expect(size).toBe(received);
});
