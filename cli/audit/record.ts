/** `sluis audit verify-record`: the record of a project that was exported, without any server. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { type RecordProblem, type RecordReport, verifyRecord } from '../../store/record/verify';
import { type Output, count, print, printJson } from '../terminal/print';
import { style } from '../terminal/style';
import { UsageError } from '../terminal/usage-error';

/** Exit code 1 when the record is not whole. @throws UsageError when there is no such file. */
export async function runVerifyRecord(archive: string, options: Output): Promise<void> {
  if (!existsSync(archive)) throw new UsageError(`There is no file ${archive}.`);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(archive)) hash.update(chunk as Buffer);
  const report = { ...await verifyRecord(archive), archive: hash.digest('hex') };
  if (options.json) printJson(report);
  else print(describe(report));
  if (!report.ok) process.exitCode = 1;
}

function describe({ ok, project, exportedAt, manifest, archive, problems, ...found }: RecordReport & { readonly archive: string }): string {
  const lines = [
    ok ? style.green('The record is whole.') : style.red('The record is NOT whole.'),
    ...(project === null ? [] : [
      `  project ${project}, exported at ${exportedAt}`,
      `  ${count(found.events, 'event')} in ${count(found.streams, 'stream')}, ${count(found.texts, 'text')} (${found.erased} more erased), ${count(found.files, 'file')}`,
    ]),
    `  SHA-256 of the archive  ${archive}`, ...(manifest === null ? [] : [`  SHA-256 of its manifest ${manifest}`]),
    ...(ok ? ['  Compare one of them with what was noted at the export: whoever writes an archive anew can make it whole again.'] : []),
  ];
  const [first, ...more] = problems;
  if (first) lines.push('', `First difference: ${say(first)}`);
  if (more.length > 0) lines.push(`More (${more.length}):`, ...more.map((each) => `  ${say(each)}`));
  return lines.join('\n');
}

/** What an archive says is not to steer the terminal. */
// eslint-disable-next-line no-control-regex
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');

const say = ({ kind, part, stream, seq, detail }: RecordProblem): string =>
  plain(`${[kind, stream ?? part, seq === undefined ? undefined : `event ${seq}`].filter((each) => each !== undefined).join(', ')}: ${detail}`);
