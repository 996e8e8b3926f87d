import type { ItemFacts, ItemKind, LeftItem, Leaving } from '../backlog/types';
import type { WorkingCalendar } from '../calendar';
import type { Absences } from '../directory/types';
import type { TextRef } from '../evidence-types';
import type { PlanIterations, PlanRole, PlanTeam, SprintEventKind } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import type { Replaced, RoleHolders } from '../project/types';

export interface SprintInput {
  readonly project: string;
  readonly parent: StreamId;
  readonly id: StreamId;
  readonly phase: Key;
  readonly team: PlanTeam;
  readonly number: number;
  readonly iterations: Omit<PlanIterations, 'teams' | 'ready'>;
  readonly planRoles: readonly PlanRole[];
  readonly managerRole: Key;
  readonly calendar: WorkingCalendar;
  readonly roles: RoleHolders;
  readonly absences?: Absences;
  /** It starts as soon as it is there. */
  readonly start?: true;
  /** Another sprint of the team is not over yet. */
  readonly waits?: true;
}

/** An item as it comes into a sprint. */
export interface CardFacts {
  readonly item: string;
  readonly kind: ItemKind;
  readonly title: TextRef;
  readonly estimate?: number;
  /** The sprint that did not finish it. */
  readonly from?: number;
}

export interface CardState extends Omit<CardFacts, 'item'> {
  readonly column: Key;
  readonly addedAt: Instant;
  /** It came after the start. */
  readonly late?: true;
  readonly person?: PersonId;
  /** Work still expected, in hours, as somebody said last. */
  readonly remaining?: number;
  /** Entries of the Definition of Done that are met. */
  readonly ticked?: readonly Key[];
  readonly movedBy?: PersonId;
  readonly movedAt?: Instant;
  /** When it first left the first column. */
  readonly startedAt?: Instant;
  readonly deliveredAt?: Instant;
  readonly acceptedAt?: Instant;
  readonly returned?: number;
  /** It is not the sprint's any more. */
  readonly left?: Leaving;
}

/** So many items, and the sum of their estimates. */
export interface Tally {
  readonly items: number;
  readonly estimate: number;
}

export interface MemberCapacity {
  readonly person: PersonId;
  /** Working days in the timebox. */
  readonly days: number;
}

/** What a sprint came to. It is fixed when the timebox is over; `accepted` when the sprint is closed. */
export interface SprintResult {
  /** What was planned when it started. */
  readonly scope: Tally;
  readonly added: Tally;
  readonly removed: Tally;
  /** In the last column at the end. */
  readonly delivered: Tally;
  readonly accepted: Tally;
  readonly carried: Tally;
}

export interface Impediment {
  readonly text: TextRef;
  readonly by: PersonId;
  readonly at: Instant;
  readonly owner?: PersonId;
  readonly item?: string;
  readonly resolvedAt?: Instant;
  readonly resolvedBy?: PersonId;
}

export const NOTE_KINDS = ['good', 'improve', 'action'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** A note of the retrospective; an action with who sees to it, and until when, as far as it was said. */
export interface Note extends Pick<ItemFacts, 'owner' | 'due'> {
  readonly kind: NoteKind;
  readonly text: TextRef;
  readonly by: PersonId;
  readonly votes: readonly PersonId[];
}

export const RECOGNITION_KINDS = ['help', 'knowledge', 'quality', 'initiative'] as const;
/** What somebody is thanked for. */
export type RecognitionKind = (typeof RECOGNITION_KINDS)[number];

/** A thank-you of one colleague to another. Its place in the sprint names it, also once it was withdrawn. */
export interface Recognition {
  readonly kind: RecognitionKind;
  readonly text: TextRef;
  readonly by: PersonId;
  readonly to: PersonId;
  readonly at: Instant;
  readonly withdrawn?: true;
}

/** When an event of a sprint is, and how long: hours. Of the daily the time of day counts. */
export interface PlannedEvent {
  readonly at: Instant;
  readonly hours: number;
}

/** Why a timebox is over. */
export type OverBecause = 'time' | 'cancelled' | 'phase';

/** Commands of people (`set-goal` … `close`) and messages of the backlog and of time (the others). */
export type SprintCommand =
  | { readonly type: 'set-goal'; readonly goal: TextRef }
  /** `null`: as the calendar and absences say. */
  | { readonly type: 'set-availability'; readonly person: PersonId; readonly days: number | null }
  /** `hours` left out: as the template has it, or as long as it may take. */
  | { readonly type: 'plan-event'; readonly event: SprintEventKind; readonly at: Instant; readonly hours?: number }
  | { readonly type: 'start' }
  | { readonly type: 'move-card'; readonly item: string; readonly from: Key; readonly to: Key }
  /** `null`: nobody is at it. */
  | { readonly type: 'take-card'; readonly item: string; readonly person: PersonId | null }
  | { readonly type: 'set-remaining'; readonly item: string; readonly hours: number }
  | { readonly type: 'tick-card'; readonly item: string; readonly tick?: readonly Key[]; readonly untick?: readonly Key[] }
  | { readonly type: 'remove-cards'; readonly items: readonly string[] }
  | { readonly type: 'accept'; readonly item: string }
  | { readonly type: 'return'; readonly item: string; readonly reason: TextRef }
  | { readonly type: 'raise-impediment'; readonly text: TextRef; readonly owner?: PersonId; readonly item?: string }
  | { readonly type: 'resolve-impediment'; readonly impediment: number }
  /** `owner`, `due`: of an action. */
  | ({ readonly type: 'add-note'; readonly kind: NoteKind; readonly text: TextRef } & Pick<ItemFacts, 'owner' | 'due'>)
  /** `null`: nobody, and no day. */
  | { readonly type: 'assign-action'; readonly note: number; readonly owner: PersonId | null; readonly due: string | null }
  | { readonly type: 'vote-note'; readonly note: number; readonly vote: boolean }
  | { readonly type: 'recognise'; readonly person: PersonId; readonly kind: RecognitionKind; readonly text: TextRef }
  | { readonly type: 'withdraw-recognition'; readonly recognition: number }
  | { readonly type: 'cancel'; readonly reason: TextRef }
  | { readonly type: 'close' }
  | { readonly type: 'open' }
  | { readonly type: 'take-items'; readonly items: readonly CardFacts[]; readonly person?: PersonId }
  | { readonly type: 'item-changed'; readonly item: string; readonly title: TextRef; readonly estimate?: number }
  | { readonly type: 'freed'; readonly start?: true }
  | { readonly type: 'hold' }
  | { readonly type: 'resume' }
  | { readonly type: 'finish' }
  | { readonly type: 'end' }
  | { readonly type: 'time-up' }
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | { readonly type: 'child-lost'; readonly child: StreamId };

export type SprintEvent =
  | { readonly type: 'sprint-opened' }
  | { readonly type: 'goal-set'; readonly goal: TextRef }
  | { readonly type: 'availability-set'; readonly person: PersonId; readonly days: number | null }
  | { readonly type: 'event-planned'; readonly event: SprintEventKind; readonly at: Instant; readonly hours: number; readonly person: PersonId }
  | { readonly type: 'cards-added'; readonly cards: readonly CardFacts[]; readonly person?: PersonId }
  /** They came when it was over. */
  | { readonly type: 'cards-refused'; readonly items: readonly string[] }
  | { readonly type: 'card-changed'; readonly item: string; readonly title: TextRef; readonly estimate?: number }
  | { readonly type: 'sprint-freed' }
  /** `items`: what the scope is of; not there in older events. */
  | { readonly type: 'sprint-started'; readonly endsAt?: Instant; readonly scope: Tally; readonly capacity: readonly MemberCapacity[]; readonly items?: readonly Key[] }
  | { readonly type: 'card-moved'; readonly item: string; readonly from: Key; readonly to: Key; readonly person: PersonId }
  | { readonly type: 'card-taken'; readonly item: string; readonly person: PersonId | null }
  | { readonly type: 'remaining-set'; readonly item: string; readonly hours: number }
  | { readonly type: 'card-ticked'; readonly item: string; readonly ticked: readonly Key[] }
  | { readonly type: 'cards-removed'; readonly items: readonly string[]; readonly person: PersonId }
  | { readonly type: 'card-accepted'; readonly item: string; readonly person: PersonId }
  /** `to`: the column in which it is worked on again; none: it left the sprint, whose time is over. */
  | { readonly type: 'card-returned'; readonly item: string; readonly person: PersonId; readonly reason: TextRef; readonly to?: Key }
  | { readonly type: 'impediment-raised'; readonly impediment: number; readonly text: TextRef; readonly person: PersonId; readonly owner?: PersonId; readonly item?: string }
  | { readonly type: 'impediment-resolved'; readonly impediment: number; readonly person: PersonId }
  | ({ readonly type: 'note-added'; readonly note: number; readonly kind: NoteKind; readonly text: TextRef; readonly person: PersonId } & Pick<ItemFacts, 'owner' | 'due'>)
  | { readonly type: 'action-assigned'; readonly note: number; readonly owner: PersonId | null; readonly due: string | null }
  | { readonly type: 'note-voted'; readonly note: number; readonly person: PersonId; readonly vote: boolean }
  /** `by` thanks `person`. */
  | { readonly type: 'recognition-given'; readonly recognition: number; readonly kind: RecognitionKind; readonly text: TextRef; readonly person: PersonId; readonly by: PersonId }
  | { readonly type: 'recognition-withdrawn'; readonly recognition: number }
  | { readonly type: 'sprint-cancelled'; readonly reason: TextRef; readonly person: PersonId }
  | { readonly type: 'sprint-held' }
  | { readonly type: 'sprint-resumed'; readonly endsAt?: Instant; readonly closesAt?: Instant }
  | { readonly type: 'sprint-over'; readonly because: OverBecause; readonly result: SprintResult; readonly left: readonly LeftItem[] }
  | { readonly type: 'sprint-closed'; readonly result: SprintResult; readonly left: readonly LeftItem[] }
  /** With all of its project. */
  | { readonly type: 'sprint-ended' }
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar; readonly endsAt?: Instant };

export type SprintStatus = 'opening' | 'planning' | 'running' | 'over' | 'closed' | 'ended';

export interface SprintState {
  readonly input: SprintInput;
  readonly status: SprintStatus;
  /** It may be started. */
  readonly free: boolean;
  readonly roles: RoleHolders;
  readonly absences?: Absences;
  readonly goal?: TextRef;
  readonly startedAt?: Instant;
  /** When the timebox is over; none: it works in flow. */
  readonly endsAt?: Instant;
  /** The cards of its scope when it started; of sprints that started under older rules it is not known. */
  readonly scoped?: readonly Key[];
  readonly overAt?: Instant;
  /** When it closes by itself once it is over, where a hold has moved that. */
  readonly closesAt?: Instant;
  readonly over?: OverBecause;
  readonly closedAt?: Instant;
  readonly cancelReason?: TextRef;
  readonly heldAt?: Instant;
  readonly availability?: Readonly<Record<PersonId, number>>;
  readonly capacity?: readonly MemberCapacity[];
  readonly events?: Readonly<Partial<Record<SprintEventKind, PlannedEvent>>>;
  readonly scope?: Tally;
  readonly result?: SprintResult;
  readonly cards: Readonly<Record<string, CardState>>;
  readonly impediments: readonly Impediment[];
  readonly notes: readonly Note[];
  /** None were given: left out. */
  readonly recognitions?: readonly Recognition[];
}
