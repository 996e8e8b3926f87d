/** What the commands read in the API's answers. */

export interface Named {
  readonly key: string;
  readonly name: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface VersionRef {
  readonly key: string;
  readonly version: string;
}

export interface Delegation {
  readonly id: string;
  readonly absent: Person;
  readonly delegate: Person;
  readonly from: string;
  readonly until: string;
  readonly role: string | null;
  readonly project: string | null;
  readonly status: string;
}

/** What somebody has in a project. */
export interface LeftProject {
  readonly project: string;
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly tasks: number;
  readonly approvals: number;
}

export interface Leaving {
  readonly person: Person;
  readonly leftAt: string | null;
  readonly projects: readonly LeftProject[];
  readonly groups: readonly string[];
  readonly manages: number;
  readonly delegations: number;
}

export interface ProjectItem {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  readonly template: VersionRef & { readonly name: string };
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface Gate {
  readonly gate: string;
  readonly name: string;
  readonly status: string;
  readonly round: number;
}

export interface Phase {
  readonly phase: string;
  readonly name: string;
  readonly status: string;
  readonly round: number;
  readonly openTasks: number;
  readonly doneTasks: number;
  readonly gate: Gate | null;
  readonly former: boolean;
}

export interface Condition {
  readonly phase: string;
  readonly task: string;
  readonly status: string;
  readonly defect: string | null;
  readonly owner: Named;
  readonly dueAt: string | null;
}

export interface Blocking {
  readonly phase: string;
  readonly name: string;
  readonly gate: Named | null;
  readonly tasks: readonly {
    readonly task: string; readonly name: string; readonly status: string; readonly role: Named; readonly persons: readonly Person[];
    readonly assignee: Person | null;
    readonly blocked: { readonly reason: string | null } | null;
  }[];
  readonly criteria: readonly Named[];
  readonly votes: readonly { readonly step: string | null; readonly person: Person; readonly standIn: { readonly delegate: Person; readonly until: string } | null }[];
  readonly undecidable: { readonly step: string | null } | null;
  readonly conditions: readonly Condition[];
}

export interface Project extends ProjectItem {
  readonly heldAt: string | null;
  readonly cancelledAt: string | null;
  readonly reason: string | null;
  readonly changing: { readonly kind: string; readonly since: string; readonly waitingFor: readonly string[] } | null;
  readonly lostChildren: readonly string[];
  readonly migrations: readonly { readonly at: string; readonly from: VersionRef; readonly to: VersionRef; readonly outcome: string }[];
  readonly roles: readonly (Named & { readonly persons: readonly Person[] })[];
  readonly phases: readonly Phase[];
  readonly blocking: readonly Blocking[];
  readonly conditions: readonly Condition[];
}

export interface Task {
  readonly project: string;
  readonly phase: string;
  readonly phaseName: string;
  readonly task: string;
  readonly name: string;
  readonly status: string;
  readonly role: Named;
  readonly assignee: Person | null;
  readonly dueAt: string | null;
  readonly dueIsProvisional: boolean;
  readonly former: boolean;
  readonly blocked: { readonly person: Person; readonly since: string; readonly reason: string | null } | null;
}

export interface TaskDetails extends Task {
  readonly guidance: string | null;
  readonly waitingFor: readonly string[];
  readonly fields: readonly (Named & { readonly type: string; readonly required: boolean })[];
  readonly attachments: readonly { readonly sha256: string; readonly name: string | null; readonly person: Person }[];
  readonly hoursSpent: number | null;
  readonly hoursRemaining: number | null;
  readonly checklist: readonly { readonly key: string; readonly name: string | null; readonly required: boolean; readonly tickedBy: Person | null; readonly tickedAt: string | null }[];
}

export interface LoggedEvent {
  readonly position: string;
  readonly stream: string;
  readonly type: string;
  readonly at: string;
  readonly by: { readonly kind: string; readonly person?: string; readonly onBehalfOf?: string; readonly role?: string; readonly source?: string };
  readonly event: Readonly<Record<string, unknown>>;
}

export interface Events {
  readonly items: readonly LoggedEvent[];
  readonly nextAfter: string | null;
}
