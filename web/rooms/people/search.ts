/** What of the room of people stands in its address. */
export interface PeopleSearch {
  readonly q?: string;
  readonly view?: 'groups';
  /** Also those who left. */
  readonly left?: true;
}

export function readSearch({ q, view, left }: Record<string, unknown>): PeopleSearch {
  return { ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }), ...(view === 'groups' && { view }), ...(left === true && { left }) };
}
