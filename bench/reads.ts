/** What people read over many projects: the portfolio, as a page and as a table, the workload, the list of projects, and search; with few projects and with many. */
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { createClient, newTally } from './support/client';
import { drive, round, spread } from './support/measure';
import { startProduct } from './support/product';
import { openReadModel } from './support/read-model';

const CLIENTS = 20;
const TEMPLATE = 'bench-small';
/** A word of every hundredth name, beside one that all have and one that a single project has. */
const RARE_EVERY = 100;

const nameOf = (index: number): string => `Harbour move ${index}${index % RARE_EVERY === 0 ? ' with lighthouse' : ''} berth${index}x`;

/** Addresses by what is read. A search for what all have, for what one in a hundred has, and for one project. */
const READS: Readonly<Record<string, string>> = {
  workload: '/workload?weeks=13&limit=100', portfolio: '/portfolio?limit=50', portfolioOfCourse: '/portfolio?limit=50&course=off-course', table: '/portfolio.csv', projects: '/projects?limit=50',
  searchCommon: '/search?q=harbour', searchRare: '/search?q=lighthouse', searchOne: '/search?q=berth7x',
};

async function run(options: BenchOptions): Promise<Figures> {
  const few = size(options, 'FEW', 100, 20);
  const many = size(options, 'MANY', 1000, 60);
  const rounds = size(options, 'ROUNDS', 60, 10);
  const product = await startProduct(options);
  const readModel = openReadModel(product.databaseUrl);
  try {
    const sluis = createClient(product);
    const tally = newTally();
    const projects: string[] = [];
    const openUntil = async (count: number): Promise<void> => {
      const names = Array.from({ length: count - projects.length }, (_, index) => nameOf(projects.length + index));
      projects.push(...(await drive(CLIENTS, names, (name) => sluis.start(TEMPLATE, name, tally))).results);
      await readModel.untilReady(projects, 1);
      await readModel.run('ANALYZE');
    };
    const read = async (path: string): Promise<void> => {
      const reply = await fetch(`${product.api}${path}`, { headers: { authorization: `Bearer ${product.tokens.office}` } });
      await reply.arrayBuffer();
      if (!reply.ok) throw new Error(`GET ${path}: ${reply.status}`);
    };
    const measure = async (): Promise<Record<string, ReturnType<typeof spread>>> => {
      const found: Record<string, ReturnType<typeof spread>> = {};
      for (const [name, path] of Object.entries(READS)) {
        await read(path);
        found[name] = spread((await drive(1, Array.from({ length: rounds }, () => path), read)).times);
      }
      return found;
    };
    await openUntil(few);
    const atFew = await measure();
    options.say(`${few} projects read; opening ${many}`);
    await openUntil(many);
    const atMany = await measure();
    return Object.fromEntries(Object.keys(READS).map((name) => [name, {
      p50: atMany[name]?.p50 ?? null, p95: atMany[name]?.p95 ?? null, fewP50: atFew[name]?.p50 ?? null, fewP95: atFew[name]?.p95 ?? null,
      growth: round((atMany[name]?.p50 ?? 0) / Math.max(0.01, atFew[name]?.p50 ?? 0), 2),
    }]));
  } finally {
    await readModel.close();
    await product.stop();
  }
}

export const reads: Benchmark = { name: 'reads', about: 'portfolio, workload, projects and search over many projects: how long a page takes, and how that grows', run };
