/** How far a backlog is the Product Owner's: beyond that, its project decides by a change of the plan. */
import { refuse } from '../errors';
import type { Decision } from '../process';
import type { BacklogEvent, BacklogState, ItemFacts, ItemState } from './types';

const round = (amount: number): number => Math.round(amount * 100) / 100;
/** What an item counts; an epic is the sum of what belongs to it. */
const weightOf = ({ kind, estimate = 0 }: Pick<ItemFacts, 'kind' | 'estimate'>): number => (kind === 'epic' ? 0 : estimate);

/** The estimates of some items. */
export const amountOf = (items: readonly Pick<ItemFacts, 'kind' | 'estimate'>[]): number => round(items.reduce((sum, item) => sum + weightOf(item), 0));

/** The estimates of all items that are done or to be done. */
export const scopeOf = ({ items }: Pick<BacklogState, 'items'>): number => amountOf(Object.values(items).filter(({ status }) => status !== 'dropped'));

/** What is promised is what stands in the backlog when the first sprint starts; as long as nothing is estimated, no tolerance can be counted from it. */
export function baselineEvents(state: BacklogState): BacklogEvent[] {
  const control = state.input.iterations.scopeControl;
  if (!control || state.baseline) return [];
  const scope = scopeOf(state);
  return control.tolerance !== undefined && scope === 0 ? [] : [{ type: 'scope-baselined', scope }];
}

/** So far the estimates of all items may grow; undefined: as far as the Product Owner likes. */
export function limitOf({ input, baseline }: Pick<BacklogState, 'baseline'> & { readonly input: Pick<BacklogState['input'], 'iterations'> }): number | undefined {
  const { tolerance, added = 0 } = input.iterations.scopeControl ?? {};
  return tolerance === undefined || !baseline ? undefined : round(baseline.scope * (1 + tolerance / 100) + added);
}

type Refused = Extract<Decision<BacklogEvent>, { ok: false }>;

/** Refuses what would have the backlog grow beyond its limit. @param by what comes, in estimates. */
export function refuseGrowth(state: BacklogState, by: number): Refused | undefined {
  const limit = limitOf(state);
  const scope = round(scopeOf(state) + by);
  return by > 0 && limit !== undefined && scope > limit ? refuse('scope-beyond-tolerance', { scope, limit, unit: state.input.iterations.unit }) : undefined;
}

/** Whether an item belongs to what was promised, and no change gave it free. */
export function isKept({ input, baseline }: BacklogState, item: string, { labels }: ItemState): boolean {
  const { label, released } = input.iterations.scopeControl ?? {};
  return baseline !== undefined && label !== undefined && (labels?.includes(label) ?? false) && !released?.includes(item);
}

/** Refuses that an item of what was promised is dropped, or loses its label. */
export function refuseLoss(state: BacklogState, item: string, known: ItemState, next: ItemFacts | undefined): Refused | undefined {
  const label = state.input.iterations.scopeControl?.label ?? '';
  return isKept(state, item, known) && !next?.labels?.includes(label) ? refuse('scope-promised', { item, label }) : undefined;
}

/** Refuses another Product Goal where it belongs to what was promised. */
export function refuseGoal({ input, baseline, goal }: BacklogState): Refused | undefined {
  return input.iterations.scopeControl?.goal && baseline && goal ? refuse('goal-promised') : undefined;
}
