/** What the demo reads of the API's answers. */
import type { Condition, Gate as SharedGate, Named, Person, Task as SharedTask } from '../client/views';

export type { Condition, Named, Person };

export interface Task extends Omit<SharedTask, 'assignee' | 'former'> {
  readonly reopened: number;
  readonly fields: readonly {
    readonly key: string; readonly name: string; readonly type: string; readonly choices?: readonly Named[];
  }[];
  readonly condition: { readonly defect: string | null; readonly plan: string | null } | null;
}

export interface Gate extends SharedGate {
  readonly criteria: readonly { readonly key: string; readonly mandatory: boolean; readonly met: boolean | null }[];
}

export interface Project {
  readonly id: string;
  readonly status: string;
  readonly roles: readonly { readonly key: string; readonly body: boolean; readonly persons: readonly Person[] }[];
  readonly phases: readonly {
    readonly phase: string; readonly name: string; readonly status: string; readonly openTasks: number; readonly gate: Gate | null;
  }[];
  readonly blocking: readonly {
    readonly phase: string;
    readonly tasks: readonly { readonly task: string; readonly name: string }[];
    readonly criteria: readonly Named[];
    readonly votes: readonly { readonly person: Person }[];
  }[];
  readonly conditions: readonly Condition[];
}

export interface ApprovalItem { readonly id: string; readonly project: string; readonly gate: string; readonly gateName: string; readonly round: number }

export interface Approval extends ApprovalItem {
  readonly digest: string;
  readonly status: string;
  readonly step: Named | null;
  readonly outcome: string | null;
  readonly criteria: readonly { readonly key: string; readonly name: string; readonly met: boolean | null }[];
  readonly evidence: readonly Task[];
  readonly waitingFor: readonly Person[];
}

export interface LoggedEvent { readonly stream: string; readonly seq: number; readonly type: string }

export interface Page<T> { readonly items: readonly T[]; readonly nextCursor?: string | null; readonly nextAfter?: string | null }
