import { type Kind, KINDS } from './queries';

/** What of a search stands in its address. */
export interface Question {
  readonly q?: string;
  readonly kind?: Kind;
}

export function readSearch(search: Record<string, unknown>): Question {
  const given = search['q'];
  const q = typeof given === 'string' ? given.slice(0, 300) : typeof given === 'number' ? String(given) : '';
  const kind = KINDS.find((each) => each === search['kind']);
  return { ...(q !== '' && { q }), ...(kind && { kind }) };
}
