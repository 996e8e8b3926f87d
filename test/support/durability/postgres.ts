/** A PostgreSQL cluster of a test's own, with its settings for safety as they are by default: it can be killed and started again. */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Child, findStablePort, startProgram, until } from './child';

const DEBIAN = '/usr/lib/postgresql';
const MISSING = 'These tests need the programs of a PostgreSQL server, 15 or later: install them (Debian and Ubuntu: apt-get install ' +
  'postgresql), or name their folder in PG_BINDIR.';

export interface OwnPostgres {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL: to the postmaster, and with `all` to every process of the server at once, as when a machine goes down. */
  kill(all: boolean): Promise<void>;
  /** Asks it to end: open transactions are aborted, the last checkpoint is written. */
  stop(): Promise<void>;
}

/** @throws Error that says what to install. */
function findPrograms(): string {
  const folders = [process.env['PG_BINDIR']];
  try {
    folders.push(execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    // Not every installation of the server has it.
  }
  if (existsSync(DEBIAN)) folders.push(...readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)).map((version) => join(DEBIAN, version, 'bin')));
  const found = folders.find((folder) => folder && ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))));
  if (found === undefined) throw new Error(MISSING);
  return found;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function findUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Processes whose parent is this one. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((each) => {
    try {
      return readFileSync(`/proc/${each}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1] === String(pid);
    } catch {
      return false;
    }
  });
}

/** Makes a cluster in a folder that exists; it is not started yet. */
export async function createPostgres(folder: string): Promise<OwnPostgres> {
  const programs = findPrograms();
  const user = findUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'sluis', '-A', 'trust', '-E', 'UTF8', '--no-sync'], { ...user, cwd: folder, env, stdio: 'pipe' });
  const port = await findStablePort();
  const url = `postgresql://sluis@127.0.0.1:${port}/postgres`;
  let server: Child | undefined;

  const answers = async (): Promise<boolean> => {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  return {
    url,
    start: async () => {
      if (server?.isRunning()) return;
      // Processes of a server that was killed may still hold its memory: then it refuses to start, and is asked again.
      await until(`PostgreSQL to start (${log})`, 60_000, async () => {
        if (!server?.isRunning()) {
          server = startProgram(join(programs, 'postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=100'],
            { ...user, cwd: folder, env, log, lastSignal: 'SIGQUIT' });
        }
        return answers();
      }, 100);
    },
    kill: async (all) => {
      if (!server?.isRunning()) return;
      const rest = all ? childrenOf(server.pid) : [];
      const ended = server.end('SIGKILL');
      for (const pid of rest) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It went with its parent.
        }
      }
      await ended;
    },
    stop: async () => server?.end('SIGINT'),
  };
}
