/** All that the OpenAPI document has, asked by nobody, by a stranger, with what is no request, and with bodies of the right shape whose texts are hostile: none answers a 500, and none tells a stranger anything. */
import document from '../../api/openapi.json';
import { PROCESSES } from '../../domain/processes';
import { verifyLog } from '../../store/verify';
import { eventually } from '../support/engine';
import { startProduct, type Product } from '../support/product';
import { SMALL_ROLES, smallText, smallVersion } from '../support/template';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly example?: unknown;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}

const schemas = document.components.schemas as unknown as Readonly<Record<string, Schema>>;
const all = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ ...(operation as object), method: method.toUpperCase(), path }) as Operation));
/** After these little is left to ask: they come last. */
const ENDS = /\/(cancel|leave|hold|deprecate|close|erase|withdraw|drop|reopen)$|^\/api\/v1\/people/;
const operations = [...all.filter(({ path }) => !ENDS.test(path)), ...all.filter(({ path }) => ENDS.test(path))];
/** One answers for as long as it is listened to; the other starts a dozen projects. */
const LONG: ReadonlySet<string> = new Set(['feed', 'makeDemoPortfolio']);
const bodyOf = ({ requestBody }: Operation): Schema | undefined => requestBody?.content['application/json']?.schema;

let product: Product;
let agile: string;
let handover: string;
const named = (key: string) => ({ key, name: smallText(key) });
jest.setTimeout(300_000);

beforeAll(async () => {
  product = await startProduct();
  const versions = [
    smallVersion('3.0.0', ({ phases }) => Object.assign(phases.find(({ key }) => key === 'control') ?? {}, { kind: 'iterations', iterations: {
      productOwner: 'sponsor', columns: [named('todo'), named('ready')], done: [named('tested')], teams: [{ ...named('alpha'), roles: ['engineer'], sprintDays: 10, next: 'by-itself', leftovers: 'next' }],
    } })),
    smallVersion('4.0.0', ({ phases }) => Object.assign(phases.find(({ key }) => key === 'control') ?? {}, { kind: 'handover', handover: {
      delivering: ['engineer'], serviceOwner: 'sponsor', teams: [{ ...named('ops'), roles: ['security'] }], criteria: [{ ...named('accepted'), owner: 'engineer', evidence: [{ ...named('report'), type: 'text' }] }],
      signOff: { steps: [{ ...named('owner'), roles: ['sponsor'], quorum: 'any' }] }, earlyLife: { days: 10, count: 'calendar', criteria: [{ ...named('levels'), kind: 'figures', measure: 'service-level', over: 'each-day', limit: 99 }] },
    } })),
  ];
  for (const text of versions) expect((await product.call('olga', 'POST', '/templates', { text })).status).toBe(201);
  const start = async (version: string): Promise<string> => (await product.call('olga', 'POST', '/projects', { name: 'Asked', template: 'small', version, roles: SMALL_ROLES })).body.id as string;
  [agile, handover] = [await start('3.0.0'), await start('4.0.0')];
  await eventually(async () => (await product.call('mia', 'GET', `/projects/${agile}/phases/control/backlog`)).status === 200, 'the backlog');
  await eventually(async () => (await product.call('mia', 'GET', `/projects/${handover}/phases/control/handover`)).status === 200, 'the handover');
  expect((await product.call('mia', 'POST', `/projects/${agile}/phases/control/backlog/items`, { items: [{ title: 'One' }, { title: 'Two' }] })).status).toBe(200);
  expect((await product.call('mia', 'POST', `/projects/${agile}/phases/control/sprints`, { team: 'alpha' })).status).toBe(200);
  expect((await product.call('mia', 'POST', `/projects/${handover}/phases/control/handover/services`, { services: [{ name: 'Mail' }] })).status).toBe(200);
});
afterAll(async () => { await product.close(); });

/** The address of an operation on what is there. */
function addressOf({ path }: Operation): string {
  const project = path.includes('/handover') ? handover : agile;
  const at: Readonly<Record<string, string>> = {
    project, phase: path.includes('/tasks/') ? 'design' : 'control', task: 'draw', team: 'alpha', number: '1', item: '1', service: 'service-1', entry: 'accepted', session: 'session-1', template: 'small', version: '3.0.0',
    person: 'eva', calendar: 'be', year: '2027', event: 'review', stream: encodeURIComponent(`project/${project}`), approval: encodeURIComponent(`project/${project}/phase/design/1/approval/design-gate/1`), sha256: '0'.repeat(64),
  };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => at[name] ?? '1');
}

const ask = async (who: string | null, { method }: Operation, address: string, body?: string, type = 'application/json') => {
  const response = await fetch(`${product.url}${address}`, {
    method, redirect: 'manual', ...(body !== undefined && { body }),
    headers: { ...(who !== null && { Authorization: `Bearer ${product.tokens.get(who)}` }), ...(body !== undefined && { 'Content-Type': type }), ...(method !== 'GET' && { 'Idempotency-Key': crypto.randomUUID() }) },
  });
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', text };
};

type Answered = Awaited<ReturnType<typeof ask>>;
const shown = (operation: Operation, { status, text }: Answered, more = ''): string => `${operation.method} ${operation.path} ${more} ${status} ${text.slice(0, 300)}`;

/** What is wrong with an answer: a failure of ours, or a refusal without its code. That too many are computed at once is an answer. */
function wrong(operation: Operation, answer: Answered, more = ''): string[] {
  if (answer.status < 400) return [];
  const { code } = answer.type.startsWith('application/problem+json') ? (JSON.parse(answer.text) as { readonly code?: unknown }) : {};
  return code === 'queue-full' || (answer.status < 500 && typeof code === 'string') ? [] : [shown(operation, answer, more)];
}

test('nobody is answered, but where that is said', async () => {
  const found: string[] = [];
  for (const operation of operations) {
    const answer = await ask(null, operation, addressOf(operation), bodyOf(operation) && '{}');
    const isOpen = operation.security?.length === 0;
    if (!isOpen && answer.status !== 401) found.push(shown(operation, answer));
  }
  expect(found).toEqual([]);
});

test('a stranger is told of no project, whatever they ask of it', async () => {
  const found: string[] = [];
  for (const operation of operations.filter(({ path }) => path.includes('{project}') || path.includes('{approval}'))) {
    const body = bodyOf(operation);
    const answer = await ask('leo', operation, addressOf(operation), body && JSON.stringify(sample(body, 'a')));
    if (answer.status !== 404 && answer.status !== 422) found.push(shown(operation, answer));
    if (answer.text.includes('Asked')) found.push(shown(operation, answer, 'tells its name'));
  }
  expect(found).toEqual([]);
});

const KEYS = ['a', '1', 'control', '2027-01-04', '1.0.0', 'x:1', '0'.repeat(64), '#1', '2027-01-04T09:00:00Z', 'https://example.org', '09:00', 'EUR'];

function sampleText({ format, pattern, minLength = 0, maxLength = Infinity, example }: Schema, text: string): string {
  if (format === 'date') return '2027-01-04';
  if (format === 'date-time') return '2027-01-04T09:00:00.000Z';
  if (pattern !== undefined) return [text, typeof example === 'string' ? example : '', ...KEYS].find((each) => new RegExp(pattern, 'u').test(each)) ?? text;
  return text.slice(0, maxLength).padEnd(minLength, 'a');
}

/** A value that a schema lets through, with this text wherever any text may stand. */
function sample(schema: Schema, text: string, depth = 0): unknown {
  const { $ref, anyOf, oneOf, allOf, properties, items } = schema;
  if ($ref !== undefined) return sample(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, text, depth + 1);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const first = (anyOf ?? oneOf ?? allOf)?.[0];
  if (first) return sample(first, text, depth + 1);
  const type = Array.isArray(schema.type) ? (schema.type as readonly string[])[0] : schema.type;
  switch (type) {
    case 'string': return sampleText(schema, text);
    case 'integer':
    case 'number': return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean': return true;
    case 'null': return null;
    case 'array': return depth > 8 ? [] : (schema.prefixItems ?? [items || {}]).map((each) => sample(each, text, depth + 1));
    case 'object': {
      if (!properties) return typeof schema.additionalProperties === 'object' ? { [text.slice(0, 20)]: sample(schema.additionalProperties, text, depth + 1) } : {};
      return Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, depth > 8 ? null : sample(each, text, depth + 1)]));
    }
    default: return text;
  }
}

const NO_REQUESTS = ['null', '[]', '"text"', '1e999', '{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{}}}', `${'['.repeat(2_000)}${']'.repeat(2_000)}`, '{', ''];

test('what is no request is refused as such', async () => {
  const found: string[] = [];
  for (const operation of operations.filter(bodyOf)) {
    found.push(...(await Promise.all(NO_REQUESTS.map(async (body) => wrong(operation, await ask('olga', operation, addressOf(operation), body), body.slice(0, 40))))).flat());
  }
  expect(found).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const HOSTILE = ['a\u0000b', '\ud800', '‮<script>alert(1)</script>', '../../../../etc/passwd', "' OR 1=1; --", '%00', '__proto__', '{{constructor}}', '💣'.repeat(200), ' '];

const HOSTILE_PLACES = ['a\u0000b', '\u202e<script>', '../..', "' OR 1=1; --", '__proto__', 'x'.repeat(3_000)];

test('hostile texts in a request of the right shape are kept or refused', async () => {
  const found: string[] = [];
  for (const operation of operations.filter(({ operationId }) => !LONG.has(operationId))) {
    const body = bodyOf(operation);
    if (!body) continue;
    found.push(...(await Promise.all(HOSTILE.flatMap((text) => ['olga', 'mia'].map(async (who) => (
      wrong(operation, await ask(who, operation, addressOf(operation), JSON.stringify(sample(body, text))), JSON.stringify(text.slice(0, 20)))))))).flat());
  }
  expect(found).toEqual([]);
});

test('hostile places and questions are not found or refused', async () => {
  const found: string[] = [];
  for (const operation of operations.filter(({ operationId }) => !LONG.has(operationId))) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const questions = (operation.parameters ?? []).filter((each) => each.in === 'query' && each.name !== 'lang').map(({ name }) => name);
    const body = bodyOf(operation) && '{}';
    const addresses = HOSTILE_PLACES.flatMap((text) => {
      const safe = encodeURIComponent(text);
      return [
        ...names.map((name) => addressOf({ ...operation, path: operation.path.replace(`{${name}}`, '\u0001') }).replace('\u0001', safe)),
        ...(operation.method === 'GET' ? questions.map((name) => `${addressOf(operation)}?${name}=${safe}`) : []),
      ];
    });
    found.push(...(await Promise.all(addresses.map(async (address) => wrong(operation, await ask('olga', operation, address, body), address)))).flat());
  }
  expect(found).toEqual([]);
});

test('the record holds all the same', async () => {
  await eventually(async () => (await verifyLog(product.engine.testDatabase.url, { deep: PROCESSES })).ok, 'log and read model to agree');
});
