/** Weeks that are shown: the last ones. */
const WEEKS = 12;

/** The Monday of a moment's week, in the reader's own time. */
function mondayOf(at: string): Date {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - (day.getDay() + 6) % 7);
  return day;
}

/** How many of these moments lie in each week from one moment to another, at most the last twelve weeks. */
export function weeksOf(from: string, until: string, moments: readonly string[]): { readonly at: string; readonly count: number }[] {
  const counts = new Map<number, number>();
  const last = mondayOf(until);
  for (const week = mondayOf(from); week <= last; week.setDate(week.getDate() + 7)) counts.set(week.getTime(), 0);
  for (const at of moments) {
    const week = mondayOf(at).getTime();
    const count = counts.get(week);
    if (count !== undefined) counts.set(week, count + 1);
  }
  return [...counts].slice(-WEEKS).map(([week, count]) => ({ at: new Date(week).toISOString(), count }));
}
