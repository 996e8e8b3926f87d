/** Days and moments on the home ground, as the API and fields have them. Pure. */

/** Dates are those of the home ground, wherever the reader's device is. */
export const ZONE = 'Europe/Brussels';

const plainDay = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE });

/** The day that a moment falls on, as `2026-12-01`. */
export const dayOf = (at: string | number): string => plainDay.format(new Date(at));

/** Noon of a day `YYYY-MM-DD`, so that it is that day wherever the reader is. */
export const noon = (date: string): string => `${date}T11:00:00Z`;

/** How far the home ground is from UTC at a moment, in milliseconds. */
const offsetAt = (at: number): number => Date.parse(`${new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T')}Z`) - at;

/** The day that it is, as `2026-12-01`. */
export const today = (): string => dayOf(Date.now());

/** The beginning of a day, or of the one so many days later. @param day `YYYY-MM-DD` @returns ISO 8601 */
export function beginningOf(day: string, daysLater = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const midnight = Date.UTC(year, month - 1, date + daysLater);
  return new Date(midnight - offsetAt(midnight - offsetAt(midnight))).toISOString();
}

/** A moment as the field for one takes it, such as `2026-12-01T09:15`. @param at ISO 8601 */
export const toField = (at: string): string => new Date(Date.parse(at) + offsetAt(Date.parse(at))).toISOString().slice(0, 16);

/** The moment that such a field holds. @returns ISO 8601; undefined for one that is not filled in */
export function fromField(value: string): string | undefined {
  const local = Date.parse(`${value}Z`);
  return Number.isNaN(local) ? undefined : new Date(local - offsetAt(local - offsetAt(local))).toISOString();
}
