/** How the teams of a phase work on its backlog, and what others ask of it: the part of a plan that sprints are made of. */
import type { TextRef } from './evidence-types';
import type { Key } from './process';

/** How teams work on the backlog of a phase. */
export interface PlanIterations {
  /** Orders the backlog, and accepts what teams deliver. */
  readonly productOwner: Key;
  /** Sees to it that teams can work (a Scrum Master). */
  readonly facilitator?: Key;
  readonly unit: EstimateUnit;
  /** Columns of the boards; what comes into the last one is delivered. */
  readonly columns: readonly PlanColumn[];
  /** Definition of Ready: what an item needs before a team takes it on. */
  readonly ready: readonly Key[];
  /** Definition of Done: what an item needs before it is delivered. */
  readonly done: readonly Key[];
  readonly teams: readonly PlanTeam[];
  /** Deliverables of other phases for which items can wait. */
  readonly needs?: readonly PlanNeed[];
  /** Beyond this, a change of the plan decides on the backlog; none: the Product Owner does on all of it. */
  readonly scopeControl?: ScopeControl;
}

/** How far the backlog is the Product Owner's, from its baseline on: what stood in it when the first sprint started. */
export interface ScopeControl {
  /** Percent of the baseline by which the estimates of all items may grow; none: without a bound. */
  readonly tolerance?: number;
  /** The Product Goal is part of the baseline. */
  readonly goal?: true;
  /** Items with this label are: they are not dropped. */
  readonly label?: string;
  /** What changes that were approved allow beyond the tolerance, in estimates. */
  readonly added?: number;
  /** The Product Goal that a change set. */
  readonly newGoal?: TextRef;
  /** Items that changes took out of the baseline. */
  readonly released?: readonly string[];
}

/** A deliverable of another phase for which items can wait; with a label: all items with that label do. */
export interface PlanNeed {
  readonly phase: Key;
  readonly deliverable: Key;
  readonly label?: string;
}

/** The name of a need: `PHASE/DELIVERABLE`. */
export const needKey = ({ phase, deliverable }: Pick<PlanNeed, 'phase' | 'deliverable'>): string => `${phase}/${deliverable}`;

/** Working days of a month at most: a sprint is no longer. */
export const SPRINT_DAYS = 23;

export type EstimateUnit = 'points' | 'hours';

/** What a sprint has a time for: the events of the Scrum Guide 2020 within a sprint. */
export const SPRINT_EVENTS = ['planning', 'daily', 'review', 'retrospective'] as const;
export type SprintEventKind = (typeof SPRINT_EVENTS)[number];

/** Hours of each in a sprint of a month, at most (Scrum Guide 2020). */
const HOURS_OF_A_MONTH: Readonly<Record<SprintEventKind, number>> = { planning: 8, daily: 0.25, review: 4, retrospective: 3 };
/** Working days from which a sprint counts as one of a month: four weeks. */
const MONTH_DAYS = 20;

/**
 * How long an event of a sprint may take, in hours: of a sprint of a month what the Scrum Guide 2020 says; of a shorter one less, in proportion, to the
 * next quarter of an hour. A daily is 15 minutes in any sprint.
 * @param days working days of the sprint; none: a team in flow, which has what a month has.
 */
export function eventHoursAtMost(event: SprintEventKind, days = MONTH_DAYS): number {
  const most = HOURS_OF_A_MONTH[event];
  return event === 'daily' ? most : Math.ceil(most * Math.min(days, MONTH_DAYS) / MONTH_DAYS * 4) / 4;
}

export interface PlanColumn {
  readonly key: Key;
  /** Items at most at once, per team. */
  readonly wip?: number;
}

export interface PlanTeam {
  readonly key: Key;
  /** Who holds one of these roles belongs to it. */
  readonly roles: readonly Key[];
  /** Working days of a sprint; none: it works in flow, on one board. */
  readonly days?: number;
  /** The next sprint starts when one is over. */
  readonly startsItself?: true;
  /** Hours that the events of its sprints take, where the template says so. */
  readonly events?: Readonly<Partial<Record<SprintEventKind, number>>>;
  /** Where items go that a sprint did not finish. */
  readonly leftovers: 'next' | 'backlog';
}

/** Nothing of this kind, with this label, is left to do in the backlog of the phase, and so many are done at least. */
export interface BacklogTest {
  readonly items?: 'epic' | 'story' | 'task' | 'bug' | 'spike';
  readonly label?: string;
  readonly accepted?: number;
}

/** Until nothing of it is left to do in the backlog of a phase, and as many as asked for are done; or until that phase is over. */
export interface BacklogDependency extends BacklogTest {
  readonly backlog: Key;
  /** One item, by its number. */
  readonly item?: string;
}

/** The name of what is waited for in a backlog: `backlog:PHASE/NUMBER`, or `backlog:PHASE/KIND/LABEL/ACCEPTED` with a star for what is not said. */
export const awaitedKey = ({ backlog, item, items, label, accepted }: BacklogDependency): string =>
  `backlog:${backlog}/${item ?? [items ?? '*', label ?? '*', accepted ?? 0].join('/')}`;
