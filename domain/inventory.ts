/** What a lifecycle works on: servers, racks, applications, sites. A project gets its inventory when it starts. */
import type { Scalar } from './expression';
import { own } from './fold';
import type { Key } from './process';

/** An inventory item. `id` is its key within the project; a task that is done once per item has it in its own key. */
export interface InventoryItem {
  readonly id: string;
  readonly kind: Key;
  readonly name: string;
  readonly attributes: Readonly<Record<Key, string | number | boolean>>;
}

/** An item as the plan knows it: no name. */
export type PlanItem = Pick<InventoryItem, 'id' | 'kind'>;

/** Form of an item's id: it stands in keys of tasks and in addresses. */
export const ITEM_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;
export const MAX_ITEMS = 5_000;

/** The key of a task done for one item. Keys of tasks hold no dot, ids of items neither. */
export const itemTaskKey = (task: Key, item: string): string => `${task}.${item}`;

/** The authored task and the item that the key of a task stands for. */
export function splitTaskKey(key: string): { readonly task: Key; readonly item?: string } {
  const dot = key.indexOf('.');
  return dot < 0 ? { task: key } : { task: key.slice(0, dot), item: key.slice(dot + 1) };
}

/** An attribute of an item, as conditions see it. */
export function attributeOf(item: InventoryItem, key: string): Scalar {
  if (key === 'id' || key === 'kind' || key === 'name') return item[key];
  return own(item.attributes, key) ?? null;
}
