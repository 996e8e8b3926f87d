/** From `sluis server` to the first time that /readyz says yes, on the embedded database: on an empty data folder, and once more on the same. */
import { connect } from 'node:net';
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { http } from './support/client';
import { median, round, until } from './support/measure';
import { type Server, makeFolder, removeFolder, spawnServer } from './support/product';

const EVERY = { everyMs: 5, limitMs: 180_000 };

/** Seconds from the start of the process until each thing was there. */
interface Timeline {
  /** The supervisor runs and starts the servers. */
  readonly supervisor: number;
  readonly temporalAnswers: number;
  readonly databaseAnswers: number;
  /** Migrations and seed are done, and the worker and the API are started. */
  readonly databasePrepared: number;
  readonly partsReady: number;
  readonly total: number;
}

function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => { socket.destroy(); resolve(false); });
  });
}

async function watch(server: Server): Promise<Timeline> {
  const since = (): number => round((performance.now() - server.began) / 1000, 2);
  const seen = async (what: string, check: () => Promise<boolean>): Promise<number> => {
    await until(check, what, EVERY);
    return since();
  };
  const has = (what: string, look: (state: NonNullable<ReturnType<Server['state']>>) => boolean): Promise<number> =>
    seen(what, () => {
      const state = server.state();
      return Promise.resolve(state !== undefined && look(state));
    });
  const [supervisor, temporalAnswers, databaseAnswers, databasePrepared, partsReady, total] = await Promise.all([
    has('the supervisor', () => true),
    seen('the Temporal server', async () => listens(`tcp://${server.state()?.temporalAddress || '127.0.0.1:1'}`)),
    seen('the database', async () => listens((server.state()?.databaseUrl || 'tcp://127.0.0.1:1').replace('postgresql:', 'tcp:'))),
    has('the worker', ({ parts }) => parts.worker !== undefined),
    has('all parts', ({ ready }) => ready),
    seen('/readyz', () => http('GET', `${server.url}/readyz`).then(() => true, () => false)),
  ]);
  return { supervisor, temporalAnswers, databaseAnswers, databasePrepared, partsReady, total };
}

async function start(folder: string): Promise<Timeline> {
  const server = await spawnServer(folder, { SLUIS_DEMO: 'on' });
  try {
    return await watch(server);
  } finally {
    await server.stop();
  }
}

const middle = (timelines: readonly Timeline[]): Figures => {
  const of = (name: keyof Timeline): number => round(median(timelines.map((each) => each[name])), 2);
  const [supervisor, prepared, ready, total] = [of('supervisor'), of('databasePrepared'), of('partsReady'), of('total')];
  return {
    seconds: total, supervisor, temporalAnswers: of('temporalAnswers'), databaseAnswers: of('databaseAnswers'), databasePrepared: prepared, partsReady: ready,
    // One after another: these add up to the whole.
    shares: {
      supervisor, servers: round(Math.max(of('databaseAnswers'), of('temporalAnswers')) - supervisor, 2),
      migrationsAndSeed: round(prepared - Math.max(of('databaseAnswers'), of('temporalAnswers')), 2),
      workerAndApi: round(ready - prepared, 2), firstAnswer: round(total - ready, 2),
    },
  };
};

async function run(options: BenchOptions): Promise<Figures> {
  const rounds = size(options, 'ROUNDS', 3, 1);
  const first: Timeline[] = [];
  const second: Timeline[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const folder = makeFolder();
    try {
      for (const into of [first, second]) {
        const timeline = await start(folder);
        into.push(timeline);
        options.say(`${into === first ? 'empty data folder' : 'once more'}: ${JSON.stringify(timeline)}`);
      }
    } finally {
      removeFolder(folder);
    }
  }
  return { coldStartS: round(median(first.map(({ total }) => total)), 2), warmStartS: round(median(second.map(({ total }) => total)), 2), first: middle(first), second: middle(second) };
}

export const startup: Benchmark = { name: 'startup', about: 'from the start of the server until it answers, on the embedded database', run };
