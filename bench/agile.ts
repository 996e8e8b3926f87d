/** Backlogs and sprints: re-ordering a large backlog, many people at one board, and how long a forecast takes. */
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { forecastBacklog } from '../domain/sprint/forecast';
import { resolveTemplateCalendar } from '../store/calendars';
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { createClient, http, newTally } from './support/client';
import { markHistories } from './support/history';
import { time } from './support/lifecycles';
import { drive, round, spread, until } from './support/measure';
import { type Product, startProduct } from './support/product';
import { openReadModel } from './support/read-model';
import { AGILE } from './support/templates';

const PHASE = 'phase-1';
/** People at one board. */
const PEOPLE = 50;
const PART = 200;

interface Bed {
  readonly post: (path: string, body: object) => Promise<unknown>;
  readonly get: <T>(path: string) => Promise<T>;
  /** Events that were added to the histories of all open workflows of the project. */
  readonly mark: () => Promise<() => Promise<number>>;
}

/** A project with a backlog of so many items, on a product of its own. */
async function withBacklog<R>(options: BenchOptions, items: number, measure: (bed: Bed, importSeconds: number) => Promise<R>): Promise<R> {
  const product: Product = await startProduct(options);
  const readModel = openReadModel(product.databaseUrl);
  const connection = await Connection.connect({ address: product.temporalAddress });
  try {
    const project = await createClient(product).start('bench-agile', 'agile', newTally());
    const at = `${product.api}/projects/${project}/phases/${PHASE}`;
    const post = async (path: string, body: object): Promise<unknown> => (await http('POST', `${at}${path}`, product.tokens.team, body, randomUUID())).body;
    const get = async <T>(path: string): Promise<T> => (await http<T>('GET', `${at}${path}`, product.tokens.team)).body;
    await until(() => get('/backlog').then(() => true, () => false), 'the backlog');
    const began = performance.now();
    const csv = ['title,estimate', ...Array.from({ length: items }, (_, index) => `Story ${index + 1},${index % 8}`)].join('\n');
    await post('/backlog/import', { csv });
    const seconds = round((performance.now() - began) / 1000, 2);
    return await measure({ post, get, mark: async () => markHistories(new Client({ connection }), await readModel.openStreams([project])) }, seconds);
  } finally {
    await connection.close();
    await readModel.close();
    await product.stop();
  }
}

export const backlog: Benchmark = {
  name: 'backlog',
  about: 'putting items elsewhere in a backlog of 2,000: one after another, and by 20 people at once',
  run: (options) => {
    const items = size(options, 'ITEMS', 2_000, 400);
    const moves = size(options, 'MOVES', 200, 40);
    return withBacklog(options, items, async ({ post, get, mark }, importSeconds): Promise<Figures> => {
      const move = (place: number): Promise<unknown> => post(`/backlog/items/${place * 7 % items + 1}/move`, { after: String((place * 13 + 5) % items + 1) }).catch(() => undefined);
      const measure = async (clients: number, from: number) => {
        const added = await mark();
        const { seconds, times } = await drive(clients, Array.from({ length: moves }, (_, index) => from + index), move);
        const { p50, p99 } = spread(times);
        return { perSecond: round(moves / seconds), p50, p99, eventsPerCommand: round(await added() / moves, 2) };
      };
      const alone = await measure(1, 0);
      const together = await measure(20, moves);
      const began = performance.now();
      const { items: page } = await get<{ items: readonly unknown[] }>('/backlog/items?limit=1000');
      return { items, moves, importSeconds, alone, together, pageOf1000Ms: round(performance.now() - began), shown: page.length };
    });
  },
};

export const sprintBoard: Benchmark = {
  name: 'sprint-board',
  about: `a sprint of 200 items with ${PEOPLE} people at its board at once`,
  run: (options) => {
    const cards = size(options, 'CARDS', 200, 60);
    return withBacklog(options, cards, async ({ post, get, mark }): Promise<Figures> => {
      const numbers = Array.from({ length: cards }, (_, index) => String(index + 1));
      const sprint = '/sprints/blue/1';
      await post('/sprints', { team: 'blue' });
      for (let from = 0; from < cards; from += PART) await post(`${sprint}/plan`, { items: numbers.slice(from, from + PART) });
      await until(async () => (await get<{ cards: readonly unknown[] }>(sprint)).cards.length === cards, 'the items');
      await post(`${sprint}/goal`, { goal: 'Done' });
      await post(`${sprint}/start`, {});
      const added = await mark();
      const steps = [['to-do', 'doing'], ['doing', 'done']] as const;
      const rounds = [];
      for (const [from, to] of steps) rounds.push(await drive(PEOPLE, numbers, (item) => post(`${sprint}/cards/${item}/move`, { from, to })));
      const commands = cards * steps.length;
      const { p50, p95, p99 } = spread(rounds.flatMap(({ times }) => times));
      const seconds = rounds.reduce((sum, each) => sum + each.seconds, 0);
      return { cards, people: PEOPLE, commands, perSecond: round(commands / seconds), p50, p95, p99, eventsPerCommand: round(await added() / commands, 2) };
    });
  },
};

export const forecast: Benchmark = {
  name: 'forecast',
  about: 'the forecast of a backlog of 2,000 items by 10,000 runs, in milliseconds',
  run: (options) => {
    const runs = size(options, 'RUNS', 10_000, 2_000);
    const question = {
      teams: [{ team: 'blue', days: 10, untilNext: 4, done: [31, 18, 25, 40, 22, 28] }, { team: 'red', days: 15, untilNext: 9, done: [44, 37, 52] }],
      remaining: Array.from({ length: 2_000 }, (_, index) => index % 3), now: Date.UTC(2026, 10, 30, 9), calendar: resolveTemplateCalendar(AGILE), runs, seed: 1, by: Date.UTC(2027, 5, 30),
    };
    return Promise.resolve({ runs, items: question.remaining.length, ms: time(5, () => forecastBacklog(question)) });
  },
};
