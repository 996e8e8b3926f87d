/**
 * Whole projects through HTTP, with the model and the measures of two peers: three phases of five parallel tasks with a gate each,
 * and a burst of 100 tasks in one phase. The figures have the shape and the names of the peers' results, so that one report takes both.
 */
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { type OpenGate, type OpenTask, type SluisClient, createClient, newTally } from './support/client';
import { cpuSince, lookAtCpu, rssMiB, settle } from './support/machine';
import { drive, median, round, sleep, spread, until } from './support/measure';
import { type Product, startProduct } from './support/product';
import { type ReadModel, openReadModel } from './support/read-model';
import { BURST, PHASES, TASKS_PER_PHASE } from './support/shapes';
import { productVersion } from '../config/version';

const PER_PROJECT = PHASES * (TASKS_PER_PHASE + 1);
const INBOX = 50;

interface World {
  readonly product: Product;
  readonly sluis: SluisClient;
  readonly readModel: ReadModel;
}

function expect(actual: number, wanted: number, what: string): void {
  if (actual !== wanted) throw new Error(`${what}: expected ${wanted}, got ${actual}`);
}

const names = (label: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${label}-${index}`);

/** One project, alone, whose first gate is answered with rework: both branches of the decision must work. */
async function check({ sluis, readModel }: World): Promise<void> {
  const tally = newTally();
  const id = await sluis.start('bench-lifecycle', 'check', tally);
  const walk = async (outcome: 'approve' | 'rework'): Promise<void> => {
    await readModel.untilReady([id], TASKS_PER_PHASE);
    const tasks = await sluis.tasksOf(id);
    for (const task of tasks) await sluis.complete(task, tally);
    await readModel.untilAsked([id]);
    const gates = await sluis.gatesOf(id);
    expect(gates.length, 1, 'open gates');
    for (const gate of gates) {
      await (outcome === 'approve' ? sluis.approve(gate, tally) : sluis.rework(gate, tasks.map(({ task }) => task), tally));
    }
  };
  await walk('rework');
  for (let phase = 0; phase < PHASES; phase += 1) await walk('approve');
  await readModel.untilEnded([id]);
}

/** All projects from start to end. */
async function lifecycles({ product, sluis, readModel }: World, projects: number, clients: number, label: string) {
  const tally = newTally();
  const cpuBefore = lookAtCpu(product.watched);
  const started = await drive(clients, names(label, projects), (name) => sluis.start('bench-lifecycle', name, tally));
  const ids = started.results;
  const startTail = await readModel.untilReady(ids, TASKS_PER_PHASE);
  await readModel.run('ANALYZE');
  const inbox = await drive(clients, Array.from({ length: 40 }), () => sluis.inbox(INBOX));
  expect(inbox.results[0] ?? 0, Math.min(INBOX, projects * TASKS_PER_PHASE), 'tasks in the inbox');
  const lists: number[] = [];
  const taskTimes: number[] = [];
  const gateTimes: number[] = [];
  let [taskSeconds, gateSeconds, tailSeconds] = [0, 0, 0];
  const gateTails: number[] = [];
  for (let phase = 0; phase < PHASES; phase += 1) {
    const listed = await drive(clients, ids, (id) => sluis.tasksOf(id));
    lists.push(...listed.times);
    for (const found of listed.results) expect(found.length, TASKS_PER_PHASE, 'open tasks of a project');
    // The first task of every project, then the second of every project: neighbours in time are not neighbours in a project.
    const queue: OpenTask[] = Array.from({ length: TASKS_PER_PHASE }, (_, index) => listed.results.flatMap((found) => found[index] ?? [])).flat();
    const completed = await drive(clients, queue, (task) => sluis.complete(task, tally));
    taskTimes.push(...completed.times);
    taskSeconds += completed.seconds;
    tailSeconds += await readModel.untilAsked(ids) / 1000;

    const gates: OpenGate[] = (await drive(clients, ids, (id) => sluis.gatesOf(id))).results.flat();
    expect(gates.length, projects, 'open gates');
    const decided = await drive(clients, gates, (gate) => sluis.approve(gate, tally));
    gateTimes.push(...decided.times);
    gateSeconds += decided.seconds;
    const tail = await (phase === PHASES - 1 ? readModel.untilEnded(ids) : readModel.untilReady(ids, TASKS_PER_PHASE));
    gateTails.push(tail);
    tailSeconds += tail / 1000;
  }
  const completions = taskTimes.length + gateTimes.length;
  expect(completions, projects * PER_PROJECT, 'completions');
  const finished = await readModel.finished(ids);
  expect(finished.projects, projects, 'projects that the log has as ended');
  expect(finished.tasks + finished.gates, completions, 'tasks and gates that the log has as done');
  return {
    clients, projects,
    completionsPerS: round(completions / (taskSeconds + gateSeconds)),
    gatesPerS: round(gateTimes.length / gateSeconds),
    completion: spread([...taskTimes, ...gateTimes]),
    task: spread(taskTimes),
    gate: spread(gateTimes),
    startsPerS: round(projects / started.seconds),
    start: spread(started.times),
    list: spread(lists),
    inbox: spread(inbox.times),
    conflicts: tally.conflicts,
    conflictReplies: tally.replies,
    cpu: cpuSince(product.watched, cpuBefore),
    // What follows is not among the peers' figures: they answer when all is done, Sluis when the command itself is.
    pending: tally.pending,
    /** With the time until everything that the last answers brought about could be read. */
    completionsPerSWithTails: round(completions / (taskSeconds + gateSeconds + tailSeconds)),
    startTailMs: round(startTail),
    gateTailMs: round(median(gateTails)),
  };
}

/** One project with a phase of BURST parallel tasks, all completed by the clients at once; it ends when the gate after them is open. */
async function burst({ product, sluis, readModel }: World, clients: number, label: string) {
  const tally = newTally();
  const id = await sluis.start('bench-wide', label, tally);
  await readModel.untilReady([id], BURST);
  const wide = await sluis.tasksOf(id);
  expect(wide.length, BURST, 'tasks of the wide phase');
  const cpuBefore = lookAtCpu(product.watched);
  const began = performance.now();
  const driven = await drive(clients, wide, (task) => sluis.complete(task, tally));
  let gates: OpenGate[] = [];
  await until(async () => {
    gates = await sluis.gatesOf(id);
    return gates.length > 0;
  }, 'the gate after the wide phase', { everyMs: 5 });
  const gateAfter = (performance.now() - began) / 1000;
  const cpu = cpuSince(product.watched, cpuBefore);
  for (const gate of gates) await sluis.approve(gate, tally);
  await readModel.untilEnded([id]);
  return {
    clients, tasks: BURST, seconds: round(driven.seconds, 2), gateAfterS: round(gateAfter, 2), perS: round(BURST / driven.seconds),
    completion: spread(driven.times), conflicts: tally.conflicts, conflictReplies: tally.replies, pending: tally.pending, cpu,
  };
}

const engineRss = ({ pids }: Product): number =>
  Math.round([pids.temporal, pids.worker, pids.api].reduce((sum: number, pid) => sum + (rssMiB(pid) ?? 0), 0));

async function run(options: BenchOptions): Promise<Figures> {
  const { say } = options;
  const perRound = size(options, 'PROJECTS', 50, 10);
  const rounds = size(options, 'ROUNDS', 2, 1);
  const warm = size(options, 'WARM', 1500, 200);
  const busy = (process.env['CLIENTS'] ?? '1,20').split(',').map(Number);
  const product = await startProduct(options);
  const readModel = openReadModel(product.databaseUrl);
  try {
    const world = { product, readModel, sluis: createClient(product) };
    await check(world);
    await readModel.run('VACUUM FULL');
    const before = await readModel.bytes();

    say(`warming up, ${warm} completions`);
    let warmed = 0;
    for (let turn = 0; warmed < warm; turn += 1) {
      const projects = Math.max(10, Math.min(perRound, Math.ceil((warm - warmed) / PER_PROJECT)));
      await lifecycles(world, projects, busy[turn % busy.length] ?? 1, `warm${turn}`);
      warmed += projects * PER_PROJECT;
    }
    await sleep(3000);
    const rssAfterWarmUp = engineRss(product);

    const measured: Awaited<ReturnType<typeof lifecycles>>[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const clients of busy) {
        await settle(product.watched);
        const one = await lifecycles(world, perRound, clients, `round${turn}-${clients}`);
        measured.push(one);
        say(`${clients} clients: ${one.completionsPerS}/s, p50 ${one.completion.p50} ms, gate opens the next phase after ${one.gateTailMs} ms, CPU % ${JSON.stringify(one.cpu)}`);
      }
    }
    const finished = warmed / PER_PROJECT + rounds * busy.length * perRound;
    const left = await readModel.bytes();
    await readModel.run('VACUUM FULL');
    const vacuumed = await readModel.bytes();

    const bursts: Awaited<ReturnType<typeof burst>>[] = [];
    for (let turn = -1; turn < rounds; turn += 1) {
      for (const clients of busy) {
        if (turn >= 0) await settle(product.watched);
        const one = await burst(world, clients, `burst${turn}-${clients}`);
        if (turn < 0) continue; // the first of each is a warm-up
        bursts.push(one);
        say(`burst, ${clients} clients: ${one.seconds} s, gate after ${one.gateAfterS} s, ${one.conflicts} conflicts`);
      }
    }
    return {
      engine: options.embedded ? 'sluis-embedded' : 'sluis', version: productVersion(), rounds: measured, bursts, warmedBy: warmed,
      rssMiB: rssAfterWarmUp, rssEndMiB: engineRss(product),
      bytesPerProject: { asLeft: round((left - before) / finished, 0), vacuumed: round((vacuumed - before) / finished, 0), projects: finished },
    };
  } finally {
    await readModel.close();
    await product.stop();
  }
}

export const lifecycle: Benchmark = { name: 'lifecycle', about: 'whole projects through HTTP, with the model and the measures of the peers', run };
