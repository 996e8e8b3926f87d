import { ConfigError, type Config } from '../config';
import { applyMigrations } from '../prisma/migrate';
import { type Output, print, printJson } from './terminal/print';

/** `sluis migrate`: for a PostgreSQL server whose product is started part by part. */
export async function runMigrate(config: Config, { json }: Output): Promise<void> {
  if (config.databaseUrl === undefined) {
    throw new ConfigError(['DATABASE_URL: it is not set. The embedded database is brought up to date by `sluis server`.']);
  }
  const applied = await applyMigrations(config.databaseUrl);
  if (json) printJson({ applied });
  else print(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`);
}
