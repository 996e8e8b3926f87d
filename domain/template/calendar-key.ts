import { digestOf } from '../digest';
import type { Template } from './schema';

/** Under which key the resolved calendar of a template is kept: the one it names, or one of its own where it differs from that. */
export function calendarKey({ calendar }: Pick<Template, 'calendar'>): string {
  return typeof calendar === 'string' ? calendar : `${calendar.extends}-${digestOf(calendar).slice(0, 12)}`;
}
