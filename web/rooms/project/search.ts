/** What of a project page stands in its address. */
export const TABS = ['overview', 'timeline', 'tasks', 'changes', 'team', 'evidence', 'record'] as const;
export type Tab = (typeof TABS)[number];

export const TASK_FILTERS = ['open', 'mine', 'late', 'blocked', 'done', 'all'] as const;
export type TaskFilter = (typeof TASK_FILTERS)[number];

export const ZOOMS = ['week', 'month', 'year'] as const;
export type Zoom = (typeof ZOOMS)[number];

export interface ProjectSearch {
  readonly tab?: Tab;
  readonly phase?: string;
  readonly tasks?: TaskFilter;
  readonly q?: string;
  /** The task that is open beside the list, as `PHASE/TASK`. */
  readonly open?: string;
  readonly zoom?: Zoom;
  /** The timeline as a table. */
  readonly table?: true;
  /** Tasks of the timeline whose inventory items have rows, as `PHASE/TASK`, with commas between. */
  readonly items?: string;
  readonly change?: string;
  /** Record: as it was known at this moment, ISO 8601. */
  readonly at?: string;
  /** Record: all that happened, not only what was decided. */
  readonly all?: true;
}

const oneOf = <T extends string>(given: unknown, known: readonly T[]): T | undefined => known.find((each) => each === given);
const text = (given: unknown): string | undefined => (typeof given === 'string' && given !== '' ? given.slice(0, 200) : typeof given === 'number' ? String(given) : undefined);

/** The search of an address; what does not belong there is left out. */
export function readSearch(search: Record<string, unknown>): ProjectSearch {
  const at = text(search['at']);
  const found = {
    tab: oneOf(search['tab'], TABS), phase: text(search['phase']), tasks: oneOf(search['tasks'], TASK_FILTERS), q: text(search['q']), open: text(search['open']), zoom: oneOf(search['zoom'], ZOOMS),
    table: search['table'] === true ? true : undefined, items: typeof search['items'] === 'string' && search['items'] !== '' ? search['items'].slice(0, 2_000) : undefined, change: text(search['change']),
    at: at !== undefined && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : undefined, all: search['all'] === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
