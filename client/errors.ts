/** How a request can fail. */
import type { components } from './generated/api';

export type ProblemBody = components['schemas']['Problem'];

/** The API refused, or could not; `problem` says why (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(readonly problem: ProblemBody, readonly status: number) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

/** Nothing answers: whether a command was carried out is not known, and it may be sent again under the same key. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
