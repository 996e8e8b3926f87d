/** The entry of the workflow bundle. */
export { approval } from './approval';
export { calendars } from './calendars';
export { directory } from './directory';
export { projectLifecycle } from './project-lifecycle';
export { stage } from './stage';
export { upkeep } from './upkeep';
