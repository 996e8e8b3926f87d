/**
 * Resident memory of each part: idle, under load, with few and with many open projects, over many commands; and what it costs that
 * the worker does not keep them all: a command on a project picked at random beside one on a project just used.
 */
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { type OpenTask, type SluisClient, createClient, newTally } from './support/client';
import { rssMiB } from './support/machine';
import { drive, median, round, sleep, spread } from './support/measure';
import { type Product, startProduct } from './support/product';
import { openReadModel } from './support/read-model';

const CLIENTS = 20;
const PARTS = ['temporal', 'worker', 'api', 'postgres'] as const;
type Rss = Readonly<Record<(typeof PARTS)[number], number | null>>;

/** The median of looks over two seconds: a single one may fall just before a collection. */
async function lookAtMemory({ pids }: Product): Promise<Rss> {
  const looks: Rss[] = [];
  for (let look = 0; look < 8; look += 1) {
    looks.push(Object.fromEntries(PARTS.map((part) => [part, rssMiB(pids[part])])) as Rss);
    await sleep(250);
  }
  return Object.fromEntries(PARTS.map((part) => {
    const found = looks.flatMap((look) => look[part] ?? []);
    return [part, found.length === 0 ? null : round(median(found))];
  })) as Rss;
}

class Load {
  readonly projects: string[] = [];
  readonly tally = newTally();
  private readonly claimed = new Set<string>();

  constructor(private readonly sluis: SluisClient) {}

  async open(count: number): Promise<void> {
    const missing = Array.from({ length: count - this.projects.length }, (_, index) => `memory ${this.projects.length + index}`);
    const { results } = await drive(CLIENTS, missing, (name) => this.sluis.start('bench-small', name, this.tally));
    this.projects.push(...results);
  }

  /** Claims the one task of a project, or releases it again. */
  async command(project: string): Promise<void> {
    const task: OpenTask = { project, phase: 'phase-1', task: 'task-1' };
    if (this.claimed.delete(project)) await this.sluis.release(task, this.tally);
    else {
      await this.sluis.claim(task, this.tally);
      this.claimed.add(project);
    }
  }

  /** Commands by all clients, over the first `projects` in turn. */
  async run(commands: number, projects: number): Promise<void> {
    await drive(CLIENTS, Array.from({ length: commands }, (_, index) => this.projects[index % projects] ?? ''), (project) => this.command(project));
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, at: Math.random() })).sort((one, other) => one.at - other.at).map(({ item }) => item);
}

async function run(options: BenchOptions): Promise<Figures> {
  const { say } = options;
  const few = size(options, 'FEW', 100, 60);
  const many = size(options, 'MANY', 2000, 200);
  const warm = size(options, 'WARM', 3000, 300);
  const commands = size(options, 'COMMANDS', 10_000, 500);
  const picks = Math.min(size(options, 'PICKS', 300, 40), many);
  const product = await startProduct(options);
  const readModel = openReadModel(product.databaseUrl);
  try {
    const load = new Load(createClient(product));
    const report: Record<string, Rss> = {};
    const note = async (name: string): Promise<Rss> => {
      const rss = await lookAtMemory(product);
      report[name] = rss;
      say(`${name}: ${JSON.stringify(rss)}`);
      return rss;
    };
    await sleep(3000);
    await note('idle');
    await load.open(few);
    await readModel.untilReady(load.projects, 1);
    await note('fewOpen');
    await load.run(warm, few);
    const atFew = await note('fewLoaded');
    const began = performance.now();
    // Once the load is well under way.
    const [ended] = await Promise.all([load.run(commands, few).then(() => performance.now()), sleep(2000).then(() => note('fewUnderLoad'))]);
    const perS = commands / ((ended - began) / 1000);
    const after = await note('fewAfterCommands');

    say(`opening ${many} projects`);
    await load.open(many);
    await readModel.untilReady(load.projects.slice(few), 1);
    await note('manyOpen');
    // As many commands as warmed the few, over all: who is kept in memory changes all the time.
    await load.run(warm, many);
    const atMany = await note('manyLoaded');

    const cold: number[] = [];
    const warmTimes: number[] = [];
    for (const project of shuffled(load.projects).slice(0, picks)) {
      for (const times of [cold, warmTimes]) {
        const from = performance.now();
        await load.command(project);
        times.push(performance.now() - from);
      }
    }
    const part = (rss: Rss, name: keyof Rss): number => rss[name] ?? Number.NaN;
    return {
      fewProjects: few, manyProjects: many, commands,
      commandsPerS: round(perS),
      workerGrowthMiB: round(part(after, 'worker') - part(atFew, 'worker')),
      apiGrowthMiB: round(part(after, 'api') - part(atFew, 'api')),
      workerManyOfFew: round(part(atMany, 'worker') / part(atFew, 'worker'), 2),
      coldOfWarm: round(spread(cold).p50 / spread(warmTimes).p50, 2),
      cold: spread(cold), warm: spread(warmTimes),
      conflicts: load.tally.conflicts, pending: load.tally.pending,
      rssMiB: report,
    };
  } finally {
    await readModel.close();
    await product.stop();
  }
}

export const memory: Benchmark = { name: 'memory', about: 'resident memory of each part, and what a project that is not in memory costs', run };
