import type { WorkingCalendar } from '../calendar';
import type { Absences } from '../directory/types';
import type { TextRef } from '../evidence-types';
import type { BacklogTest, PlanIterations, PlanRole } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import type { Replaced, RoleHolders } from '../project/types';
import type { RevisionCommand, RevisionEvent, RevisionKind } from '../revision';

export const ITEM_KINDS = ['epic', 'story', 'task', 'bug', 'spike'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What a backlog is given of the project's plan. */
export interface BacklogSlice {
  readonly iterations: PlanIterations;
  readonly planRoles: readonly PlanRole[];
  readonly managerRole: Key;
  readonly calendar: WorkingCalendar;
  /** What the gate of the phase asks of it; nothing: left out. */
  readonly asked?: readonly AskedOfBacklog[];
  /** What tasks of other phases wait for; nothing: left out. */
  readonly awaited?: readonly Awaited[];
  /** Deliverables for which items wait, `PHASE/DELIVERABLE`, that are not there yet. */
  readonly openNeeds?: readonly string[];
}

/** Items that tasks of other phases wait for; `key` is that of `awaitedKey`. */
export interface Awaited extends BacklogTest {
  readonly key: string;
  readonly item?: string;
}

/** How far it is with what is waited for; `left`: numbers of items that are still to be done, the first ones. */
export interface AwaitedStand {
  readonly met: boolean;
  readonly left: readonly string[];
}
export type AwaitedStands = Readonly<Record<string, AwaitedStand>>;

/** A criterion of the gate. */
export interface AskedOfBacklog extends BacklogTest {
  readonly key: Key;
}

export interface BacklogInput extends BacklogSlice {
  readonly project: string;
  readonly parent: StreamId;
  readonly id: StreamId;
  readonly phase: Key;
  readonly roles: RoleHolders;
  readonly absences?: Absences;
}

/** What is said of an item. Its number names it; `title` and `criteria` (when it is acceptable) stand beside the log. */
export interface ItemFacts {
  readonly kind: ItemKind;
  readonly title: TextRef;
  readonly criteria?: TextRef;
  readonly estimate?: number;
  /** The epic that it is part of. */
  readonly epic?: string;
  readonly labels?: readonly Key[];
  /** Items that come before it. */
  readonly after?: readonly string[];
  /** Deliverables of the phase that it contributes to. */
  readonly deliverables?: readonly Key[];
  /** Deliverables of other phases that it waits for, `PHASE/DELIVERABLE`. */
  readonly needs?: readonly string[];
  /** Inventory items that it concerns. */
  readonly inventory?: readonly string[];
  /** Who sees to it, whether a sprint has it or not. */
  readonly owner?: PersonId;
  /** The last day by which it is to be done, `YYYY-MM-DD`. */
  readonly due?: string;
}

/** What a retrospective wants to be done: the title of the item that it becomes, who sees to it, and until when. */
export type AskedAction = TextRef & Pick<ItemFacts, 'owner' | 'due'>;

/** `planned`: a sprint has it. */
export type ItemStatus = 'open' | 'planned' | 'done' | 'dropped';

export interface SprintRef {
  readonly team: Key;
  readonly number: number;
}

/** Of an item that a retrospective asked for, with who sees to it: they do it without a sprint. */
export interface ActionMark {
  readonly action?: true;
}

export interface ItemState extends ItemFacts, ActionMark {
  readonly status: ItemStatus;
  /** Its place: see `order.ts`. */
  readonly order: string;
  /** Entries of the Definition of Ready that are met. */
  readonly ready?: readonly Key[];
  readonly sprint?: SprintRef;
  /** How many sprints did not finish it. */
  readonly carried?: number;
  /** Who moved it last, and when. */
  readonly movedBy?: PersonId;
  readonly movedAt?: Instant;
  readonly doneAt?: Instant;
  /** It was done without a sprint: nobody accepted it. */
  readonly finished?: true;
}

/** What can be changed of an item; `null` takes it away. */
export type ItemChange = { readonly [K in keyof ItemFacts]?: ItemFacts[K] | (K extends 'kind' | 'title' ? never : null) };

/** How an item left a sprint. `refused`: the sprint was over when it came. `lost`: the sprint's process is gone. */
export type Leaving = 'accepted' | 'returned' | 'removed' | 'carried' | 'refused' | 'lost';

export interface LeftItem {
  readonly item: string;
  readonly how: Leaving;
}

export type SprintStage = 'planning' | 'running' | 'over';

/** Commands of people (`set-goal` … `plan-items`) and messages of the project and of sprints (the others). */
export type BacklogCommand =
  | { readonly type: 'set-goal'; readonly goal: TextRef }
  | { readonly type: 'add-items'; readonly items: readonly ItemFacts[]; readonly place?: 'first' | 'last' }
  | { readonly type: 'change-item'; readonly item: string; readonly change: ItemChange; readonly tick?: readonly Key[]; readonly untick?: readonly Key[] }
  /** `before` and `after`: the neighbours it is to have; one of them is enough. `seen`: the place from which the person took it. */
  | { readonly type: 'move-item'; readonly item: string; readonly after?: string; readonly before?: string; readonly seen?: string }
  | { readonly type: 'drop-items'; readonly items: readonly string[] }
  | { readonly type: 'restore-items'; readonly items: readonly string[] }
  /** Its owner did what a retrospective asked for. */
  | { readonly type: 'finish-item'; readonly item: string }
  | { readonly type: 'open-sprint'; readonly team: Key }
  | ({ readonly type: 'plan-items'; readonly items: readonly string[] } & SprintRef)
  | { readonly type: 'open' }
  /** `round`: the one in which it is open again. */
  | { readonly type: 'phase-turned'; readonly open: boolean; readonly round?: number }
  | ({ readonly type: 'sprint-started' } & SprintRef)
  | ({ readonly type: 'items-left'; readonly items: readonly LeftItem[] } & SprintRef)
  /** Its timebox is over: what it did not finish, and tasks that its retrospective asks for. */
  | ({ readonly type: 'sprint-over'; readonly items: readonly LeftItem[] } & SprintRef)
  | ({ readonly type: 'sprint-closed'; readonly items: readonly LeftItem[]; readonly actions: readonly AskedAction[] } & SprintRef)
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'needs-stand'; readonly open: readonly string[] }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | RevisionCommand<BacklogSlice>
  | { readonly type: 'end' }
  | { readonly type: 'look' }
  | { readonly type: 'child-lost'; readonly child: StreamId };

export type BacklogEvent =
  | { readonly type: 'backlog-opened' }
  | { readonly type: 'phase-turned'; readonly open: boolean; readonly round?: number }
  | { readonly type: 'goal-set'; readonly goal: TextRef }
  /** `of`: the sprint whose retrospective asked for them. */
  | { readonly type: 'items-added'; readonly items: readonly (ItemFacts & ActionMark & { readonly item: string; readonly order: string })[]; readonly of?: SprintRef }
  | { readonly type: 'item-changed'; readonly item: string; readonly change: ItemChange; readonly ready?: readonly Key[] }
  | { readonly type: 'item-moved'; readonly item: string; readonly order: string; readonly person: PersonId }
  /** All places anew, as they had grown too long: in the same order. */
  | { readonly type: 'backlog-renumbered' }
  | { readonly type: 'items-dropped'; readonly items: readonly string[] }
  | { readonly type: 'items-restored'; readonly items: readonly string[] }
  | { readonly type: 'item-finished'; readonly item: string; readonly person: PersonId }
  /** `start`: it starts at once. `waits`: another one of the team is not over yet. */
  | ({ readonly type: 'sprint-opened'; readonly start?: true; readonly waits?: true } & SprintRef)
  /** `from`: the sprint that did not finish them. `person`: who planned them. */
  | ({ readonly type: 'items-planned'; readonly items: readonly string[]; readonly from?: number; readonly person?: PersonId } & SprintRef)
  | ({ readonly type: 'items-left'; readonly items: readonly LeftItem[] } & SprintRef)
  | ({ readonly type: 'sprint-started' } & SprintRef)
  | ({ readonly type: 'sprint-over' } & SprintRef)
  /** Its turn has come: the one before is over. */
  | ({ readonly type: 'sprint-freed'; readonly start?: true } & SprintRef)
  | ({ readonly type: 'sprint-closed'; readonly lost?: true } & SprintRef)
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | RevisionEvent<BacklogSlice>
  | { readonly type: 'children-looked-at' }
  /** Which criteria of the gate are met now. */
  | { readonly type: 'criteria-judged'; readonly met: Readonly<Record<Key, boolean>> }
  /** How far it is now with what tasks of other phases wait for. */
  | { readonly type: 'awaited-judged'; readonly stands: AwaitedStands }
  /** Deliverables for which items wait that are not there yet. */
  | { readonly type: 'needs-stood'; readonly open: readonly string[] }
  /** What is promised: the estimates of all items. */
  | { readonly type: 'scope-baselined'; readonly scope: number }
  | { readonly type: 'backlog-ended' };

/** The sprints of a team that are not closed. */
export interface TeamSprints {
  readonly last: number;
  readonly open: readonly { readonly number: number; readonly stage: SprintStage }[];
}

export interface BacklogBaseline {
  readonly scope: number;
  readonly at: Instant;
}

export interface BacklogState {
  readonly input: BacklogInput;
  readonly status: 'opening' | 'open' | 'ended';
  readonly phaseOpen: boolean;
  /** The round of the phase, if it is not the one in which the backlog was opened. */
  readonly round?: number;
  /** Which criteria of the gate are met, as the stage was told last. */
  readonly met?: Readonly<Record<Key, boolean>>;
  /** How far it was with what tasks of other phases wait for, as the project was told last. */
  readonly stands?: AwaitedStands;
  readonly openNeeds?: readonly string[];
  /** What was promised when the first sprint started. */
  readonly baseline?: BacklogBaseline;
  readonly goal?: TextRef;
  readonly roles: RoleHolders;
  readonly absences?: Absences;
  readonly items: Readonly<Record<string, ItemState>>;
  /** The number of the last item. */
  readonly last: number;
  readonly teams: Readonly<Record<Key, TeamSprints>>;
  readonly heldAt?: Instant;
  readonly settled: number;
  readonly revision?: { readonly revision: number; readonly kind: RevisionKind };
  readonly lookedAt: Instant;
}
