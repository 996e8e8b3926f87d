/** What of a backlog and its sprints stands in the address. */
export const VIEWS = ['board', 'backlog', 'figures', 'forecast', 'review'] as const;
export type View = (typeof VIEWS)[number];

export interface AgileSearch {
  readonly view?: View;
  readonly team?: string;
  /** Of the sprint. */
  readonly number?: number;
  readonly q?: string;
}

export function readSearch(search: Record<string, unknown>): AgileSearch {
  const view = VIEWS.find((each) => each === search['view']);
  const team = typeof search['team'] === 'string' ? search['team'].slice(0, 80) : undefined;
  const number = Number(search['number']);
  const q = typeof search['q'] === 'string' ? search['q'].slice(0, 200) : '';
  return { ...(view && { view }), ...(team !== undefined && { team }), ...(Number.isInteger(number) && number > 0 && { number }), ...(q !== '' && { q }) };
}
