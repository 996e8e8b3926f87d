import type { TextRef } from '../evidence-types';
import type { Instant, Key, PersonId, StreamId } from '../process';

/** The stream of the directory, and the project under which its events stand in the log: it belongs to none. */
export const DIRECTORY: StreamId = 'directory';

/** It is started with nothing: all it knows was told to it. */
export type DirectoryInput = Readonly<Record<string, never>>;

/** What a delegation is for; nothing given: everything that may be delegated. */
export interface DelegationScope {
  readonly role?: Key;
  readonly project?: string;
  /** Projects of this program, also those that join it meanwhile. */
  readonly program?: Key;
}

/** For a time, somebody decides in the name of somebody who is absent. */
export interface Delegation extends DelegationScope {
  readonly id: string;
  readonly absent: PersonId;
  readonly delegate: PersonId;
  readonly from: Instant;
  /** The first moment at which it holds no more. */
  readonly until: Instant;
}

export type DelegationStatus = 'planned' | 'active' | 'ended';

/** Why a delegation holds no more: its time was over, somebody took it back, or one of the two left. */
export type DelegationEnd = 'time' | 'revoked' | 'left';

export interface DelegationState extends Delegation {
  /** Who set it up: the absent person, their line manager or the project office. */
  readonly by: PersonId;
  readonly status: DelegationStatus;
  readonly endedAt?: Instant;
  readonly because?: DelegationEnd;
}

export interface GroupState {
  readonly name: TextRef;
  readonly members: readonly PersonId[];
}

/** Projects that are looked at together; who manages it sees them all. */
export interface ProgramState {
  readonly name: TextRef;
  readonly managers: readonly PersonId[];
}

/** What is known of a person beside name and language. */
export interface PersonState {
  readonly manager?: PersonId;
  readonly left?: { readonly at: Instant; readonly to: PersonId };
}

/** Commands of people (`delegate` … `tell`), and what time and the look for projects bring (the others). */
export type DirectoryCommand =
  | ({ readonly type: 'delegate' } & Delegation)
  | { readonly type: 'revoke'; readonly delegation: string }
  | { readonly type: 'set-group'; readonly group: Key; readonly name: TextRef; readonly members: readonly PersonId[] }
  | { readonly type: 'set-program'; readonly program: Key; readonly name: TextRef; readonly managers: readonly PersonId[] }
  | { readonly type: 'set-manager'; readonly person: PersonId; readonly manager: PersonId | null }
  | { readonly type: 'leave'; readonly person: PersonId; readonly to: PersonId }
  /** A project has these people and groups now, or belongs to these programs: it is told what the directory knows of them. */
  | { readonly type: 'tell'; readonly project: string; readonly persons: readonly PersonId[]; readonly groups: readonly Key[]; readonly programs?: readonly Key[] }
  | { readonly type: 'turn' }
  | { readonly type: 'concerned'; readonly projects: readonly string[]; readonly persons: readonly PersonId[]; readonly groups: readonly Key[]; readonly programs?: readonly Key[] }
  | { readonly type: 'child-lost'; readonly child: StreamId };

export type DirectoryEvent =
  | { readonly type: 'delegation-planned'; readonly delegation: Delegation }
  | ({ readonly type: 'delegation-started' } & Pair)
  | ({ readonly type: 'delegation-ended'; readonly because: DelegationEnd } & Pair)
  | { readonly type: 'group-changed'; readonly group: Key; readonly name: TextRef; readonly members: readonly PersonId[] }
  | { readonly type: 'program-changed'; readonly program: Key; readonly name: TextRef; readonly managers: readonly PersonId[] }
  | { readonly type: 'manager-set'; readonly person: PersonId; readonly manager: PersonId | null }
  | { readonly type: 'person-left'; readonly person: PersonId; readonly to: PersonId }
  /** Time to tell again whom it may concern: a project may have got one of these people without having been told. */
  | { readonly type: 'directory-looked'; readonly persons: readonly PersonId[] }
  | { readonly type: 'projects-told'; readonly projects: readonly string[]; readonly persons: readonly PersonId[]; readonly groups: readonly Key[]; readonly programs?: readonly Key[] };

/** Which delegation, and between whom. */
interface Pair {
  readonly delegation: string;
  readonly absent: PersonId;
  readonly delegate: PersonId;
}

export interface DirectoryState {
  /** Those that ended: only the last ones. */
  readonly delegations: Readonly<Record<string, DelegationState>>;
  readonly groups: Readonly<Record<Key, GroupState>>;
  readonly programs?: Readonly<Record<Key, ProgramState>>;
  readonly people: Readonly<Record<PersonId, PersonState>>;
  readonly lookedAt: Instant;
}

/** An absence as a project is told of it. */
export interface Absence {
  readonly delegation: string;
  readonly delegate: PersonId;
  readonly until: Instant;
  /** Only what the person decides as a holder of this role. */
  readonly role?: Key;
  /** It concerns the project as long as it belongs to this program. */
  readonly program?: Key;
}

/** Who is absent: the narrowest delegation first. Nobody listed: they are there. */
export type Absences = Readonly<Record<PersonId, readonly Absence[]>>;

/** What the directory tells a project: of each of these people and groups how it is now. */
export interface DirectoryNews {
  readonly absences: Absences;
  readonly groups: Readonly<Record<Key, readonly PersonId[]>>;
  /** Who manages these programs. */
  readonly programs?: Readonly<Record<Key, readonly PersonId[]>>;
  /** Who left, and who takes their place. */
  readonly left: Readonly<Record<PersonId, PersonId>>;
}
