import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../store/client';
import type { FileStore } from '../store/files/store';
import { createAuth } from './auth/authenticate';
import { createSessions } from './auth/sessions';
import { createPhases } from './auth/phases';
import { CALL_LIMIT_MS } from './commands/connection';
import { createEngine } from './commands/engine';
import { Gateway } from './commands/gateway';
import { Projector } from './commands/projector';
import { askingInTurn } from './commands/questions';
import { KeyedQueue } from './commands/queue';
import type { Person } from './auth/person';
import type { Deps } from './deps';
import { FeedHub, type FeedSettings } from './feed/hub';
import { createHealth } from './health/checks';
import { createKeepTexts } from './kept-texts';
import { Problem } from './problem';
import { createReads } from './reads';

export interface ApiSettings {
  readonly taskQueue: string;
  readonly files: FileStore;
  /** Bytes of one file at most. */
  readonly fileLimit: number;
  /** The secret that hides who answered a pulse; without one no pulses are taken. */
  readonly pulseKey?: string | undefined;
  /** Where the built web app is; none is served when not given. */
  readonly pages?: string;
  /** Whether anybody may sign in as a demo person. */
  readonly demo?: boolean;
  /** Commands per workflow that are with Temporal at once, and that may wait beside them. */
  readonly queue: { readonly inFlight: number; readonly bound: number };
  /** How long a command may take until its client is told to ask again. */
  readonly deadlineMs?: number;
  /** How long an answer waits for what people read to show it. */
  readonly projectionMs?: number;
  readonly checkAnswers?: boolean;
  readonly feed?: FeedSettings;
}

/** Commands that may wait for all workflows together, as a multiple of the bound for one. */
const TOTAL_BOUNDS = 20;

/** Puts the parts of the API together. */
export function createDeps(client: Client, database: Database, log: Logger, settings: ApiSettings): Deps {
  const { taskQueue, queue, files, fileLimit } = settings;
  const reads = createReads(database);
  const lanes = new KeyedQueue({ ...queue, total: queue.bound * TOTAL_BOUNDS });
  const engine = askingInTurn(createEngine(client, { taskQueue, deadlineMs: settings.deadlineMs ?? CALL_LIMIT_MS }), lanes);
  const auth = createAuth(reads);
  const sees = async (person: Person, project: string): Promise<boolean> => {
    try {
      await auth.enter(person, project);
      return true;
    } catch (error) {
      if (error instanceof Problem && error.code === 'unknown-project') return false;
      throw error;
    }
  };
  const projector = new Projector((batch) => reads.project(batch, log), log);
  return {
    reads, engine, log, files, sessions: createSessions(database, settings.demo ?? false),
    gateway: new Gateway(engine, lanes, reads.log, projector, { projectionMs: settings.projectionMs ?? 3_000 }),
    ...auth,
    keepTexts: createKeepTexts(reads, engine),
    feed: new FeedHub(reads, sees, log, settings.feed),
    phaseStream: createPhases(reads, engine),
    health: createHealth(client, taskQueue, reads, files),
    settings: { checkAnswers: settings.checkAnswers ?? false, fileLimit, pulseKey: settings.pulseKey, pages: settings.pages },
  };
}
