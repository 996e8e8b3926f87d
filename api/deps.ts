import type { Logger } from 'pino';
import type { TextRef } from '../domain/evidence-types';
import type { Key, StreamId } from '../domain/process';
import type { FileStore } from '../store/files/store';
import type { Person } from './auth/person';
import type { Sessions } from './auth/sessions';
import type { Engine } from './commands/engine';
import type { CarriedOut, Gateway } from './commands/gateway';
import type { FeedHub } from './feed/hub';
import type { ProjectAccess, Reads, TasksFound, Wanted } from './reads';

/** What the handlers work with. */
export interface Deps {
  readonly reads: Reads;
  readonly engine: Engine;
  readonly gateway: Gateway;
  /** The person of an `Authorization` header; what their request is about is read along. Throws Problem `unauthenticated`. */
  readonly authenticate: (header: string | undefined, wanted?: Wanted) => Promise<Person>;
  /** What a person may see and holds in a project. Throws Problem `unknown-project` when they may not see it. */
  readonly enter: (person: Person, project: string) => Promise<ProjectAccess>;
  /** The stream of a phase as it was read along with the person; undefined when it was not. */
  readonly seenPhaseStream: (person: Person, project: string, phase: Key) => { readonly stream: StreamId | null | undefined } | undefined;
  /** The backlog of a phase as it was read along with the person; undefined when it was not. */
  readonly seenBacklog: (person: Person, project: string, phase: Key) => { readonly stream: StreamId | null | undefined } | undefined;
  /** The command of an id as it was read along with the person, in a stream and the rounds before; null: none; undefined: it was not. */
  readonly seenCommand: (person: Person, stream: StreamId, id: string) => CarriedOut | null | undefined;
  /** The list of tasks that was read along with the person; undefined when it was not. */
  readonly seenTasks: <O extends TasksFound['of']>(person: Person, of: O) => Extract<TasksFound, { readonly of: O }>['tasks'] | undefined;
  /** Keeps texts of a project and gives their references, in order. Throws TextRefused for one that can't be kept; then none is. */
  readonly keepTexts: (project: string, texts: readonly string[]) => Promise<TextRef[]>;
  /** As `reads.phaseStream`, and also while the database is away. */
  readonly phaseStream: (project: string, phase: Key) => Promise<StreamId | null | undefined>;
  readonly sessions: Sessions;
  readonly feed: FeedHub;
  readonly files: FileStore;
  readonly health: Readonly<Record<'temporal' | 'database' | 'worker' | 'files', () => Promise<boolean>>>;
  readonly log: Logger;
  readonly settings: {
    /** Judges each answer by its schema before it is sent: for tests. */
    readonly checkAnswers: boolean;
    /** Bytes of one file at most. */
    readonly fileLimit: number;
    /** The secret that hides who answered a pulse; undefined: no pulses are taken. */
    readonly pulseKey: string | undefined;
    /** Where the built web app is; undefined: none is served. */
    readonly pages: string | undefined;
  };
}
