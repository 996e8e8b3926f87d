import { beginningOf, dayOf } from '../../parts/days';

/** Weeks that are shown: the last ones. */
const WEEKS = 12;

/** When the Monday of a moment's week begins, on the home ground. */
const mondayOf = (at: string): string => beginningOf(dayOf(at), -((new Date(dayOf(at)).getUTCDay() + 6) % 7));

/** How many of these moments lie in each week from one moment to another, at most the last twelve weeks. */
export function weeksOf(from: string, until: string, moments: readonly string[]): { readonly at: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  const last = mondayOf(until);
  for (let week = mondayOf(from); week <= last; week = beginningOf(dayOf(week), 7)) counts.set(week, 0);
  for (const at of moments) {
    const week = mondayOf(at);
    const count = counts.get(week);
    if (count !== undefined) counts.set(week, count + 1);
  }
  return [...counts].slice(-WEEKS).map(([at, count]) => ({ at, count }));
}
