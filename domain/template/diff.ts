/** What is different between two versions of a template, in its own terms: not lines of text. */
import { digestOf } from '../digest';
import { type ChangedValue, changedValues } from './changed-values';
import type { Template, TemplatePhase, TemplateTask } from './schema';

export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved' | 'renamed';
export type Part = 'template' | 'role' | 'parameter' | 'item-kind' | 'phase' | 'task' | 'gate';

export interface Change {
  readonly kind: ChangeKind;
  readonly part: Part;
  /** Key, of a task with its phase before it: `PHASE/TASK`. */
  readonly key: string;
  /** Before: the former key of what was renamed, or the phase from which it was moved. */
  readonly from?: string;
  /** For what changed: which of its properties. */
  readonly properties?: readonly string[];
  /** And where in them, with what stood there and what does now. */
  readonly values?: readonly ChangedValue[];
  /** Only what people read is different. */
  readonly textOnly?: true;
}

type Json = Readonly<Record<string, unknown>>;
const TEXTS = new Set(['name', 'description', 'guidance', 'abbreviation']);
/** Parts that are compared by themselves. */
const PARTS: Readonly<Record<string, ReadonlySet<string>>> = {
  template: new Set(['roles', 'parameters', 'inventory', 'phases', 'version', 'key', 'schema']), phase: new Set(['tasks', 'gate', 'key']),
};

/** All changes from one version to another, in the order of the new one; what was removed comes last. */
export function diffTemplates(before: Template, after: Template): Change[] {
  return [
    ...compare('template', after.key, before, after),
    ...lists('role', before.roles, after.roles, ({ key }) => key),
    ...lists('parameter', before.parameters, after.parameters, ({ key }) => key),
    ...lists('item-kind', before.inventory, after.inventory, ({ kind }) => kind),
    ...lists('phase', before.phases, after.phases, ({ key }) => key),
    ...tasks(before, after),
    ...gates(before, after),
  ];
}

/** Changes of one part; none when it is the same. */
function compare(part: Part, key: string, before: Json, after: Json): Change[] {
  const apart = PARTS[part] ?? new Set(['key', 'kind']);
  const properties = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !apart.has(name))
    .filter((name) => digestOf({ value: before[name] ?? null }) !== digestOf({ value: after[name] ?? null }));
  if (properties.length === 0) return [];
  const values = properties.flatMap((name) => changedValues(before[name], after[name], [name]));
  return [{ kind: 'changed', part, key, properties, values, ...(properties.every((name) => TEXTS.has(name)) && { textOnly: true as const }) }];
}

/** What something is beside its key: equal contents under another key were renamed. */
function contentOf(value: Json, without: readonly string[]): string {
  return digestOf(Object.fromEntries(Object.entries(value).filter(([name]) => !without.includes(name))));
}

function lists<T extends object>(part: Part, before: readonly T[], after: readonly T[], keyOf: (item: T) => string): Change[] {
  const without = ['key', 'kind', 'after', 'name', 'description'];
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const now = new Map(after.map((item) => [keyOf(item), item]));
  const gone = before.filter((item) => !now.has(keyOf(item)));
  const renamed = new Map<string, string>();
  for (const item of after) {
    if (old.has(keyOf(item))) continue;
    const same = gone.find((each) => ![...renamed.values()].includes(keyOf(each)) && contentOf(each as Json, without) === contentOf(item as Json, without));
    if (same) renamed.set(keyOf(item), keyOf(same));
  }
  const changes = after.flatMap((item): Change[] => {
    const key = keyOf(item);
    const from = renamed.get(key);
    if (from !== undefined) return [{ kind: 'renamed', part, key, from }];
    const known = old.get(key);
    return known ? compare(part, key, known as Json, item as Json) : [{ kind: 'added', part, key }];
  });
  const removed = gone.map(keyOf).filter((key) => ![...renamed.values()].includes(key)).map((key): Change => ({ kind: 'removed', part, key }));
  return [...changes, ...removed];
}

interface Placed {
  readonly phase: string;
  readonly task: TemplateTask;
}

const placed = ({ phases }: Template): Placed[] => phases.flatMap((phase: TemplatePhase) => phase.tasks.map((task) => ({ phase: phase.key, task })));
const idOf = ({ phase, task }: Placed): string => `${phase}/${task.key}`;

function tasks(before: Template, after: Template): Change[] {
  const old = placed(before);
  const now = placed(after);
  const known = new Map(old.map((each) => [idOf(each), each]));
  const kept = new Set(now.map(idOf));
  const gone = old.filter((each) => !kept.has(idOf(each)));
  const taken = new Set<Placed>();
  const take = (found: Placed | undefined): Placed | undefined => {
    if (found) taken.add(found);
    return found;
  };
  const free = (test: (each: Placed) => boolean): Placed | undefined => gone.find((each) => !taken.has(each) && test(each));
  const changes = now.flatMap((each): Change[] => {
    const key = idOf(each);
    const same = known.get(key);
    if (same) return compare('task', key, same.task as Json, each.task as Json);
    const moved = take(free(({ task }) => task.key === each.task.key));
    if (moved) return [{ kind: 'moved', part: 'task', key, from: moved.phase }, ...compare('task', key, moved.task as Json, each.task as Json)];
    const without = ['key', 'name', 'guidance'];
    const renamed = take(free(({ phase, task }) => phase === each.phase && contentOf(task as Json, without) === contentOf(each.task as Json, without)));
    return renamed ? [{ kind: 'renamed', part: 'task', key, from: renamed.task.key }] : [{ kind: 'added', part: 'task', key }];
  });
  return [...changes, ...gone.filter((each) => !taken.has(each)).map((each): Change => ({ kind: 'removed', part: 'task', key: idOf(each) }))];
}

function gates(before: Template, after: Template): Change[] {
  const of = ({ phases }: Template) => phases.flatMap(({ gate }) => gate ?? []);
  return lists('gate', of(before), of(after), ({ key }) => key);
}
