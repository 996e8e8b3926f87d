/** The entry of the workflow bundle. */
export { approval } from './approval';
export { backlog } from './backlog';
export { calendars } from './calendars';
export { directory } from './directory';
export { handover } from './handover';
export { projectLifecycle } from './project-lifecycle';
export { sprint } from './sprint';
export { stage } from './stage';
export { texts } from './texts';
export { upkeep } from './upkeep';
