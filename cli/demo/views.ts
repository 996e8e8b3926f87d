/** What the demo reads of the API's answers. */
import type { Schema } from '../../client';
import type { Named, Person } from '../client/views';

export type { Condition, Gate, LoggedEvent, Project, Task } from '../client/views';
export type { Named, Person };
/** The demo decides on gates alone, not on changes of the plan. */
type OfGate = { readonly gate: string; readonly gateName: string };
export type ApprovalItem = Schema<'ApprovalItem'> & OfGate;
export type Approval = Schema<'Approval'> & OfGate;

export interface Page<T> { readonly items: readonly T[]; readonly nextCursor?: string | null; readonly nextAfter?: string | null }
