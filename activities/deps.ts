import type { Client } from '@temporalio/client';
import type { AnyProcess } from '../domain/processes';
import type { ProcessName } from '../domain/process';
import type { Database } from '../store/client';
import type { FileStore } from '../store/files/store';

/** The part of a logger (pino's shape) that activities use. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** What activities work with. */
export interface ActivityDeps {
  readonly database: Database;
  /** Connected to the namespace in which the workflows run. */
  readonly client: Client;
  readonly files: FileStore;
  /** Days that an uploaded file is kept which nothing names. */
  readonly fileDays: number;
  readonly log: Log;
  /** `PROCESSES` of `domain/processes.ts`. */
  readonly processes: Readonly<Record<ProcessName, AnyProcess>>;
  /** The newest rules: `RULES` of `domain/rules.ts`. */
  readonly rules: number;
}
