/** Instants of the API (ISO-8601) in the time zone of the terminal. */

/** `YYYY-MM-DD`; empty for none. */
export const dayOf = (at: string | null): string => (at === null ? '' : new Date(at).toLocaleDateString('sv-SE'));
/** `HH:MM:SS`. */
export const timeOf = (at: string): string => new Date(at).toLocaleTimeString('sv-SE');
/** `YYYY-MM-DD HH:MM`; empty for none. */
export const momentOf = (at: string | null): string => (at === null ? '' : `${dayOf(at)} ${timeOf(at).slice(0, 5)}`);
