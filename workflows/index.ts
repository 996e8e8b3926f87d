/** The entry of the workflow bundle. */
export { approval } from './approval';
export { calendars } from './calendars';
export { projectLifecycle } from './project-lifecycle';
export { stage } from './stage';
export { upkeep } from './upkeep';
