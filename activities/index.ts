/** The activities that workflows call: everything with I/O. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { findConcernedProjects } from '../store/reads/directory';
import { sealHeads } from '../store/seal';
import type { SluisActivities } from '../workflows/contract';
import { resolveCalendars } from '../store/calendars';
import { resolveTemplateCalendars } from '../store/templates';
import { keepTexts } from '../store/texts';
import type { ActivityDeps } from './deps';
import { findLost } from './find-lost';
import { project } from './project';
import { Silence } from './silence';
import { tellCalendars } from './tell-calendars';
import { type Compared, LOOK_AGAIN_MS, tendRuns } from './tend-runs';

export type { ActivityDeps, Log } from './deps';

/** A seal each hour; a call that comes much sooner (a retry, a second worker) finds nothing to do. */
const SEAL_GAP_MS = 55 * 60_000;

/** The activities, bound to what they work with. */
export function createActivities(deps: ActivityDeps): SluisActivities {
  const compared: Compared = new Map();
  const silence = new Silence();
  return {
    project: async (batch) => {
      // Somebody waits for a local activity; where it fails, an ordinary one takes its place, which nobody waits for.
      if (activityInfo().isLocal && silence.isSilent()) throw ApplicationFailure.create({ type: 'database-silent', message: 'the database does not answer' });
      await silence.listen(() => project(deps, batch));
    },
    findLost: (ids) => findLost(deps.client, ids),
    findProjects: (persons, groups, programs) => findConcernedProjects(deps.database, persons, groups, programs),
    sealHeads: async () => {
      await sealHeads(deps.database.pool, Date.now(), SEAL_GAP_MS);
    },
    resolveCalendars: async () => {
      await resolveCalendars(deps.database.prisma);
      await resolveTemplateCalendars(deps.database);
      await tellCalendars(deps);
    },
    keepTexts: (of, texts) => keepTexts(deps.database, of, texts),
    tendRuns: () => tendRuns(deps, LOOK_AGAIN_MS, compared),
  };
}
