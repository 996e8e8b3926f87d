/** Codes of problems that the API itself finds, beside those of `decide`: with the latter the one vocabulary that clients switch on. */
import { REJECTIONS, type FieldProblem, type RejectionCode, type RejectionKind } from '../domain/errors';

export const API_CODES = {
  'malformed-json': 400,
  'idempotency-key-required': 400,
  'unauthenticated': 401,
  'signature-invalid': 401,
  'cross-site': 403,
  'unknown-route': 404,
  'unknown-project': 404,
  'unknown-approval': 404,
  'unknown-backlog': 404,
  'unknown-handover': 404,
  'unknown-webhook': 404,
  'unknown-template': 404,
  'unknown-calendar': 404,
  'unknown-command-id': 404,
  'unknown-person': 404,
  'unknown-group': 404,
  'unknown-program': 404,
  'groups-missing': 409,
  'unknown-notification': 404,
  'pulse-of-team': 403,
  'pulse-closed': 409,
  'pulse-answered': 409,
  'pulse-too-few': 409,
  'no-demo': 404,
  'unknown-file': 404,
  'unknown-comment': 404,
  'not-your-comment': 403,
  'method-not-allowed': 405,
  'phase-opening': 409,
  'template-deprecated': 409,
  'template-version-published': 409,
  'migration-unsound': 409,
  'change-unsound': 409,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'file-type-not-allowed': 415,
  'file-type-differs': 415,
  'invalid-request': 422,
  'template-invalid': 422,
  'template-unsound': 422,
  'invalid-cursor': 422,
  'file-empty': 422,
  'migration-undecided': 422,
  'too-many-requests': 429,
  'file-damaged': 500,
  'internal-error': 500,
  'feed-full': 503,
  'queue-full': 503,
  'engine-unavailable': 503,
  'database-unavailable': 503,
  'files-unavailable': 503,
  'not-ready': 503,
} as const satisfies Record<string, number>;

export type ApiCode = keyof typeof API_CODES;
export type ProblemCode = ApiCode | RejectionCode;
export type FieldCode = FieldProblem['code'];

const STATUS_OF_KIND: Readonly<Record<RejectionKind, number>> = {
  'invalid': 422,
  'forbidden': 403,
  'not-found': 404,
  'conflict': 409,
  'changing': 409,
};

const isRejection = (code: ProblemCode): code is RejectionCode => Object.hasOwn(REJECTIONS, code);

/** The HTTP status of a code: the one map from the vocabulary of errors to HTTP. */
export function statusOf(code: ProblemCode): number {
  return isRejection(code) ? STATUS_OF_KIND[REJECTIONS[code]] : API_CODES[code];
}

/** Seconds after which a repeat makes sense, for refusals that pass by themselves; else undefined. */
export function retryAfterOf(code: ProblemCode): number | undefined {
  switch (code) {
    case 'project-changing':
    case 'phase-opening':
    case 'feed-full':
    case 'queue-full':
      return 1;
    case 'engine-unavailable':
    case 'database-unavailable':
    case 'files-unavailable':
    case 'not-ready':
      return 5;
    default:
      return undefined;
  }
}
