/**
 * What a command costs, from HTTP to its answer with the projection done, beside the least it could cost: an update that does
 * nothing, on the same Temporal server, behind an HTTP API of its own. Both take turns, so that each ratio is of neighbours in time.
 */
import { Client, Connection } from '@temporalio/client';
import { projectStream } from '../workflows/contract';
import { type Bare, startBare } from './bare/start';
import { BARE_QUEUE } from './bare/contract';
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { type OpenTask, type SluisClient, type Tally, createClient, newTally } from './support/client';
import { markHistories } from './support/history';
import { drive, median, round, sleep, spread } from './support/measure';
import { startProduct } from './support/product';
import { openReadModel } from './support/read-model';
import { LANES } from './support/shapes';

const PROJECTS = 20;
const SCENARIOS = [
  { name: 'single', clients: 1, projects: 1 },
  { name: 'burst', clients: LANES, projects: 1 },
  { name: 'spread', clients: LANES, projects: PROJECTS },
  { name: 'singleSpread', clients: 1, projects: PROJECTS },
] as const;
type Scenario = (typeof SCENARIOS)[number];

/** One command of the given client; the turn-th it sends. */
type Send = (client: number, turn: number) => Promise<void>;

interface Segment {
  readonly perS: number;
  readonly times: readonly number[];
  readonly eventsPerCommand: number;
}

interface Contender {
  readonly name: 'bare' | 'sluis';
  /** The workflows that a scenario's commands go to, and how they are sent. */
  prepare(scenario: Scenario): Promise<{ workflows: readonly string[]; send: Send }>;
}

async function measure(client: Client, contender: Contender, scenario: Scenario, seconds: number): Promise<Segment> {
  const { workflows, send } = await contender.prepare(scenario);
  const eventsSince = await markHistories(client, workflows);
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(Array.from({ length: scenario.clients }, async (_, index) => {
    for (let turn = 0; performance.now() < end; turn += 1) {
      const from = performance.now();
      await send(index, turn);
      times.push(performance.now() - from);
    }
  }));
  const took = (performance.now() - began) / 1000;
  // The last workflow task may still be on its way into the history.
  await sleep(150);
  return { perS: times.length / took, times, eventsPerCommand: await eventsSince() / times.length };
}

function bareContender(client: Client, bare: Bare): Contender {
  let started = 0;
  return {
    name: 'bare',
    // Fresh workflows each time: their commands never come near the number after which a run must be continued.
    prepare: async ({ projects }) => {
      const workflows = Array.from({ length: projects }, () => `bare-${started += 1}`);
      await Promise.all(workflows.map((workflowId) => client.workflow.start('bare', { workflowId, taskQueue: BARE_QUEUE, args: [] })));
      return { workflows, send: (index, turn) => bare.command(workflows[projects === 1 ? 0 : (index + turn) % projects] ?? '') };
    },
  };
}

/** Each client claims and releases a task of its own: two commands that undo each other, with one event each. */
function sluisContender(sluis: SluisClient, projects: readonly string[], lanes: ReadonlyMap<string, readonly OpenTask[]>, tally: Tally): Contender {
  const claimed = new Set<OpenTask>();
  return {
    name: 'sluis',
    prepare: ({ projects: count }) => Promise.resolve({
      workflows: projects.slice(0, count).map((project) => `${projectStream(project)}/phase/phase-1/1`),
      send: async (index, turn) => {
        const project = projects[count === 1 ? 0 : (index + turn) % count] ?? '';
        const task = lanes.get(project)?.[index];
        if (!task) throw new Error(`project ${project} has no task for client ${index}`);
        if (claimed.delete(task)) await sluis.release(task, tally);
        else {
          await sluis.claim(task, tally);
          claimed.add(task);
        }
      },
    }),
  };
}

async function run(options: BenchOptions): Promise<Figures> {
  const { say } = options;
  const rounds = size(options, 'ROUNDS', 5, 1);
  const seconds = size(options, 'SECONDS', 3, 1);
  const warm = size(options, 'WARM', 6, 2);
  const product = await startProduct(options);
  const readModel = openReadModel(product.databaseUrl);
  const connection = await Connection.connect({ address: product.temporalAddress });
  let bare: Bare | undefined;
  try {
    bare = await startBare(product.temporalAddress);
    const client = new Client({ connection });
    const sluis = createClient(product);
    const tally = newTally();
    const { results: projects } = await drive(4, Array.from({ length: PROJECTS }, (_, n) => `command ${n}`), (name) => sluis.start('bench-lanes', name, tally));
    await readModel.untilReady(projects, LANES);
    const lanes = new Map(await Promise.all(projects.map(async (project) => [project, await sluis.tasksOf(project)] as const)));
    const contenders = [bareContender(client, bare), sluisContender(sluis, projects, lanes, tally)];

    say(`warming up, ${warm} s each`);
    for (const contender of contenders) for (const scenario of SCENARIOS) await measure(client, contender, scenario, warm / SCENARIOS.length);
    const segments = new Map<string, Segment[]>();
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const scenario of SCENARIOS) {
        // Who goes first changes each time.
        for (const contender of turn % 2 === 0 ? contenders : [...contenders].reverse()) {
          const segment = await measure(client, contender, scenario, seconds);
          const key = `${contender.name} ${scenario.name}`;
          segments.set(key, [...(segments.get(key) ?? []), segment]);
          say(`${contender.name}, ${scenario.clients} clients, ${scenario.projects} projects: ${round(segment.perS)}/s, ` +
            `p50 ${spread(segment.times).p50} ms, ${round(segment.eventsPerCommand, 2)} events`);
        }
      }
    }
    return toFigures(segments, tally);
  } finally {
    await bare?.stop();
    await connection.close();
    await readModel.close();
    await product.stop();
  }
}

function toFigures(segments: ReadonlyMap<string, readonly Segment[]>, tally: Tally): Figures {
  const of = (contender: string, scenario: string): readonly Segment[] => segments.get(`${contender} ${scenario}`) ?? [];
  const absolute = (contender: string, { name, clients, projects }: Scenario): Figures => {
    const all = of(contender, name);
    const { p50, p95, p99 } = spread(all.flatMap(({ times }) => times));
    return {
      clients, projects, commandsPerS: round(median(all.map(({ perS }) => perS))), p50, p95, p99,
      eventsPerCommand: round(median(all.map(({ eventsPerCommand }) => eventsPerCommand)), 2),
    };
  };
  /** The median over rounds of what Sluis has to what bare Temporal had beside it. */
  const ratio = (scenario: Scenario['name'], figure: (segment: Segment) => number): number =>
    round(median(of('sluis', scenario).map((segment, turn) => figure(segment) / figure(of('bare', scenario)[turn] ?? segment))), 2);
  const p50 = ({ times }: Segment): number => spread(times).p50;
  const perS = (segment: Segment): number => segment.perS;
  const [sluis, bare] = ['sluis', 'bare'].map((contender) => Object.fromEntries(SCENARIOS.map((each) => [each.name, absolute(contender, each)])));
  return {
    eventsPerCommandSingle: round(median(of('sluis', 'single').map((each) => each.eventsPerCommand)), 2),
    eventsPerCommandBurst: round(median(of('sluis', 'burst').map((each) => each.eventsPerCommand)), 2),
    // 20 clients on 20 projects: the machine is full, and no two commands share a workflow task.
    throughputOfBare: ratio('spread', perS),
    throughputOfBareOneProject: ratio('burst', perS),
    latencyOfBare: ratio('single', p50),
    latencyOfBareSpread: ratio('singleSpread', p50),
    conflicts: tally.conflicts,
    pending: tally.pending,
    sluis: sluis ?? {},
    bare: bare ?? {},
  };
}

export const command: Benchmark = { name: 'command', about: 'what a command costs, beside an update of bare Temporal that does nothing', run };
