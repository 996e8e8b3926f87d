/**
 * Prepares the database (migrations, shipped templates, demo people) in a process of its own: it loads its code while the
 * database starts, and gives the memory back when it is done. Takes one message `{ databaseUrl, demo }`, sends `{ say }` lines
 * and, at the end, `{ tokens }` or `{ error }`.
 */
import { applyMigrations } from '../prisma/migrate';
import { seed } from '../store/seed';
import { step } from './progress';

const say = (line: string): void => { process.send?.({ say: line }); };

async function prepare({ databaseUrl, demo }: { databaseUrl: string; demo: boolean }): Promise<void> {
  const applied = await step('preparing the database', say, () => applyMigrations(databaseUrl));
  if (applied.length > 0) say(`  … the database was brought up to date (${applied.length} migration${applied.length === 1 ? '' : 's'})`);
  const warn = (message: string): void => say(`  ! ${message}`);
  const { tokens } = await step('publishing the shipped templates', say, () => seed({ databaseUrl, demo, warn }));
  process.send?.({ tokens });
}

/** What went wrong, in words. A refused connection to a name with several addresses has none of its own, only causes. */
function explain(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(explain).join('; ');
  return error instanceof Error ? error.message : String(error);
}

// Ctrl-C reaches the whole process group; the supervisor ends this process.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(1));
process.once('message', (message) => {
  prepare(message as { databaseUrl: string; demo: boolean }).catch((error: unknown) => {
    process.send?.({ error: `The database could not be prepared: ${explain(error)}` });
  });
});
