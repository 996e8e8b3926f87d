/** What of a handover stands in the address. */
export const VIEWS = ['board', 'support', 'document'] as const;
export type View = (typeof VIEWS)[number];

export interface HandoverSearch {
  readonly view?: View;
  readonly service?: string;
}

export function readSearch(search: Record<string, unknown>): HandoverSearch {
  const view = VIEWS.find((each) => each === search['view']);
  const service = typeof search['service'] === 'string' ? search['service'].slice(0, 80) : undefined;
  return { ...(view && { view }), ...(service !== undefined && { service }) };
}
