import type { CommandAnswer, CommandEnvelope } from '../../workflows/contract';
import { Gateway, type CommandLog, type Order } from '../../api/commands/gateway';
import { StreamGone, type Engine } from '../../api/commands/engine';
import type { Projector } from '../../api/commands/projector';
import { KeyedQueue } from '../../api/commands/queue';
import { DatabaseAway, DatabaseGate, isDatabaseAway, LastKnown } from '../../api/database';
import { Problem } from '../../api/problem';

const STREAM = 'project/p1/phase/a/2';
const EVENTS = [{ seq: 5, type: 'task-completed', at: 1000 }];
const answer: CommandAnswer = {
  seq: 5, hash: 'h', events: [{ seq: 5, at: 1000, by: { kind: 'person', person: 'p' }, commandId: 'k', event: { type: 'task-completed' }, hash: 'h5' }],
};
const away = () => { throw new DatabaseAway(new Error('refused')); };

function setUp(options: { engine?: Partial<Engine>; log?: Partial<CommandLog>; projector?: Partial<Projector> } = {}) {
  const seen: string[] = [];
  const sent: CommandEnvelope[] = [];
  const engine = {
    execute: async (_: string, envelope: CommandEnvelope) => { seen.push('execute'); sent.push(envelope); return answer; },
    callBack: async () => { seen.push('call-back'); },
    start: async () => { seen.push('start'); return answer; },
    accepted: async () => undefined,
    pending: async () => ({ seq: 5, head: 'h5', rules: 1, unprojected: 0, effects: 0 }),
    ...options.engine,
  } as Engine;
  const log: CommandLog = { find: async () => null, events: async () => EVENTS, isFinal: async () => false, hashAt: async (_, seq) => `h${seq}`, ...options.log };
  const projector = { headOf: () => undefined, project: async () => { seen.push('project'); return true; }, ...options.projector };
  const gateway = new Gateway(engine, new KeyedQueue({ inFlight: 1, bound: 1, total: 1 }), log, projector, { projectionMs: 60 });
  const order: Order = {
    stream: STREAM, earlier: ['project/p1/phase/a/1'], id: 'k', hash: 'h', signal: new AbortController().signal,
    authority: { kind: 'person', person: 'p', roles: [] }, command: async () => { seen.push('command'); return { type: 'claim' }; },
  };
  return { gateway, order, seen, sent };
}

/** A log that knows the command from the given look on. */
function knownFrom(look: number, row = { stream: STREAM, hash: 'h', fromSeq: 5, toSeq: 5, settled: true }): CommandLog['find'] {
  let looks = 0;
  return async () => ((looks += 1) >= look ? row : null);
}

test('a command that is carried out answers once the log holds it', async () => {
  const { gateway, order, seen } = setUp({ log: { find: knownFrom(3) } });
  expect(await gateway.send(order)).toEqual({ stream: STREAM, id: 'k', seq: 5, events: EVENTS, replayed: false, pending: false });
  expect(seen).toEqual(['command', 'execute']);
});

test('a command whose answer says that it is projected is answered without asking the log again', async () => {
  const find: CommandLog['find'] = async () => { throw new Error('asked'); };
  const { gateway, order } = setUp({ engine: { execute: async () => ({ ...answer, projected: true }) }, log: { find } });
  expect(await gateway.send({ ...order, known: null })).toEqual({ stream: STREAM, id: 'k', seq: 5, events: EVENTS, replayed: false, pending: false });
});

const handedOut = { project: 'p1', process: 'stage', rules: 9, prevHash: 'h4', rows: [], notices: [] } as const;
const handsOut: Pick<Engine, 'execute'> = { execute: async () => ({ ...answer, handedOut }) };

test('what an answer hands out is projected before it is told, without asking the log', async () => {
  const find: CommandLog['find'] = async () => { throw new Error('asked'); };
  const { gateway, order, seen } = setUp({ engine: handsOut, log: { find } });
  expect(await gateway.send({ ...order, known: null })).toEqual({ stream: STREAM, id: 'k', seq: 5, events: EVENTS, replayed: false, pending: false });
  expect(seen).toEqual(['command', 'project']);
});

test('what is handed out and can not be projected here is called back, and waited for', async () => {
  const { gateway, order, seen } = setUp({ engine: handsOut, log: { find: knownFrom(2) }, projector: { project: async () => false } });
  expect(await gateway.send({ ...order, known: null })).toMatchObject({ seq: 5, events: EVENTS, pending: false });
  expect(seen).toEqual(['command', 'call-back']);
  const deaf = setUp({ engine: { ...handsOut, callBack: async () => { throw new Problem('engine-unavailable'); } }, projector: { project: async () => false } });
  expect(await deaf.gateway.send(deaf.order)).toMatchObject({ seq: 5, pending: true });
});

test('what is handed out while the database goes away is pending, and its workflow is left alone', async () => {
  const { gateway, order, seen } = setUp({ engine: handsOut, projector: { project: async () => away() } });
  expect(await gateway.send(order)).toMatchObject({ seq: 5, pending: true });
  expect(seen).toEqual(['command']);
});

test('a workflow hears who projects and where the log ended; with the database away it projects itself', async () => {
  const logged = { seq: 4, hash: 'h4' };
  const healthy = setUp({ log: { find: knownFrom(2) }, projector: { headOf: () => logged } });
  await healthy.gateway.send(healthy.order);
  expect(healthy.sent).toEqual([expect.objectContaining({ projects: true, logged })]);
  const alone = setUp({ log: { find: away } });
  await alone.gateway.send(alone.order);
  expect(alone.sent.map(({ projects, logged: head }) => ({ projects, head }))).toEqual([{ projects: undefined, head: undefined }]);
});

test('a command that is looked up is projected if its answer handed it out', async () => {
  const { gateway } = setUp({ engine: { accepted: async () => ({ ...answer, handedOut }) } });
  expect(await gateway.lookUp(STREAM, 'k')).toMatchObject({ seq: 5, pending: false });
  const gone = setUp({ engine: { accepted: async () => ({ ...answer, handedOut }) }, projector: { project: async () => away() } });
  expect(await gone.gateway.lookUp(STREAM, 'k')).toMatchObject({ seq: 5, pending: true });
});

test('a repeat that the workflow remembers as projected gets its events from the log', async () => {
  const { gateway, order } = setUp({ engine: { execute: async () => ({ ...answer, events: [], projected: true }) }, log: { find: knownFrom(2) } });
  expect(await gateway.send(order)).toMatchObject({ events: EVENTS, replayed: true, pending: false });
});

test('a repeat gets the same answer from the log; nothing is sent and no text is kept', async () => {
  const { gateway, order, seen } = setUp({ log: { find: knownFrom(1) } });
  expect(await gateway.send(order)).toMatchObject({ seq: 5, events: EVENTS, replayed: true });
  expect(seen).toEqual([]);
});

describe('a repeat of what may stem from a lost workflow task', () => {
  const find = knownFrom(1, { stream: STREAM, hash: 'h', fromSeq: 5, toSeq: 5, settled: false });

  test('is answered from the log when the workflow stands there: it may have forgotten the command, but not what came of it', async () => {
    const { gateway, order, seen } = setUp({ log: { find } });
    expect(await gateway.send(order)).toMatchObject({ seq: 5, events: EVENTS, replayed: true });
    expect(seen).toEqual([]);
    await expect(gateway.send({ ...order, hash: 'other' })).rejects.toMatchObject({ code: 'idempotency-conflict' });
  });

  test('waits for what the workflow did since to be in the log', async () => {
    let looks = 0;
    const hashAt: CommandLog['hashAt'] = async (_, seq) => ((looks += 1) < 3 ? undefined : `h${seq}`);
    const { gateway, order, seen } = setUp({ engine: { pending: async () => ({ seq: 7, head: 'h7', rules: 1, unprojected: 0, effects: 0 }) }, log: { find, hashAt } });
    expect(await gateway.send(order)).toMatchObject({ seq: 5, replayed: true });
    expect([looks, seen]).toEqual([3, []]);
  });

  test('is given to a workflow that stands elsewhere', async () => {
    for (const pending of [{ seq: 4, head: 'h4' }, { seq: 5, head: 'another' }]) {
      const { gateway, order, seen } = setUp({ engine: { pending: async () => ({ ...pending, rules: 1, unprojected: 0, effects: 0 }) }, log: { find } });
      expect(await gateway.send(order)).toMatchObject({ seq: 5 });
      expect(seen).toEqual(['command', 'execute']);
    }
  });
});

test('a repeat that an earlier round of the phase carried out gets the answer of that round', async () => {
  const asked: (readonly string[])[] = [];
  const find: CommandLog['find'] = async (streams) => {
    asked.push(streams);
    return { stream: 'project/p1/phase/a/1', hash: 'h', fromSeq: 2, toSeq: 2, settled: false };
  };
  const { gateway, order } = setUp({ log: { find } });
  expect(await gateway.send(order)).toMatchObject({ stream: 'project/p1/phase/a/1', seq: 2, replayed: true });
  expect(asked).toEqual([[STREAM, 'project/p1/phase/a/1']]);
});

test('a repeat that the workflow remembers before the log knew it gets the events too', async () => {
  const { gateway, order } = setUp({ engine: { execute: async () => ({ ...answer, events: [] }) }, log: { find: knownFrom(2) } });
  expect(await gateway.send(order)).toMatchObject({ events: EVENTS, replayed: true, pending: false });
});

test('another request under the same key is refused, whoever remembers it', async () => {
  const byLog = setUp({ log: { find: knownFrom(1) } });
  await expect(byLog.gateway.send({ ...byLog.order, hash: 'other' })).rejects.toMatchObject({ code: 'idempotency-conflict' });
  const byWorkflow = setUp();
  await expect(byWorkflow.gateway.send({ ...byWorkflow.order, hash: 'other' })).rejects.toMatchObject({ code: 'idempotency-conflict' });
});

test('what the log does not show in time is pending, and with the database away at once', async () => {
  const slow = setUp();
  expect(await slow.gateway.send(slow.order)).toMatchObject({ pending: true, seq: 5 });
  const gone = setUp({ log: { find: away } });
  expect(await gone.gateway.send(gone.order)).toMatchObject({ pending: true, seq: 5 });
});

test.each([
  ['project/p1', true, 'project-ended'], ['project/p1', null, 'unknown-project'], [STREAM, true, 'phase-closed'], [STREAM, null, 'phase-opening'],
  [`${STREAM}/approval/g/1`, true, 'approval-closed'], [`${STREAM}/approval/g/1`, null, 'unknown-approval'], [STREAM, false, 'engine-unavailable'],
] as const)('a workflow %s that is gone, its end logged: %s: %s', async (stream, final, code) => {
  const { gateway, order } = setUp({ engine: { execute: async () => { throw new StreamGone(); } }, log: { isFinal: async () => final } });
  await expect(gateway.send({ ...order, stream })).rejects.toMatchObject({ code });
});

test('the last command of a workflow, its answer lost, is answered from the log', async () => {
  const { gateway, order } = setUp({ engine: { execute: async () => { throw new StreamGone(); } }, log: { find: knownFrom(2) } });
  expect(await gateway.send(order)).toMatchObject({ seq: 5, replayed: true });
});

test('a refusal passes unchanged', async () => {
  const { gateway, order } = setUp({ engine: { execute: async () => { throw Problem.of({ code: 'task-not-ready' }); } } });
  await expect(gateway.send(order)).rejects.toMatchObject({ code: 'task-not-ready' });
});

test('a command is looked up in the log, then with the workflow', async () => {
  expect(await setUp({ log: { find: knownFrom(1) } }).gateway.lookUp(STREAM, 'k')).toMatchObject({ pending: false, events: EVENTS });
  expect(await setUp({ engine: { accepted: async () => answer }, log: { find: away } }).gateway.lookUp(STREAM, 'k')).toMatchObject({ pending: true, seq: 5 });
  expect(await setUp().gateway.lookUp(STREAM, 'k')).toBeUndefined();
});

test('what the workflow has lost is carried out anew, and is never answered from the log alone', async () => {
  const unsettled = { stream: STREAM, hash: 'h', fromSeq: 5, toSeq: 5, settled: false };
  const behind: Engine['pending'] = async () => ({ seq: 4, head: 'h4', rules: 1, unprojected: 0, effects: 0 });
  // It comes about as another event: the log's old row is no answer.
  const lost = setUp({ engine: { pending: behind, execute: async () => ({ ...answer, seq: 7 }) }, log: { find: async () => unsettled } });
  expect(await lost.gateway.send(lost.order)).toMatchObject({ seq: 7, pending: true });
  const ended = setUp({ engine: { pending: async () => { throw new StreamGone(); } }, log: { find: async () => unsettled } });
  expect(await ended.gateway.send(ended.order)).toMatchObject({ seq: 5, replayed: true });
});

test('a look-up of what is not settled compares the log with the workflow', async () => {
  const find: CommandLog['find'] = async () => ({ stream: STREAM, hash: 'h', fromSeq: 5, toSeq: 5, settled: false });
  expect(await setUp({ log: { find } }).gateway.lookUp(STREAM, 'k')).toMatchObject({ pending: false, seq: 5 });
  expect(await setUp({ log: { find, hashAt: async () => 'other' } }).gateway.lookUp(STREAM, 'k')).toBeUndefined();
});

test('errors that mean that the database is away are told from errors of ours', () => {
  const wrapped = Object.assign(new Error('x'), { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });
  expect([wrapped, Object.assign(new Error(), { code: 'P1001' }), Object.assign(new Error(), { code: '57P01' }), new Error('Connection terminated unexpectedly')]
    .map((error) => isDatabaseAway(error))).toEqual([true, true, true, true]);
  expect([Object.assign(new Error('syntax'), { code: '42601' }), new Error('other'), null, 'text'].map((error) => isDatabaseAway(error)))
    .toEqual([false, false, false, false]);
});

test('a database that does not answer is left alone for a moment', async () => {
  const gate = new DatabaseGate(async () => undefined, 20);
  await expect(gate.ask(() => new Promise(() => undefined))).rejects.toBeInstanceOf(DatabaseAway);
  let asked = false;
  await expect(gate.ask(async () => { asked = true; })).rejects.toBeInstanceOf(DatabaseAway);
  expect(asked).toBe(false);
});

test('a database that fell silent is asked the smallest question first, by one for all', async () => {
  let pings = 0;
  let answers = false;
  const gate = new DatabaseGate(() => {
    pings += 1;
    return answers ? Promise.resolve() : new Promise(() => undefined);
  }, 20);
  const rest = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 520));
  const asked: string[] = [];
  const ask = (name: string): Promise<string> => gate.ask(async () => {
    asked.push(name);
    return name;
  });
  await expect(gate.ask(() => new Promise(() => undefined))).rejects.toBeInstanceOf(DatabaseAway);
  await rest();
  const refused = await Promise.allSettled([ask('one'), ask('two')]);
  expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect({ pings, asked }).toEqual({ pings: 1, asked: [] });
  answers = true;
  await rest();
  expect(await Promise.all([ask('three'), ask('four')])).toEqual(['three', 'four']);
  expect(await ask('five')).toBe('five');
  expect({ pings, asked }).toEqual({ pings: 2, asked: ['three', 'four', 'five'] });
});

test('a database that refuses at once is asked again without further ado', async () => {
  const gate = new DatabaseGate(() => Promise.reject(new Error('nobody asks this')), 20);
  await expect(gate.ask(() => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })))).rejects.toBeInstanceOf(DatabaseAway);
  await new Promise((resolve) => setTimeout(resolve, 520));
  expect(await gate.ask(async () => 'there')).toBe('there');
});

test('what was known last serves only while the database is away, and not for ever', async () => {
  const known = new LastKnown<string>({ maxAgeMs: 50, size: 2 });
  expect(await known.read('a', async () => 'one')).toBe('one');
  expect(await known.read('a', away)).toBe('one');
  await expect(known.read('a', async () => { throw new Error('ours'); })).rejects.toThrow('ours');
  await expect(known.read('b', away)).rejects.toBeInstanceOf(DatabaseAway);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await expect(known.read('a', away)).rejects.toBeInstanceOf(DatabaseAway);
});
