import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Migrate from '../../prisma/migrate';
import { createTestDatabase, DATABASE_KINDS, runSql, type TestDatabase } from '../support/database';

const MIGRATIONS_FOLDER = join(__dirname, '..', '..', 'prisma', 'migrations');

/** Runs `prisma/migrate.ts`: a process of its own, as the test runner can't load the schema engine. */
const runner = fork(join(__dirname, 'migrate-process.cjs'), { execArgv: [] });
let calls = 0;

async function call(name: string, ...given: unknown[]): Promise<unknown> {
  calls += 1;
  const id = calls;
  const answered = new Promise<{ result?: unknown; error?: string }>((resolve) => {
    const listen = (answer: { id: number; result?: unknown; error?: string }): void => {
      if (answer.id !== id) return;
      runner.off('message', listen);
      resolve(answer);
    };
    runner.on('message', listen);
  });
  runner.send({ id, name, given });
  const { result, error } = await answered;
  if (error !== undefined) throw new Error(error);
  return result;
}

const applyMigrations = (...given: Parameters<typeof Migrate.applyMigrations>) => call('applyMigrations', ...given) as Promise<string[]>;
const diffSchema = (options: Parameters<typeof Migrate.diffSchema>[0]) => call('diffSchema', options) as Promise<string>;

const root = mkdtempSync(join(tmpdir(), 'sluis-migrate-'));
const shipped = readdirSync(MIGRATIONS_FOLDER).filter((name) => !name.endsWith('.toml')).sort();
let count = 0;

afterAll(async () => {
  const exited = once(runner, 'exit');
  runner.kill();
  await exited;
  rmSync(root, { recursive: true });
});

/** A copy of the shipped migrations that the test may change. */
function copyMigrations(): string {
  count += 1;
  const folder = join(root, String(count));
  cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
  return folder;
}

function addMigration(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

describe.each(DATABASE_KINDS)('migrations on %s', (kind) => {
  let database: TestDatabase;
  beforeEach(async () => { database = await createTestDatabase(kind, { migrate: false }); });
  afterEach(() => database.close());

  test('are applied in order, once, and recorded', async () => {
    expect(await applyMigrations(database.url)).toEqual(shipped);
    expect(await applyMigrations(database.url)).toEqual([]);
    const rows = await runSql(database.url, 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1');
    expect(rows.map((row) => row['migration_name'])).toEqual(shipped);
  });

  test('lead to the datamodel', async () => {
    expect(await diffSchema({ scratchDatabaseUrl: database.url })).toBe('');
  });

});

describe('migrations', () => {
  let database: TestDatabase;
  beforeEach(async () => { database = await createTestDatabase('postgres', { migrate: false }); });
  afterEach(() => database.close());

  test('that differ from the datamodel show what is missing, as SQL', async () => {
    const folder = copyMigrations();
    addMigration(folder, '9999_drift', 'CREATE TABLE "strangers" ("id" TEXT NOT NULL PRIMARY KEY);');
    expect(await diffSchema({ scratchDatabaseUrl: database.url, migrationsFolder: folder })).toContain('DROP TABLE "strangers"');
  });

  test('edited after they were applied are refused', async () => {
    const folder = copyMigrations();
    await applyMigrations(database.url, folder);
    writeFileSync(join(folder, shipped[0] ?? '', 'migration.sql'), '-- nothing');
    await expect(applyMigrations(database.url, folder)).rejects.toThrow(`edited after they had been applied: ${shipped[0] ?? ''}`);
  });

  test('of a newer version are refused by an older one', async () => {
    const folder = copyMigrations();
    addMigration(folder, '9999_newer', 'CREATE TABLE "newer" ("id" TEXT NOT NULL PRIMARY KEY);');
    await applyMigrations(database.url, folder);
    await expect(applyMigrations(database.url)).rejects.toThrow('used by a newer version');
  });

  test('that fail say so, and again at the next start', async () => {
    const folder = copyMigrations();
    addMigration(folder, '9999_wrong', 'CREATE TABEL x;');
    await expect(applyMigrations(database.url, folder)).rejects.toThrow(/9999_wrong|TABEL/);
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('failed half way: 9999_wrong');
  });

  test('wait for each other when several processes start at once', async () => {
    const results = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url)));
    expect(results.sort((one, other) => other.length - one.length)).toEqual([shipped, [], []]);
  });
});
