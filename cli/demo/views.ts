/** What the demo reads of the API's answers. */
import type { Schema } from '../../client';

export type { Condition, Events, Project, Task } from '../client/views';
/** The demo decides on gates alone, not on changes of the plan. */
export type Approval = Schema<'Approval'> & { readonly gate: string; readonly gateName: string };
