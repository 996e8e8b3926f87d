/** What of the list of projects stands in its address. */
export const SHOWN = ['running', 'ended', 'all'] as const;

export interface ProjectsSearch {
  readonly show?: (typeof SHOWN)[number];
  readonly q?: string;
  readonly program?: string;
}

export function readSearch(search: Record<string, unknown>): ProjectsSearch {
  const show = SHOWN.find((each) => each === search['show']);
  const q = typeof search['q'] === 'string' ? search['q'].slice(0, 200) : '';
  const program = typeof search['program'] === 'string' ? search['program'].slice(0, 80) : '';
  return { ...(program !== '' && { program }), ...(show && { show }), ...(q !== '' && { q }) };
}
