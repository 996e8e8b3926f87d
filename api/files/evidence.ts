/** Documents that are uploaded files: named by their digest, with no address of their own. With a `url` the digest is that of a document elsewhere. */
import type { FieldProblem } from '../../domain/errors';
import type { Deps } from '../deps';

/** A document as a client sends it. */
interface Document {
  readonly name: unknown;
  readonly url?: unknown;
  readonly sha256?: string | undefined;
}

const isDocument = (value: object): value is Document => 'name' in value && !('rows' in value);

/** The digests of documents within plain JSON. */
export function collectDigests(value: unknown, into: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return into;
  if (Array.isArray(value)) for (const part of value) collectDigests(part, into);
  else if (isDocument(value) && typeof value.sha256 === 'string') into.push(value.sha256);
  else for (const key in value) collectDigests((value as Record<string, unknown>)[key], into);
  return into;
}

/** A claim that a file was uploaded, with where it is made: a JSON pointer. */
export interface FileClaim {
  readonly pointer: string;
  readonly sha256: string;
}

/** The claims in what a client sends: a value of evidence, a list of attachments, anything that holds documents. */
export function fileClaims(value: unknown, at: string): FileClaim[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!isDocument(value)) return Object.entries(value).flatMap(([key, part]) => fileClaims(part, `${at}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`));
  const { url, sha256 } = value;
  return url === undefined && sha256 !== undefined ? [{ pointer: `${at}/sha256`, sha256 }] : [];
}

/** The claims that are not so, as wrong fields. What is so is kept from being tidied away, as it is about to be named in the record. */
export async function fileProblems(deps: Deps, project: string, claims: readonly FileClaim[]): Promise<FieldProblem[]> {
  const found = claims.length === 0 ? new Set<string>() : await deps.reads.claimFiles(project, claims.map(({ sha256 }) => sha256));
  return claims.filter(({ sha256 }) => !found.has(sha256)).map(({ pointer }) => ({ pointer, code: 'no-file' }));
}
