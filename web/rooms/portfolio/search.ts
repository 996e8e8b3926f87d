/** What of the portfolio stands in its address. */
export const VIEWS = ['table', 'timeline', 'board'] as const;
export type View = (typeof VIEWS)[number];
export const SORTS = ['attention', 'end', 'name', 'started'] as const;
export type Sort = (typeof SORTS)[number];
/** What the columns of the board are. */
export const GROUPINGS = ['course', 'phase'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const COURSES = ['off-course', 'at-risk', 'on-course', 'on-hold', 'ended'] as const;

export interface PortfolioSearch {
  readonly view?: View;
  readonly sort?: Sort;
  readonly by?: Grouping;
  readonly course?: (typeof COURSES)[number];
  readonly template?: string;
  readonly program?: string;
  readonly manager?: string;
  readonly q?: string;
  readonly ended?: true;
  readonly mine?: true;
}

const oneOf = <T extends string>(given: unknown, known: readonly T[]): T | undefined => known.find((each) => each === given);
const text = (given: unknown): string | undefined => (typeof given === 'string' && given !== '' ? given.slice(0, 200) : undefined);

export function readSearch(search: Record<string, unknown>): PortfolioSearch {
  const found = {
    view: oneOf(search['view'], VIEWS), sort: oneOf(search['sort'], SORTS), by: oneOf(search['by'], GROUPINGS), course: oneOf(search['course'], COURSES), template: text(search['template']), program: text(search['program']), manager: text(search['manager']), q: text(search['q']),
    ended: search['ended'] === true ? true : undefined, mine: search['mine'] === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
