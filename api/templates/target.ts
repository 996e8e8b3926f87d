/** Which version of a template a question is about. */
import type { WorkingCalendar } from '../../domain/calendar';
import { calendarKey } from '../../domain/template/calendar-key';
import type { Template } from '../../domain/template/schema';
import type { Deps } from '../deps';
import { readTemplate } from '../naming';
import { Problem } from '../problem';

/** A published template with the calendar that new projects get; or the text of a draft. */
export type Target = PublishedTarget | { readonly text: string };
export interface PublishedTarget {
  readonly template: Template;
  readonly calendar: WorkingCalendar;
}

/** A version of a template; the latest that starts projects, when none is named. @throws Problem `unknown-template`, `not-ready`. */
export async function publishedTarget(deps: Deps, template: string, version: string | undefined): Promise<PublishedTarget> {
  const versions = (await deps.reads.templates()).filter((each) => each.key === template);
  const wanted = version ?? versions.find(({ deprecatedAt }) => deprecatedAt === null)?.version;
  if (wanted === undefined) throw new Problem('unknown-template');
  const found = await readTemplate(deps, template, wanted);
  const calendar = await deps.reads.calendar(calendarKey(found));
  if (!calendar) throw new Problem('not-ready');
  return { template: found, calendar };
}
