/**
 * Open approvals that wait, each with a durable timer for the next rung of its ladder: what they take in memory, and how late a rung is on
 * record when its moment comes, evenly spread and all at once.
 */
import { Pool } from 'pg';
import { checkShape, type Template } from '../domain/template/schema';
import { openDatabase } from '../store/client';
import { publishTemplate } from '../store/templates';
import { type Benchmark, type BenchOptions, type Figures, size } from './benchmark';
import { createClient, http, newTally } from './support/client';
import { rssMiB } from './support/machine';
import { drive, median, round, sleep, spread, until } from './support/measure';
import { type Product, startProduct } from './support/product';
import { HOLDERS } from './support/shapes';

const CLIENTS = 20;
const KEY = 'bench-timers';
const HOUR_MS = 3_600_000;
const PARTS = ['temporal', 'worker', 'api', 'postgres'] as const;
/** The rung of the first projects, by which the rate of opening is found, comes long after the run. */
const FAR_MS = 24 * HOUR_MS;
/** What has no room before the first moment still has this long. */
const LEAST_MS = 2_000;

const text = (en: string) => ({ nl: en, fr: en, en });

/** One task, then a gate whose voters are reminded after so many working hours; worked round the clock, so that these are hours. */
function template(): Template {
  const checked = checkShape({
    schema: 1, key: KEY, version: '1.0.0', name: text(KEY), description: text(KEY), managerRole: 'manager',
    calendar: { extends: 'be', hours: { from: '00:00', to: '23:59' }, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    roles: ['manager', 'team', 'approvers'].map((key) => ({ key, abbreviation: key.toUpperCase(), name: text(key) })),
    parameters: [{ key: 'wait', name: text('Hours until the rung'), type: 'number', default: 24 }],
    phases: [{
      key: 'phase-1', name: text('phase-1'), kind: 'stage',
      tasks: [{ key: 'task-1', name: text('Task 1'), rasci: { r: 'team', a: 'manager' } }],
      gate: { key: 'gate-1', name: text('Gate'), approval: {
        steps: [{ key: 'approvers', roles: ['approvers'], quorum: 'any' }],
        ladder: [{ hours: { parameter: 'wait' }, do: 'remind' }, { days: 20, do: 'raise', to: 'manager' }],
      } },
    }],
  });
  if (!checked.ok) throw new Error(`the template ${KEY} is not right: ${JSON.stringify(checked.problems)}`);
  return checked.template;
}

class Approvals {
  private readonly sluis;
  private opened = 0;

  constructor(private readonly product: Product, private readonly pool: Pool) {
    this.sluis = createClient(product);
  }

  /** Opens an approval per moment, at which its first rung is to come. @returns projects per second. */
  async open(moments: readonly number[]): Promise<number> {
    const tally = newTally();
    const { api, tokens } = this.product;
    const { seconds } = await drive(CLIENTS, moments, async (at) => {
      const wait = Math.max(LEAST_MS, at - Date.now()) / HOUR_MS;
      this.opened += 1;
      const body = { name: `timers ${this.opened}`, template: KEY, roles: HOLDERS, parameters: { wait } };
      const { id } = (await http<{ id: string }>('POST', `${api}/projects`, tokens.office, body, `timers-${this.opened}`)).body;
      await this.sluis.complete({ project: id, phase: 'phase-1', task: 'task-1' }, tally);
    });
    return moments.length / seconds;
  }

  /** Waits until as many approvals wait as were asked for. */
  async untilOpen(): Promise<void> {
    await until(async () => await this.count(`SELECT count(*)::int n FROM approvals WHERE status = 'open'`) === this.opened, 'approvals', { everyMs: 200, limitMs: 600_000 });
  }

  /** The moment of the first rung, by approval. */
  async moments(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ id: string; at: number }>(
      `SELECT id, (data->'nextRung'->>'at')::float8 AS at FROM approvals WHERE data->'nextRung'->>'rung' = '0'`);
    return new Map(rows.map(({ id, at }) => [id, at]));
  }

  /** Waits for so many rungs, then says how late each was reached and was on record, in milliseconds. */
  async lateness(due: ReadonlyMap<string, number>, limitMs: number): Promise<{ readonly reached: number[]; readonly recorded: number[]; readonly missing: number }> {
    const streams = [...due.keys()];
    const counted = `SELECT count(*)::int n FROM events WHERE type = 'rung-reached' AND stream = ANY ($1)`;
    await until(async () => await this.count(counted, [streams]) >= streams.length, 'rungs', { everyMs: 500, limitMs }).catch(() => 0);
    const { rows } = await this.pool.query<{ stream: string; at: number; logged: number }>(
      `SELECT stream, extract(epoch FROM at)::float8 * 1000 AS at, extract(epoch FROM logged_at)::float8 * 1000 AS logged
       FROM events WHERE type = 'rung-reached' AND stream = ANY ($1)`, [streams]);
    return {
      reached: rows.map(({ stream, at }) => at - (due.get(stream) ?? at)), recorded: rows.map(({ stream, at, logged }) => logged - (due.get(stream) ?? at)),
      missing: streams.length - rows.length,
    };
  }

  private async count(sql: string, values: unknown[] = []): Promise<number> {
    return (await this.pool.query<{ n: number }>(sql, values)).rows[0]?.n ?? 0;
  }
}

/** Resident memory of each part: the median of looks over two seconds. */
async function lookAtMemory({ pids }: Product): Promise<Figures> {
  const looks: Record<string, number[]> = {};
  for (let look = 0; look < 8; look += 1) {
    for (const part of PARTS) looks[part] = [...looks[part] ?? [], ...[rssMiB(pids[part])].filter((mib) => mib !== null)];
    await sleep(250);
  }
  return Object.fromEntries(PARTS.map((part) => [part, looks[part]?.length ? round(median(looks[part])) : null]));
}

const delays = (ms: readonly number[]): Figures => ({ ...spread(ms), max: round(ms.reduce((most, each) => Math.max(most, each), 0), 2) });

async function run(options: BenchOptions): Promise<Figures> {
  const { say } = options;
  const approvals = size(options, 'APPROVALS', 10_000, 200);
  const warm = size(options, 'WARM', 200, 40);
  const overSeconds = size(options, 'SPREAD_S', 300, 20);
  const limitMs = size(options, 'LIMIT_S', 1800, 120) * 1000;
  const product = await startProduct(options);
  const database = openDatabase(product.databaseUrl, { max: 1 });
  const pool = new Pool({ connectionString: product.databaseUrl, max: 1 });
  try {
    await publishTemplate(database, template(), 'bench');
    const open = new Approvals(product, pool);
    await sleep(3000);
    const rss: Record<string, Figures> = { idle: await lookAtMemory(product) };
    const rate = await open.open(Array.from({ length: warm }, () => Date.now() + FAR_MS));
    await open.untilOpen();

    // One half comes evenly spread, once all are open; the other half at one moment after that.
    const half = Math.floor(approvals / 2);
    const begin = Date.now() + approvals / rate * 1500 + 30_000;
    const burst = begin + overSeconds * 1000 + 30_000;
    say(`${round(rate)} approvals/s: opening ${approvals}, whose rungs begin to come in ${Math.round((begin - Date.now()) / 1000)} s`);
    const moments = Array.from({ length: approvals }, (_, index) => (index % 2 === 0 ? burst : begin + Math.floor(index / 2) / half * overSeconds * 1000));
    const perS = await open.open(moments);
    await open.untilOpen();
    const inTime = begin - Date.now();
    rss['open'] = await lookAtMemory(product);
    say(`open with ${Math.round(inTime / 1000)} s to spare: ${JSON.stringify(rss['open'])}`);

    const due = await open.moments();
    const atOnce = new Map([...due].filter(([, at]) => Math.abs(at - burst) < 15_000));
    const evenly = new Map([...due].filter(([id, at]) => !atOnce.has(id) && at < burst));
    const spreadOut = await open.lateness(evenly, Math.max(0, burst - Date.now()) + limitMs);
    const all = await open.lateness(atOnce, Math.max(0, burst - Date.now()) + limitMs);
    rss['climbed'] = await lookAtMemory(product);
    return {
      approvals: approvals + warm, openedPerS: round(perS), secondsToSpare: Math.round(inTime / 1000),
      evenly: { perS: round(evenly.size / overSeconds), reachedMs: delays(spreadOut.reached), recordedMs: delays(spreadOut.recorded), missing: spreadOut.missing },
      atOnce: { reachedMs: delays(all.reached), recordedMs: delays(all.recorded), missing: all.missing, perS: round(all.recorded.length / Math.max(1, ...all.recorded) * 1000) },
      rssMiB: rss,
    };
  } finally {
    await pool.end();
    await database.close();
    await product.stop();
  }
}

export const timers: Benchmark = { name: 'timers', about: 'open approvals that wait: memory, and how late what time brings is on record', run };
