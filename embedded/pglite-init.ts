/**
 * Makes the files of a new embedded PostgreSQL, in the folder given as first argument, and ends. A process of its own: making
 * them takes half a gigabyte, which a process would not give back.
 */
import { PGlite } from '@electric-sql/pglite';

async function main(): Promise<void> {
  const folder = process.argv[2];
  if (!folder) throw new Error('The folder must be given.');
  const db = await PGlite.create({ dataDir: folder });
  await db.close();
}

// Ctrl-C reaches the whole process group; whoever started this decides.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(1));
main().then(() => process.exit(0), (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
