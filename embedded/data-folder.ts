import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where everything of the embedded product lies: absolute paths within one folder. */
export type DataFolder = {
  readonly root: string;
  readonly lock: string;
  readonly run: string;
  readonly demoTokens: string;
  readonly control: string;
  readonly postgres: string;
  readonly temporal: string;
  readonly temporalDatabase: string;
  readonly files: string;
  readonly keys: string;
  readonly pulseKey: string;
  readonly logs: string;
};

/** The paths within the data folder; touches nothing. */
export function dataFolder(root: string): DataFolder {
  return {
    root,
    lock: join(root, 'lock.json'),
    run: join(root, 'run.json'),
    demoTokens: join(root, 'demo-tokens.json'),
    control: join(root, 'control.sock'),
    postgres: join(root, 'postgres'),
    temporal: join(root, 'temporal'),
    temporalDatabase: join(root, 'temporal', 'temporal.db'),
    files: join(root, 'files'),
    keys: join(root, 'keys'),
    pulseKey: join(root, 'pulse.key'),
    logs: join(root, 'logs'),
  };
}

/** Makes the folders that are missing; only their owner may look into them. */
export function makeDataFolder(folder: DataFolder): void {
  for (const path of [folder.root, folder.temporal, folder.files, folder.keys, folder.logs]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
  chmodSync(folder.root, 0o700);
}
