/** Inventory items of projects: their names stand here alone, plans know their ids. */
import type { InventoryItem } from '../domain/inventory';
import type { Database } from './client';

/** Keeps the inventory of a project; items that are kept already stay as they are. */
export async function keepInventory(db: Database, project: string, items: readonly InventoryItem[]): Promise<void> {
  if (items.length === 0) return;
  await db.pool.query(
    `INSERT INTO inventory_items (project, id, position, kind, name, attributes)
     SELECT $1, u.id, u.position, u.kind, u.name, u.attributes::jsonb
     FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[]) u(id, position, kind, name, attributes)
     ON CONFLICT DO NOTHING`,
    [project, items.map(({ id }) => id), items.map((_, index) => index), items.map(({ kind }) => kind), items.map(({ name }) => name),
      items.map(({ attributes }) => JSON.stringify(attributes))]);
}

/** The inventory of a project, in the order in which it was given. */
export async function listInventory(db: Database, project: string): Promise<InventoryItem[]> {
  const { rows } = await db.pool.query<InventoryItem>(
    'SELECT id, kind, name, attributes FROM inventory_items WHERE project = $1 ORDER BY position, id', [project]);
  return rows;
}

/** Names of items, by project and id with a space between. */
export async function readItemNames(db: Database, items: readonly { readonly project: string; readonly item: string }[]): Promise<Map<string, string>> {
  if (items.length === 0) return new Map();
  const { rows } = await db.pool.query<{ project: string; id: string; name: string }>(
    `SELECT i.project, i.id, i.name FROM inventory_items i
     JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) u(project, id)) wanted ON wanted.project = i.project AND wanted.id = i.id`,
    [items.map(({ project }) => project), items.map(({ item }) => item)]);
  return new Map(rows.map(({ project, id, name }) => [`${project} ${id}`, name]));
}
