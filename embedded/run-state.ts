import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { ProcessRecord } from './processes';

export type PartName = 'temporal' | 'postgres' | 'worker' | 'api';

/** What runs now, for the command line, the demo and tests: `run.json` in the data folder, readable by its owner alone. */
export type RunState = {
  /** False while the product starts, or restarts a part of it. */
  readonly ready: boolean;
  readonly supervisor: ProcessRecord;
  readonly parts: Partial<Record<PartName, ProcessRecord>>;
  readonly url: string;
  readonly temporalUiUrl: string | undefined;
  readonly temporalAddress: string;
  readonly databaseUrl: string;
  /** Whether the content of files is in a bucket, and not in the data folder. */
  readonly filesElsewhere: boolean;
  /** Path of the socket that takes commands for the supervisor. */
  readonly control: string;
};

/** Writes the state in one step: a reader sees the old one or the new one. */
export function writeRunState(path: string, state: RunState): void {
  writeJson(path, state);
}

/** The state as last written; undefined when there is none. It may be left over from a run that was killed. */
export function readRunState(path: string): RunState | undefined {
  return readJson(path) as RunState | undefined;
}

export function removeRunState(path: string): void {
  rmSync(path, { force: true });
}

/** Writes a file that only its owner may read, in one step. */
export function writeJson(path: string, value: unknown): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}

/** The content of a JSON file; undefined when it is absent or damaged. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
