import { Projector } from '../../api/commands/projector';
import { DatabaseAway } from '../../api/database';
import type { Appended } from '../../store/append';
import type { Batch, CommandAnswer, HandedOut } from '../../workflows/contract';

const STREAM = 'project/p1/phase/a/1';
const HANDED_OUT: HandedOut = { project: 'p1', process: 'stage', rules: 9, prevHash: '', rows: [], notices: [] };

function answerOf(seq: number): [CommandAnswer, HandedOut] {
  const event = { seq, at: 1_000 + seq, by: { kind: 'person', person: 'p' }, commandId: `c${seq}`, event: { type: 'x' }, hash: `h${seq}` } as const;
  return [{ seq, hash: 'body', events: [event] }, { ...HANDED_OUT, prevHash: `h${seq - 1}`, rows: [{ table: 'task', id: 't', data: { seq } }] }];
}

/** A log that ends at `seq` and takes what follows, as the database does. */
function logAt(seq: number, answers: Partial<Record<number, Appended | Error>> = {}) {
  const batches: Batch[] = [];
  const errors: string[] = [];
  let end = seq;
  const append = async (batch: Batch): Promise<Appended> => {
    batches.push(batch);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const first = batch.events[0]?.seq ?? 0;
    const given = answers[first];
    if (given instanceof Error) throw given;
    if (given) return given;
    if (first > end + 1) return { outcome: 'early', reason: 'gap' };
    if ((batch.events.at(-1)?.seq ?? 0) <= end) return { outcome: 'repeated' };
    end = batch.events.at(-1)?.seq ?? 0;
    return { outcome: 'appended' };
  };
  const projector = new Projector(append, { error: (facts: unknown) => { errors.push(JSON.stringify(facts)); } } as never);
  return { projector, batches, errors, project: (of: number) => projector.project(STREAM, `c${of}`, ...answerOf(of)), grow: (to: number) => { end = to; } };
}
const seqsOf = (batches: readonly Batch[]) => batches.map(({ events }) => events.map(({ seq }) => seq));

test('an answer becomes a batch with its command, settled as a whole, and its workflow will hear of it', async () => {
  const { projector, batches, project } = logAt(4);
  expect(projector.headOf(STREAM)).toBeUndefined();
  expect(await project(5)).toBe(true);
  expect(batches).toEqual([{
    stream: STREAM, project: 'p1', process: 'stage', rules: 9, prevHash: 'h4', final: false, settled: 5, notices: [], rows: [{ table: 'task', id: 't', data: { seq: 5 } }],
    events: answerOf(5)[0].events, commands: [{ id: 'c5', hash: 'body', from: 5, to: 5, at: 1_005 }],
  }]);
  expect(projector.headOf(STREAM)).toEqual({ seq: 5, hash: 'h5' });
});

test('what comes in the same moment goes together in its order, and what comes meanwhile in the next batch', async () => {
  const { batches, project } = logAt(4);
  const first = [6, 5, 7].map(project);
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(await Promise.all([...first, project(9), project(8)])).toEqual([true, true, true, true, true]);
  expect(seqsOf(batches)).toEqual([[5, 6, 7], [8, 9]]);
  expect(batches[0]).toMatchObject({ rows: [{ id: 't', data: { seq: 7 } }], settled: 7, prevHash: 'h4' });
});

test('what comes before its turn waits for what is on its way', async () => {
  const { batches, project } = logAt(4);
  const second = project(6);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const first = project(5);
  expect(await Promise.all([first, second])).toEqual([true, true]);
  expect(seqsOf(batches).flat().at(-1)).toBe(6);
});

test('what another API brings to the log lets a waiting batch through', async () => {
  const { project, grow } = logAt(4);
  const waiting = project(6);
  setTimeout(() => grow(5), 30);
  expect(await waiting).toBe(true);
});

test('what is never preceded is given up after a while, and forgotten', async () => {
  const { projector, project, grow } = logAt(4);
  expect(await project(6)).toBe(false);
  expect(projector.headOf(STREAM)).toBeUndefined();
  grow(6);
  expect(await project(7)).toBe(true);
});

test.each(['outdated', 'broken'] as const)('a batch that is %s is left to its workflow', async (outcome) => {
  const { projector, project } = logAt(4, { 5: { outcome, reason: 'r' } });
  expect(await project(5)).toBe(false);
  expect(projector.headOf(STREAM)).toBeUndefined();
});

test('with the database away all that went together hear of it; any other error is left to the workflow, and said', async () => {
  const away = logAt(4, { 5: new DatabaseAway(undefined) });
  const all = await Promise.allSettled([away.project(5), away.project(6)]);
  expect(all.map((each) => each.status === 'rejected' && each.reason instanceof DatabaseAway)).toEqual([true, true]);
  const odd = logAt(4, { 5: new Error('deadlock detected') });
  expect(await odd.project(5)).toBe(false);
  expect(odd.errors).toEqual([expect.stringContaining('deadlock detected')]);
});

test('an older batch that comes again does not take the end of the log back', async () => {
  const { projector, project } = logAt(4);
  await project(5);
  await project(6);
  expect(await project(5)).toBe(true);
  expect(projector.headOf(STREAM)).toEqual({ seq: 6, hash: 'h6' });
});
