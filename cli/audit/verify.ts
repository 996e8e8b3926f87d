import type { Config } from '../../config';
import { withDatabase } from '../../embedded/with-database';
import { PROCESSES } from '../../domain/processes';
import { verifyLog, type Discarded, type StreamReason, type VerifyReport } from '../../store/verify';
import { compareWithHistories, describeHistories, temporalOf } from './histories';
import { count } from '../terminal/print';
import { style } from '../terminal/style';

/** `sluis audit verify`: exit code 1 when the record is not whole, or a stream of it was stopped or disagrees with its run. */
export async function runVerify(config: Config, options: { json?: boolean; deep?: boolean; histories?: boolean }): Promise<void> {
  const say = (line: string): void => { process.stderr.write(`${line}\n`); };
  let said = Date.now();
  const onProgress = (streams: number): void => {
    if (Date.now() - said < 1000) return;
    said = Date.now();
    say(`  … ${streams} streams verified`);
  };
  const temporal = options.histories ? temporalOf(config) : undefined;
  const { log, histories } = await withDatabase(config, say, async (databaseUrl) => ({
    log: await verifyLog(databaseUrl, { onProgress, ...(options.deep ? { deep: PROCESSES } : {}) }),
    histories: temporal && await compareWithHistories(temporal, databaseUrl, onProgress),
  }));
  const ok = log.ok && isAgreed(log) && (histories?.ok ?? true);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...log, ok, ...(histories && { histories }) }, null, 2)}\n`);
  else process.stdout.write(`${describe(log)}\n${histories ? describeHistories(histories) : NOT_COMPARED}\n`);
  if (!ok) process.exitCode = 1;
}

/** Whether the log is also what its runs go by: no stream was stopped, and none was seen to disagree with its run. */
const isAgreed = ({ broken, gaps }: VerifyReport): boolean => broken.length + gaps.length === 0;

const NOT_COMPARED = style.dim('The log was not compared with what the workflows recorded: --histories does that, while the product runs.');

function describe(report: VerifyReport): string {
  const lines = [
    report.ok ? style.green(`The event log is whole${isAgreed(report) ? '' : ' in itself'}.`) : style.red('The event log is NOT whole.'),
    ...(isAgreed(report) ? [] : [style.red('It does NOT go with all of the runs, as when one of the two databases was changed, or put back to another moment than the other.')]),
    `  ${report.events} events in ${report.streams} streams, ${report.seals} seals` +
      `${report.sealedAt === null ? '' : `, the last made at ${new Date(report.sealedAt).toISOString()}`}`,
  ];
  if (report.problems.length > 0) lines.push('', `Problems (${report.problems.length}):`);
  for (const { kind, stream, seq, detail } of report.problems) {
    lines.push(`  ${[kind, stream, seq === undefined ? undefined : `event ${seq}`].filter(Boolean).join(', ')}: ${detail}`);
  }
  lines.push(...listDiscarded(report.discarded), ...listReasons('The read model waits for repair', report.stale), ...listReasons('Stopped', report.broken),
    ...listReasons('The log and the open run disagree', report.gaps));
  return lines.join('\n');
}

/** What was made again is all there; what was not is for people to judge. */
function listDiscarded(discarded: readonly Discarded[]): string[] {
  const list = (title: string, of: readonly Discarded[]): string[] => (
    of.length === 0 ? [] : ['', title, ...of.map(({ stream, events }) => `  ${stream}: ${count(events, 'event')}`)]);
  return [
    ...list('Made twice, as the server repeated a workflow task: the repetition took the place of what nobody had been told of yet. Nothing is lost:',
      discarded.filter(({ events, madeAgain }) => madeAgain === events)),
    ...list('Left by a workflow task that was lost, and taken out of the log before anyone was told. Where the Temporal server was put back to an earlier moment, somebody was told: compare with what people remember:',
      discarded.filter(({ events, madeAgain }) => madeAgain < events)),
  ];
}

function listReasons(title: string, streams: readonly StreamReason[]): string[] {
  if (streams.length === 0) return [];
  return ['', `${title}:`, ...streams.map(({ stream, reason }) => `  ${stream}: ${reason}`)];
}
