/** Where the reaches of a waterway lie: columns from source to sea, parallel phases in channels of their own. Pure. */

/** A phase as the layout sees it. */
export interface Course {
  readonly key: string;
  /** Phases that it waits for. */
  readonly after: readonly string[];
}

/** A reach: `span` columns from `column` on, in channel `lane` (the topmost is 0). */
export interface Placed {
  readonly key: string;
  readonly column: number;
  readonly span: number;
  readonly lane: number;
}

/** Water that goes from the end of one reach to the head of another that is not straight behind it. */
export interface Join {
  readonly from: string;
  readonly to: string;
  /** The column at whose left edge it changes channels. */
  readonly column: number;
  readonly lanes: readonly [number, number];
  /** Where the reach that it comes from ended, in columns. */
  readonly start: number;
}

export interface Layout {
  readonly columns: number;
  readonly lanes: number;
  readonly placed: readonly Placed[];
  readonly joins: readonly Join[];
}

/** Longest way to each phase along `next`, in reaches; a circle, which no plan has, ends where it is noticed. */
function depths(keys: readonly string[], next: (key: string) => readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const under = new Set<string>();
  const visit = (key: string): number => {
    const known = found.get(key);
    if (known !== undefined || under.has(key)) return known ?? 0;
    under.add(key);
    const depth = Math.max(0, ...next(key).map((each) => visit(each) + 1));
    under.delete(key);
    found.set(key, depth);
    return depth;
  };
  for (const key of keys) visit(key);
  return found;
}

/** All that comes before a phase, near and far. */
function ancestorsOf(key: string, before: (key: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const left = [...before(key)];
  for (let each = left.pop(); each !== undefined; each = left.pop()) {
    if (seen.has(each)) continue;
    seen.add(each);
    left.push(...before(each));
  }
  return seen;
}

/**
 * Lays out phases. A reach is as long as it has to wait for those beside it; one that nothing follows goes on to the end. The longest way
 * lies in the topmost channel; ties keep the order given. Phases in `after` that are not given are passed over.
 */
export function layOut(phases: readonly Course[]): Layout {
  const keys = phases.map(({ key }) => key);
  const known = new Set(keys);
  const waits = new Map(phases.map(({ key, after }) => [key, [...new Set(after)].filter((each) => known.has(each) && each !== key)]));
  const before = (key: string): readonly string[] => waits.get(key) ?? [];
  const followers = new Map(keys.map((key) => [key, keys.filter((each) => before(each).includes(key))]));
  const behind = (key: string): readonly string[] => followers.get(key) ?? [];
  const column = depths(keys, before);
  const length = depths(keys, behind);
  const columnOf = (key: string): number => column.get(key) ?? 0;
  const columns = Math.max(1, ...keys.map((key) => columnOf(key) + 1));

  const placed = new Map<string, Placed>();
  const isFree = (lane: number, from: number, to: number): boolean =>
    [...placed.values()].every((each) => each.lane !== lane || each.column + each.span <= from || each.column >= to);
  const order = keys.map((key, place) => ({ key, place }))
    .sort((a, b) => columnOf(a.key) - columnOf(b.key) || (length.get(b.key) ?? 0) - (length.get(a.key) ?? 0) || a.place - b.place);
  for (const { key } of order) {
    const from = columnOf(key);
    const to = Math.max(from + 1, Math.min(columns, ...behind(key).map(columnOf)));
    const straight = before(key).map((each) => placed.get(each)?.lane ?? 0).sort((a, b) => a - b);
    let lane = straight.find((each) => isFree(each, from, to)) ?? 0;
    while (!isFree(lane, from, to)) lane++;
    placed.set(key, { key, column: from, span: to - from, lane });
  }

  const joins = keys.flatMap((key) => {
    const to = placed.get(key) as Placed;
    const near = before(key).filter((each) => !before(key).some((other) => other !== each && ancestorsOf(other, before).has(each)));
    return near.flatMap((each): Join[] => {
      const from = placed.get(each) as Placed;
      const start = from.column + from.span;
      return from.lane === to.lane && start === to.column ? [] : [{ from: each, to: key, column: to.column, lanes: [from.lane, to.lane], start }];
    });
  });
  return { columns, lanes: Math.max(1, ...[...placed.values()].map(({ lane }) => lane + 1)), placed: keys.map((key) => placed.get(key) as Placed), joins };
}
