/** A fresh database per test file: on a real PostgreSQL server, or on an embedded PGlite. What is started here ends with the test run. */
import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

export type DatabaseKind = 'postgres' | 'pglite';
export const DATABASE_KINDS: readonly DatabaseKind[] = ['postgres', 'pglite'];

export interface TestDatabase {
  readonly kind: DatabaseKind;
  readonly url: string;
  /** Drops the database, or ends the process that serves it. */
  close(): Promise<void>;
}

/**
 * Makes an empty database with all migrations applied.
 * @param options.migrate false leaves it without any table.
 * @throws Error that says what to install when there is no PostgreSQL.
 */
export async function createTestDatabase(kind: DatabaseKind = 'postgres', options: { migrate?: boolean } = {}): Promise<TestDatabase> {
  if (kind === 'postgres') return createOnServer(options.migrate !== false);
  const database = await startPglite();
  try {
    if (options.migrate !== false) await migrate(database.url);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

async function migrate(url: string): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(__dirname, 'migrate-child.cjs'), url]);
}

/** Runs statements in a connection of their own, superuser's rights and all; the rows of the last one. */
export async function runSql(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(sql, values);
    return (Array.isArray(result) ? result.at(-1) : result).rows;
  } finally {
    await client.end();
  }
}

async function createOnServer(migrated: boolean): Promise<TestDatabase> {
  const server = process.env['DATABASE_URL'] ?? await findCluster();
  const name = `sluis_test_${randomBytes(6).toString('hex')}`;
  await runSql(server, `CREATE DATABASE ${name}${migrated ? ` TEMPLATE ${await findMigrated(server)}` : ''}`);
  return {
    kind: 'postgres',
    url: urlOf(server, name),
    close: async () => {
      await runSql(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

const MIGRATIONS = path.join(__dirname, '..', '..', 'prisma', 'migrations');
const TEMPLATES = 'sluis_migrated_';

/**
 * The database of the server that has all migrations of this moment: copied for each test file, which takes a tenth of the time of
 * applying them. Whoever needs it first makes it; those of other migrations go.
 */
async function findMigrated(server: string): Promise<string> {
  const hash = createHash('sha256');
  for (const entry of fs.readdirSync(MIGRATIONS, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = path.join(MIGRATIONS, entry);
    if (fs.statSync(file).isFile()) hash.update(entry).update(fs.readFileSync(file));
  }
  const name = TEMPLATES + hash.digest('hex').slice(0, 16);
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    // One maker at a time on this server, however many files and runs ask; let go with the connection.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [TEMPLATES]);
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [TEMPLATES]);
    if (rows.some(({ datname }) => datname === name)) return name;
    for (const { datname } of rows) await client.query(`DROP DATABASE ${datname}`);
    // Renamed when done: one that is half made never has the name.
    const making = `${TEMPLATES}making`;
    await client.query(`CREATE DATABASE ${making}`);
    await migrate(urlOf(server, making));
    await client.query(`ALTER DATABASE ${making} RENAME TO ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

/** The cluster of this test run: the first test file that needs it starts it, and its keeper ends it after the run. */
async function findCluster(): Promise<string> {
  const run = isWorker() ? process.ppid : process.pid;
  const folder = path.join(os.tmpdir(), `sluis-test-run-${run}`);
  const stateFile = path.join(folder, 'state.json');
  let first = false;
  try {
    fs.mkdirSync(folder);
    first = true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (first) {
    spawn(process.execPath, [path.join(__dirname, 'postgres-keeper.mjs'), stateFile, String(run)], { detached: true, stdio: 'ignore' }).unref();
  }
  const giveUp = Date.now() + 60_000;
  while (!fs.existsSync(stateFile)) {
    if (Date.now() > giveUp) throw new Error(`PostgreSQL for the tests did not start within a minute (${folder}).`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const state = JSON.parse(fs.readFileSync(stateFile, 'utf8')) as { url?: string; error?: string };
  if (!state.url) throw new Error(state.error);
  return state.url;
}

/** Whether the runner forked this process: then the run itself is its parent. */
function isWorker(): boolean {
  return process.argv.some((argument) => argument.includes('jest-worker'));
}

async function startPglite(): Promise<TestDatabase> {
  const child = fork(path.join(__dirname, 'pglite-server.mjs'), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  const url = await firstMessage(child);
  return {
    kind: 'pglite',
    url,
    close: () => new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.disconnect();
    }),
  };
}

function firstMessage(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (chunk) => { said += String(chunk); });
    child.once('exit', (code) => reject(new Error(`PGlite ended with ${code}: ${said}`)));
    child.once('message', (message) => resolve((message as { url: string }).url));
  });
}
