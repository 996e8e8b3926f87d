/** A handover of as many services as it takes, with figures of months, on a real server: what a run hands on, and answers, is beyond what the server takes in one piece. */
import { readHistories } from '../../activities/histories';
import { dateAfter } from '../../domain/calendar';
import { handover } from '../../domain/handover';
import { MAX_SERVICES } from '../../domain/handover/entries';
import type { HandoverCommand, HandoverEvent, HandoverInput, HandoverState } from '../../domain/handover/types';
import type { Authority } from '../../domain/process';
import { RULES } from '../../domain/rules';
import { type LiveRows, QUERY_PENDING, QUERY_ROWS, QUERY_STATE, SIGNAL_ROLLOVER, type Pending } from '../../workflows/contract';
import { begin, type Carried } from '../../workflows/shell/carried';
import { Runner } from '../../workflows/shell/runner';
import { type Engine, command, eventually, startEngine } from '../support/engine';
import { handoverPlan, HOLDERS, STREAM, SUPPORTED, WHO } from '../support/handovers';

/** What the server takes in one piece. */
const LIMIT = 2 * 1024 * 1024;
const DAYS = 100;
const DAY_MS = 86_400_000;
const NOW = Date.now();
const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Brussels' }).format(NOW);
const SERVICES = Array.from({ length: MAX_SERVICES }, (_, index) => `service-${index + 1}`);
const ENTRIES = Array.from({ length: 12 }, (_, index) => ({ key: `entry-${index + 1}`, kind: 'criterion' as const, owner: 'engineer', mandatory: true, evidence: [{ key: 'report', required: true, type: 'text' as const }] }));
const { roles: planRoles, managerRole, calendar } = handoverPlan();
const INPUT: HandoverInput = {
  project: 'P', parent: 'project/P', id: STREAM, phase: 'handover', roles: HOLDERS, planRoles, managerRole, calendar, handover: {
    ...SUPPORTED, entries: ENTRIES, earlyLife: { days: DAYS, count: 'calendar', acceptanceDays: 10, criteria: [{ key: 'no-p1', kind: 'figures', measure: 'incidents', priorities: ['p1'], over: 'each-day', limit: 0 }] },
  },
};

/** Numbers below a bound that hardly repeat themselves, the same at each run of the test. */
function numbers(): (below: number) => number {
  let last = 11;
  return (below) => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(last / 2_147_483_648 * below);
  };
}
const below = numbers();
const figures = () => ({ incidents: { p1: 0, p2: below(4), p3: below(9), p4: below(30) }, serviceLevel: 99 + below(100) / 100, defects: below(20), calls: below(200) });

/** What a run hands on: all services are signed off, and figures of all days before today are told. */
function carriedAfterMonths(): Carried<HandoverState> {
  const began = NOW - (DAYS - 1) * DAY_MS;
  const runner = new Runner(handover, STREAM, begin(handover as never, INPUT, STREAM) as Carried<HandoverState>);
  let given = 0;
  const give = (authority: Authority, body: HandoverCommand): void => {
    const answer = runner.execute({ id: `c-${given += 1}`, hash: 'h', authority, command: body }, began);
    if ('code' in answer) throw new Error(`${body.type}: ${answer.code}`);
  };
  runner.issue({ type: 'open' }, 'upkeep', began);
  give(WHO.mia, { type: 'add-services', services: SERVICES.map((_, index) => ({ name: { text: `Service ${index} of the datacenter` } })) });
  for (const service of SERVICES) {
    for (const { key } of ENTRIES) give(WHO.eva, { type: 'meet-entry', service, entry: key, evidence: { report: { text: `Report ${below(1e9)} of ${below(1e9)}` } } });
    give(WHO.eva, { type: 'hold-session', service, session: 'session-1', heldAt: began - below(1e9), attended: ['ops', 'dee'] });
    give(WHO.ops, { type: 'answer-session', service, session: 'session-1' });
    give(WHO.mia, { type: 'ask-sign-off', service });
    const { round, digest = '' } = runner.state.services[service]?.signOff ?? { round: 0 };
    runner.hear(`${STREAM}/approval/${service}/1`, 1, { type: 'approval-decided', service, round, digest, outcome: 'approve', conditions: [], rework: [] } as { readonly type: string }, began);
  }
  const tell = (state: HandoverState, service: string, day: number): HandoverState => {
    const event: HandoverEvent = { type: 'figures-recorded', service, date: dateAfter(TODAY, day + 1 - DAYS), source: 'hand', figures: Object.values(figures()).flatMap((each) => (typeof each === 'number' ? [each] : Object.values(each))) };
    return handover.evolve(state, { seq: runner.seq, at: began + day * DAY_MS + below(1e7), by: { kind: 'person', person: 'ops', role: 'operations' }, commandId: 'told', event });
  };
  let { state } = runner;
  for (let day = 0; day < DAYS - 1; day += 1) for (const service of SERVICES) state = tell(state, service, day);
  return { ...runner.carry(NOW), outbox: [], effects: [], state };
}

let engine: Engine;
const handle = () => engine.client.workflow.getHandle(STREAM);
const today = SERVICES.map((service) => ({ service, date: TODAY, figures: figures() }));
const tellToday = () => command(engine, STREAM, { type: 'record-figures', source: 'hand', entries: today }, WHO.ops, 'today');
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine?.close());

test('figures of all services are told, projected and answered, and the next run has all of them', async () => {
  const stop = await engine.startWorker();
  const carried = carriedAfterMonths();
  expect(JSON.stringify(carried).length).toBeGreaterThan(LIMIT);
  await engine.database.pool.query(`INSERT INTO streams (stream, project, process, seq, head, rules, settled, input) VALUES ($1, 'P', 'handover', $2, $3, $4, $2, $5)`, [STREAM, carried.seq, carried.head, RULES, JSON.stringify(INPUT)]);
  await engine.client.workflow.start('handover', { workflowId: STREAM, taskQueue: engine.config.temporal.taskQueue, args: [{ input: INPUT, rules: RULES, carried }] });
  const answer = await tellToday();
  expect(answer.events).toHaveLength(MAX_SERVICES);
  const projected = async (): Promise<number> => (await engine.database.pool.query<{ count: number }>('SELECT count(*)::int AS count FROM service_days WHERE date = $1', [TODAY])).rows[0]?.count ?? 0;
  await eventually(async () => await projected() === MAX_SERVICES, 'the days');
  const { rows } = await handle().query<LiveRows>(QUERY_ROWS);
  expect(rows).toHaveLength(1 + MAX_SERVICES * (1 + DAYS));
  expect(JSON.stringify(rows).length).toBeGreaterThan(2 * LIMIT);

  const before = await handle().query<HandoverState>(QUERY_STATE);
  const { runId } = await handle().describe();
  await handle().signal(SIGNAL_ROLLOVER);
  await eventually(async () => (await handle().describe()).runId !== runId, 'the next run');
  expect(await handle().query<HandoverState>(QUERY_STATE)).toEqual(before);
  expect(Object.keys(before.services['service-200']?.earlyLife?.days ?? {})).toHaveLength(DAYS);
  // Whoever audits reads what was handed on, too.
  const pending = await handle().query<Pending>(QUERY_PENDING);
  expect((await readHistories(engine.client, STREAM))?.carried).toEqual([{ seq: carried.seq, head: carried.head }, { seq: pending.seq, head: pending.head }]);

  // A worker that never saw the run loads it from the server.
  await stop();
  await engine.startWorker();
  expect((await tellToday()).events).toEqual([]);
  expect(await handle().query<HandoverState>(QUERY_STATE)).toEqual(before);
});
