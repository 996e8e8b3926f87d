/** A PostgreSQL server with its default settings, fsync included: the one in DATABASE_URL, or one of its own from the installed programs. */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { freePort } from './ports';
import { until } from './measure';

export interface Postgres {
  /** Of an empty database. */
  readonly url: string;
  /** Process of the server; undefined when it was there before. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}

const read = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

function findPrograms(): string {
  const folders = [process.env['PG_BIN'], process.env['PG_BINDIR']];
  try {
    folders.push(read('pg_config', '--bindir'));
  } catch {
    // Not every installation of the server has it.
  }
  const debian = '/usr/lib/postgresql';
  if (fs.existsSync(debian)) {
    const versions = fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    folders.push(...versions.map((version) => path.join(debian, version, 'bin')));
  }
  const found = folders.find((folder) => folder !== undefined && fs.existsSync(path.join(folder, 'initdb')) && fs.existsSync(path.join(folder, 'postgres')));
  if (found !== undefined) return found;
  throw new Error('The benchmarks need PostgreSQL 15 or later: install its server programs (Debian and Ubuntu: apt-get install ' +
    'postgresql), name their folder in PG_BIN, give an address in DATABASE_URL, or ask for the embedded database with --embedded.');
}

/** Runs statements in a connection of their own; the rows of the last one. */
export async function runSql(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result: unknown = await client.query(sql, values);
    return ((Array.isArray(result) ? result.at(-1) : result) as { rows: Record<string, unknown>[] }).rows;
  } finally {
    await client.end();
  }
}

/** @param folder an existing folder for the cluster. @throws Error that says what to install. */
export async function startPostgres(folder: string): Promise<Postgres> {
  const server = process.env['DATABASE_URL'] ? { url: process.env['DATABASE_URL'], pid: undefined, stop: () => Promise.resolve() } : await startServer(folder);
  const name = `sluis_bench_${process.pid}_${Date.now().toString(36)}`;
  await runSql(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href, pid: server.pid,
    close: async () => {
      if (server.pid === undefined) await runSql(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function startServer(parent: string): Promise<{ url: string; pid: number | undefined; stop(): Promise<void> }> {
  const programs = findPrograms();
  // PostgreSQL refuses to run as root: then it runs as the user that its package made.
  const user = process.getuid?.() === 0 ? { uid: Number(read('id', '-u', 'postgres')), gid: Number(read('id', '-g', 'postgres')) } : undefined;
  const folder = path.join(parent, 'cluster');
  fs.mkdirSync(folder);
  if (user) {
    fs.chmodSync(parent, 0o755);
    fs.chownSync(folder, user.uid, user.gid);
  }
  const data = path.join(folder, 'data');
  const options = { ...user, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  execFileSync(path.join(programs, 'initdb'), ['-D', data, '-U', 'sluis', '-A', 'trust', '-E', 'UTF8'], { ...options, stdio: 'ignore' });
  const port = await freePort();
  const log = fs.openSync(path.join(folder, 'log'), 'w');
  const child = spawn(path.join(programs, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder],
    { ...options, stdio: ['ignore', log, log] });
  fs.closeSync(log);
  const ended = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
  const url = `postgresql://sluis@127.0.0.1:${port}/postgres`;
  await until(() => runSql(url, 'SELECT 1').then(() => true, () => false), 'the PostgreSQL server', { everyMs: 50, limitMs: 30_000 });
  return {
    url, pid: child.pid,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
