import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { withSchemaEngine } from './schema-engine';

/** The folder of the shipped migrations: beside this file in the sources as well as in the build. */
export const MIGRATIONS_FOLDER = join(__dirname, 'migrations');
/** The datamodel which the migrations lead to. */
export const SCHEMA_FILE = join(__dirname, 'schema.prisma');

/** Any number that only we use: two processes that start at once take turns on it. */
const LOCK_KEY = 5_814_201_177;
const FILTERS = { externalTables: [], externalEnums: [] };

/** Reads `folder/NAME/migration.sql`, oldest first, in the shape the schema engine wants. */
function readMigrations(folder: string) {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => {
      const content = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: content } } };
    }),
  };
}

/**
 * Brings the database to the newest schema: applies the migrations it has not had, in order, and records them in
 * `_prisma_migrations`, as `prisma migrate deploy` would. Safe to call from several processes at once (an advisory lock).
 * Returns the names of the migrations applied now. Throws when one fails, or when one that was applied has since been edited.
 */
export async function applyMigrations(databaseUrl: string, folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const migrationsList = readMigrations(folder);
  const lock = new Client({ connectionString: databaseUrl });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK_KEY]);
    return await withSchemaEngine({ databaseUrl }, async (engine) => {
      const state = await engine.diagnoseMigrationHistory({
        migrationsList, optInToShadowDatabase: false, filters: FILTERS,
      });
      refuseBadHistory(state);
      if (state.hasMigrationsTable && state.history === null) return [];
      return (await engine.applyMigrations({ migrationsList, filters: FILTERS })).appliedMigrationNames;
    });
  } finally {
    // Ending the connection would give the lock back as well, but not on PGlite, whose connections share one session.
    await lock.query('SELECT pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => undefined);
    await lock.end();
  }
}

/** Throws when what the database has had can't be continued by the migrations at hand. */
function refuseBadHistory(state: { editedMigrationNames: string[]; failedMigrationNames: string[]; history: unknown }): void {
  if (state.failedMigrationNames.length > 0) {
    throw new Error(`The database holds a migration that failed half way: ${state.failedMigrationNames.join(', ')}. ` +
      'Restore the last backup, or repair it and mark it with `prisma migrate resolve`.');
  }
  if (state.editedMigrationNames.length > 0) {
    throw new Error(`Migrations were edited after they had been applied: ${state.editedMigrationNames.join(', ')}. ` +
      'Put them back as they were and add a new migration instead.');
  }
  const history = state.history as { diagnostic: string; unpersistedMigrationNames?: string[] } | null;
  if (history !== null && history.diagnostic !== 'databaseIsBehind') {
    throw new Error(`The database has migrations that this version does not know: ` +
      `${(history.unpersistedMigrationNames ?? []).join(', ')}. It was used by a newer version: start that one.`);
  }
}

/**
 * Compares the migrations with the datamodel, in an empty scratch database (which is used up).
 * Returns the SQL that leads from the first to the second; an empty string when they agree.
 */
export async function diffSchema(options: {
  scratchDatabaseUrl: string;
  migrationsFolder?: string;
  schemaFile?: string;
}): Promise<string> {
  const folder = options.migrationsFolder ?? MIGRATIONS_FOLDER;
  const path = options.schemaFile ?? SCHEMA_FILE;
  const content = readFileSync(path, 'utf8');
  const databaseUrl = options.scratchDatabaseUrl;
  return withSchemaEngine({ databaseUrl, datamodels: [[path, content]], scratch: true }, async (engine) => {
    const migrations = readMigrations(folder);
    const result = await engine.diff({
      from: migrations.migrationDirectories.length === 0 ? { tag: 'empty' } : { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files: [{ path, content }] },
      script: true,
      exitCode: true,
      filters: FILTERS,
    });
    return result.exitCode === 0 ? '' : (result.stdout ?? '');
  });
}
