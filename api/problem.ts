/** Errors as people and clients get them: problem+json (RFC 9457). The one place where an error becomes an answer. */
import type { FieldProblem, Rejection } from '../domain/errors';
import { FileDamaged, FilesAway } from '../store/files/store';
import { retryAfterOf, statusOf, type ProblemCode } from './codes';
import type { Language } from './http/language';
import { fillIn, textsIn } from './texts';
import { OWN_TEXTS } from './texts/own';

type Facts = NonNullable<Rejection['facts']>;

/** Thrown by whatever serves a request; becomes the answer. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly options: {
      readonly facts?: Facts;
      readonly fields?: readonly FieldProblem[];
      readonly headers?: Readonly<Record<string, string>>;
      /** Further members of the answer (RFC 9457, extension members). */
      readonly extensions?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(code, { cause: options.cause });
  }

  /** A refusal of `decide` as a problem. */
  static of(rejection: Rejection): Problem {
    return new Problem(rejection.code, {
      ...(rejection.facts && { facts: rejection.facts }), ...(rejection.fields && { fields: rejection.fields }),
    });
  }

  /** A request with wrong fields. */
  static fields(fields: readonly FieldProblem[]): Problem {
    return new Problem('invalid-request', { fields });
  }
}

/** What stands in the body of a problem+json answer. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly instance: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  readonly facts?: Facts;
}

/** Turns ids in a fact (`roles`, `task` …) into what people call them. */
export type Naming = (fact: string, id: string) => string;

/** Outside of projects only the roles that hold everywhere have names. */
export const commonNaming = (language: Language): Naming => (fact, id) => (fact === 'role' || fact === 'roles' ? OWN_TEXTS[`role:${id}`]?.[language] ?? id : id);

/** The answer for a problem: status, headers and body in the language asked for. `request` is the number of the request. */
export function describeProblem(problem: Problem, language: Language, request: string, naming?: Naming): {
  status: number; headers: Record<string, string>; body: ProblemBody;
} {
  const { code, options: { facts, fields, headers, extensions } } = problem;
  const texts = textsIn(language);
  const status = statusOf(code);
  const retryAfter = retryAfterOf(code);
  return {
    status,
    headers: {
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
      ...(code === 'unauthenticated' && { 'WWW-Authenticate': 'Bearer' }),
      ...headers,
    },
    body: {
      type: `urn:sluis:problem:${code}`,
      title: texts.problems[code].title,
      status,
      detail: fillIn(texts.problems[code].detail, facts ?? {}, naming ?? commonNaming(language)),
      code,
      instance: `urn:uuid:${request}`,
      ...(fields && {
        errors: fields.map(({ pointer, code: field, expected }) => ({
          pointer, code: field, detail: fillIn(texts.fields[field], { expected }),
        })),
      }),
      ...(facts && { facts }),
      ...extensions,
    },
  };
}

/** What an error of Express or its body parser means for the client; undefined when it is ours. */
function fromExpress(error: unknown): Problem | undefined {
  const { type, status, limit } = error as { type?: unknown; status?: unknown; limit?: number };
  if (type === 'entity.parse.failed' || type === 'request.size.invalid' || type === 'request.aborted') return new Problem('malformed-json');
  if (type === 'entity.too.large') return new Problem('body-too-large', { facts: { megabytes: Math.round((limit ?? 0) / 1_048_576) } });
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return new Problem('unsupported-media-type');
  if (error instanceof URIError) return new Problem('unknown-route');
  return status === 400 ? new Problem('malformed-json') : undefined;
}

/** Any error as a problem; one that nobody foresaw is an `internal-error` which shows nothing of itself. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FileDamaged) return new Problem('file-damaged', { cause: error });
  if (error instanceof FilesAway) return new Problem('files-unavailable', { cause: error });
  return (typeof error === 'object' && error !== null ? fromExpress(error) : undefined) ?? new Problem('internal-error', { cause: error });
}
