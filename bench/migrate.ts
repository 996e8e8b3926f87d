/**
 * What a new version of a template would do to running projects, and moving them to it. The projects stand at different places: in the
 * first phase, with part of it done, or asked at its gate.
 */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { type OpenTask, createClient, http, newTally } from './support/client';
import { markHistories } from './support/history';
import { drive, median, round } from './support/measure';
import { type Product, startProduct } from './support/product';
import { openReadModel } from './support/read-model';
import { TASKS_PER_PHASE } from './support/shapes';
import { TEMPLATES } from './support/templates';

const CLIENTS = 20;
const TEMPLATE = 'bench-lifecycle';
const PAGE = 25;

/** A version with one task more in each phase. */
function nextVersion(version: string): string {
  const template = TEMPLATES.find(({ key }) => key === TEMPLATE);
  if (!template) throw new Error(`there is no ${TEMPLATE}`);
  const phases = template.phases.map((phase) => ({ ...phase, tasks: [...phase.tasks, { ...phase.tasks[0], key: `added-${version.split('.')[0] ?? ''}` }] }));
  return JSON.stringify({ ...template, version, phases });
}

interface Page {
  readonly items: readonly { readonly project: string; readonly outcome: string }[];
  readonly nextCursor: string | null;
}

/** Looks at so many projects, page by page. @returns how they would move, and milliseconds in all. */
async function look({ api, tokens }: Product, text: string, projects: number): Promise<{ outcomes: Record<string, number>; ms: number }> {
  const outcomes: Record<string, number> = {};
  const began = performance.now();
  let seen = 0;
  for (let cursor: string | null = null; seen < projects;) {
    const { body }: { body: Page } = await http<Page>('POST', `${api}/templates/impact`, tokens.office, { text, limit: Math.min(PAGE, projects - seen), ...(cursor !== null && { cursor }) });
    for (const { outcome } of body.items) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    seen += body.items.length;
    cursor = body.nextCursor;
    if (cursor === null) break;
  }
  return { outcomes, ms: performance.now() - began };
}

/** Opens projects, and lets the team do a part of the first phase in some of them. */
async function openProjects(product: Product, count: number): Promise<readonly string[]> {
  const sluis = createClient(product);
  const tally = newTally();
  const { results } = await drive(CLIENTS, Array.from({ length: count }, (_, index) => `migrate ${index}`), (name) => sluis.start(TEMPLATE, name, tally));
  const readModel = openReadModel(product.databaseUrl);
  try {
    await readModel.untilReady(results, TASKS_PER_PHASE);
  } finally {
    await readModel.close();
  }
  const done = results.flatMap((project, index) => Array.from({ length: index % (TASKS_PER_PHASE + 1) }, (_, task): OpenTask => ({ project, phase: 'phase-1', task: `task-${task + 1}` })));
  await drive(CLIENTS, done, (task) => sluis.complete(task, tally));
  return results;
}

async function withProjects(options: BenchOptions, count: number, measure: (product: Product, projects: readonly string[]) => Promise<Figures>): Promise<Figures> {
  const product = await startProduct(options);
  try {
    options.say(`opening ${count} projects`);
    return await measure(product, await openProjects(product, count));
  } finally {
    await product.stop();
  }
}

export const impact: Benchmark = {
  name: 'impact',
  about: 'what a draft would do to running projects: played and proved for each',
  run: (options) => {
    const projects = size(options, 'PROJECTS', 1000, 100);
    const part = Math.round(projects / 10);
    return withProjects(options, projects, async (product) => {
      const text = nextVersion('2.0.0');
      const some = await look(product, text, part);
      const all = await look(product, text, projects);
      return {
        projects, seconds: round(all.ms / 1000, 1), msPerProject: round(all.ms / projects, 1), msPerProjectOfATenth: round(some.ms / part, 1),
        growth: round((all.ms / projects) / (some.ms / part), 2), outcomes: all.outcomes,
      };
    });
  },
};

interface Moved {
  readonly items: readonly { readonly outcome: string }[];
}

export const migrate: Benchmark = {
  name: 'migrate',
  about: 'moving many running projects to another version, twice',
  run: (options) => {
    const count = size(options, 'PROJECTS', 100, 20);
    return withProjects(options, count, async (product, projects) => {
      const { api, tokens } = product;
      const connection = await Connection.connect({ address: product.temporalAddress });
      try {
        const rounds: { version: string; seconds: number; msPerProject: number; eventsPerProject: number; outcomes: Record<string, number> }[] = [];
        for (const version of ['2.0.0', '3.0.0']) {
          await http('POST', `${api}/templates`, tokens.office, { text: nextVersion(version) }, randomUUID());
          const added = await markHistories(new Client({ connection }), await streamsOf(product, projects));
          const began = performance.now();
          const { body } = await http<Moved>('POST', `${api}/templates/${TEMPLATE}/versions/${version}/migrations`, tokens.office, { projects: projects.map((project) => ({ project })) }, randomUUID());
          const ms = performance.now() - began;
          const outcomes: Record<string, number> = {};
          for (const { outcome } of body.items) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
          rounds.push({ version, seconds: round(ms / 1000, 1), msPerProject: round(ms / count, 1), eventsPerProject: round(await added() / count, 1), outcomes });
          options.say(JSON.stringify(rounds.at(-1)));
        }
        return { projects: count, rounds, msPerProject: round(median(rounds.map(({ msPerProject }) => msPerProject)), 1) };
      } finally {
        await connection.close();
      }
    });
  },
};

/** The streams that are open of these projects: their workflows run. */
async function streamsOf({ databaseUrl }: Product, projects: readonly string[]): Promise<string[]> {
  const readModel = openReadModel(databaseUrl);
  try {
    return await readModel.openStreams(projects);
  } finally {
    await readModel.close();
  }
}
