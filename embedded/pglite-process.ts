/**
 * The embedded PostgreSQL: PGlite on a folder, in a process of its own, behind a socket that speaks PostgreSQL's protocol.
 * Started by the supervisor with IPC; it ends when told by a `stop` message or when the supervisor is gone.
 *
 * Environment: SLUIS_PGLITE_FOLDER, SLUIS_PGLITE_PORT.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type PGliteServer, servePGlite } from './pglite-server';
import { isRunning, type ProcessRecord } from './processes';

/** API, worker, migrations and a few by hand; each takes one query at a time anyway. */
const MAX_CONNECTIONS = 60;

/** Makes the database's files beside the folder and renames them into place: a start that is killed leaves no half of them. */
async function initialise(folder: string): Promise<void> {
  const incoming = `${folder}.new`;
  rmSync(incoming, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const child = fork(join(__dirname, 'pglite-init.js'), [incoming], { execArgv: [] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error('The database could not be made.');
  renameSync(incoming, folder);
}

type Message = { stop: true } | { ward: ProcessRecord | null };

async function main(): Promise<void> {
  const folder = process.env['SLUIS_PGLITE_FOLDER'];
  const port = Number(process.env['SLUIS_PGLITE_PORT']);
  if (!folder || !port) throw new Error('SLUIS_PGLITE_FOLDER and SLUIS_PGLITE_PORT must be set.');
  let server: PGliteServer | undefined;
  let db: PGlite | undefined;
  let ending = false;

  async function end(): Promise<void> {
    if (ending) return;
    ending = true;
    // A supervisor that is gone enforces no limit, so this process has one of its own.
    setTimeout(() => process.exit(1), 10_000).unref();
    await server?.close();
    await db?.close();
    process.exit(0);
  }
  const stop = (): void => {
    end().catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    });
  };
  let ward: ProcessRecord | undefined;
  process.on('disconnect', () => {
    // The supervisor was killed. The Temporal server, a foreign program, would not notice.
    if (ward && isRunning(ward)) process.kill(ward.pid, 'SIGTERM');
    stop();
  });
  process.on('message', (message: Message) => {
    if ('ward' in message) ward = message.ward ?? undefined;
    else if ('stop' in message) stop();
  });
  // Ctrl-C reaches the whole process group. The database must outlive the parts that still write to it: while there is a
  // supervisor, it decides when.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!process.connected) stop();
    });
  }

  if (!existsSync(folder)) await initialise(folder);
  db = await PGlite.create({ dataDir: folder });
  server = await servePGlite(db, port, MAX_CONNECTIONS);
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
