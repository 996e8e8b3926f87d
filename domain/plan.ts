/**
 * A plan: a template version compiled for one project. Plain frozen JSON of ids and rules, no texts: a text is found in the
 * database by the path of what it names; what a change added carries a reference to its `title`. Workflows receive their slice of it.
 */
import type { WorkingCalendar } from './calendar';
import type { Amendment, ChangeControl } from './change/types';
import type { TextRef } from './evidence-types';
import type { Expression } from './expression';
import type { EarlyLifePolicy } from './handover/early-life-types';
import type { PlanItem } from './inventory';
import type { BacklogDependency, BacklogTest, PlanIterations } from './plan-iterations';
import type { Key, PersonId } from './process';

export * from './plan-iterations';

export interface Plan {
  readonly schema: 1;
  readonly template: { readonly key: Key; readonly version: string; readonly digest: string };
  readonly calendar: WorkingCalendar;
  readonly roles: readonly PlanRole[];
  /** The role that runs the project: holds, cancels, assigns. */
  readonly managerRole: Key;
  readonly phases: readonly PlanPhase[];
  /** The phase that runs when the project is cancelled before it has begun; none: the project ends at once. */
  readonly onCancel?: Key;
  /** Roles of which nobody may hold two. */
  readonly separation?: readonly (readonly Key[])[];
  /** The values that the template's parameters had when it was made; none: left out. */
  readonly parameters?: Readonly<Record<Key, string | number | boolean>>;
  /** Phases of plans that the project moved on from, as they were: what happened in them stays. */
  readonly former?: readonly PlanPhase[];
  /** Changes of this plan, in their order; it is the template's plan with these carried out. */
  readonly amendments?: readonly Amendment[];
  /** How the plan may be changed, and by whom; left out: only by another version of the template. */
  readonly changeControl?: ChangeControl;
  /** What the project works on; none: left out. */
  readonly items?: readonly PlanItem[];
}

/** All phases that a project has or had. */
export const allPhases = ({ phases, former }: Plan): readonly PlanPhase[] => (former ? [...phases, ...former] : phases);

/** The kinds of phases. All run today as tasks and a gate. */
export type PhaseKind = 'stage' | 'iterations' | 'rollout' | 'handover';

/** A role; one with `members` is a body (a committee): whoever holds a member role belongs to it. */
export interface PlanRole {
  readonly key: Key;
  readonly members: readonly Key[];
  /** For a body: the member role that chairs it. */
  readonly chair?: Key;
  /** Only one person can hold it. */
  readonly single?: true;
  /** Who holds it votes in person: no delegate does. */
  readonly inPerson?: true;
  /** It stands for a group of the directory: whoever belongs to that holds it. */
  readonly group?: Key;
  /** It stands for this person, whom a parameter names. */
  readonly person?: PersonId;
  /** Of a plan that the project moved on from; somebody still holds it. */
  readonly former?: true;
}

export interface PlanPhase {
  readonly key: Key;
  readonly title?: TextRef;
  readonly kind: PhaseKind;
  /** Phases that must have passed before this one opens; none: it opens with the project. */
  readonly after: readonly Key[];
  /** Only when this holds, once all before it have passed; else the phase is skipped, and what comes after it goes on. */
  readonly when?: Expression;
  readonly drivenBy?: Key;
  readonly budget?: number;
  /** What other phases want to know of this one when it has passed: `TASK/FIELD`. */
  readonly exports?: readonly string[];
  /** Facts of phases before it that its conditions and due dates need (`domain/facts.ts`). */
  readonly imports?: readonly string[];
  readonly tasks: readonly PlanTask[];
  readonly deliverables: readonly Key[];
  readonly gate?: PlanGate;
  /** Tasks that are not in the plan any more, done or dropped; of a stage that moved to this plan while it was open. */
  readonly former?: readonly StageTask[];
  /** Teams work on a backlog in it, beside its tasks. */
  readonly iterations?: PlanIterations;
  /** Services are handed over to operations in it, beside its tasks. */
  readonly handover?: PlanHandover;
  /** Deliverables for which items of backlogs wait. */
  readonly announces?: readonly Key[];
}

/** How services are handed over to those who run them. */
export interface PlanHandover {
  /** Roles of those who hand over: who holds one neither accepts nor signs. */
  readonly delivering: readonly Key[];
  /** The role of those who answer for services. */
  readonly serviceOwner: Key;
  readonly teams: readonly PlanReceiver[];
  /** Acceptance criteria, then items of operational readiness. */
  readonly entries: readonly PlanEntry[];
  /** What knowledge is to be passed on about each service. */
  readonly topics: readonly PlanTopic[];
  /** Who signs a service off. */
  readonly signOff: PlanPolicy;
  /** Those who hand over stay for a while; left out: a service is transferred when it is signed off. */
  readonly earlyLife?: EarlyLifePolicy;
}

/** A team that receives services: who holds one of these roles belongs to it. */
export interface PlanReceiver {
  readonly key: Key;
  readonly roles: readonly Key[];
}

export const READINESS_AREAS = [
  'monitoring', 'backup', 'restore', 'runbooks', 'support', 'access', 'contracts', 'capacity', 'security', 'continuity', 'cmdb', 'other',
] as const;
export type ReadinessArea = (typeof READINESS_AREAS)[number];

export interface PlanEntry {
  readonly key: Key;
  readonly kind: 'criterion' | 'readiness';
  readonly area?: ReadinessArea;
  /** The role that sees to it. */
  readonly owner: Key;
  /** Working days after the service was added. */
  readonly dueDays?: number;
  readonly mandatory: boolean;
  readonly evidence: readonly EvidenceField[];
}

/** `shadowing`: who receives it looks on. `reverse-shadowing`: they do it, and who hands over looks on. */
export const SESSION_KINDS = ['session', 'shadowing', 'reverse-shadowing'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export interface PlanTopic {
  readonly key: Key;
  readonly kind: SessionKind;
}

/** How far the services of a handover are, all of them: `accepted` when each is signed off. */
export const REACHED = ['accepted', 'transferred'] as const;
export type Reached = 'none' | (typeof REACHED)[number];

/** A task of a stage. `key` is its key in the stage; `planned` its key in the plan: of one that is done per item, they differ. */
export interface StageTask extends Omit<PlanTask, 'items'> {
  readonly planned: Key;
  readonly item?: string;
}

/** RASCI: Responsible (does it), Accountable (answers for it), Supports, Consulted, Informed. */
export interface Rasci {
  readonly r: Key;
  readonly a: Key;
  readonly s: readonly Key[];
  readonly c: readonly Key[];
  readonly i: readonly Key[];
}

/** A task waits for tasks of its phase, for another phase to open or to be passed, or for items of the backlog of another phase. */
export type Dependency =
  | { readonly task: Key }
  | { readonly phase: Key; readonly reaches: 'open' | 'passed' }
  | BacklogDependency;

/** What the tasks of a phase wait for in backlogs. */
export function awaitedBy({ tasks }: Pick<PlanPhase, 'tasks'>): readonly BacklogDependency[] {
  return tasks.flatMap(({ after }) => after.flatMap((each) => ('backlog' in each ? [each] : [])));
}

/** The phases for which tasks of a phase wait, or for their backlogs. */
export function phasesAwaitedBy({ tasks }: Pick<PlanPhase, 'tasks'>): ReadonlySet<Key> {
  return new Set(tasks.flatMap(({ after }) => after.flatMap((each) => ('backlog' in each ? [each.backlog] : 'phase' in each ? [each.phase] : []))));
}

export interface PlanTask {
  readonly key: Key;
  readonly title?: TextRef;
  readonly rasci: Rasci;
  readonly after: readonly Dependency[];
  /** It is to be done only when this holds, once what it waits for is done. */
  readonly when?: Expression;
  /** Working days after the task became ready, at the end of the day. */
  readonly dueDays?: number;
  /** A due date that is counted from something else. */
  readonly due?: PlanDue;
  /** Working days: at best, most likely, at worst. */
  readonly estimate?: readonly [number, number, number];
  readonly budget?: number;
  /** What the engine does by itself around the due date, as long as the task is not done. */
  readonly ladder?: readonly TaskRung[];
  /** What one delivered, another one has to look at before it counts. */
  readonly fourEyes?: true;
  /** It is done once for each of these inventory items. */
  readonly items?: readonly string[];
  readonly produces: readonly Key[];
  readonly evidence: readonly EvidenceField[];
  /** What to think of; without the required ones ticked it can't be completed. */
  readonly checklist?: readonly { readonly key: Key; readonly required: boolean }[];
}

/** `days` working days after (or, when negative, before) a moment, at the end of that day. */
export type PlanDue =
  | { readonly days: number; readonly from: 'phase' }
  | { readonly days: number; readonly from: 'task'; readonly task: Key }
  | { readonly days: number; readonly from: 'gate'; readonly gate: Key }
  | { readonly days: number; readonly from: 'date'; readonly date: string };

/** What a task must deliver to count as done. */
export type EvidenceField = SimpleField | TableField;
export interface TableField {
  readonly key: Key;
  readonly required: boolean;
  readonly type: 'table';
  readonly columns: readonly SimpleField[];
  readonly minRows: number;
  readonly maxRows: number;
}
export type SimpleField = { readonly title?: TextRef } & (
  | { readonly key: Key; readonly required: boolean; readonly type: 'document' | 'link' | 'text' | 'date' }
  | { readonly key: Key; readonly required: boolean; readonly type: 'number'; readonly min?: number; readonly max?: number }
  | { readonly key: Key; readonly required: boolean; readonly type: 'choice'; readonly choices: readonly Key[] }
  | { readonly key: Key; readonly required: boolean; readonly type: 'checkbox'; readonly mustBeChecked: boolean });

/** A test on one evidence value of one task of the phase. */
export interface EvidenceTest {
  readonly task: Key;
  readonly field: Key;
  readonly is: readonly (string | number | boolean)[];
}

/** A criterion of a gate. `backlog`: what teams were to do is accepted. `handover`: the services of a phase have come so far. `conditions`: those under which gates of these phases were approved are met. Judged ones are looked at by the approvers; the others the engine evaluates itself. */
export type Criterion =
  | { readonly key: Key; readonly kind: 'deliverable'; readonly deliverable: Key; readonly mandatory: boolean }
  | { readonly key: Key; readonly kind: 'evidence'; readonly test: EvidenceTest; readonly mandatory: boolean }
  | { readonly key: Key; readonly kind: 'conditions'; readonly phases: readonly Key[]; readonly mandatory: boolean }
  | { readonly key: Key; readonly kind: 'condition'; readonly condition: Expression; readonly mandatory: boolean }
  | ({ readonly key: Key; readonly kind: 'backlog'; readonly mandatory: boolean } & BacklogTest)
  | { readonly key: Key; readonly kind: 'handover'; readonly phase: Key; readonly services: Exclude<Reached, 'none'>; readonly mandatory: boolean }
  | { readonly key: Key; readonly kind: 'judged'; readonly mandatory: boolean; readonly title?: TextRef };

export interface PlanGate {
  readonly key: Key;
  readonly title?: TextRef;
  readonly criteria: readonly Criterion[];
  readonly policy: PlanPolicy;
  /** The phase that opens when the gate answers stop; none: the project ends stopped. */
  readonly onStop?: Key;
  /** Earlier phases that the approvers may send the project back to. */
  readonly onRework?: readonly Key[];
}

/** The phases on whose conditions the gate of a phase insists. */
export function insistsOn({ gate }: Pick<PlanPhase, 'gate'>): ReadonlySet<Key> {
  return new Set((gate?.criteria ?? []).flatMap((criterion) => (criterion.kind === 'conditions' ? criterion.phases : [])));
}

/** The phases of whose services the gate of a phase asks. */
export function asksOfHandovers({ gate }: Pick<PlanPhase, 'gate'>): ReadonlySet<Key> {
  return new Set((gate?.criteria ?? []).flatMap((criterion) => (criterion.kind === 'handover' ? [criterion.phase] : [])));
}

/** How a decision is made: steps in sequence, or all at once. */
export interface PlanPolicy {
  readonly steps: readonly PlanStep[];
  readonly parallel?: true;
  /** A vote against is counted, and decides by itself only with a veto; left out: any decides by itself. */
  readonly against?: 'counts';
  /** Voters may abstain. */
  readonly abstention?: true;
  /** Working days without a decision until the voters are reminded, and again after as many. */
  readonly remindAfterDays?: number;
  /** Working days without a decision until `escalateTo` is told. */
  readonly escalateAfterDays?: number;
  readonly escalateTo?: Key;
  /** Working days in which a step is to be decided. */
  readonly dueDays?: number;
  /** What the engine does by itself, rung by rung, while a step is not decided; begins anew with each step. */
  readonly ladder?: readonly PlanRung[];
  readonly reasonRequired: readonly Outcome[];
  /** The outcomes that can be voted for; left out: all. */
  readonly outcomes?: readonly Outcome[];
  /** Who delivered evidence that is decided on does not vote. */
  readonly separationOfDuties?: true;
  /** Everybody votes in person: no delegate does. */
  readonly inPerson?: true;
  /** Who does not vote either. */
  readonly notBy?: readonly Separated[];
}

/** When a rung is reached: `days` (at the end of that working day) or working `hours`, negative before a due date. */
export interface RungTime {
  readonly days?: number;
  readonly hours?: number;
  /** Counted from the due date; left out: from the opening. */
  readonly from?: 'due';
}

/** What a rung of a task does, counted from its due date: who does the task is told again, or who holds a role is told of it. */
export type TaskRung = RungTime & { readonly from: 'due' } & ({ readonly do: 'remind' } | { readonly do: 'raise'; readonly to: Key });

/** What a rung of an approval does. */
export type PlanRung = RungTime & {
  /** It concerns this step alone. */
  readonly step?: Key;
} & (
  /** Those who are waited for are told again. */
  | { readonly do: 'remind' }
  /** Who holds the role may vote too; the step takes no more votes for it than before. */
  | { readonly do: 'add-approver'; readonly to: Key }
  /** Who holds the role takes the place of those who have not voted. */
  | { readonly do: 'move-to-deputy'; readonly to: Key }
  /** Who holds the role, of the project or beyond projects, may decide on the step alone. */
  | { readonly do: 'raise'; readonly to: Key }
  /** The policy answers in place of the people. */
  | { readonly do: 'decide'; readonly outcome: DefaultOutcome });

/** What a policy can answer by itself. */
export const DEFAULT_OUTCOMES = ['approve', 'stop'] as const;
export type DefaultOutcome = (typeof DEFAULT_OUTCOMES)[number];

/** Who may be kept from deciding beside those who did the work: who asked for it, and the line managers of those who delivered evidence. */
export const SEPARATED = ['requester', 'line-manager'] as const;
export type Separated = (typeof SEPARATED)[number];

/** Whether people are given a role: not to a body, and not to one that stands for a group or a person. */
export const isAssignable = ({ members, group, person }: PlanRole): boolean => members.length === 0 && group === undefined && person === undefined;

/** The groups of the directory that decide in a plan. */
export const groupsOf = ({ roles }: Pick<Plan, 'roles'>): readonly Key[] => roles.flatMap(({ group }) => group ?? []);

/** The answers of a gate. */
export const OUTCOMES = ['approve', 'approve-with-conditions', 'rework', 'stop'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** `percent` is of all who may vote, `majority` of the votes given. */
export type Quorum = 'any' | 'all' | 'majority' | number | { readonly percent: number };

export interface PlanStep {
  readonly key: Key;
  readonly roles: readonly Key[];
  /** How many of the step's people must approve. */
  readonly quorum: Quorum;
  /** Roles whose vote against decides by itself, where votes against are counted. */
  readonly veto?: readonly Key[];
  /** Its people vote in person: no delegate does. */
  readonly inPerson?: true;
  /** The step applies only when this holds for the evidence. */
  readonly when?: EvidenceTest | Expression;
}
