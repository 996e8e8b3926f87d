// Runs one PostgreSQL cluster for a whole test run, and ends it (by process id) as soon as the run's own process is gone, however
// that ended. Arguments: the state file to write, the process id to watch.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

const [stateFile, watched] = [process.argv[2], Number(process.argv[3])];

/** The folder of `initdb` and `postgres`, which no PATH holds on Debian. */
function findPrograms() {
  const folders = [process.env.PG_BINDIR];
  try {
    folders.push(execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  } catch {
    // Not every installation of the server has it.
  }
  const debian = '/usr/lib/postgresql';
  if (fs.existsSync(debian)) {
    const versions = fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a));
    folders.push(...versions.map((version) => path.join(debian, version, 'bin')));
  }
  const found = folders.find((folder) => folder && ['initdb', 'postgres'].every((name) => fs.existsSync(path.join(folder, name))));
  if (!found) {
    throw new Error('These tests need PostgreSQL 15 or later: install its server programs (Debian and Ubuntu: apt-get install ' +
      'postgresql), name their folder in PG_BINDIR, or give a server in DATABASE_URL.');
  }
  return found;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function findUser() {
  if (process.getuid?.() !== 0) return {};
  try {
    const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new Error('PostgreSQL refuses to run as root, and there is no user "postgres": run the tests as another user, or add it.');
  }
}

async function findFreePort() {
  const server = net.createServer();
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether it takes queries: it listens already while it still starts up. */
async function answers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function report(state) {
  fs.writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  fs.renameSync(`${stateFile}.new`, stateFile);
}

async function main() {
  const programs = findPrograms();
  const user = findUser();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sluis-test-pg-'));
  let server;
  try {
    if (user.uid !== undefined) fs.chownSync(folder, user.uid, user.gid);
    const data = path.join(folder, 'data');
    const options = { ...user, cwd: folder, stdio: 'pipe', env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } };
    execFileSync(path.join(programs, 'initdb'), ['-D', data, '-U', 'sluis', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
    const port = await findFreePort();
    const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=200', 'max_wal_size=1GB'];
    const log = fs.openSync(path.join(folder, 'log'), 'w');
    server = spawn(path.join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
      { ...options, stdio: ['ignore', log, log] });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    const url = `postgresql://sluis@127.0.0.1:${port}/postgres`;
    for (let tries = 0; !(await answers(url)); tries++) {
      if (server.exitCode !== null || tries > 300) throw new Error(`PostgreSQL did not start:\n${fs.readFileSync(path.join(folder, 'log'), 'utf8')}`);
      await pause(50);
    }
    report({ url, pid: server.pid });
    while (isAlive(watched) && server.exitCode === null) await pause(200);
    // Immediate: nobody needs what is in it.
    server.kill('SIGQUIT');
    await ended;
  } finally {
    if (server && server.exitCode === null) server.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => report({ error: error instanceof Error ? error.message : String(error) }))
  .finally(() => {
    while (isAlive(watched)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    fs.rmSync(path.dirname(stateFile), { recursive: true, force: true });
  });
