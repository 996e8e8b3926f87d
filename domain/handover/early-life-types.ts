/**
 * Early-life support: those who built a service stay with it while operations begin to run it, and figures of each day say whether it runs well
 * enough for them to go. Days are local dates `YYYY-MM-DD` of the calendar of the project.
 */
import type { ConditionAsked } from '../approval/types';
import type { RejectionCode, FieldProblem } from '../errors';
import type { TextRef } from '../evidence-types';
import type { Instant, Key, PersonId } from '../process';

export const PRIORITIES = ['p1', 'p2', 'p3', 'p4'] as const;
export type Priority = (typeof PRIORITIES)[number];
export type ByPriority = Readonly<Record<Priority, number>>;

/** What is known of one day of a service. */
export interface DailyFigures {
  /** Incidents that came in on that day. */
  readonly incidents: ByPriority;
  /** Incidents still open when the day was over; left out: not told. */
  readonly open?: ByPriority;
  /** How far the agreed service level was met, in percent. */
  readonly serviceLevel: number;
  /** Defects of what was delivered, still open when the day was over. */
  readonly defects: number;
  /** Calls and questions that the service desk had about it. */
  readonly calls: number;
}

/** What an exit criterion looks at. */
export const MEASURES = ['incidents', 'open-incidents', 'service-level', 'defects', 'calls'] as const;
export type Measure = (typeof MEASURES)[number];

/** `each-day`: on no day beyond the limit; `total`: all days together; `last-day`: on the last of them. */
export const SPANS = ['each-day', 'total', 'last-day'] as const;
export type Span = (typeof SPANS)[number];

/** What has to be so for early-life support to end. A service level has to reach the limit; of everything else there may be no more than it. */
export type ExitCriterion =
  | {
    readonly key: Key;
    readonly kind: 'figures';
    readonly measure: Measure;
    /** Of incidents: the priorities that count; left out: all. */
    readonly priorities?: readonly Priority[];
    readonly over: Span;
    /** Only the last days of the period count; left out: as many as the period was agreed for. */
    readonly last?: number;
    readonly limit: number;
  }
  /** All sessions of knowledge transfer are confirmed by those who receive the service. */
  | { readonly key: Key; readonly kind: 'training' };

/** What the template says about early-life support. */
export interface EarlyLifePolicy {
  readonly days: number;
  /** Which days count: those on which people work, or all. */
  readonly count: 'working' | 'calendar';
  /** A criterion that is not met when the period is over lengthens it by so many days, and so often at most. */
  readonly extension?: { readonly days: number; readonly times: number };
  /** For so many working days at most what is not met may be accepted. */
  readonly acceptanceDays: number;
  readonly criteria: readonly ExitCriterion[];
}

/** A day, in short: incidents by priority, service level, defects, calls, and, where they were told, open incidents by priority. */
export type PackedFigures = readonly number[];

export type FiguresSource = 'hand' | 'file' | 'webhook';

/** What was told of a day, by whom and when; `before` is what was told earlier, the first first. */
export interface RecordedDay {
  readonly figures: PackedFigures;
  readonly at: Instant;
  /** Left out: another system told it. */
  readonly by?: PersonId;
  readonly source: FiguresSource;
  /** It came after the end of the working day that followed. */
  readonly late?: true;
  readonly before?: readonly { readonly figures: PackedFigures; readonly at: Instant; readonly by?: PersonId; readonly source: FiguresSource }[];
}

export type Verdict = 'met' | 'unmet' | 'missing' | 'pending';

/** How a criterion stands. `missing`: nothing speaks against it, but figures of days that are over are not there. `pending`: no day is over yet. */
export interface CriterionStanding {
  readonly key: Key;
  readonly verdict: Verdict;
  /** The worst day, the total or the last day, as the criterion has it; null: no figure is there. */
  readonly value: number | null;
  readonly limit: number | null;
  /** Days beyond the limit; of a total: none. */
  readonly breached: readonly string[];
  readonly missing: readonly string[];
}

/** What was not met when the period was over, and lengthened it. */
export interface Extension {
  readonly at: Instant;
  readonly days: number;
  readonly criteria: readonly Key[];
}

/** Who receives the service takes it although this is not met, under a condition of the service: with an owner, and for so long as that says. */
export interface ExitAcceptance {
  readonly criteria: readonly Key[];
  readonly condition: Key;
  readonly person: PersonId;
  readonly at: Instant;
}

/** What the figures say when the period is over. `missing`: they do not say it yet. */
export interface Judgement {
  readonly outcome: 'met' | 'unmet' | 'missing';
  /** Those that keep the service from being transferred. */
  readonly criteria: readonly Key[];
  /** Days whose figures it takes to say more. */
  readonly missing: readonly string[];
}

/** Who is there on a day, for those who built it and for those who run it. */
export interface Duty {
  readonly project?: readonly PersonId[];
  readonly operations?: readonly PersonId[];
}

export const SIDES = ['project', 'operations'] as const;
export type Side = (typeof SIDES)[number];

/** Whom to reach when it burns. */
export interface Contact {
  readonly side: Side;
  /** What they are reached for, their name, and how to reach them. */
  readonly what: TextRef;
  readonly who: TextRef;
  readonly how: TextRef;
}

export interface EarlyLife {
  readonly startedAt: Instant;
  /** The first day. */
  readonly from: string;
  /** Days of the period, extensions included. */
  readonly length: number;
  readonly days: Readonly<Record<string, RecordedDay>>;
  readonly extensions: readonly Extension[];
  readonly acceptances: readonly ExitAcceptance[];
  /** Left out while the period runs. */
  readonly judged?: Judgement;
  /** The service was given back to those who built it, or was transferred. */
  readonly endedAt?: Instant;
  readonly duty?: Readonly<Record<string, Duty>>;
  readonly contacts?: readonly Contact[];
}

/** Figures of a day as somebody tells them. */
export interface FiguresEntry {
  readonly service: Key;
  readonly date: string;
  readonly figures: DailyFigures;
  /** The time zone whose days they are; left out: that of the calendar. */
  readonly timeZone?: string;
  /** It takes the place of what was told of that day. */
  readonly correction?: true;
}

/** Figures that were not taken, and why. */
export interface RefusedFigures {
  readonly service: Key;
  readonly date: string;
  /** Its place in the list. */
  readonly place: number;
  readonly code: RejectionCode;
  readonly fields?: readonly FieldProblem[];
}

export type EarlyLifeCommand =
  | { readonly type: 'record-figures'; readonly source: FiguresSource; readonly entries: readonly FiguresEntry[] }
  | { readonly type: 'accept-unmet'; readonly service: Key; readonly criteria: readonly Key[]; readonly asked: ConditionAsked }
  | { readonly type: 'set-duty'; readonly service: Key; readonly days: readonly { readonly date: string; readonly side: Side; readonly persons: readonly PersonId[] }[] }
  | { readonly type: 'set-contacts'; readonly service: Key; readonly contacts: readonly Contact[] };

export type EarlyLifeEvent =
  | { readonly type: 'early-life-started'; readonly service: Key; readonly from: string; readonly length: number }
  | { readonly type: 'figures-recorded'; readonly service: Key; readonly date: string; readonly figures: PackedFigures; readonly source: FiguresSource; readonly late?: true; readonly correction?: true }
  /** Of many that were told at once, those that could not be taken. */
  | { readonly type: 'figures-refused'; readonly entries: readonly RefusedFigures[] }
  | { readonly type: 'early-life-extended'; readonly service: Key; readonly days: number; readonly criteria: readonly Key[] }
  /** The period is over, or what is known of its days has changed since. */
  | ({ readonly type: 'early-life-judged'; readonly service: Key } & Judgement)
  /** Followed by the condition that is set. */
  | { readonly type: 'unmet-accepted'; readonly service: Key; readonly criteria: readonly Key[]; readonly condition: Key; readonly person: PersonId }
  | { readonly type: 'duty-set'; readonly service: Key; readonly days: readonly { readonly date: string; readonly side: Side; readonly persons: readonly PersonId[] }[] }
  | { readonly type: 'contacts-set'; readonly service: Key; readonly contacts: readonly Contact[] };
