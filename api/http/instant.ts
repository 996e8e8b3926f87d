import type { Instant } from '../../domain/process';

/** An instant as ISO-8601 in UTC with milliseconds. */
export function toIso(instant: Instant): string;
export function toIso(instant: Instant | null): string | null;
export function toIso(instant: Instant | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
