/** All endpoints, in the order of the document. */
import { backlogEndpoints } from './agile/backlog';
import { backlogForecasts } from './agile/forecast';
import { ownItemEndpoints } from './agile/mine';
import { pulseEndpoints } from './agile/pulse';
import { sprintEndpoints } from './agile/sprints';
import { entryEndpoints } from './handover/entries';
import { knowledgeEndpoints } from './handover/knowledge';
import { serviceEndpoints } from './handover/services';
import { approvalEndpoints } from './approvals/endpoints';
import { changeEndpoints } from './changes/endpoints';
import { lookUpCommand } from './commands/lookup';
import { calendarEndpoints } from './calendars/endpoints';
import { demoEndpoints } from './demo/endpoints';
import { feedEndpoints } from './feed/endpoints';
import { fileEndpoints } from './files/endpoints';
import { delegationEndpoints } from './directory/delegations';
import { directoryEndpoints } from './directory/people';
import { groupEndpoints } from './directory/groups';
import { programEndpoints } from './directory/programs';
import { leavingEndpoints } from './directory/leaving';
import { documentEndpoints } from './handover/document';
import { figuresEndpoints } from './handover/figures';
import { servicesEndpoints } from './handover/services-view';
import { webhookEndpoints } from './handover/webhooks';
import { forecastEndpoints } from './forecasts/endpoints';
import type { Endpoint } from './http/endpoint';
import { meEndpoints } from './me/endpoints';
import { migrationEndpoints } from './migrations/endpoints';
import { peopleEndpoints } from './people/endpoints';
import { portfolioEndpoints } from './portfolio/endpoints';
import { projectCommands } from './projects/commands';
import { projectReads } from './projects/reads';
import { searchEndpoints } from './search/endpoints';
import { signInEndpoints } from './sign-in/endpoints';
import { startProject } from './projects/start';
import { exportRecord } from './record/endpoints';
import { taskCommands } from './tasks/commands';
import { bulkCommands } from './tasks/bulk';
import { commentEndpoints } from './tasks/comments';
import { listEffort } from './tasks/effort';
import { taskReads } from './tasks/reads';
import { workloadEndpoints } from './workload/endpoints';
import { templateEndpoints } from './templates/endpoints';

export const ENDPOINTS: readonly Endpoint[] = [
  ...signInEndpoints, ...meEndpoints, ...ownItemEndpoints, ...feedEndpoints, ...searchEndpoints, ...templateEndpoints, ...calendarEndpoints, startProject, ...portfolioEndpoints, ...demoEndpoints, ...projectReads, ...projectCommands, ...fileEndpoints, ...taskReads, ...taskCommands, ...commentEndpoints, listEffort, ...bulkCommands, ...backlogEndpoints, ...sprintEndpoints, ...serviceEndpoints, ...entryEndpoints, ...knowledgeEndpoints, ...figuresEndpoints, ...webhookEndpoints, ...servicesEndpoints, ...documentEndpoints, ...backlogForecasts, ...approvalEndpoints,
  ...changeEndpoints, ...migrationEndpoints, ...forecastEndpoints,
  exportRecord,
  ...pulseEndpoints, ...workloadEndpoints,
  ...peopleEndpoints, ...directoryEndpoints, ...delegationEndpoints, ...leavingEndpoints, ...groupEndpoints, ...programEndpoints, lookUpCommand,
];
