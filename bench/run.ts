/** The command line of the benchmarks: runs those asked for, one after another, each on servers of its own. */
import { parseArgs } from 'node:util';
import type { Benchmark, Figures } from './benchmark';
import { printTable } from './support/table';

/**
 * Loaded when it is asked for: whatever lies in the heap of this process, which is also the client that is timed, is gone through again at each
 * collection of garbage, of 100 ms if all are there.
 */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  command: async () => (await import('./command')).command,
  lifecycle: async () => (await import('./lifecycle')).lifecycle,
  memory: async () => (await import('./memory')).memory,
  startup: async () => (await import('./startup')).startup,
  compile: async () => (await import('./compile')).compile,
  verify: async () => (await import('./verify')).verify,
  simulate: async () => (await import('./simulate')).simulate,
  impact: async () => (await import('./migrate')).impact,
  migrate: async () => (await import('./migrate')).migrate,
  bulk: async () => (await import('./bulk')).bulk,
  timers: async () => (await import('./timers')).timers,
  reads: async () => (await import('./reads')).reads,
  backlog: async () => (await import('./agile')).backlog,
  'sprint-board': async () => (await import('./agile')).sprintBoard,
  forecast: async () => (await import('./agile')).forecast,
  handover: async () => (await import('./handover')).handover,
  interaction: async () => (await import('./interaction')).interaction,
};

const USAGE = `npm run bench -- [--only NAME,NAME…] [--json] [--embedded] [--quick]

  --only      these benchmarks alone: ${Object.keys(BENCHMARKS).join(', ')}
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
  const unknown = wanted?.filter((name) => !Object.hasOwn(BENCHMARKS, name)) ?? [];
  if (unknown.length > 0) {
    console.error(`There is no benchmark ${unknown.join(', ')}.\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const results: { name: string; figures: Figures }[] = [];
  for (const [name, load] of Object.entries(BENCHMARKS)) {
    if (wanted && !wanted.includes(name)) continue;
    const say = (line: string): void => { process.stderr.write(`[${name}] ${line}\n`); };
    const began = Date.now();
    try {
      const benchmark = await load();
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
