/** The OpenAPI 3.1 document, made of the same schemas that judge requests. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { COOKIE } from './auth/credentials';
import { BASE } from './commands/send';
import { ENDPOINTS } from './endpoints';
import type { Endpoint } from './http/endpoint';
import { LANGUAGES } from './http/language';
import { problemBody } from './schemas';

const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,200}$/)
  .meta({ description: 'A new one for each new request; a repeat with the same key gets the same answer, and another request under it is refused (`idempotency-conflict`). It holds for what the request is about: the project, one of its phases, an approval. A request that was refused used up nothing.', example: '3f0c7a52-complete-charter' });
const acceptLanguage = z.string().optional().meta({ description: 'nl, fr or en; when not given, the language of the person. `?lang=` goes before it.', example: 'nl' });
const lang = z.enum(LANGUAGES).optional().meta({ description: 'Language of texts and of problems.' });

const TAGS: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'me', description: 'Who I am, and my inbox.' },
  { name: 'templates', description: 'Published lifecycles.' },
  { name: 'calendars', description: 'Working days, and what is announced of each year.' },
  { name: 'projects', description: 'Start, follow and steer projects.' },
  { name: 'files', description: 'Evidence as files, and the record of a project as one.' },
  { name: 'tasks', description: 'Find my tasks, work on them, deliver their evidence.' },
  { name: 'handover', description: 'Services that are handed over to those who run them.' },
  { name: 'agile', description: 'Backlogs of phases, and the sprints of their teams.' },
  { name: 'approvals', description: 'Decide on gates, with the evidence in front of you.' },
  { name: 'changes', description: 'Change the plan of a running project, and compare it with what was promised.' },
  { name: 'people', description: 'Who is who.' },
  { name: 'commands', description: 'What became of a command.' },
];

const FILE = { type: 'string', format: 'binary' } as const;

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: problemBody } } });

function responsesOf(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, { description, schema, file }] of Object.entries(endpoint.answers)) {
    responses[status as `${1 | 2}${string}`] = {
      description, ...(schema && { content: { 'application/json': { schema } } }), ...(file !== undefined && { content: { [file]: { schema: FILE } } }),
    };
  }
  responses['401'] = problem('No valid token.');
  if (endpoint.command || endpoint.body) responses['400'] = problem(endpoint.command ? 'No `Idempotency-Key`, or no JSON.' : 'No JSON.');
  if (endpoint.body) responses['415'] = problem('A body of another type than `application/json`.');
  if (endpoint.command || endpoint.refuses?.includes(403)) responses['403'] = problem('No role that may do this; `facts.roles` names those that would do.');
  // A phase need not be open, nor have a backlog or services.
  const isOfPhase = (endpoint.tag === 'agile' || endpoint.tag === 'handover') && endpoint.path.includes('/phases/{phase}/');
  // Nor is all that is asked for known of each moment.
  const isOfMoment = endpoint.query !== undefined && 'asOf' in endpoint.query.shape;
  if (endpoint.command || isOfPhase || isOfMoment || endpoint.refuses?.includes(409)) responses['409'] = problem('Not now: the code says why. With `Retry-After`: again shortly.');
  if (endpoint.upload) {
    responses['403'] ??= problem('Not for you to do.');
    responses['413'] = problem('Larger than may be.');
    responses['415'] = problem('Not of a type that is taken, or not what it says it is.');
  }
  if (endpoint.params || endpoint.refuses?.includes(404)) responses['404'] = problem('Not there, or not yours to see.');
  if (endpoint.body || endpoint.query) responses['422'] = problem('Something is missing or wrong; `errors` points at it.');
  responses['503'] = problem('A part is away, or too many commands wait; nothing is lost, try again.');
  return responses;
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { id, tag, summary, description, params, query, body, upload, command } = endpoint;
  return {
    operationId: id, tags: [tag], summary, ...(endpoint.open && { security: [] }), ...(description !== undefined && { description }),
    requestParams: {
      ...(params && { path: params }),
      query: (query ?? z.object({})).extend({ lang }),
      header: z.object({ ...(command && { 'Idempotency-Key': idempotencyKey }), 'Accept-Language': acceptLanguage }),
    },
    ...(upload && { requestBody: { required: true, content: { '*/*': { schema: FILE } } } }),
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: responsesOf(endpoint),
  };
}

/** The document as plain JSON; the same at every call. */
export function createOpenApi(version: string): unknown {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of ENDPOINTS) {
    const path = `${BASE}${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sluis',
      version,
      description: 'A durable workflow engine for project lifecycles. Every command takes an `Idempotency-Key`; errors are problem+json (RFC 9457).',
    },
    servers: [{ url: '/' }],
    tags: [...TAGS],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'A token of yours.' }, session: { type: 'apiKey', in: 'cookie', name: COOKIE, description: 'The session of a browser; see signIn.' } } },
  });
}
