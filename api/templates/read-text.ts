/** The text of a template, read and given the calendar that its projects would get. */
import { SHIPPED_FRAGMENTS } from '../../config/library';
import type { WorkingCalendar } from '../../domain/calendar';
import type { Problem } from '../../domain/template/problem';
import { say, told } from '../../domain/template/say';
import { parseTemplate, type Template } from '../../domain/template/schema';
import { resolveTemplateCalendar } from '../../store/calendars';

/** Problems of the meaning as problems of the text: with their line and column. */
type Placed = (problems: readonly Problem[]) => readonly Problem[];

/** Does `work` on the template that the text holds; with a text that holds none, `refuse` says so. Never throws. */
export function withTemplateText<T>(text: string, refuse: (problems: readonly Problem[]) => T, work: (template: Template, calendar: WorkingCalendar, placed: Placed) => T): T {
  const parsed = parseTemplate(text, SHIPPED_FRAGMENTS);
  if (!parsed.ok) return refuse(parsed.problems);
  const { template, locate } = parsed;
  try {
    return work(template, resolveTemplateCalendar(template), (problems) => problems.map((problem) => ({ ...problem, ...locate(problem.pointer) })));
  } catch (error) {
    // A calendar that there is not, or a time zone: the only things that are looked up outside the template.
    return refuse([{ pointer: '/calendar', code: 'calendar-mismatch', ...told(say`there is no such calendar: ${error instanceof Error ? error.message : String(error)}`), ...locate('/calendar') }]);
  }
}
