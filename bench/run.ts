/** The command line of the benchmarks: runs those asked for, one after another, each on servers of its own. */
import { parseArgs } from 'node:util';
import { backlog, forecast, sprintBoard } from './agile';
import type { Benchmark, Figures } from './benchmark';
import { bulk } from './bulk';
import { command } from './command';
import { compile } from './compile';
import { lifecycle } from './lifecycle';
import { memory } from './memory';
import { handover } from './handover';
import { interaction } from './interaction';
import { impact, migrate } from './migrate';
import { reads } from './reads';
import { simulate } from './simulate';
import { startup } from './startup';
import { printTable } from './support/table';
import { timers } from './timers';
import { verify } from './verify';

const BENCHMARKS: readonly Benchmark[] = [command, lifecycle, memory, startup, compile, verify, simulate, impact, migrate, bulk, timers, reads, backlog, sprintBoard, forecast, handover, interaction];

const USAGE = `npm run bench -- [--only NAME,NAME…] [--json] [--embedded] [--quick]

  --only      these benchmarks alone: ${BENCHMARKS.map(({ name }) => name).join(', ')}
  --json      an array of { name, figures } on standard output, in place of tables
  --embedded  on the embedded database, in place of a PostgreSQL server
  --quick     smaller sizes: a look, no measurement

Sizes are set by environment variables: see docs/benchmarks.md.`;

/** Runs the benchmarks that the arguments name. Sets the exit code to 1 when one fails, to 2 when the arguments are wrong. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' }, json: { type: 'boolean', default: false }, embedded: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const wanted = values.only?.split(',').map((name) => name.trim()).filter((name) => name !== '');
  const unknown = wanted?.filter((name) => !BENCHMARKS.some((each) => each.name === name)) ?? [];
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(', ')}.\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const results: { name: string; figures: Figures }[] = [];
  for (const benchmark of BENCHMARKS) {
    const { name } = benchmark;
    if (wanted && !wanted.includes(name)) continue;
    const say = (line: string): void => { process.stderr.write(`[${name}] ${line}\n`); };
    const began = Date.now();
    try {
      const figures = await benchmark.run({ embedded: values.embedded, quick: values.quick, say });
      results.push({ name, figures });
      say(`took ${Math.round((Date.now() - began) / 1000)} s`);
      if (!values.json) printTable(benchmark, figures);
    } catch (error) {
      process.exitCode = 1;
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  if (values.json) console.log(JSON.stringify(results, null, 1));
}
