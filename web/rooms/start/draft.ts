/** What was filled in so far. Pure. */
import type { ApiProblem } from '../../data/api';
import type { Template } from './template';

export interface Draft {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** As it was pasted. */
  readonly inventory: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
}

export const EMPTY: Draft = { name: '', parameters: {}, inventory: '', roles: {} };

/** What the parameters are, defaults included; one that is not filled in is left out. */
export function parametersOf({ parameters = [] }: Template, draft: Draft): Record<string, string | number | boolean> {
  return Object.fromEntries(parameters.flatMap(({ key, type, default: given }) => {
    const value = draft.parameters[key] ?? given ?? (type === 'checkbox' ? false : undefined);
    return value === undefined || value === '' ? [] : [[key, value]];
  }));
}

/** What the API found wrong, by the pointer of the field. */
export const problemsAt = (problem: ApiProblem['problem'] | undefined): ReadonlyMap<string, string> => new Map((problem?.errors ?? []).map(({ pointer, detail }) => [pointer, detail]));

/** The step at which a wrong field stands. */
export const stepOf = (pointer: string): 2 | 3 => (pointer.startsWith('/roles') ? 3 : 2);
