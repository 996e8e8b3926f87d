import type { Backlog, May, Place } from './queries';
import type { AgileSearch } from './search';

/** What each view is given. */
export interface Parts {
  readonly place: Place;
  readonly backlog: Backlog;
  readonly may: May;
  readonly team: Backlog['teams'][number];
  /** Of the sprint that is looked at; undefined: the team has none yet. */
  readonly number: number | undefined;
  readonly set: (search: Partial<AgileSearch>) => void;
}
