import { encodeCursor } from './cursor';

/** Of one item more than asked for: the page, and the cursor of its last item when there is more. */
export function pageOf<T>(found: readonly T[], limit: number, place: (item: T) => readonly (string | number | null)[]): { items: T[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > limit && last !== undefined ? encodeCursor(place(last)) : null };
}
