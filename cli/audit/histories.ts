/** The log against the histories of the workflows, which the database has no hand in. */
import { Client, Connection } from '@temporalio/client';
import { type HistoriesReport, compareHistories } from '../../activities/compare-histories';
import { type Config, temporalConnectionOptions } from '../../config';
import { dataConverter } from '../../config/payloads';
import { dataFolder } from '../../embedded/data-folder';
import { readRunState } from '../../embedded/run-state';
import { usingDatabase } from '../../store/client';
import { count } from '../terminal/print';
import { style } from '../terminal/style';

type Temporal = Config['temporal'] & { readonly address: string };

/** The Temporal server of the configuration, or of the product that runs on the data folder. @throws Error when neither is known. */
export function temporalOf({ temporal, dataFolder: root }: Config): Temporal {
  const state = readRunState(dataFolder(root).run);
  const address = temporal.address ?? (state?.ready ? state.temporalAddress : undefined);
  if (address === undefined || address === '') throw new Error('The histories of the workflows are compared while the product runs. Start it first (npm start), or set TEMPORAL_ADDRESS.');
  return { ...temporal, address };
}

/** Compares the log of a database with the histories of a Temporal server. */
export async function compareWithHistories(temporal: Temporal, databaseUrl: string, onProgress: (streams: number) => void): Promise<HistoriesReport> {
  const connection = await Connection.connect(temporalConnectionOptions(temporal));
  const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
  try {
    return await usingDatabase(databaseUrl, { max: 2 }, (database) => compareHistories(client, database, { onProgress }));
  } finally {
    await connection.close();
  }
}

/** What was compared, as text. */
export function describeHistories({ ok, streams, runs, commands, since, expired, unasked, behind, problems }: HistoriesReport): string {
  const lines = [
    ok ? style.green('The log says what the workflows recorded.') : style.red('The log does NOT say what the workflows recorded.'),
    `  ${count(streams, 'stream')}, ${count(runs, 'run')}, ${count(commands, 'command')}${since === null ? '' : `; histories reach back to ${new Date(since).toISOString()}`}`,
  ];
  if (expired > 0) lines.push(`  ${count(expired, 'stream')} without a history any more: the Temporal server keeps them for as long as its namespace says`);
  if (unasked > 0) lines.push(`  ${count(unasked, 'workflow')} not asked how far they are, as no worker answers: what came after their last command was not compared`);
  if (behind > 0) lines.push(`  ${count(behind, 'stream')} with events on their way to the log`);
  if (problems.length > 0) lines.push('', `Differences (${problems.length}), of each stream the first:`);
  for (const { stream, seq, detail } of problems) lines.push(`  ${stream}${seq === undefined ? '' : `, event ${seq}`}: ${detail}`);
  return lines.join('\n');
}
