/** Tells running projects what became known of their calendars. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { WorkingCalendar } from '../domain/calendar';
import type { Message } from '../domain/process';
import { calendarKey } from '../domain/template/calendar-key';
import { type CalendarStanding, listCalendarStandings, noteTold } from '../store/calendar-standings';
import { findCalendar } from '../store/plans';
import { findTemplate } from '../store/templates';
import { projectStream, SIGNAL_MESSAGE } from '../workflows/contract';
import type { ActivityDeps } from './deps';
import { inParallel } from './in-parallel';

const PAGE = 500;
const WIDTH = 8;

/**
 * Sends the newest version of its calendar to each running project that has another. Repeating it is harmless: a project ignores what it
 * knows, and one that is told is noted.
 */
export async function tellCalendars({ database, client, log }: Pick<ActivityDeps, 'database' | 'client' | 'log'>): Promise<void> {
  const calendars = new Map<string, Promise<WorkingCalendar | null>>();
  const calendarOf = ({ template, version }: CalendarStanding): Promise<WorkingCalendar | null> => {
    const name = `${template}@${version}`;
    const known = calendars.get(name) ?? findTemplate(database, template, version)
      .then((found) => (found ? findCalendar(database, calendarKey(found)) : null));
    calendars.set(name, known);
    return known;
  };
  for (let after = ''; ;) {
    const page = await listCalendarStandings(database.pool, after, PAGE);
    await inParallel(page, WIDTH, async (standing) => {
      const calendar = await calendarOf(standing);
      const { project, known } = standing;
      if (!calendar || (known.key === calendar.key && known.version >= calendar.version)) {
        if (!standing.isNoted) await noteTold(database.pool, project, known);
        return;
      }
      await tell(client, project, calendar);
      await noteTold(database.pool, project, calendar);
      log.info({ project, calendar: calendar.key, version: calendar.version }, 'a project was told of its calendar');
    });
    if (page.length < PAGE) return;
    after = page.at(-1)?.project ?? after;
  }
}

/** The version numbers the message, so that the project hears of each once. One that has ended needs none. */
async function tell(client: Client, project: string, calendar: WorkingCalendar): Promise<void> {
  const message: Message = { type: 'calendar-changed', calendar };
  await client.workflow.getHandle(projectStream(project)).signal(SIGNAL_MESSAGE, `calendar/${calendar.key}`, calendar.version, message).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}
