/** What of the services stands in the address. */
export const STATUSES = ['preparing', 'early-life', 'handed-back', 'transferred', 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

export interface ServicesSearch {
  readonly team?: string;
  readonly status?: Status;
}

export function readSearch(search: Record<string, unknown>): ServicesSearch {
  const status = STATUSES.find((each) => each === search['status']);
  const team = typeof search['team'] === 'string' ? search['team'].slice(0, 80) : undefined;
  return { ...(team !== undefined && { team }), ...(status && { status }) };
}
