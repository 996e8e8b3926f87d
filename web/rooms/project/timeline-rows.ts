/** The rows of the timeline: phases, their tasks, and, where a task is done once per inventory item and is unfolded, a row for each. Pure. */
import type { Schema } from '../../../client';
import type { Span } from './timeline-scale';

export interface TimelineRow {
  readonly key: string;
  readonly name: string;
  readonly kind: 'phase' | 'task' | 'item';
  readonly baseline: Span | null;
  readonly plan: Span | null;
  /** What is over: from when it could be done until it was. */
  readonly actual: Span | null;
  readonly forecast: { readonly p50: string; readonly p80: string; readonly p95: string } | null;
  /** Of a task that can be unfolded: for how many items it is done. */
  readonly items: number;
}

type Compared = Schema<'Comparison'>['tasks'][number];

/** The task that the key of one of an item stands for. */
const plannedOf = (key: string): string => key.split('.', 1)[0] ?? key;

/** One item: from when its task could be done until it was, or is to be. */
function itemRow(task: Schema<'Task'>, { baseline, plan }: Compared): TimelineRow {
  const startAt = task.readyAt ?? plan?.startAt ?? task.doneAt;
  const endAt = task.doneAt ?? task.dueAt ?? plan?.endAt ?? startAt;
  const span = startAt === null || endAt === null ? null : { startAt: startAt < endAt ? startAt : endAt, endAt };
  return {
    key: `${task.phase}/${task.task}`, name: task.item?.name ?? task.name, kind: 'item', baseline, plan: task.doneAt === null ? span : null, actual: task.doneAt === null ? null : span, forecast: null, items: 0,
  };
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = found.get(key);
    if (group) group.push(each);
    else found.set(key, [each]);
  }
  return found;
}

/** Tasks that are done per item, by `PHASE/TASK` of the plan. */
export function itemsByTask(tasks: readonly Schema<'Task'>[]): ReadonlyMap<string, readonly Schema<'Task'>[]> {
  return groupBy(tasks.filter(({ item, former, status }) => item !== null && !former && status !== 'dropped'), ({ phase, task }) => `${phase}/${plannedOf(task)}`);
}

/** Planned tasks with which all is over, by `PHASE/TASK`: from when they could be done until they were; null where nothing of them was. */
export function settledByTask(tasks: readonly Schema<'Task'>[]): ReadonlyMap<string, Span | null> {
  const groups = [...groupBy(tasks.filter(({ former, condition }) => !former && condition === null), ({ phase, task }) => `${phase}/${plannedOf(task)}`)];
  return new Map(groups.filter(([, each]) => each.every(({ status }) => status === 'done' || status === 'dropped')).map(([key, each]) => {
    const ends = each.flatMap(({ doneAt }) => doneAt ?? []).sort();
    const starts = each.flatMap(({ doneAt, readyAt }) => (doneAt === null ? [] : readyAt ?? doneAt)).sort();
    const [startAt, endAt] = [starts[0], ends.at(-1)];
    return [key, startAt === undefined || endAt === undefined ? null : { startAt, endAt }];
  }));
}

interface Given {
  readonly comparison: Schema<'Comparison'>;
  readonly plan: Schema<'Plan'>;
  readonly forecast: Schema<'Forecast'> | undefined;
  readonly items: ReadonlyMap<string, readonly Schema<'Task'>[]>;
  readonly settled: ReadonlyMap<string, Span | null>;
  /** Tasks whose items have rows, as `PHASE/TASK`. */
  readonly unfolded: ReadonlySet<string>;
}

export function rowsOf({ comparison, plan, forecast, items, settled, unfolded }: Given): TimelineRow[] {
  const gates = new Map(forecast?.gates.map((each) => [each.gate.key, each]));
  const tasks = groupBy(comparison.tasks, ({ phase }) => phase);
  return comparison.phases.flatMap(({ phase, baseline, plan: planned, openedAt, passedAt }) => {
    const gate = plan.phases.find((each) => each.phase === phase.key)?.gate?.gate;
    const expected = passedAt === null && gate !== undefined ? gates.get(gate) : undefined;
    const actual = openedAt === null || passedAt === null ? null : { startAt: openedAt, endAt: passedAt };
    return [
      { key: phase.key, name: phase.name, kind: 'phase' as const, baseline, plan: planned, actual, forecast: expected ?? null, items: 0 },
      ...(tasks.get(phase.key) ?? []).flatMap((each): TimelineRow[] => {
        const key = `${phase.key}/${each.task}`;
        const found = items.get(key) ?? [];
        return [
          { key, name: each.name, kind: 'task', baseline: each.baseline, plan: settled.has(key) ? null : each.plan, actual: settled.get(key) ?? null, forecast: null, items: found.length },
          ...(unfolded.has(key) ? found.map((one) => itemRow(one, each)) : []),
        ];
      }),
    ];
  });
}
