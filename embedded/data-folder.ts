import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

/** Makes the folders that are missing; only their owner may look into them. @throws Error that names the variable where there can be none. */
export function makeDataFolder(folder: DataFolder): void {
  try {
    makeFolder(folder.root);
    for (const path of [folder.temporal, folder.files, folder.keys, folder.logs]) makeFolder(path);
    chmodSync(folder.root, 0o700);
  } catch (error) {
    throw new Error(`SLUIS_DATA: ${folder.root} can't be a data folder (${(error as NodeJS.ErrnoException).code ?? String(error)}). Choose one that may be written to.`, { cause: error });
  }
}

/** One folder after another: Node's recursive way never ends where the system takes no folder in one that is there, as in `/proc`. */
export function makeFolder(path: string): void {
  if (!existsSync(dirname(path))) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}
