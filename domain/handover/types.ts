import type { ConditionAsked } from '../approval/types';
import type { WorkingCalendar } from '../calendar';
import type { Absences } from '../directory/types';
import type { DocumentRef, Evidence, TextRef } from '../evidence-types';
import type { EarlyLife, EarlyLifeCommand, EarlyLifeEvent } from './early-life-types';
import type { PlanHandover, PlanRole, Reached, SessionKind } from '../plan';
import type { Instant, Key, PersonId, StreamId } from '../process';
import type { GateOutcome, Replaced, RoleHolders } from '../project/types';
import type { RevisionCommand, RevisionEvent, RevisionKind } from '../revision';

/** What a handover is given of the project's plan. */
export interface HandoverSlice {
  readonly handover: PlanHandover;
  readonly planRoles: readonly PlanRole[];
  readonly managerRole: Key;
  readonly calendar: WorkingCalendar;
}

export interface HandoverInput extends HandoverSlice {
  readonly project: string;
  readonly parent: StreamId;
  readonly id: StreamId;
  readonly phase: Key;
  readonly roles: RoleHolders;
  readonly absences?: Absences;
}

export const LEVEL_UNITS = ['percent', 'minutes', 'hours', 'days', 'count'] as const;

/** What is promised of a service. */
export interface ServiceLevel {
  readonly name: TextRef;
  readonly target: number;
  readonly unit: (typeof LEVEL_UNITS)[number];
}

/**
 * What became of a service before it was told of here: its handover ran elsewhere. The project office says so, and who looks at the service is told that it was
 * not decided here.
 */
export interface AdoptedService {
  /** The day from which on its due dates count, `YYYY-MM-DD`. */
  readonly since: string;
  /** It was accepted on this day, by whom it is told: its early-life support runs from then on. */
  readonly accepted?: { readonly on: string; readonly by: TextRef };
}

/** What is said of a service. Its key, `service-1` …, is given by the process; `name` stands beside the log. */
export interface ServiceFacts {
  readonly name: TextRef;
  /** The inventory item that it stands for; left out: it was added by hand. */
  readonly item?: string;
  /** Who answers for it, of those who hold the role of service owners; left out: all of them do. */
  readonly owner?: PersonId;
  /** Teams of the plan that receive it; left out: all. */
  readonly teams?: readonly Key[];
  readonly levels?: readonly ServiceLevel[];
  readonly adopted?: AdoptedService;
}

/** What can be changed of a service; `null` takes it away. */
export type ServiceChange = { readonly name?: TextRef; readonly owner?: PersonId | null; readonly teams?: readonly Key[] | null; readonly levels?: readonly ServiceLevel[] | null };

/** `proposed`: the delivering side says that it does not apply. `waived`: who receives the service accepted that. */
export type EntryStatus = 'open' | 'met' | 'proposed' | 'waived';

/** An acceptance criterion or an item of operational readiness, of one service. */
export interface EntryState {
  readonly status: EntryStatus;
  readonly dueAt?: Instant;
  readonly evidence?: Evidence;
  /** Why it does not apply. */
  readonly reason?: TextRef;
  /** Who met it, or proposed that it does not apply, and the delegate who did so for them. */
  readonly by?: PersonId;
  readonly through?: PersonId;
  readonly at?: Instant;
  /** Who accepted, for who receives the service, that it does not apply. */
  readonly waivedBy?: PersonId;
  /** What who receives the service said was missing, when it was opened again. */
  readonly missing?: TextRef;
  readonly reopened?: number;
  /** Its people were told that it is overdue. */
  readonly overdue?: true;
  /** Of a criterion of the service's own. */
  readonly own?: OwnCriterion;
}

/** A criterion that one service has beside those of the template. Its evidence is a document or a text, or both. */
export interface OwnCriterion {
  readonly title: TextRef;
  /** The role that sees to it. */
  readonly owner: Key;
  readonly dueDays?: number;
}

/** `wanted`: it has no date yet. `incomplete`: who received it said what was still missing; another session follows. */
export type SessionStatus = 'wanted' | 'planned' | 'held' | 'confirmed' | 'incomplete' | 'dropped';

export interface SessionState {
  readonly kind: SessionKind;
  readonly status: SessionStatus;
  /** The topic of the template; else `subject`. */
  readonly topic?: Key;
  readonly subject?: TextRef;
  /** The session that it follows, as something was still missing. */
  readonly follows?: Key;
  /** What it is to bring. */
  readonly wanted?: TextRef;
  readonly at?: Instant;
  readonly givenBy?: PersonId;
  readonly heldAt?: Instant;
  readonly heldBy?: PersonId;
  readonly attended?: readonly PersonId[];
  readonly material?: readonly DocumentRef[];
  readonly missing?: TextRef;
  readonly answeredBy?: PersonId;
  readonly answeredAt?: Instant;
}

export interface ArticleState {
  readonly title: TextRef;
  readonly text: TextRef;
  readonly by: PersonId;
  readonly at: Instant;
}

/** A condition under which a service was accepted. `expired`: its time is over and it is not met. */
export interface AcceptanceCondition extends ConditionAsked {
  readonly status: 'open' | 'expired' | 'met';
  readonly dueAt: Instant;
  readonly expiredAt?: Instant;
  /** How it was met, or why it was given more time. */
  readonly note?: TextRef;
  readonly by?: PersonId;
  readonly at?: Instant;
  /** How often it was accepted anew. */
  readonly renewed?: number;
}

/** `waiting`: nobody was asked, or something has to be done before they are asked anew. */
export interface SignOffState {
  readonly status: 'waiting' | 'open' | 'signed' | 'signed-with-conditions' | 'refused';
  /** How often was asked; the last approval is that of this round. */
  readonly round: number;
  /** It is asked as soon as everything is there. */
  readonly wanted?: true;
  readonly digest?: string;
  readonly at?: Instant;
  readonly reason?: TextRef;
  readonly missing?: readonly Key[];
}

/**
 * `preparing`: its evidence is gathered and signed off. `early-life`: operations run it with the project at their side. `handed-back`: operations gave
 * it back during early-life support; what is missing is done again. `withdrawn`: it is not handed over.
 */
export type ServiceStatus = 'preparing' | 'early-life' | 'handed-back' | 'transferred' | 'withdrawn';

export interface ServiceState extends ServiceFacts {
  readonly status: ServiceStatus;
  readonly addedAt: Instant;
  /** By key: criteria and items of readiness of the template, then `own-1` … */
  readonly entries: Readonly<Record<Key, EntryState>>;
  /** `session-1` … */
  readonly sessions: Readonly<Record<Key, SessionState>>;
  readonly articles: Readonly<Record<Key, ArticleState>>;
  readonly signOff: SignOffState;
  /** `condition-ROUND-1` … */
  readonly conditions: Readonly<Record<Key, AcceptanceCondition>>;
  /** While the project stays near, and what it came to. */
  readonly earlyLife?: EarlyLife;
  readonly transferredAt?: Instant;
  /** What was made of it when it was transferred. */
  readonly documents?: readonly SealedDocument[];
  readonly handedBack?: { readonly reason: TextRef; readonly missing: readonly Key[]; readonly by: PersonId; readonly at: Instant };
  /** How many articles it had, whatever became of them. */
  readonly lastArticle: number;
}

/** The handover document in a language: a file of the project. */
export interface SealedDocument {
  readonly language: 'nl' | 'fr' | 'en';
  readonly sha256: string;
}

/** Commands of people (`add-services` … `renew-condition`) and messages of the project, of approvals and of time (the others). */
export type HandoverCommand =
  | { readonly type: 'add-services'; readonly services: readonly ServiceFacts[] }
  | { readonly type: 'change-service'; readonly service: Key; readonly change: ServiceChange }
  | { readonly type: 'withdraw-service'; readonly service: Key; readonly reason: TextRef }
  | { readonly type: 'add-criterion'; readonly service: Key; readonly criterion: OwnCriterion }
  | { readonly type: 'drop-criterion'; readonly service: Key; readonly entry: Key }
  | { readonly type: 'meet-entry'; readonly service: Key; readonly entry: Key; readonly evidence: Evidence }
  | { readonly type: 'reopen-entry'; readonly service: Key; readonly entry: Key; readonly reason: TextRef }
  | { readonly type: 'propose-waiver'; readonly service: Key; readonly entry: Key; readonly reason: TextRef }
  | { readonly type: 'answer-waiver'; readonly service: Key; readonly entry: Key; readonly accept: boolean; readonly reason?: TextRef }
  | { readonly type: 'plan-session'; readonly service: Key; readonly session?: Key; readonly kind?: SessionKind; readonly subject?: TextRef; readonly at?: Instant; readonly givenBy?: PersonId }
  | { readonly type: 'hold-session'; readonly service: Key; readonly session: Key; readonly heldAt: Instant; readonly attended: readonly PersonId[]; readonly material?: readonly DocumentRef[] }
  | { readonly type: 'answer-session'; readonly service: Key; readonly session: Key; readonly missing?: TextRef }
  | { readonly type: 'drop-session'; readonly service: Key; readonly session: Key; readonly reason: TextRef }
  | { readonly type: 'write-article'; readonly service: Key; readonly article?: Key; readonly title: TextRef; readonly text: TextRef }
  | { readonly type: 'drop-article'; readonly service: Key; readonly article: Key }
  | { readonly type: 'ask-sign-off'; readonly service: Key }
  | { readonly type: 'transfer'; readonly service: Key }
  | { readonly type: 'hand-back'; readonly service: Key; readonly reason: TextRef; readonly missing: readonly Key[] }
  | EarlyLifeCommand
  | { readonly type: 'seal-document'; readonly service: Key; readonly documents: readonly SealedDocument[] }
  | { readonly type: 'meet-condition'; readonly service: Key; readonly condition: Key; readonly note: TextRef }
  | { readonly type: 'renew-condition'; readonly service: Key; readonly condition: Key; readonly dueDays: number; readonly note: TextRef }
  | { readonly type: 'open' }
  | { readonly type: 'approval-decided'; readonly service: Key; readonly round: number; readonly digest: string; readonly outcome: GateOutcome;
      readonly conditions: readonly ConditionAsked[]; readonly rework: readonly Key[]; readonly reason?: TextRef; readonly byPolicy?: true }
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | RevisionCommand<HandoverSlice>
  | { readonly type: 'end' }
  | { readonly type: 'remind' }
  | { readonly type: 'look' }
  | { readonly type: 'child-lost'; readonly child: StreamId };

export type HandoverEvent =
  | EarlyLifeEvent
  | { readonly type: 'document-sealed'; readonly service: Key; readonly documents: readonly SealedDocument[] }
  | { readonly type: 'handover-opened' }
  | { readonly type: 'services-added'; readonly services: readonly (ServiceFacts & { readonly service: Key })[] }
  | { readonly type: 'service-changed'; readonly service: Key; readonly change: ServiceChange }
  | { readonly type: 'service-withdrawn'; readonly service: Key; readonly reason: TextRef }
  | { readonly type: 'criterion-added'; readonly service: Key; readonly entry: Key; readonly criterion: OwnCriterion }
  | { readonly type: 'criterion-dropped'; readonly service: Key; readonly entry: Key }
  | { readonly type: 'entry-met'; readonly service: Key; readonly entry: Key; readonly evidence: Evidence; readonly person: PersonId; readonly through?: PersonId }
  /** `missing`: what who receives the service misses; of a sign-off that was refused, or of a service that was handed back. */
  | { readonly type: 'entry-reopened'; readonly service: Key; readonly entry: Key; readonly missing?: TextRef; readonly dueAt?: Instant }
  | { readonly type: 'waiver-proposed'; readonly service: Key; readonly entry: Key; readonly reason: TextRef; readonly person: PersonId;
      /** Who proposed it in that person's name; null: they did themselves. Not there in older events. */
      readonly through?: PersonId | null }
  | { readonly type: 'waiver-answered'; readonly service: Key; readonly entry: Key; readonly accepted: boolean; readonly person: PersonId; readonly reason?: TextRef }
  | { readonly type: 'entry-overdue'; readonly service: Key; readonly entry: Key }
  | { readonly type: 'session-planned'; readonly service: Key; readonly session: Key; readonly kind: SessionKind; readonly topic?: Key; readonly subject?: TextRef; readonly follows?: Key;
      readonly wanted?: TextRef; readonly at?: Instant; readonly givenBy?: PersonId }
  | { readonly type: 'session-held'; readonly service: Key; readonly session: Key; readonly heldAt: Instant; readonly attended: readonly PersonId[]; readonly material?: readonly DocumentRef[]; readonly person: PersonId }
  | { readonly type: 'session-confirmed'; readonly service: Key; readonly session: Key; readonly person: PersonId }
  | { readonly type: 'session-incomplete'; readonly service: Key; readonly session: Key; readonly missing?: TextRef; readonly person?: PersonId }
  | { readonly type: 'session-dropped'; readonly service: Key; readonly session: Key; readonly reason: TextRef }
  | { readonly type: 'article-written'; readonly service: Key; readonly article: Key; readonly title: TextRef; readonly text: TextRef; readonly person: PersonId }
  | { readonly type: 'article-dropped'; readonly service: Key; readonly article: Key }
  | { readonly type: 'sign-off-wanted'; readonly service: Key; readonly person: PersonId }
  | { readonly type: 'sign-off-opened'; readonly service: Key; readonly round: number; readonly digest: string }
  /** What was looked at is another now; `signed`: it had been signed off already. */
  | { readonly type: 'sign-off-withdrawn'; readonly service: Key; readonly round: number; readonly signed?: true }
  | { readonly type: 'sign-off-decided'; readonly service: Key; readonly round: number; readonly digest: string; readonly outcome: GateOutcome; readonly missing: readonly Key[];
      readonly reason?: TextRef; readonly byPolicy?: true }
  | { readonly type: 'condition-agreed'; readonly service: Key; readonly condition: Key; readonly asked: ConditionAsked; readonly dueAt: Instant }
  | { readonly type: 'condition-expired'; readonly service: Key; readonly condition: Key }
  | { readonly type: 'condition-met'; readonly service: Key; readonly condition: Key; readonly note: TextRef; readonly person: PersonId }
  | { readonly type: 'condition-renewed'; readonly service: Key; readonly condition: Key; readonly dueAt: Instant; readonly note: TextRef; readonly person: PersonId }
  | { readonly type: 'service-accepted'; readonly service: Key }
  | { readonly type: 'service-handed-back'; readonly service: Key; readonly reason: TextRef; readonly missing: readonly Key[]; readonly person: PersonId }
  | { readonly type: 'service-transferred'; readonly service: Key; readonly person?: PersonId }
  /** How far all services are, as the project is told. */
  | { readonly type: 'handover-stood'; readonly reached: Reached }
  /** `dutyFrom`: from this day on who takes their place is on duty for them. */
  | { readonly type: 'roles-changed'; readonly roles: RoleHolders; readonly replaced?: Replaced; readonly dutyFrom?: string }
  /** Who answers for a service does not hold the role any more in which they did. */
  | { readonly type: 'owner-lost'; readonly service: Key; readonly person: PersonId }
  | { readonly type: 'absences-changed'; readonly absences: Absences }
  | { readonly type: 'calendar-changed'; readonly calendar: WorkingCalendar }
  | RevisionEvent<HandoverSlice>
  | { readonly type: 'children-looked-at' }
  | { readonly type: 'child-lost'; readonly child: StreamId }
  /** The project is over; conditions under which services run are still to be met. */
  | { readonly type: 'conditions-outlived' }
  | { readonly type: 'handover-ended' };

export interface HandoverState {
  readonly input: HandoverInput;
  /** `outliving`: its project is over, and what is left of it are conditions that are not met. */
  readonly status: 'opening' | 'open' | 'outliving' | 'ended';
  readonly roles: RoleHolders;
  readonly absences?: Absences;
  readonly services: Readonly<Record<Key, ServiceState>>;
  /** How many services there were. */
  readonly last: number;
  /** As the project was told last. */
  readonly reached?: Reached;
  readonly heldAt?: Instant;
  readonly settled: number;
  readonly revision?: { readonly revision: number; readonly kind: RevisionKind };
  readonly lookedAt: Instant;
}

export const PERSON_COMMANDS = [
  'add-services', 'change-service', 'withdraw-service', 'add-criterion', 'drop-criterion', 'meet-entry', 'reopen-entry', 'propose-waiver', 'answer-waiver',
  'plan-session', 'hold-session', 'answer-session', 'drop-session', 'write-article', 'drop-article', 'ask-sign-off', 'transfer', 'hand-back', 'meet-condition', 'renew-condition', 'accept-unmet',
  'set-duty', 'set-contacts', 'record-figures',
] as const;
export type PersonCommand = Extract<HandoverCommand, { type: (typeof PERSON_COMMANDS)[number] }>;
