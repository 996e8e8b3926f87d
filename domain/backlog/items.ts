/** What may be said of items, and where they stand. */
import type { FieldProblem } from '../errors';
import { own } from '../fold';
import { needKey, type PlanTeam } from '../plan';
import type { Key } from '../process';
import type { RoleHolders } from '../project/types';
import { type BacklogState, ITEM_KINDS, type ItemChange, type ItemFacts, type ItemState, type TeamSprints } from './types';

/** So many in one backlog, whatever became of them: a state has to stay well below the 2 MiB of a run's argument. */
export const MAX_ITEMS = 2_500;
/** In one command: what it causes is projected as one batch. */
export const MAX_AT_ONCE = 200;
export const MAX_ESTIMATE = 10_000;
const MAX_LINKS = 30;

export const teamOf = ({ input }: Pick<BacklogState, 'input'>, key: Key): PlanTeam | undefined => input.iterations.teams.find((team) => team.key === key);
export const sprintsOf = ({ teams }: BacklogState, team: Key): TeamSprints => own(teams, team) ?? { last: 0, open: [] };

/** Items by their places, the first first. */
export function inOrder(items: BacklogState['items']): [string, ItemState][] {
  return Object.entries(items).sort(([, one], [, other]) => (one.order < other.order ? -1 : 1));
}

/** The place of the last item; undefined when there is none. */
export const lastOrder = (items: BacklogState['items']): string | undefined =>
  Object.values(items).reduce<string | undefined>((last, { order }) => (last === undefined || order > last ? order : last), undefined);

/** The places beside one: of the item before it and of the one after it, the item `without` left out. */
export function neighbours(items: BacklogState['items'], order: string, without: string): { readonly before: string | undefined; readonly after: string | undefined } {
  let before: string | undefined;
  let after: string | undefined;
  for (const [key, item] of Object.entries(items)) {
    if (key === without) continue;
    if (item.order < order && (before === undefined || item.order > before)) before = item.order;
    if (item.order > order && (after === undefined || item.order < after)) after = item.order;
  }
  return { before, after };
}

/** A reference to another item of the same list, `#1` for the first, as its number: the first one gets `next`. */
export const numbered = (reference: string, next: number): string => (/^#\d{1,4}$/.test(reference) ? String(next + Number(reference.slice(1)) - 1) : reference);

/**
 * What does not fit in items that are added or changed.
 * @param at JSON pointer of each. @param known the items with all that is to be added or changed.
 */
export function itemProblems(known: Readonly<Record<string, ItemFacts>>, item: string, facts: ItemFacts, at: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: FieldProblem['code'], expected?: string): void => {
    problems.push({ pointer: `${at}/${field}`, code, ...(expected !== undefined && { expected }) });
  };
  if (!ITEM_KINDS.includes(facts.kind)) wrong('kind', 'choice', ITEM_KINDS.join(', '));
  if (facts.estimate !== undefined && !(facts.estimate >= 0 && facts.estimate <= MAX_ESTIMATE)) wrong('estimate', 'range', `0 – ${MAX_ESTIMATE}`);
  if (facts.epic !== undefined && (facts.kind === 'epic' || own(known, facts.epic)?.kind !== 'epic')) wrong('epic', 'choice');
  for (const field of ['labels', 'after', 'deliverables', 'inventory', 'needs'] as const) {
    const values = facts[field] ?? [];
    if (values.length > MAX_LINKS) wrong(field, 'range', `0 – ${MAX_LINKS}`);
    if (new Set(values).size < values.length) wrong(field, 'duplicate');
  }
  const after = facts.after ?? [];
  if (after.some((each) => !own(known, each))) wrong('after', 'choice');
  else if (after.length > 0 && leadsTo(known, after, item)) wrong('after', 'circle');
  return problems;
}

/** Whether something that comes before these items is this one. */
function leadsTo(known: Readonly<Record<string, ItemFacts>>, from: readonly string[], item: string): boolean {
  const seen = new Set<string>();
  const open = [...from];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each === item) return true;
    if (seen.has(each)) continue;
    seen.add(each);
    open.push(...(own(known, each)?.after ?? []));
  }
  return false;
}

/** Deliverables of other phases that an item names, and that the template does not have items wait for. */
export function needProblems({ input }: BacklogState, { needs = [] }: ItemFacts, at: string): FieldProblem[] {
  const known = (input.iterations.needs ?? []).map(needKey);
  return needs.every((each) => known.includes(each)) ? [] : [{ pointer: `${at}/needs`, code: 'choice', expected: known.join(', ') }];
}

/** An owner has a part in the project, and nothing is to be done by a day that is over. @param today `YYYY-MM-DD`. */
export function ownerProblems(roles: RoleHolders, { owner, due }: { readonly owner?: string | null; readonly due?: string | null }, today: string, at: string): FieldProblem[] {
  const isKnown = typeof owner !== 'string' || Object.values(roles).some((holders) => holders.includes(owner));
  const isAhead = typeof due !== 'string' || (/^\d{4}-\d\d-\d\d$/.test(due) && due >= today);
  return [...(isKnown ? [] : [{ pointer: `${at}/owner`, code: 'choice' as const }]), ...(isAhead ? [] : [{ pointer: `${at}/due`, code: 'range' as const, expected: `≥ ${today}` }])];
}

/** Deliverables for which an item waits: those that it names, and those that items with one of its labels wait for. */
export function needsOf({ input, openNeeds = [] }: Pick<BacklogState, 'openNeeds'> & { readonly input: Pick<BacklogState['input'], 'iterations'> }, { needs = [], labels = [] }: ItemFacts): string[] {
  const ofLabels = (input.iterations.needs ?? []).flatMap((need) => (need.label !== undefined && labels.includes(need.label) ? [needKey(need)] : []));
  return openNeeds.filter((each) => needs.includes(each) || ofLabels.includes(each));
}

/** An item with what is said of it now. */
export function changed<T extends ItemFacts>(item: T, change: ItemChange): T {
  const gone = Object.entries(change).filter(([, value]) => value === null || (Array.isArray(value) && value.length === 0)).map(([field]) => field);
  return Object.fromEntries(Object.entries({ ...item, ...change }).filter(([field]) => !gone.includes(field))) as unknown as T;
}
