import { existsSync } from 'node:fs';
import type { Config } from '../config';
import { dataFolder, makeDataFolder } from './data-folder';
import { endLeftovers } from './leftovers';
import { LockedError, takeLock } from './lock';
import { postgresPart } from './parts';
import { findPorts } from './ports';
import { step, type Say } from './progress';
import { readRunState } from './run-state';

/** The address of PGlite behind its socket server. */
export function embeddedDatabaseUrl(port: number): string {
  return `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`;
}

/**
 * Runs `work` with the product's database, wherever it is: the server of DATABASE_URL, the one of the product that runs on the
 * data folder, or the embedded one, started for this and ended after it. Throws when there is no database yet.
 */
export async function withDatabase<T>(config: Config, say: Say, work: (databaseUrl: string) => Promise<T>): Promise<T> {
  if (config.databaseUrl !== undefined) return work(config.databaseUrl);
  const folder = dataFolder(config.dataFolder);
  if (!existsSync(folder.postgres)) {
    throw new Error(`There is no database in ${folder.root}. Start the product once, or set SLUIS_DATA or DATABASE_URL.`);
  }
  makeDataFolder(folder);
  let release: () => void;
  try {
    release = takeLock(folder.lock);
  } catch (error) {
    const state = error instanceof LockedError ? readRunState(folder.run) : undefined;
    if (!state?.ready) throw error;
    return work(state.databaseUrl);
  }
  try {
    await endLeftovers(folder.run, say);
    const [port = 0] = await findPorts([0]);
    const part = postgresPart({ folder, say, changed: () => undefined, port });
    try {
      await step('starting the database', say, () => part.start());
      return await work(embeddedDatabaseUrl(port));
    } finally {
      await part.stop();
    }
  } finally {
    release();
  }
}
