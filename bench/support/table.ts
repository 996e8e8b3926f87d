import type { Benchmark, Figure, Figures } from '../benchmark';

/** Each number of the figures with its name; those of groups with the names of their groups in front. */
function flatten(figure: Figure, name: string): [string, string][] {
  if (figure === null) return [[name, '-']];
  if (typeof figure !== 'object') return [[name, String(figure)]];
  return Object.entries(figure).flatMap(([key, inner]) => flatten(inner, name === '' ? key : `${name}.${key}`));
}

/** Prints the figures of a benchmark as a table. */
export function printTable(benchmark: Benchmark, figures: Figures): void {
  const rows = benchmark.rows?.(figures) ?? flatten(figures, '');
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`\n${benchmark.name}: ${benchmark.about}\n`);
  for (const [name, value] of rows) console.log(`  ${name.padEnd(width)}  ${value}`);
  console.log('');
}
