import type { Row } from '../domain/process';

/** Rows by table, as the database function `sluis_upsert_rows` takes them; of rows with the same id the last one counts. */
export function toRowSet(rows: readonly Row[]): Record<string, { id: string; data: unknown }[]> {
  const tables = new Map<Row['table'], Map<string, unknown>>();
  for (const { table, id, data } of rows) {
    const byId = tables.get(table) ?? new Map<string, unknown>();
    tables.set(table, byId.set(id, data));
  }
  return Object.fromEntries([...tables].map(([table, byId]) => [table, [...byId].map(([id, data]) => ({ id, data }))]));
}
