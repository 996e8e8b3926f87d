/** What of the workload stands in its address. */
export const WEEKS = [4, 8, 13, 26] as const;

export interface WorkloadSearch {
  readonly weeks?: (typeof WEEKS)[number];
  readonly project?: string;
  /** Whose load is looked at, and in which week: its Monday. */
  readonly person?: string;
  readonly week?: string;
}

const text = (given: unknown): string | undefined => (typeof given === 'string' && given !== '' ? given.slice(0, 400) : undefined);

export function readSearch(search: Record<string, unknown>): WorkloadSearch {
  const found = { weeks: WEEKS.find((each) => each === search['weeks']), project: text(search['project']), person: text(search['person']), week: text(search['week']) };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
