/** Parts of statements that several reads share. */

/** A timestamp column as milliseconds since 1970, under a name. */
export function millis(column: string, name: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8 AS "${name}"`;
}

/** The status of projects in which people can do something. */
export const ACTIVE_PROJECT = `('starting', 'running')`;

/** Which part of a list is wanted: how many items, and the sort values of the one after which to go on. */
export interface Place<T> {
  readonly limit: number;
  readonly after?: T;
}
