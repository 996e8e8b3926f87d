/** What the commands read in the API's answers: the types of its document, under the names that the commands use. */
import type { Schema } from '../../client';

export type Project = Schema<'Project'>;
export type ProjectItem = Schema<'ProjectItem'>;
export type Phase = Schema<'Phase'>;
export type Gate = Schema<'Gate'>;
export type Condition = Schema<'Condition'>;
export type Blocking = Schema<'Blocking'>;
export type Task = Schema<'Task'>;
export type TaskDetails = Schema<'TaskDetails'>;
export type MyTask = Schema<'MyTask'>;
export type Delegation = Schema<'Delegation'>;
export type DelegationPreview = Schema<'DelegationPreview'>;
export type Leaving = Schema<'Leaving'>;
export type LeftProject = Leaving['projects'][number];
export type LoggedEvent = Schema<'LoggedEvent'>;
export type Events = Schema<'Events'>;
export type Named = Task['role'];
export type Person = Schema<'People'>['items'][number];
export type VersionRef = Schema<'Migration'>['from'];
